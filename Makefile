# Nothing but Python 3.11 or newer, git and make is needed: everything else is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
READY := $(VENV)/.installed

.PHONY: install demo audit test check run format lock bench torture screenshots fuzz

install: $(READY)

$(READY): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

demo: install
	$(BIN)/python -m bot demo $(if $(ONCE),--once) $(if $(PORT),--port $(PORT))

run: install
	$(BIN)/python -m bot run

test: install
	$(BIN)/python -m pytest -n 2

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

# Known weaknesses of what requirements.lock pins; without a network only that each pin has its hash.
audit: install
	$(BIN)/python .ci/audit.py

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock:
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --group dev pyproject.toml --custom-compile-command "make lock" --output-file requirements.lock --quiet

# The pictures of README.md and docs/, taken by the browser tests.
screenshots: install
	@mkdir -p docs/pictures
	CORNERMAN_PICTURES=docs/pictures $(BIN)/python -m pytest -m browser tests/browser

bench: install
	$(BIN)/python -m tests.bench

# Kills real processes while people work, and counts what was lost or said twice: make torture MINUTES=30 DATABASE=sqlite
torture: install
	$(BIN)/python -m tests.torture --minutes $(or $(MINUTES),10) --database $(or $(DATABASE),postgresql)

# Every call source's adapter against bodies that atheris makes up, a minute each; longer: make fuzz SECONDS=3600
fuzz: install
	$(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),60) $(if $(SOURCE),--source $(SOURCE))
