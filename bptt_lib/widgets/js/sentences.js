/**
 * Each state of the stepper in one sentence: what the picture shows, for those who
 * cannot see it, and for those who want it said.
 */

import { norm, number, subscript, vector } from "./notation.js";

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
