"""One value beside the reference's."""

from __future__ import annotations

from dataclasses import dataclass

from .._guards import Floats
from .roles import Marks

# Keys of a result, and what their rows are.
ROWS_OF = {"X_seq": "dx", "hidden_states": "h", "pre_activations": "a", "inputs": "x"}


@dataclass(frozen=True, eq=False)
class Judgement:
    """One value beside the reference's: its meaning, what it should be, where it is not."""

    role: str
    expected: Floats
    wrong: Marks

    @property
    def departs(self) -> bool:
        """Whether any entry is wrong."""
        return bool(self.wrong.any())


Judgements = dict[tuple[int, str], Judgement]  # by moment and name
