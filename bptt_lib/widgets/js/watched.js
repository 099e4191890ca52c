/**
 * A watched run of somebody's function: pure look-ups in what `code_of` wrote, nothing drawn.
 *
 * A None of Python arrives as null or, from Python in the page, as undefined.
 */

/** The moments that belong to one time step, in the order in which they happened. */
export function momentsOf(code, t) {
  return [...code.events.keys()].filter((k) => code.events[k].t === t);
}

/** Where to stand in a step: at its first departing value, else at its end. */
export function landing(code, t, now) {
  const inside = momentsOf(code, t);
  return inside.find((k) => departingAt(code, k).length) ?? inside.at(-1) ?? now;
}

/** Which source holds a moment's line: the function's own, or that of a helper it calls. */
export function sourceAt(code, k) {
  return code.calls[code.events[k].call].source;
}

/** The calls that led to a moment, outermost first: from which line of which source. */
export function wayTo(code, k) {
  const way = [];
  for (let call = code.calls[code.events[k].call]; call.caller != null; call = code.calls[call.caller]) {
    const { first, name } = code.sources[code.calls[call.caller].source];
    way.unshift({ name, line: first + (call.line ?? 0) });
  }
  return way;
}

/** The next moment, from `now` on and around, at which a line of the present source ran. */
export function nextAt(code, line, now) {
  const here = sourceAt(code, now);
  const hits = [...code.events.keys()].filter((k) => code.events[k].line === line && sourceAt(code, k) === here);
  return hits.find((k) => k > now) ?? hits[0] ?? now;
}

/** The variables that a moment set and that depart from the reference. */
export function departingAt(code, k) {
  return code.events[k].changed.filter((name) => departs(code, k, name));
}

/** Whether a variable, as it stands at a moment, departs from the reference. */
export function departs(code, k, name) {
  return (judgement(code, k, name)?.wrong.length ?? 0) > 0;
}

/** What the reference says of a variable at a moment, or null where nobody can tell. */
export function judgement(code, k, name) {
  const index = code.events[k].locals[name]?.[1] ?? -1;
  return index < 0 ? null : code.judgements[index];
}

/** A variable's value at a moment: its shape (null for what is no array) and its data. */
export function valueAt(code, k, name) {
  return code.values[code.events[k].locals[name][0]];
}

/** The variables of a moment: set by its line, still departing, and the rest. */
export function grouped(code, k) {
  const { changed, locals } = code.events[k];
  const others = Object.keys(locals).filter((name) => !changed.includes(name));
  return {
    set: [...changed].sort((a, b) => departs(code, k, b) - departs(code, k, a)),
    departing: others.filter((name) => departs(code, k, name)),
    rest: others.filter((name) => !departs(code, k, name)),
  };
}
