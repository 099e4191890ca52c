/**
 * Where everything stands in the picture of the unrolled network: numbers in, numbers
 * out, nothing drawn.
 *
 * Column 0 holds the initial state, column t + 1 holds step t. From top to bottom: the
 * time, the loss, the hidden state, the input, the cache.
 */

const PADDING = 5; // inside a node, around its cells
const GUTTER = 3; // between a node's value and its gradient
const ROOM = 40; // at least so much edge between two neighbouring states

/** Lay out a network of T steps, D inputs and H units in a given width (CSS pixels). */
export function layout({ T, D, H }, width) {
  const cell = Math.max(9, Math.min(17, Math.floor(76 / Math.max(D, H))));
  const nodeWidth = 2 * cell + GUTTER + 2 * PADDING;
  const column = Math.max(nodeWidth + ROOM, Math.min(150, Math.floor(width / (T + 1))));
  const hidden = { height: H * cell + 2 * PADDING, top: 84 };
  const input = { height: D * cell + 2 * PADDING, top: hidden.top + hidden.height + 46 };
  const cache = { top: input.top + input.height + 34, row: 17 };
  const chip = Math.min(11, Math.floor((column - 36) / Math.max(D, H)));
  return {
    cell, gutter: GUTTER, padding: PADDING, nodeWidth, column, hidden, input, cache, chip,
    loss: { y: 42, radius: 12 },
    time: { y: 16 },
    width: column * (T + 1),
    height: cache.top + 3 * cache.row + 12,
    /** The middle of the column of step t; t = -1 is the initial state. */
    middle: (t) => column * (t + 1.5),
  };
}

/** The left edge that brings step t to the middle of a window, as far as there is picture. */
export function scrollTo(place, t, visible) {
  return Math.max(0, Math.min(place.width - visible, place.middle(t) - visible / 2));
}
