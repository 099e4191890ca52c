/**
 * The still picture that stands before a widget in a cell's output gives way to the widget
 * while it lives, and comes back when there is no Python behind it any more.
 *
 * The widget's element says that it lives; `still.css` does the rest.
 */

/** What the notebook page calls out when the kernel has been restarted or has died. */
export const GONE = "bptt-python-gone";

/** Let the widget in `el` take the picture's place; returns what gives the place back. */
export function replaceStill(el) {
  const live = (yes) => el.toggleAttribute("data-bptt-live", yes);
  const gone = () => live(false);
  live(true);
  document.addEventListener(GONE, gone);
  return () => {
    document.removeEventListener(GONE, gone);
    gone();
  };
}
