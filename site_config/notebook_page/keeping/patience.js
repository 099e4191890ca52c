// How long the browser's store is waited for.

const PATIENCE = 15_000; // milliseconds; a browser that has not answered by then has failed

export const inTime = (promise) =>
  Promise.race([
    promise,
    new Promise((_, failed) => {
      setTimeout(() => failed(new Error("it does not answer")), PATIENCE);
    }),
  ]);
