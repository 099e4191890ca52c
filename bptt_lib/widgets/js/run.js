/**
 * A recorded run, and where in it one can stand: pure functions, nothing drawn.
 *
 * A run of T steps has 2 T positions: 0 … T − 1 go forward through t = 0 … T − 1, and
 * T … 2 T − 1 go backward through t = T − 1 … 0.
 */

/** How many time steps the run has. */
export function stepsOf(run) {
  return run.frames.length / 2;
}

/** Where one may stand: the whole run, or the direction that somebody's own code walks. */
export function spanOf(run, code = null) {
  const T = stepsOf(run);
  if (!code) return { first: 0, last: 2 * T - 1 };
  return code.phase === "forward" ? { first: 0, last: T - 1 } : { first: T, last: 2 * T - 1 };
}

/** The nearest position in a span. */
export function clamp({ first, last }, position) {
  return Math.max(first, Math.min(last, Math.round(position)));
}

/** The position of a step in one of the two directions. */
export function positionOf(run, phase, t) {
  return phase === "forward" ? t : run.frames.length - 1 - t;
}

/** The same step seen in the other direction. */
export function turned(run, position) {
  return run.frames.length - 1 - position;
}

/** The sizes behind the letters: steps, inputs, hidden units. */
export function sizesOf(run) {
  return { T: stepsOf(run), D: run.inputs.X_seq[0].length, H: run.inputs.h0.length };
}

/** Hidden state after step t; h_{-1} is the initial one. */
export function stateAt(run, t) {
  return t < 0 ? run.inputs.h0 : run.frames[t].computes.h;
}

/**
 * The largest absolute value of each kind of number over the whole run, so that a shade
 * means the same at every step: states, inputs and pre-activations; gradients at the
 * states; each parameter's gradient; the parameters.
 */
export function scalesOf(run) {
  const T = stepsOf(run);
  const forward = run.frames.slice(0, T);
  const backward = run.frames.slice(T);
  const { X_seq, h0, W_xh, W_hh, b_h } = run.inputs;
  const totals = (name) => largest(backward.map((frame) => [frame.totals[name], frame.adds[name]]));
  return {
    value: largest([X_seq, h0, forward.map((frame) => [frame.computes.a, frame.computes.h])]),
    weight: largest([W_xh, W_hh, b_h]),
    slope: 1,
    gradient: largest(
      backward.map(({ reads, computes }) => [
        reads.dh_from_loss, reads.dh_from_future, computes.dh, computes.da, computes.dx, computes.dh_prev,
      ]),
    ),
    W_xh: totals("W_xh"),
    W_hh: totals("W_hh"),
    b_h: totals("b_h"),
  };
}

function largest(nested) {
  const sizes = nested.flat(Infinity).filter(Number.isFinite).map(Math.abs);
  return sizes.reduce((a, b) => Math.max(a, b), 0) || 1;
}
