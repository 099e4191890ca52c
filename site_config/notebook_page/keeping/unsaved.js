// Text that is in a notebook and not yet in its saved copy. Pure: used by the notebook page, which
// writes it down, and by both pages to put it back.
//
// For each such cell three things are remembered: what was saved, what stands there now, and
// which cell it follows. With the saved text beside the new one, putting back needs no clock: a
// cell that was saved differently meanwhile (in another tab, from a file) is seen as such.

import { addedCell, text } from "./cells.js";

export const textsOf = (cells) => new Map(cells.map((cell) => [cell.id, text(cell)]));

// The cells whose text is not what was `saved` (identity -> text).
export function unsavedIn(cells, saved) {
  return cells
    .map((cell, i) => ({
      id: cell.id,
      type: cell.cell_type,
      saved: saved.get(cell.id) ?? null,
      now: text(cell),
      after: cells[i - 1]?.id ?? null,
    }))
    .filter((cell) => cell.now !== (cell.saved ?? ""));
}

// The notebook with that text in it, and how many cells have it now. A cell that holds something
// else by now keeps it, and the remembered text gets a cell of its own below.
export function withUnsaved(notebook, unsaved) {
  const cells = [...notebook.cells];
  let restored = 0;
  for (const { id, type, saved, now, after } of unsaved) {
    const place = cells.findIndex((cell) => cell.id === id);
    const there = place < 0 ? null : text(cells[place]);
    if (there === now) continue;
    restored += 1;
    if (there !== null && there === (saved ?? "")) {
      cells[place] = { ...cells[place], source: now };
    } else if (there !== null) {
      cells.splice(place + 1, 0, addedCell(`${id}-unsaved`, type, now, cells));
    } else {
      const before = cells.findIndex((cell) => cell.id === after);
      cells.splice(before < 0 ? cells.length : before + 1, 0, addedCell(id, type, now, cells));
    }
  }
  return { notebook: { ...notebook, cells }, restored };
}
