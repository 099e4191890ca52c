// Tab leads to the first tool of JupyterLab's toolbar, and the arrow keys lead on from there.
//
// Left to itself, it stops only at the tool for those that have no room, and while all have room
// that one is hidden: Tab passes them all by. It is also said to be pressed or not, like a switch.

export function letTabIn({ node: toolbar }) {
  toolbar.querySelector('[title="More commands"]')?.removeAttribute("aria-pressed");
  if (toolbar.activeIndex > 0 && !toolbar.contains(document.activeElement)) toolbar.setFocusedElement(0);
}
