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
    "*.dist-info/RECORD",  # what an installer needs, to remove a package again
)
OF_PACKAGE = {
    "anywidget": ("anywidget/labextension/*", "anywidget/nbextension/*"),  # the page has its own
    "ipython": (
        "IPython/sphinxext/*",  # for who documents it
        "IPython/testing/[!_s]*",  # for who develops it; skipdoctest.py is imported by its magics
        "IPython/terminal/[!_p]*",  # needs prompt_toolkit, which is left out
        "IPython/terminal/prompts.py",
        "IPython/terminal/ptutils.py",
        "IPython/terminal/pt_inputhooks/[!_]*",  # other windows than the browser's
        "IPython/external/qt*",
        "IPython/lib/guisupport.py",
        "IPython/lib/demo.py",  # for who gives a talk in a terminal
    ),
    # Beside IPython's own lexer it wants five more languages' from Pygments.
    "ipython-pygments-lexers": ("ipython_pygments_lexers.py", "*/entry_points.txt"),
    "numpy": (
        "numpy/f2py/src/*",  # wraps Fortran; `from numpy import *` wants the rest of it
        "*/include/*",  # C headers and what else compiling against NumPy needs
        "*.pxd",
        "*.c",
        "*.a",
        "numpy/linalg/lapack_lite.*.so",  # nothing imports it: _umath_linalg has it within
        "numpy/conftest.py",
        "numpy/_pyinstaller/*",
        "numpy/typing/mypy_plugin.py",
        "numpy/testing/print_coercion_tables.py",
    ),
    "psygnal": (  # anywidget's signals; these are for Qt, pydantic, tests and lists that tell
        "psygnal/containers/*",
        "psygnal/_evented_model.py",
        "psygnal/qt.py",
        "psygnal/testing.py",
    ),
    "pygments": (
        *(
            f"pygments/formatters/{name}.py"
            for name in ("bbcode", "groff", "img", "irc", "pangomarkup", "rtf", "svg")
        ),
        "pygments/cmdline.py",
        "pygments/sphinxext.py",
    ),
    # The standard library: what needs a terminal, a process or a socket, of which a page has none.
    "pyodide": (
        "site-packages/README.txt",  # where a wheel goes that somebody installs
        "_pyrepl/*",
        "multiprocessing/*",
        "concurrent/futures/process.py",
        "ensurepip/*",
        "idlelib/*",
        "wsgiref/*",
        "xmlrpc/*",
        "asyncio/proactor_events.py",  # other systems than the page's
        "asyncio/windows_*.py",
        "ctypes/_aix.py",
        "ctypes/macholib/*",
        "_a*_support.py",
        "_ios_support.py",
        "_osx_support.py",
        # The interpreter has these within, or faster in C.
        "importlib/_bootstrap*.py",
        "zipimport.py",
        "_pydatetime.py",
        "_pydecimal.py",
        "_pyio.py",
        "ftplib.py",
        "http/server.py",
        "imaplib.py",
        "poplib.py",
        "smtplib.py",
        # Encodings of other decades: tables that no text of a course is in.
        "encodings/cp*.py",
        "encodings/hp_*.py",
        "encodings/iso8859_*.py",
        "encodings/koi8_*.py",
        "encodings/kz*.py",
        "encodings/mac_*.py",
        "encodings/palmos.py",
        "encodings/ptcp154.py",
        "encodings/tis_620.py",
    ),
}
# ... but these: `help`, pdb and doctest import the first five; zip archives are written in cp437,
# and many files of our day in the other encodings.
NEVERTHELESS = {
    "_pyrepl/__init__.py",
    "_pyrepl/pager.py",
    "_pyrepl/trace.py",
    "_pyrepl/types.py",
    "_pyrepl/utils.py",
    "encodings/cp437.py",
    "encodings/cp1252.py",
    "encodings/iso8859_1.py",
    "encodings/iso8859_15.py",
}
# IPython shows Python; the rest of Pygments' five hundred languages stays away.
LEXERS = {"__init__", "_mapping", "python", "special"}


def kept_in(package: str) -> Callable[[str], bool]:
    """Return what tells whether a name inside the package's archive is kept."""
    unwanted = EVERYWHERE + OF_PACKAGE.get(package, ())

    def keeps(name: str) -> bool:
        if name in NEVERTHELESS:
            return True
        if name.startswith("pygments/lexers/"):
            return name.removeprefix("pygments/lexers/").removesuffix(".py") in LEXERS
        return not any(fnmatchcase(name, pattern) for pattern in unwanted)

    return keeps
