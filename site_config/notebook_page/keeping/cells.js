// Notebook cells as plain data.

export const text = (cell) => [cell.source ?? ""].flat().join("");

// A cell as if the learner had just added it, under an identity that none of `cells` has.
export function addedCell(wanted, type, source, cells) {
  let id = wanted.slice(-64);
  for (let n = 2; cells.some((cell) => cell.id === id); n += 1) id = `${wanted.slice(-60)}-${n}`;
  const cell = { id, cell_type: type, metadata: {}, source };
  return type === "code" ? { ...cell, outputs: [], execution_count: null } : cell;
}
