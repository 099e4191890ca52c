/**
 * Numbers, vectors and formulas as a reader expects them on a page.
 */

import { html } from "./dom.js";

const MINUS = "\u2212";
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** A number in at most five characters where it can be: 0.42, −1.30, 3e−4. */
export function number(value) {
  if (value === 0) return "0.00";
  if (!Number.isFinite(value)) return String(value).replace("-", MINUS).replace("Infinity", "∞");
  const size = Math.abs(value);
  const plain = size >= 0.005 && size < 999.5;
  const digits = plain ? value.toFixed(size < 99.5 ? 2 : 0) : value.toExponential(0);
  return digits.replace("e+", "e").replaceAll("-", MINUS);
}

/** The same in at most five characters, for a cell that has no room for more. */
export function short(value) {
  const words = number(value);
  if (words.length <= 5) return words;
  const size = Math.abs(value);
  if (size < 1) return number(0);
  return size < 999.5 ? words.slice(0, 5) : `${value < 0 ? MINUS : ""}∞`;
}

/** A vector in brackets; of a long one only the norm. */
export function vector(values) {
  if (values.length > 4) return `(norm ${number(norm(values))})`;
  return `[${values.map(number).join(", ")}]`;
}

/** The Euclidean norm of a vector or matrix. */
export function norm(values) {
  return Math.hypot(...values.flat());
}

/** A time step as a subscript: h₂, h₋₁. */
export function subscript(t) {
  return String(t).replace("-", "₋").replace(/\d/g, (digit) => SUBSCRIPTS[digit]);
}

/**
 * A formula as HTML: letters in italics, `_{…}` below and `^{…}` above the line, names of
 * the program between backticks.
 *
 * `t` and `t-1` inside braces become numbers, so that one formula serves every step: it is
 * built once, and `at(t)` changes only those.
 */
export function formula(source) {
  const element = html("span", { class: "bptt-formula" });
  const moving = [];
  const parts = source.matchAll(/([_^])\{([^}]*)\}|`([^`]+)`|([A-Za-z]+)|([^A-Za-z_^`]+)/g);
  for (const [, level, inner, code, letters, other] of parts) {
    if (level) {
      const words = document.createTextNode(inner);
      if (inner === "t" || inner === "t-1") moving.push([words, inner === "t" ? 0 : -1]);
      element.append(html(level === "_" ? "sub" : "sup", {}, words));
    } else if (code) element.append(html("code", {}, code));
    else if (letters) element.append(letters === "tanh" ? letters : html("var", {}, letters));
    else element.append(other.replaceAll("-", MINUS));
  }
  return {
    element,
    at(t) {
      for (const [words, offset] of moving) {
        const shown = String(t + offset).replace("-", MINUS);
        if (words.data !== shown) words.data = shown;
      }
    },
  };
}
