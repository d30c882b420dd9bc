# Nothing but Python 3.11 or newer, git and make is needed: everything else is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two more than the machine has cores by default: a test often waits for a server or a thread.
WORKERS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 2)
READY := $(VENV)/.installed
LOCKS := requirements.lock requirements-dev.lock
# Behind a proxy that reads along only the system's own certificates will do; older pips bring others.
export UV_SYSTEM_CERTS := true
BUNDLE := $(firstword $(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt))
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/installer.lock

# Some images forbid bytecode; here it is wanted: tests start hundreds of processes, and each would compile anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install demo audit test days check run format lock bench simulate torture soak screenshots fuzz mutate release docs FORCE

# A .venv that no longer runs, or is of another Python than the one that is asked for by name, is made anew.
ASKED := $(if $(filter file default,$(origin PYTHON)),,$(PYTHON))
UNSOUND := $(shell test ! -e $(VENV) || $(BIN)/python .ci/python.py $(ASKED) >/dev/null 2>&1 || echo $(VENV))

install: $(READY)

$(READY): $(LOCKS) pyproject.toml $(if $(UNSOUND),FORCE)
	@test -x $(BIN)/python -a -z "$(UNSOUND)" || $(PYTHON) .ci/python.py
	@$(if $(UNSOUND),echo "Made anew: $(VENV) is of another Python."; rm -rf $(UNSOUND))
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(PIP) || PIP_CERT=$(BUNDLE) $(PIP)
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes $(LOCKS:%=-r %)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

demo: install
	$(BIN)/python -m bot demo $(if $(ONCE),--once) $(if $(PORT),--port $(PORT))

run: install
	$(BIN)/python -m bot run

# Each property is tried a fifth as often as in `make check`. On another day than today: make test ON=2028-02-29
test: install
	$(if $(ON),CORNERMAN_TEST_DATE=$(ON)) $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

# Days on which something ends or begins: of a month, of a year, of summer time (seconds before it changes in Berlin,
# and at noon where it changes in New York), and the first Wednesday of a month. CI does so once a week.
DAYS := 2027-04-30 2027-01-06 2028-02-29 2026-12-31 2027-03-28T00:59:30+00:00 2027-10-31T00:59:30+00:00 2027-03-14 2027-11-07
days: install
	set -e; for day in $(DAYS); do echo "On $$day"; $(MAKE) test ON=$$day; done

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --hypothesis-profile deep

# The pages as a site in build/site that needs no network; stops where a link leads nowhere.
docs: $(VENV)/.docs
	$(BIN)/python .ci/site.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --config-file .ci/mkdocs.yml

$(VENV)/.docs: $(READY) requirements-docs.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-docs.lock
	@touch $@

# Known weaknesses of what the locks pin; without a network only that each pin has its hash.
audit: install
	$(BIN)/python .ci/audit.py

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# What runs, what develops besides, what makes the docs, and uv, which installs them; make lock UPGRADE=1 takes the newest of all. None of
# them names an index.
COMPILE = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock" --quiet $(if $(UPGRADE),--upgrade)
lock: install
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) --group pyproject.toml:dev --constraint requirements.lock --output-file requirements-dev.lock
	$(COMPILE) --group pyproject.toml:docs --constraint requirements.lock --constraint requirements-dev.lock --output-file requirements-docs.lock
	$(COMPILE) .ci/installer.in --output-file .ci/installer.lock

# The pictures of README.md and docs/, taken by the browser tests.
screenshots: install
	@mkdir -p docs/pictures
	CORNERMAN_PICTURES=docs/pictures $(BIN)/python -m pytest -m browser tests/browser

bench: install
	$(BIN)/python -m tests.bench

# The studies behind docs/ranking.md, docs/effect.md and docs/forecast.md; one of them: make simulate STUDY=ranking
simulate: install
	$(BIN)/python -m tests.simulate $(STUDY)

# Kills real processes while people work, and counts what was lost or said twice: make torture MINUTES=30 DATABASE=sqlite
torture: install
	$(BIN)/python -m tests.torture --minutes $(or $(MINUTES),10) --database $(or $(DATABASE),postgresql)

# One process at Slack's ceiling of events; does it grow, is anything lost? make soak MINUTES=60 DATABASE=sqlite
soak: install
	$(BIN)/python -m tests.torture.soak --minutes $(or $(MINUTES),60) --database $(or $(DATABASE),sqlite)

# Every call source's adapter against bodies that atheris makes up, a minute each; longer: make fuzz SECONDS=3600
fuzz: install
	$(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),60) $(if $(SOURCE),--source $(SOURCE))

# Plants faults in a copy of the program and tells which the tests do not notice: make mutate ONLY=bot/slack
mutate: install
	$(BIN)/python -m tests.mutate $(if $(ONLY),--only $(ONLY))

# The version is pyproject.toml's, the notes its chapter of CHANGELOG.md; the image is made where the tag is pushed.
release: check
	$(BIN)/python .ci/release.py
