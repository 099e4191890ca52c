// What a widget sees of anywidget: a model with values, and someone who sets them.
async ({ address, values }) => {
  const listeners = new Set();
  const model = {
    get: (name) => values[name],
    on: (event, callback) => listeners.add([event, callback]),
    off: (event, callback) => {
      for (const pair of listeners) {
        if (pair[0] === event && pair[1] === callback) listeners.delete(pair);
      }
    },
    set: () => { throw new Error("the widget writes to Python") },
    save_changes: () => { throw new Error("the widget writes to Python") },
    send: (content) => window.host.sent.push(content),
  };
  const widget = (await import(address)).default;
  const el = document.getElementById("here");
  window.host = {
    listeners,
    sent: [],
    set(name, value) {
      values[name] = value;
      for (const [event, callback] of [...listeners]) {
        if (event === `change:${name}`) callback();
      }
    },
    async render() { window.host.cleanUp = await widget.render({ model, el }); },
  };
  await window.host.render();
}
