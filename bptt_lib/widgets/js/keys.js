/**
 * The keys that step: arrows, Home and End, wherever in the widget the focus is.
 */

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/** What a key press asks for, or null if it is not for the stepper. */
export function asked(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  // These answer the same keys themselves; stepping as well would step twice.
  if (event.target.closest("input, select, textarea")) return null;
  if (event.key in STEPS) return { by: STEPS[event.key] };
  if (event.key === "Home") return { to: 0 };
  if (event.key === "End") return { to: Infinity };
  return null;
}
