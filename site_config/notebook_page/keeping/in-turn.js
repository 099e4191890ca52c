// What takes its time, done once at a time.
//
// Whoever asks while it is being done gets the next turn, together with all who ask until then:
// that one begins after them, and so does for each of them what they asked for.

export function oneAtATime(act) {
  let running = null;
  let next = null;

  const begin = () => {
    next = null;
    running = act().finally(() => {
      running = null;
    });
    return running;
  };
  return () => {
    if (running) next ??= running.then(begin, begin);
    return next ?? begin();
  };
}
