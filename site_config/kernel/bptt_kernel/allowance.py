"""How much a cell may show. Printing for ever would otherwise freeze the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["Allowance", "shortened"]

MOST_LINES = 2_000
MOST_CHARACTERS = 200_000
MOST_DISPLAYS = 100
KEPT_AT_THE_END = 2_000  # characters
MOST_OF_ONE_TEXT = 100_000  # of one value's text
MOST_OF_ONE_DISPLAY = 20_000_000  # of one picture, or one piece of HTML


class Allowance:
    """What is left of what one cell may show; the end of what is too much is kept."""

    def __init__(self) -> None:
        self._lines, self._characters, self._displays = MOST_LINES, MOST_CHARACTERS, MOST_DISPLAYS
        self._withheld_lines = 0
        self._withheld_characters = 0
        self._end = ""

    def of_text(self, text: str) -> str:
        """Return as much of ``text`` as may still be shown."""
        if self._withheld_characters:
            shown = 0
        else:
            shown = _length_of_lines(text, self._lines, self._characters)
        self._lines -= text.count("\n", 0, shown)
        self._characters -= shown
        if shown < len(text):
            self._withheld_lines += text.count("\n", shown)
            self._withheld_characters += len(text) - shown
            self._end = (self._end + text[shown:][-KEPT_AT_THE_END:])[-KEPT_AT_THE_END:]
        return text[:shown]

    def of_displays(self) -> bool:
        """Return whether one more display may be shown."""
        self._displays -= 1
        return self._displays >= 0

    def rest(self) -> str:
        """Return what is to be printed when the cell has ended: what was left out, and its end."""
        told = ""
        left_out = self._withheld_characters - len(self._end)
        if left_out <= 0:
            told = self._end
        elif self._withheld_characters:
            end = self._end.partition("\n")[2] or self._end  # from the beginning of a line
            lines = self._withheld_lines - end.count("\n")
            amount = f"{lines:,} more lines" if lines > 0 else f"{left_out:,} more characters"
            told = (
                f"\n… output stopped after {self._shown()}: {amount} not shown; "
                f"what came last follows …\n{end}"
            )
        if self._displays < 0:
            told += f"\n… {-self._displays:,} more displays not shown …\n"
        return told

    def _shown(self) -> str:
        lines = MOST_LINES - self._lines
        return f"{lines:,} lines" if lines else f"{MOST_CHARACTERS - self._characters:,} characters"


def _length_of_lines(text: str, lines: int, characters: int) -> int:
    """Return the length of the part of ``text`` that has so many lines and characters at most."""
    if text.count("\n") <= lines:
        return min(len(text), characters)
    end = -1
    for _ in range(lines):
        end = text.index("\n", end + 1)
    return min(end + 1, characters)


def shortened(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a display's data, in which no text is so long that the page would stand still."""
    short = {}
    for kind, value in data.items():
        size = len(value) if isinstance(value, str | bytes) else 0
        if kind == "text/plain" and size > MOST_OF_ONE_TEXT:
            left_out = size - MOST_OF_ONE_TEXT
            short[kind] = f"{value[:MOST_OF_ONE_TEXT]}\n… {left_out:,} more characters not shown …"
        elif size <= MOST_OF_ONE_DISPLAY:
            short[kind] = value
    if not short and data:
        short["text/plain"] = "… too large to be shown …"
    return short
