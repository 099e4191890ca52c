"""One piece of JupyterLab, cut in two by its modules.

A piece is one call: ``list.push([[its name], {module: function, ...}])``, perhaps with more after
the modules. Both halves are such calls.
"""

from dataclasses import dataclass

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

__all__ = ["Halves", "cut"]

PARSER = Parser(Language(tree_sitter_javascript.language()))


@dataclass(frozen=True)
class Halves:
    """Both halves, and which of the modules asked for the first one holds."""

    at_once: str
    other: str
    called: set[str]


def cut(piece: str, called: set[str]) -> Halves:
    """Put the modules named in `called` into one half, and the others into the other.

    Raises
    ------
    ValueError
        The text is not such a call.
    """
    source = piece.encode()
    pushed = _pushed(PARSER.parse(source).root_node)
    if pushed is None:
        raise ValueError(
            f"a piece of JupyterLab no longer pushes its modules into a list: {piece[:80]!r}; "
            "look at it, and adjust site_config/bptt_site/cut.py"
        )
    names, modules = pushed.named_children[:2]
    texts = {_name(one): _text(one) for one in modules.named_children if one.type != "comment"}
    halves = {
        is_called: [text for name, text in texts.items() if (name in called) == is_called]
        for is_called in (True, False)
    }
    before, after = source[: modules.start_byte], source[modules.end_byte :]
    # By a name that nothing asks for: JupyterLab takes modules only of a piece that is new to it.
    other_name = b'["' + _text(names.named_children[0]).strip(b'"') + b', other"]'
    other_before = (
        source[: names.start_byte] + other_name + source[names.end_byte : modules.start_byte]
    )
    other_after = b"]" + source[pushed.end_byte :]  # without what is to be done then, if anything
    return Halves(
        at_once=(before + _object(halves[True]) + after).decode(),
        other=(other_before + _object(halves[False]) + other_after).decode(),
        called=called & texts.keys(),
    )


def _pushed(node: Node) -> Node | None:
    """Find the array of names and modules, which is what is pushed."""
    if node.type == "array":
        inner = [child.type for child in node.named_children[:2]]
        return node if inner == ["array", "object"] else None
    return next((found for child in node.named_children if (found := _pushed(child))), None)


def _name(module: Node) -> str:
    named = module.child_by_field_name("name") or module.child_by_field_name("key")
    name = _text(named).decode() if named is not None else ""
    return str(int(float(name))) if named is not None and named.type == "number" else name  # 38e3


def _object(modules: list[bytes]) -> bytes:
    return b"{" + b",".join(modules) + b"}"


def _text(node: Node) -> bytes:
    return node.text or b""
