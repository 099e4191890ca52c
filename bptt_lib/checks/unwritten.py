"""Tell a scaffold from an attempt."""

from __future__ import annotations

import dis
from collections.abc import Callable
from types import CodeType
from typing import Any

from bptt_lib.checks.run import Outcome


def is_unwritten(function: Callable[..., Any], outcome: Outcome) -> bool:
    """Whether the body is a scaffold's: ``pass``, ``...``, or a NotImplementedError."""
    if outcome.fault is not None:
        return outcome.fault.kind == "NotImplementedError"
    code = getattr(function, "__code__", None)
    return outcome.value is None and isinstance(code, CodeType) and not _does_anything(code)


def _does_anything(code: CodeType) -> bool:
    idle = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE", "POP_TOP", "CACHE"}
    return any(instruction.opname not in idle for instruction in dis.get_instructions(code))
