// Esc leads from what a cell shows back to the cell: there the arrows walk through the notebook,
// which in a stepper walk through time.

export function leadBackToTheCell({ content: notebook }) {
  notebook.node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const output = event.target.closest(".jp-Cell-outputWrapper");
    const cell = output && notebook.widgets.find(({ node }) => node.contains(output));
    if (!cell) return;
    notebook.activeCellIndex = notebook.widgets.indexOf(cell);
    notebook.mode = "command";
    cell.node.focus();
  });
}
