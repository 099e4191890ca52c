"""The runtime's pure Python, compiled beforehand, so that the page need not.

Compiling is most of what a page does while Python starts. The bytecode must be
that of the page's own Python, which is not the builder's: so the pinned Pyodide
compiles its own standard library and the pinned wheels, under Node.

==================  ====================================================
`store.py`          what is compiled, what was compiled before; the door
`trim.py`           what is left out, because no page imports it
`node.mjs`          starts the pinned Pyodide under Node
`inside.py`         compiles one archive; runs inside Pyodide
==================  ====================================================

Our own library has its bytecode beside its source: tracebacks show it, to be read.
"""

from .store import STDLIB, compile_own, compile_runtime

__all__ = ["STDLIB", "compile_own", "compile_runtime"]
