"""Modules of ours, joined to one file: each file that a page asks for costs it time.

The sources stay small files, one idea each. What they may say to each other is kept plain, so that
joining needs no compiler: named imports and exports, no cycles, and only the first may wait.
"""

import re
from pathlib import Path

__all__ = ["join_modules", "join_pages"]

FIRST = ("notebook-page/main.js", "start/start.js")  # what pages ask for

IMPORT = re.compile(r'^import (?:\{(?P<names>[^}]*)\} from )?"(?P<path>[^"]+)";(?: *//.*)?\n', re.M)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) \*?(?P<name>[\w$]+))", re.M)
UNKNOWN = re.compile(r"^(?:export\b|import [{*\"']|import .* from ).*$", re.M)
WAITING = re.compile(r"^(?:[^ \n].*= )?await\b.*$", re.M)


def join_pages(site: Path) -> None:
    """Join what each page asks for; the parts stay, for whoever wants to read them."""
    for name in FIRST:
        (site / name).write_text(join_modules(site / name), encoding="utf-8")


def join_modules(first: Path) -> str:
    """Return the module and all that it imports as one module.

    Parameters
    ----------
    first
        The module that a page asks for. It alone may use ``await`` outside functions.

    Raises
    ------
    ValueError
        A module says something that this cannot join.
    """
    joined: list[str] = []
    names: dict[Path, str] = {}

    def imports(module: Path, text: str, within: tuple[Path, ...]) -> str:
        def taken(found: re.Match[str]) -> str:
            name = add((module.parent / found["path"]).resolve(), (*within, module))
            if found["names"] is None:
                return ""
            return f"const {{{found['names'].replace(' as ', ': ')}}} = {name};\n"

        return IMPORT.sub(taken, text)

    def add(module: Path, within: tuple[Path, ...]) -> str:
        if module in within:
            raise ValueError(f"{module} imports itself, by way of {within[-1].name}")
        if module not in names:
            text = imports(module, module.read_text(encoding="utf-8"), within)
            exported = [found["name"] for found in EXPORT.finditer(text)]
            body = EXPORT.sub("", text)
            _refuse(UNKNOWN, body, module, "is no import or export that can be joined")
            _refuse(WAITING, body, module, "waits; only the first module may")
            name = names[module] = f"module{len(names) + 1}"
            result = f"return {{ {', '.join(exported)} }};"
            joined.append(f"const {name} = (() => {{ // {module.name}\n{body}{result}\n}})();\n")
        return names[module]

    first = first.resolve()
    body = imports(first, first.read_text(encoding="utf-8"), ())
    _refuse(UNKNOWN, EXPORT.sub("", body), first, "is no import or export that can be joined")
    return "\n".join([*joined, body])


def _refuse(pattern: re.Pattern[str], text: str, module: Path, why: str) -> None:
    found = pattern.search(text)
    if found:
        raise ValueError(f"{module}: {found[0]!r} {why} (site_config/bptt_site/modules.py)")
