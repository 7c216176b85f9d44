# Two commands set everything up on a machine with Python 3.11 or newer:
#   make demo    judge the sample profile, write ./demo
#   make test    format, lint, types and tests
# `make help` lists the rest. Everything is installed into .venv, nothing elsewhere.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test lint format types tests bench bench-full lock clean

# `make -j` must not mix the output of the checks: pytest's closing line comes last.
.NOTPARALLEL:

VENV  := .venv
BIN   := $(VENV)/bin
STAMP := $(VENV)/.installed

# The first interpreter that runs and is new enough; PYTHON=/path/to/python overrides it.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 python3; do \
	if $$python -c '$(NEW_ENOUGH)' 2>/dev/null; then echo $$python; break; fi; done)

DEMO_SITE    := www.kettle-and-thyme.example
DEMO_EXPORTS := $(filter-out %/truth.csv,$(wildcard disavow_samples/*.csv disavow_samples/*.csv.gz))

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# The stamp makes set-up run once, and again when the locked versions or the project's own metadata change.
# An environment whose interpreter is gone or too old, or that never got its pip, is made anew.
$(STAMP): requirements.lock pyproject.toml
	@if [ -z "$(PYTHON)" ]; then \
		echo "error: no Python 3.11 or newer found. Install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; fi
	@if ! $(BIN)/python -c 'import pip; $(NEW_ENOUGH)' 2>/dev/null; then \
		echo "Creating $(VENV) with $$($(PYTHON) --version)"; \
		$(PYTHON) -m venv --clear $(VENV) || { \
			echo "error: $(PYTHON) cannot create an environment. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }; fi
	@echo "Installing the locked dependencies into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(STAMP) ## judge the sample profile and write ./demo
	@$(BIN)/detector audit $(DEMO_EXPORTS) --site $(DEMO_SITE) --disavow disavow_samples/old-disavow.txt --out demo
	@echo
	@echo "The disavow file:  demo/disavow.txt"
	@echo "The report:        demo/report.html (open it in a browser)"

test: lint types tests ## format, lint, types and tests

lint: $(STAMP) ## check format and style
	$(BIN)/ruff format --check
	$(BIN)/ruff check

format: $(STAMP) ## mend format and style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: $(STAMP) ## check types, strictly
	$(BIN)/mypy

# What is NOT RUN (no Chromium, no DETECTOR_RAW) is said above pytest's closing line by tests/conftest.py.
tests: $(STAMP) ## the tests alone, in two processes; ARGS="-k wheel" chooses
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

bench: $(STAMP) ## speed and memory, up to 500,000 links
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/disavow_speed.py
	$(BIN)/python benchmarks/audit_speed.py --rows 50000 500000

bench-full: $(STAMP) ## the same up to 5,000,000 links: 5 GB of disk, ten minutes
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/audit_speed.py --rows 50000 500000 5000000

lock: $(STAMP) ## refresh requirements.lock from pyproject.toml
	$(BIN)/pip-compile --quiet --upgrade --extra dev --generate-hashes --strip-extras --allow-unsafe \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements.lock pyproject.toml

clean: ## remove everything that make has made, .venv included
	rm -rf $(VENV) demo dist build benchmarks/out .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
