// A question before something is changed. Escape means no; the focus goes back to where it was.

export function ask(title, lines, yes) {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  const heading = Object.assign(document.createElement("h2"), { id: "ask-title", textContent: title });
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.append(heading);
  for (const line of lines) {
    dialog.append(Object.assign(document.createElement("p"), { textContent: line }));
  }
  const form = Object.assign(document.createElement("form"), { method: "dialog" });
  const button = (textContent, value) => Object.assign(document.createElement("button"), { textContent, value });
  form.append(button(yes, "yes"), button("Leave it as it is", "no"));
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  form.lastElementChild.focus();
  return new Promise((answered) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      answered(dialog.returnValue === "yes");
    });
  });
}
