// The learner's answers in the new version of a notebook. Pure: two notebooks in, one out.
//
// An answer is the text of an exercise's or a question's cell that is no longer what was shipped
// with the learner's version. Exercises are found again by the name of their function, questions
// by the identity of their cell. Cells that the learner added come at the end, and so do answers
// whose exercise is gone: no line is lost.

const text = (cell) => [cell.source].flat().join("");

const nameOf = (cell) => {
  const exercise = cell.metadata?.bptt?.exercise;
  if (exercise) return `exercise ${exercise}`;
  return cell.metadata?.tags?.includes("question") ? `question ${cell.id}` : null;
};

export function carriedOver(mine, theirs) {
  const shipped = mine.metadata?.bptt_site?.scaffolds ?? {};
  const published = theirs.cells.map((cell) => ({ ...cell }));
  const places = new Map(published.map((cell) => [nameOf(cell), cell]));
  const theirIds = new Set(published.map((cell) => cell.id));
  const stranded = [];
  for (const cell of mine.cells) {
    const name = nameOf(cell);
    if (name) {
      if (text(cell) === shipped[cell.id]) continue; // untouched
      const place = places.get(name);
      if (place) place.source = cell.source;
      else stranded.push(plain(cell));
    } else if (isOwn(cell, mine, theirIds)) {
      stranded.push(plain(cell));
    }
  }
  return { ...theirs, cells: [...published, ...stranded] };
}

// Added by the learner: its identity is in neither version as shipped.
function isOwn(cell, mine, theirIds) {
  const shippedIds = mine.metadata?.bptt_site?.cells ?? [];
  return !shippedIds.includes(cell.id) && !theirIds.has(cell.id) && text(cell).trim() !== "";
}

// As a cell that can be changed and deleted, without old outputs.
function plain(cell) {
  const { id, cell_type, source } = cell;
  return cell_type === "code"
    ? { id, cell_type, source, metadata: {}, outputs: [], execution_count: null }
    : { id, cell_type, source, metadata: {} };
}
