// Copies that are kept when something else takes a notebook's place.

export function copyName(path, now = new Date()) {
  const when = now.toISOString().slice(0, 19).replace("T", " ").replaceAll(":", ".");
  return path.replace(/(\.\w+)?$/, ` (kept ${when})$1`);
}

// When the copy `name` of `path` was kept, as the browser's clock was then (UTC); else null.
export function keptWhen(name, path) {
  const [stem, ending] = path.split(/(?=\.\w+$)/);
  const found = name.startsWith(`${stem} (kept `) && name.endsWith(`)${ending ?? ""}`);
  if (!found) return null;
  const [date, time] = name.slice(`${stem} (kept `.length).split(/[ )]/);
  const when = new Date(`${date}T${time.replaceAll(".", ":")}Z`);
  return Number.isNaN(when.getTime()) ? null : when;
}
