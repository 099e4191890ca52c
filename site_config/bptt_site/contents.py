"""What the site consists of: every file that a visitor may need, with sha256 and size.

The service worker keeps these for offline use, and takes no other in their place. The release's
name is made from the list itself: another content is another release.
"""

import hashlib
import json
from fnmatch import fnmatch
from pathlib import Path

from .cache import sha256_of

__all__ = ["CONTENTS", "write_contents"]

CONTENTS = "release.json"
# What no page asks for, or what must come from the network.
LEFT_OUT = [
    CONTENTS,
    "service-worker.js",  # the browser keeps it in its own way
    "build.json",
    "jupyterlite.schema.v0.json",
    "*/third-party-licenses.json",
    "*/package.json",
    "*.orig",
    "build/fa-*.eot",  # older forms of fonts: every browser that runs Python takes .woff2
    "build/fa-*.svg",
    "build/fa-*.ttf",
    "build/fa-*.woff",
]


def write_contents(site: Path) -> None:
    """Write ``release.json``."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    files = {
        name: [sha256_of(site / name), (site / name).stat().st_size]
        for name in names
        if not any(fnmatch(name, pattern) for pattern in LEFT_OUT)
    }
    release = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:12]
    text = json.dumps({"release": release, "files": files}, separators=(",", ":"))
    (site / CONTENTS).write_text(text + "\n", encoding="utf-8")
