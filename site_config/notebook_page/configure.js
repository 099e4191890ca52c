// Says where the site lies, which is known no sooner than here. JupyterLab follows in the page.
{
  const config = document.getElementById("jupyter-config-data");
  const site = new URL(config.dataset.jupyterLiteRoot, location.href).pathname;
  config.textContent = config.textContent.replaceAll('"SITE/', `"${site.replace(/\/?$/, "/")}`);
}
