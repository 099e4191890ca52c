/**
 * The still picture that stands before a widget in a cell's output gives way to the widget.
 */

/** Hide the picture once the widget is in its page; returns what brings it back. */
export function replaceStill(el) {
  let hidden = null;
  const arrived = new ResizeObserver(() => {
    if (!el.isConnected) return;
    arrived.disconnect();
    const before = el.closest(".jp-OutputArea-child")?.previousElementSibling;
    if (!before?.querySelector(".bptt-still")) return;
    hidden = before;
    hidden.style.display = "none";
  });
  arrived.observe(el);
  return () => {
    arrived.disconnect();
    if (hidden) hidden.style.display = "";
  };
}
