/**
 * Each state of the stepper in one sentence: what the picture shows, for those who
 * cannot see it, and for those who want it said.
 */

import { norm, number, subscript, vector } from "./notation.js";
import { departingAt, judgement, sourceAt, valueAt } from "./watched.js";

/** The sentence for one frame. */
export function sentence(frame) {
  return frame.phase === "forward" ? forward(frame) : backward(frame);
}

function forward({ t, reads, computes }) {
  const past = t === 0 ? "the initial state h₋₁" : `h${subscript(t - 1)}`;
  return (
    `Forward, step ${t}: the cell reads x${subscript(t)} ${vector(reads.x)} and ` +
    `${past} ${vector(reads.h_prev)}, computes h${subscript(t)} ${vector(computes.h)}, ` +
    `and puts x${subscript(t)}, a${subscript(t)} and h${subscript(t)} into the cache.`
  );
}

function backward({ t, reads, computes, totals }) {
  const h = `h${subscript(t)}`;
  const past = t === 0 ? "the initial state" : `step ${t - 1}`;
  const stopped = computes.dh_cut.some(Boolean);
  const passed = computes.dh_prev.some(Boolean);
  const ending = !stopped
    ? `${vector(computes.dh_prev)} goes on to ${past}`
    : passed
      ? `${vector(computes.dh_prev)} goes on to ${past}, truncation stops the rest`
      : `truncation stops what would go on to ${past}`;
  return (
    `Backward, step ${t}: at ${h} the gradient from the loss ${vector(reads.dh_from_loss)} and ` +
    `from the future ${vector(reads.dh_from_future)} add up to ${vector(computes.dh)}, ` +
    `the W_hh gradient's norm is now ${number(norm(totals.W_hh))}, and ${ending}.`
  );
}

/** One executed line of somebody's own function: what it set, and whether it departs. */
export function lineSentence(code, k) {
  const { line, t, changed } = code.events[k];
  const { name, first } = code.sources[sourceAt(code, k)];
  const where = t == null ? "outside the loop over time" : `${code.phase}, step ${t}`;
  const start = `${where[0].toUpperCase()}${where.slice(1)}: line ${first + line} of your ${name}`;
  const wrong = departingAt(code, k);
  if (code.error && k === code.events.length - 1) return `${start} ends the run: ${code.error}.`;
  if (!wrong.length) {
    return `${start} ${done(changed)}; nothing in it is known to depart from the reference.`;
  }
  const words = code.departure[0] === k ? "here your run departs from the reference for the first time" : "which departs from the reference";
  return `${start} ${done(wrong)}: ${words}; ${difference(code, k, wrong[0])}.`;
}

/** What a line did: it sets variables, or returns values. */
function done(names) {
  if (!names.length) return "sets nothing new";
  if (!names.every((name) => name.startsWith("returned"))) return `sets ${names.join(", ")}`;
  const parts = names.map((name) => name.slice("returned".length)).filter(Boolean);
  return parts.length > 1 ? `returns its values ${parts.join(", ")}` : `returns its value${parts.map((part) => ` ${part}`)}`;
}

/** The first wrong entry in words: `dW_hh[0, 1]` is −0.31, the reference has 0.22. */
function difference(code, k, name) {
  const { wrong, expected } = judgement(code, k, name);
  const at = (nested) => wrong[0].reduce((inner, i) => inner[i], nested);
  const say = (value) => (typeof value === "number" ? number(value) : value);
  return `${name}[${wrong[0].join(", ")}] is ${say(at(valueAt(code, k, name).data))}, the reference has ${say(at(expected))}`;
}
