"""The notebook page's configuration, whole and in the page itself.

JupyterLite puts it together in the browser, out of six files that the page asks for before it asks
for JupyterLab. Which files those are is known when the site is built; only where the site lies is
not, and `configure.js` puts that in.
"""

import json
from pathlib import Path
from typing import Any

__all__ = ["page_config"]

# From the site's root towards the page, as JupyterLite merges them.
FILES = {"jupyter-lite.json": "SITE/", "notebooks/jupyter-lite.json": "SITE/notebooks/"}
KEY = "jupyter-config-data"
NOT_A_PLACE = {"licensesUrl", "themesUrl"}  # joined with the base address by JupyterLab
MERGED = {"disabledExtensions", "federated_extensions", "litePluginSettings", "settingsOverrides"}


def page_config(site: Path) -> str:
    """Return it as JSON, with ``SITE/`` where the site's address belongs.

    Raises
    ------
    ValueError
        More than one file says what JupyterLite would merge.
    """
    config: dict[str, Any] = {}
    for name, folder in FILES.items():
        found = json.loads((site / name).read_text(encoding="utf-8"))[KEY]
        twice = MERGED & config.keys() & found.keys()
        if twice:
            raise ValueError(f"{name} says {', '.join(sorted(twice))} again; say it in one file")
        config |= _placed(found, folder)
    added = {
        disabled
        for extension in config["federated_extensions"]
        for disabled in extension.get("disabledExtensions", [])
    }
    config["disabledExtensions"] = sorted({*config["disabledExtensions"], *added})
    # In a page, "</script>" would end it.
    return json.dumps(config, ensure_ascii=False, sort_keys=True).replace("</", "<\\/")


def _placed(config: dict[str, Any], folder: str) -> dict[str, Any]:
    """Return the configuration with ``./`` where it leads from the site's root on."""
    return {key: _one_placed(key, value, folder) for key, value in config.items()}


def _one_placed(key: str, value: Any, folder: str) -> Any:
    if key in ("litePluginSettings", "settingsOverrides"):
        return {plugin: _placed(settings, folder) for plugin, settings in value.items()}
    if key.endswith("Url") and key not in NOT_A_PLACE and value.startswith("./"):
        return folder + value[2:]
    if key.endswith("Urls") and isinstance(value, list):
        return [folder + url[2:] if url.startswith("./") else url for url in value]
    return value
