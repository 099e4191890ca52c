"""Run somebody's code without letting it change, stop or flood what is around it.

Inside ``with Fences() as fences:`` printing is kept, ``input()`` and ways to leave Python raise
instead, and recursion and memory are limited. Afterwards NumPy, its error settings and the random
states are as they were, and ``fences.changes`` says in sentences what had to be put back.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import math
import os
import random
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from bptt_lib.checks.surroundings import Surroundings

_KEPT_CHARACTERS = 4000
_KEPT_LINES = 40
_FRAMES = 500
_BYTES = 2 * 1024**3

_LIBRARIES: dict[str, Any] = {
    "np": np,
    "np.linalg": np.linalg,
    "math": math,
    "builtins": builtins,
}
_PRISTINE = {name: dict(vars(_LIBRARIES[name])) for name in ("np", "np.linalg")}
_NOT_THEIRS = {"_", "__builtins__", "__warningregistry__"}


class AskedForInputError(Exception):
    """The function called ``input()``."""


class Paper(io.StringIO):
    """A text stream of which the first lines are kept, and the rest counted."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = 0
        self._kept = 0

    def write(self, text: str, /) -> int:
        """Keep the text while there is room."""
        self.lines += text.count("\n")
        if self._kept <= _KEPT_CHARACTERS:
            self._kept += len(text)
            super().write(text[: _KEPT_CHARACTERS + 1])
        return len(text)

    def close(self) -> None:
        """Stay open: the report wants to read it."""

    @property
    def text(self) -> str:
        """What is shown, with a note on what is not."""
        written = self.getvalue()
        lines = written[:_KEPT_CHARACTERS].splitlines()[:_KEPT_LINES]
        rest = self.lines - len(lines)
        if rest > 0:
            return "\n".join([*lines, f"… and {rest:,} more lines, not shown."])
        cut = "\n… cut here." if len(written) > _KEPT_CHARACTERS else ""
        return "\n".join(lines) + cut


class Fences:
    """What stands around the learner's code while it runs; a context manager."""

    def __init__(self) -> None:
        self.paper = Paper()
        self.changes: list[str] = []
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Fences:
        """Note how things are, and put the fences up."""
        _know_numpy_random()
        self._put_back_numpy(_PRISTINE, "before this check")
        self._libraries = {name: dict(vars(module)) for name, module in _LIBRARIES.items()}
        self._random = random.getstate()
        self._numpy_random = np.random.get_state()  # noqa: NPY002  the learner may use it
        self._numpy_errors = np.geterr()
        self._print_options = np.get_printoptions()
        self._surroundings = Surroundings()

        stack = self._stack
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(contextlib.redirect_stdout(self.paper))
        stack.enter_context(contextlib.redirect_stderr(self.paper))
        stack.enter_context(_replaced(sys, "stdin", io.StringIO()))
        stack.enter_context(_replaced(builtins, "input", _refuse_input))
        stack.enter_context(_replaced(os, "_exit", _refuse_exit))
        stack.enter_context(_replaced(os, "abort", _refuse_exit))
        stack.enter_context(_replaced(time, "sleep", _nap))
        shell = _ipython_shell()
        if shell is not None:
            stack.enter_context(_replaced(shell, "ask_exit", _refuse_exit))
        stack.enter_context(_limited_recursion())
        stack.enter_context(_limited_memory())
        self._input = vars(builtins)["input"]
        return self

    def __exit__(self, *error: object) -> None:
        """Take the fences down, and put things back."""
        if vars(builtins).get("input") is not self._input:
            self.changes.append("builtins.input was replaced.")
        self._stack.close()
        self.put_back()
        if not _same_state(np.random.get_state(), self._numpy_random):  # noqa: NPY002
            np.random.set_state(self._numpy_random)  # noqa: NPY002
            self.changes.append(
                "NumPy's global random state was changed (np.random.seed, or a draw); "
                "nothing in this function is random."
            )
        if random.getstate() != self._random:
            random.setstate(self._random)
            self.changes.append("The global state of Python's random module was changed.")
        if np.geterr() != self._numpy_errors:
            np.seterr(**self._numpy_errors)
            self.changes.append(
                "NumPy's error settings were changed (np.seterr), for the whole notebook; "
                "`with np.errstate(...):` changes them for a few lines only."
            )
        if np.get_printoptions() != self._print_options:
            np.set_printoptions(**self._print_options)
            self.changes.append("NumPy's print options were changed for the whole notebook.")
        self.changes += self._surroundings.put_back()

    def put_back(self) -> None:
        """Restore what was replaced in NumPy and its like, and note it."""
        self._put_back_numpy(self._libraries, "by the function")

    def _put_back_numpy(self, original: dict[str, dict[str, Any]], when: str) -> None:
        for name, attributes in original.items():
            module = vars(_LIBRARIES[name])
            for attribute, value in attributes.items():
                if module.get(attribute) is value or attribute in _NOT_THEIRS:
                    continue
                if name == "builtins" and attribute == "input":
                    continue  # ours, see __enter__
                module[attribute] = value
                self.changes.append(
                    f"{name}.{attribute} was replaced {when}; it has been put back."
                )


def _know_numpy_random() -> None:
    """Take NumPy's random numbers in; NumPy loads them when first named, and that takes a while."""
    if "np.random" not in _LIBRARIES:
        _LIBRARIES["np.random"] = np.random
        _PRISTINE["np.random"] = dict(vars(np.random))


@contextlib.contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    former = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, former)


def _refuse_input(*prompt: object) -> str:
    raise AskedForInputError


def _refuse_exit(*status: object) -> None:
    raise SystemExit


def _nap(seconds: float) -> None:
    """Stand in for ``time.sleep``: a check waits for nobody."""


def _ipython_shell() -> Any:
    """Return the running notebook's shell, if there is one; ``exit()`` there ends the kernel."""
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module is not None else None
    return shell if hasattr(shell, "ask_exit") else None


@contextlib.contextmanager
def _limited_recursion() -> Iterator[None]:
    """Leave room for some hundred frames, however high the limit has been set."""
    former, depth, frame = sys.getrecursionlimit(), 0, sys._getframe()
    while frame is not None:
        depth, frame = depth + 1, frame.f_back  # type: ignore[assignment]
    change = sys.setrecursionlimit
    change(min(former, depth + _FRAMES))
    sys.setrecursionlimit = lambda limit, /: None
    try:
        yield
    finally:
        sys.setrecursionlimit = change
        change(former)


@contextlib.contextmanager
def _limited_memory() -> Iterator[None]:
    """Refuse allocations beyond some gigabytes; in a page the browser does that by itself."""
    restore = _lower_memory_limit() if sys.platform == "linux" else None
    try:
        yield
    finally:
        if restore is not None:
            restore()


def _lower_memory_limit() -> Callable[[], None] | None:
    import resource

    try:
        with open("/proc/self/statm") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
        former = resource.getrlimit(resource.RLIMIT_AS)
        limit = now + _BYTES
        if former[0] == resource.RLIM_INFINITY or former[0] > limit:
            resource.setrlimit(resource.RLIMIT_AS, (limit, former[1]))
            return lambda: resource.setrlimit(resource.RLIMIT_AS, former)
    except (OSError, ValueError):
        pass
    return None


def _same_state(a: Any, b: Any) -> bool:
    return a[0] == b[0] and bool(np.array_equal(a[1], b[1])) and a[2:] == b[2:]
