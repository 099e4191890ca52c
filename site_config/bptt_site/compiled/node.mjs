// Compile archives with the pinned Pyodide: node node.mjs RUNTIME_FOLDER JOB.json
// The job: { info, imports: [module], stdlib, archives: [{ source, target, installed_in, keep: [name] }] }
// An archive that keeps no list keeps all, and has its bytecode added beside its sources.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

process.on("uncaughtException", (error) => {
  console.error(error.type ?? error.name, error.message); // Node itself would first quote the minified script
  process.exitCode = 1;
});
const [, , runtime, jobFile] = process.argv;
const { info, imports, stdlib, archives } = JSON.parse(await readFile(jobFile, "utf8"));
const bytes = async (path) => new Uint8Array(await readFile(path));

const { loadPyodide } = await import(pathToFileURL(join(runtime, "pyodide.mjs")));
const pyodide = await loadPyodide({
  indexURL: runtime,
  lockFileContents: JSON.stringify({ info, packages: {} }), // the wheels are unpacked by hand
});
for (const { source } of archives.filter(({ source }) => source.endsWith(".whl"))) {
  pyodide.unpackArchive(await bytes(source), "wheel", { extractDir: "/unpacked" });
}
pyodide.runPython(await readFile(new URL("inside.py", import.meta.url), "utf8"));
const compile = pyodide.runPython(`
sys.path.append("/unpacked")
hot = imported_by(${JSON.stringify(imports)}, ["/unpacked/", "${stdlib}/"])
lambda archive, installed_in, keep: compile_archive(
    archive.to_bytes(), installed_in, set(keep), hot
) if keep else compile_beside(archive.to_bytes(), installed_in)
`);
for (const { source, target, installed_in, keep } of archives) {
  const compiled = compile(await bytes(source), installed_in, pyodide.toPy(keep));
  await writeFile(target, compiled.toJs());
  compiled.destroy();
}
