// The page's header: what this notebook is called, the way past the menus, the way out of an editor.

const COURSE = "BPTT, step by step";

export function nameThePage(panel) {
  const title = titleOf(panel);
  document.getElementById("title").textContent = title;
  const named = () => {
    const full = `${title} · ${COURSE}`;
    if (document.title !== full) document.title = full;
  };
  named();
  // JupyterLab writes the application's name there, some time later.
  new MutationObserver(named).observe(document.querySelector("title"), { childList: true });
}

// The notebook's first heading; of a kept copy, also when it was kept.
function titleOf({ content, context }) {
  const heading = content.model.cells.get(0)?.sharedModel.source.match(/^# (.+)$/m)?.[1];
  const kept = context.path.match(/\(kept .*\)/)?.[0];
  return [heading ?? context.path.replace(/\.ipynb$/, ""), kept].filter(Boolean).join(" ");
}

// Takes the promise of a notebook: the link is on the page long before.
export function leadPastTheMenus(opening) {
  document.getElementById("skip").addEventListener("click", async (event) => {
    event.preventDefault();
    const panel = await opening;
    await panel.context.ready;
    panel.content.activate();
  });
}

// Seen while an editor has the focus, because there Tab does not lead on: it indents.
export function tellTheWayOut() {
  const wayOut = document.getElementById("way-out");
  const look = () => {
    wayOut.toggleAttribute("data-needed", Boolean(document.activeElement?.closest(".cm-content")));
  };
  document.addEventListener("focusin", look);
  document.addEventListener("focusout", look);
}
