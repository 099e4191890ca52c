"""One script for anywidget out of the modules that a browser loads one by one.

A widget's script travels to the page as a text without an address, so `import
"./js/x.js"` would lead nowhere. On a page with addresses the same modules are
imported as they are; for the notebook they are joined here, each in a scope of its own.
"""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent

_IMPORT = re.compile(r'^import \{ ([^}]*) \} from "(\.{1,2}/[\w./-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_ANYWHERE = re.compile(r"^(?:import|export)\b", re.MULTILINE)


def script(entry: str) -> str:
    """Return the module `entry` of this folder with all that it imports as one module.

    Parameters
    ----------
    entry : str
        File name of a module with a default export.

    Returns
    -------
    str
        JavaScript without imports, with the same default export.

    Raises
    ------
    ValueError
        If a module imports or exports in a form other than ``import { a, b } from
        "./x.js";``, ``export function``, ``export const``, ``export class``.
    """
    scopes: dict[Path, str] = {}
    path = (HERE / entry).resolve()
    source = path.read_text(encoding="utf-8")
    source, _, default = source.partition("export default ")
    body, _ = _scope(path, source, scopes)
    return "".join([*scopes.values(), body, f"export default {default}"])


def style(*names: str) -> str:
    """Return the style sheets `names` of this folder as one."""
    return "".join((HERE / name).read_text(encoding="utf-8") for name in names)


def _scope(path: Path, source: str, scopes: dict[Path, str]) -> tuple[str, list[str]]:
    """Return a module's body with its imports resolved, and the names that it exports."""
    for _, target in _IMPORT.findall(source):
        module = (path.parent / target).resolve()
        if module not in scopes:
            body, names = _scope(module, module.read_text(encoding="utf-8"), scopes)
            scopes[module] = (
                f"const {_name(module)} = (() => {{\n{body}"
                f"return {{ {', '.join(names)} }};\n}})();\n\n"
            )
    body = _IMPORT.sub(
        lambda found: f"const {{ {found[1]} }} = {_name((path.parent / found[2]).resolve())};",
        source,
    )
    exported = _EXPORT.findall(body)
    body = _EXPORT.sub("", body)
    if rest := _ANYWHERE.search(body):
        line = body[rest.start() :].partition("\n")[0]
        raise ValueError(f"{path.name}: cannot join {line!r}; see the forms in {__name__}.script")
    return body, exported


def _name(module: Path) -> str:
    return "_" + re.sub(r"\W", "_", module.relative_to(HERE).with_suffix("").as_posix())
