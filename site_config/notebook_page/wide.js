// What is wider than the page scrolls within itself: equations and tables in the text, and by the
// arrow keys, too. Only while they are wider does Tab stop at them, and have they a name for that.
//
// The browser tells when it has laid one out, or has laid it out anew: nothing here asks for it.

const WIDE = '.jp-RenderedMarkdown :is(mjx-container[display="true"], table)';
const NAMES = { TABLE: "Table", "MJX-CONTAINER": "Equation" };
const SCROLLING = new Set(["ArrowLeft", "ArrowRight"]);

const watched = new WeakSet();
const observer = new ResizeObserver((entries) => {
  for (const one of new Set(entries.map(({ target }) => target.closest(WIDE)))) if (one) look(one);
});

// To be called again whenever there may be new ones below `root`.
export function letKeysScroll(root) {
  for (const one of root.querySelectorAll(WIDE)) {
    if (watched.has(one)) continue;
    watched.add(one);
    observer.observe(one);
    if (one.firstElementChild) observer.observe(one.firstElementChild); // its letters may come later
    one.addEventListener("keydown", keepFromTheNotebook);
  }
}

function look(one) {
  const isWider = one.scrollWidth > one.clientWidth;
  if (isWider === one.hasAttribute("tabindex")) return;
  if (!isWider) return ["tabindex", "role", "aria-label"].forEach((name) => one.removeAttribute(name));
  one.setAttribute("tabindex", "0");
  if (one.tagName !== "TABLE") one.setAttribute("role", "group"); // a table stays one
  one.setAttribute("aria-label", `${NAMES[one.tagName]}, wider than the page: the arrow keys scroll it`);
}

// There, left and right fold and unfold a section.
function keepFromTheNotebook(event) {
  if (SCROLLING.has(event.key)) event.stopPropagation();
}
