/**
 * The run of an RNN, forward and backward, computed in the page: the same dictionary as
 * `Recording.to_dict` of Python, so that an edited run needs no kernel.
 */

const add = (a, b) => a.map((x, i) => x + b[i]);
const minus = (a, b) => a.map((x, i) => x - b[i]);
const times = (a, b) => a.map((x, i) => x * b[i]);
const zeros = (n) => new Array(n).fill(0);
const sum = (vectors, n) => vectors.reduce(add, zeros(n));
/** W v, and W^T v. */
const product = (W, v) => W.map((row) => row.reduce((s, w, j) => s + w * v[j], 0));
const transposed = (W, v) => W[0].map((_, j) => W.reduce((s, row, i) => s + row[j] * v[i], 0));
const outerProduct = (a, b) => a.map((x) => b.map((y) => x * y));
const addTo = (total, share) => total.map((one, i) => (Array.isArray(one) ? add(one, share[i]) : one + share[i]));

/**
 * Run forward and backward. `inputs` as in a recording; `truncation` is the most edges that
 * a gradient crosses, null for all of them. With `targets`, a row or null for each step, the
 * loss is half the squared distance of the states to them, and its gradients are computed.
 */
export function compute(given, truncation = null, targets = null) {
  const { X_seq, h0, W_xh, W_hh, b_h } = given;
  const frames = [];
  let h = h0;
  for (const [t, x] of X_seq.entries()) {
    const from_input = product(W_xh, x); // (H,)
    const from_past = product(W_hh, h); // (H,)
    const a = add(add(from_input, from_past), b_h); // (H,)
    const computes = { from_input, from_past, a, h: a.map(Math.tanh) };
    frames.push({ phase: "forward", t, reads: { x, h_prev: h }, computes, adds: {}, totals: {} });
    h = computes.h;
  }
  const inputs = targets ? { ...given, dL_dh_seq: distances(frames, targets) } : given;
  let totals = { W_xh: W_xh.map((row) => zeros(row.length)), W_hh: W_hh.map((row) => zeros(row.length)), b_h: zeros(h0.length) };
  let fromFuture = []; // what reaches this step from later ones, youngest first
  for (let t = X_seq.length - 1; t >= 0; t--) {
    const frame = back(inputs, frames[t], totals, fromFuture, inputs.dL_dh_seq[t], truncation);
    totals = frame.totals;
    fromFuture = frame.passed;
    delete frame.passed;
    frames.push(frame);
  }
  return { source: "reference", inputs, truncation, frames };
}

function back({ W_xh, W_hh }, { t, reads: { x, h_prev }, computes: { h } }, before, fromFuture, arrival, truncation) {
  const H = h.length;
  const waves = truncation === null ? [add(arrival, sum(fromFuture, H))] : [arrival, ...fromFuture];
  const dh = sum(waves, H); // (H,)
  const slope = h.map((value) => 1 - value ** 2); // (H,)
  const da = times(dh, slope); // (H,)
  const passed = waves.map((wave) => transposed(W_hh, times(wave, slope)));
  const limit = truncation ?? passed.length;
  const adds = { W_xh: outerProduct(da, x), W_hh: outerProduct(da, h_prev), b_h: da };
  return {
    phase: "backward",
    t,
    reads: { x, h_prev, h, dh_from_loss: arrival, dh_from_future: sum(fromFuture, H) },
    computes: {
      dh, slope, da, dx: transposed(W_xh, da),
      dh_prev: sum(passed.slice(0, limit), H), dh_cut: sum(passed.slice(limit), H),
    },
    adds,
    totals: Object.fromEntries(Object.entries(adds).map(([name, share]) => [name, addTo(before[name], share)])),
    passed: passed.slice(0, limit),
  };
}

/** How far each state is from its target, nothing where it has none. */
function distances(frames, targets) {
  return targets.map((target, t) => (target ? minus(frames[t].computes.h, target) : zeros(frames[t].computes.h.length)));
}

/** Half the squared distance to the targets, over all steps that have one. */
export function squaredLoss({ inputs: { dL_dh_seq } }) {
  return dL_dh_seq.flat().reduce((s, distance) => s + distance ** 2 / 2, 0);
}

/** The gradients of a run, and their global norm. */
export function gradientsOf(run) {
  const { totals } = run.frames.at(-1);
  return { ...totals, norm: Math.hypot(...Object.values(totals).flat(2)) };
}

/** The gradients scaled by one factor so that their global norm is at most `maxNorm`. */
export function clipped({ norm, ...grads }, maxNorm) {
  const factor = norm > maxNorm ? maxNorm / norm : 1;
  const scale = (value) => (Array.isArray(value) ? value.map(scale) : value * factor);
  const scaled = Object.entries(grads).map(([name, grad]) => [name, scale(grad)]);
  return { ...Object.fromEntries(scaled), norm: norm * factor, factor };
}
