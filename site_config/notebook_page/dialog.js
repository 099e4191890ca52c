// A question or a note in a dialog: the browser's own, which keeps the focus and closes on Esc.

// `content` is what stands between the title and the buttons, and may hold buttons itself;
// returns the value of the button that closed it, or "" after Esc.
export function ask(title, content, labels) {
  const dialog = make("dialog", { className: "course-dialog" });
  // It has the focus at first: the Enter that opened the dialog must not press a button in it as well.
  const heading = make("h2", { id: "dialog-title", textContent: title, tabIndex: -1, autofocus: true });
  dialog.setAttribute("aria-labelledby", heading.id);
  const form = make("form", { method: "dialog" });
  const row = make("div", { className: "buttons" });
  row.append(...labels.map((label) => button(label, label)));
  form.append(...content, row);
  dialog.append(heading, form);
  document.body.append(dialog);
  const before = document.activeElement;
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      before?.focus();
      done(dialog.returnValue);
    });
  });
}

export const paragraph = (text) => make("p", { textContent: text });

export const button = (label, value) => make("button", { textContent: label, value });

const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
