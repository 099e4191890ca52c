// The learner's work in the new version of a notebook. Pure: two notebooks in, one out.
//
// The build stamps each notebook with a checksum of every cell as shipped; what differs from its
// checksum is the learner's. Exercises are found again by the name of their function, other cells
// by their identity. What has a place in the new version goes there; cells that the learner added
// stay behind the cell that they followed; what has no place any more comes at the end. No line
// is lost.

import { addedCell, text } from "./cells.js";
import { crc32 } from "./crc32.js";

const NO_PLACE = "from-your-earlier-version";
const NO_PLACE_TEXT =
  "## From your earlier version\n\nThe lesson has no place of their own for these cells any more.";

export function carriedOver(mine, theirs) {
  const shipped = mine.metadata?.bptt_site?.cells ?? {};
  const offered = theirs.metadata?.bptt_site?.cells ?? {};
  const cells = theirs.cells.map((cell) => ({ ...cell }));
  const noPlace = [];
  let last = null; // the cell of the new version after which an added cell belongs

  const insert = (cell, after) => {
    const own = addedCell(cell.id, cell.cell_type, cell.source, cells);
    cells.splice(after ? cells.indexOf(after) + 1 : 0, 0, own);
    return own;
  };

  for (const cell of mine.cells) {
    const place = placeOf(cell, cells);
    const isShipped = cell.id in shipped;
    const isMine = isShipped ? crc32(text(cell)) !== shipped[cell.id] : !place;
    if (isMine && text(cell).trim() !== "") {
      if (place && (isAnswer(cell) || shipped[cell.id] === offered[place.id])) {
        place.source = cell.source;
      } else if (place || !isShipped) {
        last = insert(cell, place ?? last);
        continue;
      } else {
        noPlace.push(cell);
      }
    }
    last = place ?? last;
  }

  if (noPlace.length && !cells.some(({ id }) => id === NO_PLACE)) {
    cells.push(addedCell(NO_PLACE, "markdown", NO_PLACE_TEXT, cells));
  }
  for (const cell of noPlace) insert(cell, cells.at(-1));
  return { ...theirs, cells };
}

const exerciseIn = (cell) => cell.metadata?.bptt?.exercise;
const isAnswer = (cell) => exerciseIn(cell) || cell.metadata?.tags?.includes("question");

function placeOf(cell, cells) {
  const exercise = exerciseIn(cell);
  return exercise
    ? cells.find((other) => exerciseIn(other) === exercise)
    : cells.find((other) => other.id === cell.id && !exerciseIn(other));
}
