"""The notebook page's configuration is what JupyterLite would put together in the browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bptt_site.page_config import page_config
from bptt_site.patches import PATCHES, patch_jupyterlab
from bptt_site.together import JOINED

ROOT_CONFIG: dict[str, Any] = {
    "appUrl": "./notebooks",
    "baseUrl": "./",
    "themesUrl": "./build/themes",
    "disabledExtensions": ["b", "a"],
    "federated_extensions": [{"name": "one", "disabledExtensions": ["c"]}],
    "litePluginSettings": {"kernel": {"pyodideUrl": "./static/x.mjs", "wheelUrls": ["./a", "b"]}},
    "note": "</script>",
}


def config_of(site: Path, notebooks: dict[str, Any]) -> Any:
    (site / "notebooks").mkdir()
    for path, config in {"": ROOT_CONFIG, "notebooks": notebooks}.items():
        (site / path / "jupyter-lite.json").write_text(json.dumps({"jupyter-config-data": config}))
    text = page_config(site)
    assert "</" not in text
    return json.loads(text)


def test_the_pages_own_file_wins_and_addresses_say_where_they_lead_from(tmp_path: Path) -> None:
    config = config_of(tmp_path, {"appUrl": "/notebooks", "faviconUrl": "./favicon.ico"})
    assert config == {
        "appUrl": "/notebooks",
        "baseUrl": "SITE/",
        "faviconUrl": "SITE/notebooks/favicon.ico",
        "themesUrl": "./build/themes",
        "disabledExtensions": ["a", "b", "c"],
        "federated_extensions": ROOT_CONFIG["federated_extensions"],
        "litePluginSettings": {
            "kernel": {"pyodideUrl": "SITE/static/x.mjs", "wheelUrls": ["SITE/a", "b"]}
        },
        "note": "</script>",
    }


def test_what_would_have_to_be_merged_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="says disabledExtensions again"):
        config_of(tmp_path, {"disabledExtensions": ["d"]})


@pytest.mark.parametrize("text", ["", "this.validator=n.validator||new A;" * 2])
def test_a_patch_that_does_not_fit_once_stops_the_build(tmp_path: Path, text: str) -> None:
    for name in JOINED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text if name == JOINED[0] else "")
    assert PATCHES
    with pytest.raises(ValueError, match="not once"):
        patch_jupyterlab(tmp_path)
