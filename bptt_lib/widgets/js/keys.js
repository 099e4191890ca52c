/**
 * The keys that step: left and right through time, up and down through the lines of
 * somebody's code, Home and End, a digit to that step; wherever in the widget the focus is.
 */

const LINES = { ArrowDown: 1, ArrowUp: -1 };
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/** What a key press asks for, or null if it is not for the stepper. */
export function asked(event, withLines = false) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  // These answer the same keys themselves; stepping as well would step twice.
  if (event.target.closest("input, select, textarea")) return null;
  if (event.key in STEPS) return { by: STEPS[event.key] };
  if (withLines && event.key in LINES) return { lines: LINES[event.key] };
  if (event.key === "Home") return { to: 0 };
  if (event.key === "End") return { to: Infinity };
  if (/^\d$/.test(event.key)) return { step: Number(event.key) };
  return null;
}

/** The same in words, for a run of T steps. */
export function keysInWords(T, withLines) {
  const digits = T > 1 ? `, 0 – ${Math.min(9, T - 1)} to a step` : "";
  return `Keys: ← → through time${withLines ? ", ↑ ↓ through lines" : ""}, Home, End${digits}. Or click a step.`;
}

const NATIVE = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "Enter", " "]);

/**
 * Leave the keys that a native control answers to that control: a notebook around it would
 * walk from cell to cell with them, and take the focus along.
 */
export function keepKeys(root) {
  root.addEventListener("keydown", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
    if (plain && (NATIVE.has(event.key) || /^\d$/.test(event.key))) event.stopPropagation();
  });
}
