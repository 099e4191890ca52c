"""The build, as a JupyterLite addon: what `jupyter lite build` does for us, in order.

====================  ==========================================  ===============
step                  what it leaves in the site                  the room
====================  ==========================================  ===============
runtime               Pyodide, NumPy and pinned wheels, verified  fetch.py
compiled              ... as bytecode, without what is never used  compiled/
wheels and lock       our library; that nothing needed is absent  wheel.py, lock.py
stand-ins             what passes for packages left out           stand_ins.py
kernel                what runs in the kernel's worker; all       kernel.py, archive.py,
                      packages as two archives                    seldom.py
kernel settings       what the kernel loads, and that it asks     settings.py
                      no package index
extensions            the front-ends of the kernel and widgets    extensions.py
together              JupyterLab in two files                     together.py, cut.py
patches               ... with what it has no setting for         patches.py
release               which version each notebook is             release.py
landing page          index.html, its style, icons, web manifest  landing.py
notebook page         JupyterLite's page in our words, our        notebook_page.py
                      modules beside it
offline               the service worker                          offline.py
modules               ours of each page, in one file             modules.py
fetch ahead           what the landing page may fetch meanwhile   fetch_ahead.py
tidy                  the site without what no page asks for      tidy.py
policy                what each page may load, and whom it asks   policy.py
stamp                 what the site was built from                stamp.py
contents              every file, with sha256 and size            contents.py
====================  ==========================================  ===============
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from jupyterlite_core.addons.base import BaseAddon

from .compiled import STDLIB, compile_own, compile_runtime
from .contents import write_contents
from .extensions import keep_our_extensions
from .fetch import FetchError, fetch_runtime
from .fetch_ahead import write_fetch_ahead
from .kernel import build_manners, place_kernel
from .landing import place_landing
from .lock import lock_of
from .manifest import load_manifest
from .modules import join_pages
from .notebook_page import place_notebook_page
from .offline import place_offline
from .patches import patch_jupyterlab
from .policy import write_policies
from .release import stamp_notebooks
from .settings import write_kernel_settings
from .stamp import inputs_digest, write_stamp
from .stand_ins import build_stand_ins, without_those
from .tidy import tidy
from .together import join_chunks
from .wheel import build_library

__all__ = ["SiteAddon"]

Tasks = Iterator[dict[str, Any]]


class SiteAddon(BaseAddon):
    """The steps of the build that are ours."""

    __all__: ClassVar[list[str]] = ["build", "post_build"]  # the hooks, in order

    def __init__(self, manager: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(manager, *args, **kwargs)
        # What JupyterLite remembers of earlier builds. It would keep notebooks
        # that were since removed and settings that were since dropped; without
        # it, each build starts from an empty folder, in a few seconds.
        Path(manager._doit_config["dep_file"]).unlink(missing_ok=True)
        # Taken before anything is read: what changes meanwhile makes the site stale.
        self.digest = inputs_digest()

    def build(self, manager: Any) -> Tasks:
        """Place the runtime and the wheels."""
        yield self.task(name="runtime", actions=[(self.place_runtime,)])

    def post_build(self, manager: Any) -> Tasks:
        """Adjust what the other addons have made."""
        site = manager.output_dir
        yield self.task(name="settings", actions=[(write_kernel_settings, [site, load_manifest()])])
        yield self.task(name="extensions", actions=[(keep_our_extensions, [site])])
        yield self.task(name="together", actions=[(join_chunks, [site])])
        yield self.task(name="patches", actions=[(patch_jupyterlab, [site])])
        yield self.task(name="release", actions=[(stamp_notebooks, [site])])
        yield self.task(name="landing", actions=[(place_landing, [site])])
        yield self.task(name="notebook-page", actions=[(place_notebook_page, [site])])
        yield self.task(name="offline", actions=[(place_offline, [site])])
        yield self.task(name="modules", actions=[(join_pages, [site])])
        yield self.task(name="fetch-ahead", actions=[(write_fetch_ahead, [site])])
        yield self.task(name="tidy", actions=[(tidy, [site])])
        yield self.task(name="policy", actions=[(write_policies, [site])])
        yield self.task(name="stamp", actions=[(write_stamp, [site, self.digest])])
        yield self.task(name="contents", actions=[(write_contents, [site])])

    def place_runtime(self) -> bool:
        """Fill ``static/pyodide`` with Pyodide's core and the archives of all packages."""
        folder = self.manager.output_dir / "static" / "pyodide"
        folder.mkdir(parents=True, exist_ok=True)
        manifest = without_those(load_manifest())
        try:
            files = fetch_runtime(manifest)
        except FetchError as error:
            self.log.error("%s", error)
            return False
        compiled, placed = compile_runtime(manifest, files)
        for core in compiled.core:
            if core.file != STDLIB:
                self.copy_one(placed[core.file], folder / core.file)
        with TemporaryDirectory() as room:
            own = [
                build_library(Path(room)),
                build_manners(Path(room)),
                *build_stand_ins(Path(room)),
            ]
            lock = lock_of(compiled, own)  # raises, should anything that is needed not be there
            wheels = [placed[package.file] for package in compiled.packages]
            wheels += compile_own(manifest, files, own)
            library = Path(shutil.copy(placed[STDLIB], Path(room) / STDLIB))
            place_kernel(folder, library, wheels, lock["info"])
        return True
