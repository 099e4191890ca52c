/**
 * What anywidget gets of every widget. It loads a widget's script anew each time that a cell is
 * run, and a browser never lets go of a module; so the script itself travels beside this one,
 * and is loaded once for all widgets that share it.
 */

const loaded = (globalThis[Symbol.for("bptt_lib.widgets")] ??= new Map());

function load(script) {
  if (!loaded.has(script)) {
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    loaded.set(script, import(address).finally(() => URL.revokeObjectURL(address)));
  }
  return loaded.get(script);
}

export default {
  async render({ model, el }) {
    const { default: widget } = await load(model.get("_script"));
    return widget.render({ model, el });
  },
};
