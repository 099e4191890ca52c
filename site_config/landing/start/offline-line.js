// One honest line: whether the course opens without a network yet, and what is still to come.

import { isMetered, keepCourse } from "../offline/keep.js";

const megabytes = (bytes) => Math.max(1, Math.round(bytes / 1e6));

function sentence({ whole, left, problem }) {
  if (whole) return "Ready for offline use: the course opens without a network now.";
  if (problem === "full") {
    return "There is no room to keep the course for offline use. Your work is kept all the same.";
  }
  if (problem) return "Not yet ready for offline use: the rest is fetched when the network allows.";
  return `The course is being kept for offline use: ${megabytes(left)} MB to go.`;
}

export async function sayWhetherKept(line) {
  const say = (state) => {
    const said = sentence(state);
    if (line.textContent !== said) line.textContent = said;
    line.hidden = false;
  };
  if (isMetered()) await asked(line);
  if (!(await keepCourse(say))) {
    line.textContent = "This window cannot keep the course for offline use.";
    line.hidden = false;
  }
}

// Returns when the learner wants it.
function asked(line) {
  const button = document.createElement("button");
  button.textContent = "Keep the course for offline use";
  line.replaceChildren(button);
  line.hidden = false;
  return new Promise((done) => button.addEventListener("click", done, { once: true }));
}
