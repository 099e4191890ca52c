// What is saved in a notebook is shown, and never run.
//
// A notebook may say of itself that its outputs are to be trusted, and JupyterLab then lets them
// move the page to another address; or it may bring widgets with code of their own, which would
// be started as it opens. A stranger's file can say and bring the same. So neither is read from a
// file: what a cell shows is trusted from the moment in which the learner runs it.

export function trustNothingSaved({ serviceManager: { contents } }) {
  const { get } = contents;
  contents.get = async (...asked) => {
    const file = await get.apply(contents, asked);
    if (file.type === "notebook" && file.content) disarm(file.content);
    return file;
  };
}

function disarm({ cells, metadata }) {
  delete metadata?.widgets;
  for (const cell of cells ?? []) delete cell.metadata?.trusted;
}
