"""What JupyterLite's kernel makes of a line ``%pip ...``."""

__all__ = ["get_transformed_code"]


async def get_transformed_code(argv: list[str]) -> str:
    """Return the code that runs in the line's place."""
    action, *words = argv or ["help"]
    wanted = [word for word in words if not word.startswith("-")]
    if action != "install" or not wanted:
        return 'print("Here, %pip understands only: %pip install NAME")\n'
    return f'await __import__("piplite").install({wanted!r})\n'
