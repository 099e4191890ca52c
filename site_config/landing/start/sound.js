// What comes in a file is data, and none of it is believed: only what a course's work is made of
// is taken over, part by part. Pure: something in, a sound file out, or null.

const CELLS = 2_000; // no notebook of a course has as many; the page would stand still
const PATH = 200; // characters

// A path inside the notebooks' folder: no way out of it, nothing invisible.
export function isSoundPath(path) {
  return (
    typeof path === "string" &&
    path.length <= PATH &&
    !/[\\\p{Cc}\p{Cf}]/u.test(path) &&
    path.split("/").every((part) => part && part !== "." && part !== ".." && part !== "__proto__")
  );
}

export function soundFile(path, file) {
  if (!isSoundPath(path) || !isPlain(file) || file.path !== path) return null;
  const content = soundContent(file);
  if (content === undefined) return null;
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return {
    name: path.split("/").pop(),
    path,
    type: file.type,
    format: file.type === "file" ? file.format : "json",
    mimetype: typeof file.mimetype === "string" ? file.mimetype : "",
    content,
    size: content === null ? 0 : new Blob([text]).size,
    created: date(file.created),
    last_modified: date(file.last_modified),
    writable: true,
  };
}

// Undefined where it is not what its type says.
function soundContent({ type, format, content }) {
  if (type === "directory") return null;
  if (type === "notebook") return soundNotebook(content) ?? undefined;
  if (type !== "file") return undefined;
  if (format === "json") return JSON.parse(JSON.stringify(content ?? null));
  return ["text", "base64"].includes(format) && typeof content === "string" ? content : undefined;
}

// Outputs stay, but not the mark that they are trusted: JupyterLab then shows none that could do
// something. Nor saved widgets, which carry code that would run on opening.
export function soundNotebook(notebook) {
  if (!isPlain(notebook) || notebook.nbformat !== 4) return null;
  if (!Array.isArray(notebook.cells) || notebook.cells.length > CELLS) return null;
  const cells = notebook.cells.map(soundCell);
  if (cells.includes(null)) return null;
  const seen = new Set();
  for (const cell of cells) {
    if (seen.has(cell.id)) cell.id = crypto.randomUUID?.() ?? `cell-${seen.size}`;
    seen.add(cell.id);
  }
  const { kernelspec, language_info, bptt_site } = notebook.metadata ?? {};
  const metadata = Object.fromEntries(
    Object.entries({ kernelspec, language_info, bptt_site }).filter(([, value]) => isPlain(value)),
  );
  return { nbformat: 4, nbformat_minor: 5, metadata, cells };
}

function soundCell(cell, i) {
  if (!isPlain(cell) || !["code", "markdown", "raw"].includes(cell.cell_type)) return null;
  const source = Array.isArray(cell.source) ? cell.source : [cell.source];
  if (!source.every((line) => typeof line === "string")) return null;
  const { trusted, ...metadata } = isPlain(cell.metadata) ? cell.metadata : {};
  const sound = {
    id: /^[\w-]{1,64}$/.test(cell.id ?? "") ? cell.id : `cell-${i}`,
    cell_type: cell.cell_type,
    metadata,
    source: source.join(""),
  };
  if (cell.cell_type !== "code") return sound;
  const outputs = cell.outputs ?? [];
  if (!Array.isArray(outputs) || !outputs.every((output) => isPlain(output))) return null;
  const count = cell.execution_count;
  return { ...sound, outputs, execution_count: Number.isInteger(count) ? count : null };
}

const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const date = (value) => {
  const when = new Date(typeof value === "string" ? value : NaN);
  return (Number.isNaN(when.getTime()) ? new Date() : when).toISOString();
};
