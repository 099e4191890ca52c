"""One file for each module; `e2e/` in a real browser, `benchmarks/` apart."""
