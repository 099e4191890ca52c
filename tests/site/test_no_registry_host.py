"""Files that are kept name no package registry: whoever clones has their own mirrors."""

from __future__ import annotations

import subprocess

from bptt_site.places import ROOT

# In pieces, so that this file is not itself an example.
HOSTS = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "yarn" + "pkg.com",
    "debian" + ".org",
    "conda" + "-forge.org",
]


def test_no_tracked_file_names_a_registry_host() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    found = []
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file():
            text = path.read_bytes().decode("utf-8", "ignore")
            found += [f"{name} names {host}" for host in HOSTS if host in text]
    assert found == []
