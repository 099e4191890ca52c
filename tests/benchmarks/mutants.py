"""The share of small faults in the library's own four functions that the checks reject.

``python -m tests.benchmarks.mutants`` lets cosmic-ray change one operator, number, keyword or
condition at a time, runs the changed module beside the untouched library, and submits its function
to the check as if a learner had written it. It prints the share rejected, and each survivor.
Survivors whose reason is known stand in `EXPLAINED`; any other makes the command fail.
"""

from __future__ import annotations

import ast
import difflib
import inspect
import sys
import types
from collections.abc import Iterator
from itertools import count
from typing import Any

from cosmic_ray import plugins
from cosmic_ray.mutating import mutate_code

import bptt_lib
from bptt_lib import clipping, rnn, training
from bptt_lib.checks import check, judge


def _is_of(module: types.ModuleType, thing: object) -> bool:
    return inspect.isfunction(thing) and thing.__module__ == module.__name__


# Each function with its module, and with what of that module it runs.
FUNCTIONS = {
    "rnn_forward_cache": (rnn, ("rnn_forward_cache",)),
    "rnn_bptt": (
        rnn,
        ("rnn_bptt", *(n for n, f in vars(rnn).items() if n[0] == "_" and _is_of(rnn, f))),
    ),
    "clip_gradients": (clipping, ("clip_gradients", "global_norm")),
    "train_rnn_bptt": (training, ("train_rnn_bptt", "training_steps", "_epochs")),
}

# A part of the changed line, and why a change there is not the checks' business.
EXPLAINED: dict[str, str] = {
    ".reshape(": "flattens a batch; the checks submit one sequence, where it changes nothing",
    "np.zeros_like(": "only the shape of that row is used",
    "return largest * relative": "the end of global_norm, which clip_gradients does not run",
    "if largest * relative <": "at the limit itself the factor is 1 either way",
    "number(": "a guard against bad arguments; the checks pass none",
    "count(": "a guard against bad arguments; the checks pass none",
    "+    /,": "keyword-only or positional: the call is the same",
    "X_seq.shape[": "the axis of a batch; the checks submit one sequence",
    "truncation > T": "T steps are all there are, cut or not",
}


def mutants(source: str) -> Iterator[str]:
    """Yield the source with one change at a time."""
    for name in plugins.operator_names():
        operator_class = plugins.get_operator(name)
        if operator_class.arguments():
            continue  # needs settings of its own
        for occurrence in count():
            changed = mutate_code(source, operator_class(), occurrence)
            if changed is None:
                break
            yield changed


def load(source: str, like: types.ModuleType) -> dict[str, Any]:
    """Run a module's changed source beside the untouched package."""
    module = types.ModuleType(f"{like.__name__}_mutant")
    module.__package__ = like.__package__
    module.__file__ = like.__file__
    sys.modules[module.__name__] = module  # dataclasses look their module up
    exec(compile(source, f"<mutant of {like.__name__}>", "exec"), vars(module))
    return vars(module)


def change(before: str, after: str) -> str:
    """Return the lines that differ."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    kept = [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    return "\n        ".join(kept)


def touches(names: tuple[str, ...], before: str, after: str, module: types.ModuleType) -> bool:
    """Whether the change lies in what is run, annotations not counted."""
    try:
        if bare(before) == bare(after):
            return False
    except SyntaxError:
        return False
    spans = []
    for name in names:
        lines, start = inspect.getsourcelines(getattr(module, name))
        spans.append(range(start, start + len(lines)))
    a, b = before.splitlines(), after.splitlines()
    first = next((i for i, (x, y) in enumerate(zip(a, b, strict=False), 1) if x != y), len(b))
    return any(first in span for span in spans)


def bare(source: str) -> str:
    """Return the syntax tree of a source without annotations."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
    return ast.dump(tree)


def rejected(name: str, source: str, module: types.ModuleType) -> bool:
    """Whether the check fails the mutant; a module that does not even load is no mutant."""
    report = check(load(source, module)[name], name)
    return not all(criterion.passed for criterion in report.criteria)


def main() -> int:
    """Try all mutants of all four functions."""
    judge.SECONDS = 0.5  # many mutants never end
    unexplained = 0
    for name, (module, names) in FUNCTIONS.items():
        source = inspect.getsource(module)
        tried = killed = 0
        survivors: list[str] = []
        for mutant in dict.fromkeys(mutants(source)):
            if not touches(names, source, mutant, module):
                continue
            try:
                dead = rejected(name, mutant, module)
            except Exception:
                continue  # it cannot be imported
            tried += 1
            killed += dead
            if not dead:
                survivors.append(change(source, mutant))
        print(f"{name}: the check rejects {killed} of {tried} mutants ({killed / tried:.0%})")
        for survivor in survivors:
            reason = next((why for part, why in EXPLAINED.items() if part in survivor), "")
            unexplained += not reason
            print(f"    {reason or 'UNEXPLAINED'}\n        {survivor}")
    print(f"{unexplained} survivors are not explained")
    return 1 if unexplained else 0


if __name__ == "__main__":
    assert bptt_lib.rnn_bptt is rnn.rnn_bptt
    sys.exit(main())
