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
    "ipython": ("IPython/sphinxext/*", "IPython/testing/plugin/*"),  # for who documents it
    "numpy": (
        "numpy/f2py/*",  # wraps Fortran: there is no compiler in the page
        "*/include/*",  # C headers and what else compiling against NumPy needs
        "*.pxd",
        "*.c",
        "*.a",
    ),
    # The standard library: what needs a terminal, a process or a socket, of which a page has none.
    "pyodide": (
        "_pyrepl/*",
        "multiprocessing/*",
        "concurrent/futures/process.py",
        "ensurepip/*",
        "idlelib/*",
        "wsgiref/*",
        "xmlrpc/*",
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
# ... but these: zip archives are written in the one, and many files of our day in the others.
NEVERTHELESS = {
    "encodings/cp437.py",
    "encodings/cp1252.py",
    "encodings/iso8859_1.py",
    "encodings/iso8859_15.py",
}
# IPython shows Python; the rest of Pygments' five hundred languages stays away.
# These are the lexers that IPython imports, and what they import in turn.
LEXERS = {
    "__init__", "_mapping", "_css_builtins", "_lilypond_builtins", "_scheme_builtins", "css",
    "data", "html", "javascript", "jvm", "lilypond", "lisp", "markup", "perl", "python", "ruby",
    "shell", "special",
}  # fmt: skip


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
