// Where the learner was in a notebook: remembered when they look away, found again on opening.

import { restAtOnce } from "../kernel-first.js";

const TURN = 150; // milliseconds between two looks
const STILL = 4; // looks at which nothing has moved
const LONG_ENOUGH = 60_000; // milliseconds
const ACTS = ["wheel", "pointerdown", "keydown", "touchstart"]; // with which the learner takes over

const key = (base, path) => `bptt place ${base} ${path}`;

// { id: of the cell, heading: the nearest one above it }, or null.
export function placeIn(base, path) {
  try {
    return JSON.parse(localStorage.getItem(key(base, path)));
  } catch {
    return null;
  }
}

export function forgetPlace(base, path) {
  try {
    localStorage.removeItem(key(base, path));
  } catch {
    // Not allowed to look: then there is nothing either.
  }
}

export function rememberThePlace(panel, base) {
  const remember = () => {
    const place = currentPlace(panel);
    if (!place) return;
    try {
      localStorage.setItem(key(base, panel.context.path), JSON.stringify(place));
    } catch {
      // Then the notebook opens at its beginning.
    }
  };
  document.addEventListener("visibilitychange", () => document.hidden && remember());
  window.addEventListener("pagehide", remember);
}

// Go there, unless the learner has begun elsewhere already. JupyterLab lays the cells out bit by
// bit, which moves this one again and again: it is followed until all are there, or until the
// learner takes over.
export async function goToThePlace(panel, base) {
  const place = placeIn(base, panel.context.path);
  const notebook = panel.content;
  // Looked for each time: what another tab saved may take the cells' place meanwhile.
  const find = () => notebook.widgets.findIndex((cell) => cell.model.id === place?.id);
  if (find() < 1 || location.hash || notebook.activeCellIndex > 0 || notebook.mode === "edit") return;
  const isOurs = untilTheLearnerActs(notebook);
  restAtOnce(); // it may be far down
  await panel.revealed;
  const enough = setTimeout(() => isOurs.abort(), LONG_ENOUGH);
  for (let still = 0; still < STILL && !isOurs.signal.aborted; still += 1) {
    const index = find();
    if (index < 0) break;
    const cell = notebook.widgets[index];
    const isThere = notebook.activeCell === cell && isUpThere(cell, notebook);
    if (!isThere || !notebook.widgets.every(({ node }) => node.isConnected)) still = -1;
    if (!isThere && cell.node.isConnected) {
      notebook.activeCellIndex = index;
      await notebook.scrollToItem(index, "start");
    }
    await new Promise((done) => setTimeout(done, TURN));
  }
  clearTimeout(enough);
  isOurs.abort();
}

// An editor can have the focus without a key or a click: by a screen reader, say.
function untilTheLearnerActs(notebook) {
  const isOurs = new AbortController();
  const options = { signal: isOurs.signal, capture: true };
  for (const act of ACTS) document.addEventListener(act, () => isOurs.abort(), options);
  const isEditor = ({ target }) => target.closest(".cm-editor") && isOurs.abort();
  notebook.node.addEventListener("focusin", isEditor, options);
  return isOurs;
}

// In the upper half; or as near to it as the end of the notebook lets it come.
function isUpThere({ node }, notebook) {
  const outer = notebook.node.querySelector(".jp-WindowedPanel-outer") ?? notebook.node;
  const below = node.getBoundingClientRect().top - outer.getBoundingClientRect().top;
  const isAtTheEnd = outer.scrollHeight - outer.scrollTop - outer.clientHeight < 2;
  return node.isConnected && below > -2 && (below < outer.clientHeight / 2 || isAtTheEnd);
}

// The active cell where it is in view, else the first one that is.
function currentPlace({ content: notebook }) {
  const frame = notebook.node.getBoundingClientRect();
  const inView = (cell) => {
    const { top, bottom } = cell.node.getBoundingClientRect();
    return cell.node.isConnected && bottom > frame.top + 40 && top < frame.bottom - 40;
  };
  const active = notebook.activeCell;
  const cell = active && inView(active) ? active : notebook.widgets.find(inView);
  if (!cell) return null;
  const above = notebook.widgets.slice(0, notebook.widgets.indexOf(cell) + 1).reverse();
  const headings = above.map((one) => headingOf(one.model)).filter(Boolean);
  return { id: cell.model.id, heading: headings[0] ?? "" };
}

function headingOf(model) {
  if (model.type !== "markdown") return "";
  const found = model.sharedModel.source.match(/^#{1,3} +(.+)$/m);
  return found ? found[1].replace(/[*_`$]/g, "").trim() : "";
}
