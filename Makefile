# What a newcomer needs: make demo, make test. Everything is made in .venv, nothing outside.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test soak coverage bench check format expected dictionary setup setup-dev requirements clean

demo: $(VENV)/ready
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

# Branch coverage, with that of the crawls that run in child processes.
coverage: $(VENV)/ready-dev
	@$(BIN)/pytest --cov --cov-report=term --cov-config=tests/coverage-with-children.toml

bench: $(VENV)/ready
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

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# Needs uv. Exact versions with hashes, for every Python that we support, and no host.
requirements:
	printf 'setuptools>=80\nwheel\n' > build.in
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate pyproject.toml build.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --extra dev -c requirements.txt pyproject.toml build.in \
		-o requirements-dev.txt
	rm build.in

clean:
	rm -rf $(VENV) demo .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
