// What the page has to tell beside the notebook: a sentence, and what can be done about it.
//
// Notices stand at the lower edge, one for each matter. The notebook makes room for them, so that
// nothing is covered, and the focus stays with whoever is typing: Tab leads to them from the page's
// header, and when one closes, its focus goes back to where it came from. What is urgent is read
// out at once, the rest when there is a pause.

// `choices` maps the words on a button to what it does.
export function notice(label, sentence, choices = {}, { urgent = false } = {}) {
  const box = document.createElement("section");
  box.className = "notice";
  box.setAttribute("aria-label", label);
  box.toggleAttribute("data-urgent", urgent);

  const heading = document.createElement("p");
  heading.className = "notice-label";
  heading.textContent = label;
  const text = document.createElement("p");
  text.setAttribute("role", urgent ? "alert" : "status");
  const buttons = document.createElement("div");
  buttons.className = "notice-choices";
  box.append(heading, text, buttons);
  place().append(box);
  text.textContent = sentence; // after it is in the page, or it is not read out

  let cameFrom = null;
  box.addEventListener("focusin", ({ relatedTarget }) => {
    if (relatedTarget && !box.contains(relatedTarget)) cameFrom = relatedTarget;
  });

  const shown = {
    box,
    say: (words) => {
      if (text.textContent !== words) text.textContent = words;
    },
    offer: (others) => buttons.replaceChildren(...Object.entries(others).map(asButton)),
    close: () => {
      const hasFocus = box.contains(document.activeElement);
      box.remove();
      if (hasFocus) cameFrom?.focus();
    },
  };
  shown.offer(choices);
  return shown;
}

function asButton([words, action]) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words;
  button.addEventListener("click", action);
  return button;
}

function place() {
  let place = document.getElementById("notices");
  if (!place) {
    place = Object.assign(document.createElement("div"), { id: "notices" });
    document.getElementById("course").after(place);
    new ResizeObserver(() => {
      document.body.style.setProperty("--notices", `${place.offsetHeight}px`);
      window.dispatchEvent(new Event("resize")); // JupyterLab lays itself out anew
    }).observe(place);
  }
  return place;
}
