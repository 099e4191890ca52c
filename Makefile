# Every target does its own set-up; a fresh machine needs git, make and Python >= 3.11.
#
#   make serve    build what is stale, then serve it on http://127.0.0.1:8000/
#   make site     build the site into _output/
#   make test     everything: style, types, tests, the built site in a real browser
#   make bench    the README's tables, measured side by side
#   make help     the other targets

PYTHON ?= python3
PORT   ?= 8000
VENV   := .venv
BIN    := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help setup browsers site serve lint test test-native test-browser test-chromium test-firefox bench mutants screenshots manifest clean

help:               ## this list
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */  make \1\t/' | expand -t 22

setup: $(VENV)/ready ## the tools, in .venv

$(VENV)/ready: pyproject.toml site_config/pyproject.toml site_config/constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; $(PYTHON) is `$(PYTHON) --version`. Try: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Could not make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --constraint site_config/constraints.txt \
	  --group test --editable '.[widgets]' --editable site_config
	@touch $@

browsers: setup     ## the real browsers that the tests drive
	@$(BIN)/python -m tests.browsers

site: setup         ## build the site into _output/
	$(BIN)/python -m bptt_site.build

serve: setup        ## build what is stale, then serve it
	$(BIN)/python -m bptt_site.build --if-stale
	$(BIN)/python -m bptt_site.serve --port $(PORT)

lint: setup         ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test-native: setup  ## the tests that need no browser
	$(BIN)/python -m pytest -m 'not e2e'

test-browser: browsers ## the built site, driven in real browsers, Firefox beside Chromium
	$(BIN)/python -m bptt_site.build --if-stale
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=line test-chromium test-firefox

test-chromium: browsers
	$(BIN)/python -m pytest -m e2e -k 'not firefox'

test-firefox: browsers
	$(BIN)/python -m pytest -m e2e -k firefox

test: lint test-native test-browser ## everything

bench: browsers     ## measure what the README's tables state
	$(BIN)/python -m tests.benchmarks $(if $(WRITE),--write)

mutants: setup      ## which faults planted in our four functions the checks reject
	$(BIN)/python -m tests.benchmarks.mutants

screenshots: browsers ## every page and widget, both themes, two widths
	$(BIN)/python -m tests.screenshots

manifest: setup     ## maintainers: renew the pinned runtime
	$(BIN)/python -m bptt_site.renew

clean:              ## remove what was built (the runtime's cache and .venv stay)
	rm -rf _output dist .jupyterlite.doit.db*
