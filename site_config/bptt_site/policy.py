"""What each page may load and whom it may ask, as a tag in the page: its content policy.

A static host sends no headers of ours, so the policy stands in the page itself, before anything
else. The kernel's worker is begun from a blob, which takes the policy of its page with it.
"""

import base64
import hashlib
import re
from pathlib import Path

__all__ = ["NOTEBOOK", "PLAIN", "write_policies"]

# A page of ours: its own files, no code in the page, no code out of strings.
PLAIN = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src-attr": "'unsafe-inline'",  # the stepper draws with them
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "frame-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'none'",
}
# JupyterLab makes code out of strings ('unsafe-eval', which includes WebAssembly), widgets are
# modules out of blobs, and what a cell shows has styles and pictures in it.
NOTEBOOK = PLAIN | {
    "script-src": "'self' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "font-src": "'self' data:",
    "media-src": "'self' data: blob:",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "frame-src": "'self' blob:",
}
CHARSET = '<meta charset="utf-8">'  # read only near the start, so it stays in front
SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)


def write_policies(site: Path) -> None:
    """Give every page its policy, with the sha256 of each script that stands in the page."""
    for page in sorted(site.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        if text.count("<head>") != 1 or CHARSET not in text:
            raise ValueError(f"{page}: the policy goes into <head>, behind {CHARSET}")
        directives = NOTEBOOK if page.parent.name == "notebooks" else PLAIN
        policy = _policy(directives, _scripts_in(text))
        tag = f'<meta http-equiv="content-security-policy" content="{policy}">'
        text = text.replace(CHARSET, "", 1).replace("<head>", f"<head>{CHARSET}\n  {tag}")
        page.write_text(text, encoding="utf-8")


def _policy(directives: dict[str, str], scripts: list[str]) -> str:
    allowed = " ".join([directives["script-src"], *map(_sha256, scripts)])
    directives = directives | {"script-src": allowed}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def _scripts_in(page: str) -> list[str]:
    """Return the scripts that stand in the page itself; data is not run, and needs no leave."""
    return [
        found["text"]
        for found in SCRIPT.finditer(page)
        if "src=" not in found["attributes"] and "application/json" not in found["attributes"]
    ]


def _sha256(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
