"""What the runtime's archives carry and no page imports: left out when they are compiled."""

from collections.abc import Callable
from fnmatch import fnmatchcase

__all__ = ["kept_in"]

# Patterns of names inside an archive, by the name of the package. Only what is
# safe: nothing that is imported by what a notebook can import of the rest.
EVERYWHERE = (
    "*/tests/*",  # a package's tests of itself
    "*.pyi",  # for type checkers
    "*.data/*",  # files for a Jupyter that is installed, and this one is not
    "*.so.map",
)
OF_PACKAGE = {
    "anywidget": ("anywidget/labextension/*", "anywidget/nbextension/*"),  # the page has its own
    "numpy": (
        "numpy/f2py/*",  # wraps Fortran: there is no compiler in the page
        "*/include/*",  # C headers and what else compiling against NumPy needs
        "*.pxd",
        "*.c",
        "*.a",
    ),
}
# IPython shows Python; the rest of Pygments' five hundred languages stays away.
# These are the lexers that IPython imports, and what they import in turn.
LEXERS = {
    "__init__", "_mapping", "_css_builtins", "_lilypond_builtins", "_scheme_builtins", "css",
    "data", "html", "javascript", "jvm", "lilypond", "lisp", "markup", "perl", "python", "ruby",
    "shell", "special",
}  # fmt: skip


def kept_in(package: str) -> Callable[[str], bool]:
    """Return what tells whether a name inside the package's archive is kept."""
    unwanted = EVERYWHERE + OF_PACKAGE.get(package, ())

    def keeps(name: str) -> bool:
        if name.startswith("pygments/lexers/"):
            return name.removeprefix("pygments/lexers/").removesuffix(".py") in LEXERS
        return not any(fnmatchcase(name, pattern) for pattern in unwanted)

    return keeps
