# What a newcomer needs: make demo, make test. Libraries go into .venv, nothing outside.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test soak interop judges analysis recipes coverage bench check format expected dictionary \
	setup setup-dev requirements clean

demo: $(VENV)/ready-data
	@$(BIN)/python -m kazpress.demo demo

test: $(VENV)/ready-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/pytest

# Backfills of replicas with 20,000 articles, killed and resumed, and with each way of finding closed:
# a hundred crawls with faults: half an hour and more.
soak: $(VENV)/ready-dev
	@$(BIN)/pytest -m soak

# Exports read by the libraries that others read them with, and the recipes of docs/analysis.md. Over
# 1 GB, in an environment of its own: where numpy is installed, every command that opens the database
# starts more slowly.
interop:
	@$(MAKE) --no-print-directory VENV=.venv-interop judges

judges: $(VENV)/ready-interop
	@$(BIN)/pytest -m interop

# What the recipes of docs/analysis.md print, and their plots.
analysis:
	@$(MAKE) --no-print-directory VENV=.venv-interop recipes

recipes: $(VENV)/ready-interop
	@$(BIN)/python -m tests.interop.recipes

# Branch coverage, with that of the crawls that run in child processes.
coverage: $(VENV)/ready-dev
	@$(BIN)/pytest --cov --cov-report=term --cov-config=tests/coverage-with-children.toml

bench: $(VENV)/ready-data
	@$(BIN)/python -m bench.throughput

check: $(VENV)/ready-dev
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(VENV)/ready-dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

expected: $(VENV)/ready-dev
	@$(BIN)/python -m tests.pages.expected

# The fields of a record in docs/data-dictionary.md, from what stands under them in the code.
dictionary: $(VENV)/ready-dev
	@$(BIN)/python -m tests.docs.dictionary

setup: $(VENV)/ready

setup-dev: $(VENV)/ready-dev

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "kazpress needs Python 3.11 or newer as $(PYTHON); name another one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "$(PYTHON) has no venv module; install it, e.g. apt install python3-venv"; exit 1; }
	@echo "Making $(VENV) (once)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/ready: $(VENV)/python requirements.txt pyproject.toml
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@PYTHONWARNINGS=ignore $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/ready-%: $(VENV)/ready requirements-%.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation \
		-r requirements-$*.txt
	@touch $@

# Needs uv. Exact versions with hashes, for every Python that we support, and no host: for the
# command, for exports in all formats (data), for the tests (dev), for the judges of exports (interop).
# pip 23.2, which Python 3.11 brings, wants the extras named, but not the one that lxml spells anew.
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-strip-extras --no-header --no-annotate pyproject.toml build.in

requirements:
	printf 'setuptools>=80\nwheel\n' > build.in
	$(COMPILE) -o requirements.txt
	$(COMPILE) --extra data -c requirements.txt -o requirements-data.txt
	$(COMPILE) --extra data --extra cluster --extra dev -c requirements-data.txt -o requirements-dev.txt
	$(COMPILE) --extra data --extra cluster --extra dev --extra interop -c requirements-dev.txt \
		-o requirements-interop.txt
	sed -i 's/^lxml\[html-clean\]/lxml/' requirements-dev.txt requirements-interop.txt
	rm build.in

clean:
	rm -rf .venv .venv-interop demo .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
