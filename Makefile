# Everything a newcomer needs. `make demo` and `make test` set up by themselves.
SHELL := /bin/sh
PYTHON ?= python3
UV := .tools/uv/bin/uv
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-fast check format bench lock clean

help:            ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:[^#]*##/\t/' | expand -t 14

setup: .venv/.ready   ## a virtual environment in .venv with everything in it

$(UV):
	@echo "setup: fetching the installer (uv) into .tools/"
	@$(PYTHON) -m venv .tools/uv
	@.tools/uv/bin/pip install --quiet --disable-pip-version-check uv

.venv/.ready: $(UV) requirements-dev.lock pyproject.toml
	@echo "setup: installing gonequiet and its tools into .venv/ (about half a minute)"
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	@$(UV) pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements-dev.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	@$(BIN)/python -m compileall -q src
	@touch .venv/.ready

demo: .venv/.ready    ## imports the made-up demo mailbox and shows who has gone quiet
	@$(BIN)/gonequiet demo

test: .venv/.ready    ## every test
	@echo "test: the whole suite on every core, some minutes"
	@$(BIN)/python -m pytest -n auto --dist loadfile

test-fast: .venv/.ready  ## the pure part, in seconds
	@$(BIN)/python -m pytest tests/domain tests/stats tests/language tests/formats tests/analysis tests/app -m "not slow"

check: .venv/.ready   ## format, lint, types, import contracts, and the fast tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(MAKE) --no-print-directory test-fast

format: .venv/.ready  ## formats the code and mends what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: .venv/.ready   ## prints figures; compares with notmuch and mu where they are installed
	@$(BIN)/python -m benchmarks.ingest
	@$(BIN)/python -m benchmarks.query

lock: $(UV)           ## resolves the pinned requirements anew
	@$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.lock
	@$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --group dev --extra tables --extra outlook -o requirements-dev.lock

clean:           ## removes what setup made
	@rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis
