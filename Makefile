# `make` lists the targets. Needs git, make and Python 3.10 or later with venv.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
export DBT_SEND_ANONYMOUS_USAGE_STATS := 0

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.10 or later is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 10) else 0)'
	@echo "Installing into .venv (once)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable .
	@touch $@

.venv/.with-tools: .venv/.installed
	@echo "Installing what tests and checks need (once)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.lock
	@touch $@

profiles.yml:
	@cp profiles.example.yml profiles.yml

.PHONY: demo
demo: .venv/.installed profiles.yml ## Sync an apparel maker's orders to a local stand-in for monday.com
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh docs/demo.sh

.PHONY: sandbox
sandbox: .venv/.installed ## Serve the demo's boards again, as the demo left them
	@exec $(BIN)/opus-sync sandbox serve --port $${OPUS_DEMO_PORT:-8765} --state target/sandbox.json

.PHONY: test
test: .venv/.with-tools ## Run all tests: dbt's and Python's
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tests/dbt/build.sh
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder

.PHONY: lint
lint: .venv/.with-tools ## Check style, types and import rules
	@$(BIN)/ruff check sync tests
	@$(BIN)/ruff format --check sync tests
	@$(BIN)/mypy
	@$(BIN)/lint-imports

.PHONY: check
check: lint test ## What CI runs

.PHONY: bench
bench: .venv/.with-tools ## Measure, as ratios within one run
	@$(BIN)/python -m tests.bench

.PHONY: storm
storm: .venv/.with-tools ## Kill 500 commands while people edit and requests go wrong (STORM="--kills 50 --seed 7")
	@PYTHONPATH=tests $(BIN)/python -m storm $(STORM)

.PHONY: clean
clean: ## Remove what the targets made, but for the virtual environment
	@rm -rf target logs opus.duckdb opus.duckdb.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
