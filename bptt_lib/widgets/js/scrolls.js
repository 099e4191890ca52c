/**
 * What may be wider than the page and scrolls within itself: by the arrow keys, too.
 */

import { attribute } from "./dom.js";

/** Let Tab reach an element, by this name, for as long as it has something to scroll. */
export function scrolls(element, name) {
  new ResizeObserver(() => {
    const wide = element.scrollWidth > element.clientWidth;
    for (const [key, value] of Object.entries({ tabindex: 0, role: "group", "aria-label": name })) {
      attribute(element, key, wide ? value : null);
    }
  }).observe(element);
  return element;
}
