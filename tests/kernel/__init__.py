"""What the page's Python does beyond JupyterLite's kernel, as far as it runs anywhere."""
