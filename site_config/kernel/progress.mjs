// How much of Python has come, told to the page where that takes long enough to be told.
//
// What is fetched is counted as it passes. What a browser has kept begins to answer at once, and is
// left as it is: counting would cost more than it says, and a counted answer loses the compiled code
// that browsers keep with their own.

import { sizes } from "./built.mjs";
import { nameOf } from "./files.mjs";

const FROM_AFAR = 40; // milliseconds until an answer begins
const EVERY = 200; // milliseconds between two reports

export function tellBytes(tell) {
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0); // unpacked
  const ask = self.fetch;
  let loaded = 0;
  let told = -Infinity;

  const add = (bytes) => {
    loaded += bytes;
    if (performance.now() - told < EVERY) return;
    told = performance.now();
    tell({ loaded: Math.min(loaded, total), total });
  };
  const count = async (body) => {
    const reader = body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      add(part.value.length);
    }
  };

  self.fetch = async (input, options) => {
    const begun = performance.now();
    const answer = await ask.call(self, input, options);
    const name = nameOf(input);
    if (!sizes[name] || !answer.ok) return answer;
    if (performance.now() - begun < FROM_AFAR) loaded += sizes[name];
    else count(answer.clone().body).catch(() => {}); // who waits for the file hears of it
    return answer;
  };
  return () => {
    self.fetch = ask;
  };
}
