# Needs make and Python 3.11, 3.12 or 3.13; everything else is set up in .venv from the locks in requirements/.
#
#   make data PYTHON=python3.12    another Python than python3

PYTHON ?= python3
UV ?= uv
VENV := .venv
AUDIT := .venv-audit
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

# How long make fuzz stays with each stage, and how many executions at most; -1 sets no bound.
SECONDS ?= 60
RUNS ?= -1

# Which modules make mutants changes, how many mutants of each, and which; none named are all, 0 sets no bound.
MODULES ?=
LIMIT ?= 0
SEED ?= 0

.DEFAULT_GOAL := help
.PHONY: help install data test bench bench-shelf fuzz mutants cover check fix schemas dist audit lock clean

help: ## Print this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/.installed ## Set everything up in .venv

data: install ## Bring data/out/*.parquet up to date with data/raw
	@$(BIN)/extract run data/raw --out data/out

test: install ## Run the tests
	@$(BIN)/pytest

bench: install ## Measure the speed, as multiples of jieba.lcut and of a bare scan
	@mkdir -p .benchmarks
	@$(BIN)/pytest benchmarks --no-header --benchmark-only --benchmark-quiet --benchmark-json=.benchmarks/latest.json
	@$(BIN)/python benchmarks/ratios.py .benchmarks/latest.json

bench-shelf: install ## Measure many issues: processes, Dask, memory, and what a change costs (COUNT=2000)
	@mkdir -p .benchmarks
	@$(BIN)/python benchmarks/shelf.py --count $(or $(COUNT),2000) --json .benchmarks/shelf.json

fuzz: install ## Look for texts that break a promise: make fuzz SECONDS=600 (for each stage; RUNS=n bounds the executions)
	@cd tests && ../$(BIN)/python -m fuzz --seconds $(SECONDS) --runs $(RUNS) --table ../.fuzz/counts.md

mutants: install ## Change the grammar and the checks, and see which tests notice: make mutants MODULES="checks/growth" LIMIT=50 SEED=1
	@cd tests && ../$(BIN)/python -m mutants --limit $(LIMIT) --seed $(SEED) $(MODULES)

cover: install ## Run the tests with branch coverage, 95% at least (half as long again as the tests)
	@$(BIN)/pytest --cov --cov-report=term:skip-covered --cov-fail-under=95 \
		--ignore tests/test_time_bounds.py --ignore tests/test_bench.py --deselect \
		tests/test_testing.py::test_two_thousand_issues_take_less_than_a_minute --deselect \
		tests/test_cli.py::test_a_full_disk_is_one_line_and_the_old_tables_stay

check: install ## Lint, format, types, schemas: compare only, never write
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/extract schemas --check
	@# numerals are cheap to read: a second of them finds what a rule of the grammar has just broken
	cd tests && ../$(BIN)/python -m fuzz --seconds 2 --seeds 40 --home $$(mktemp -d) numerals

fix: install ## Repair what the linter and the formatter can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

schemas: install ## Write schemas/ from the models
	$(BIN)/extract schemas

dist: install $(AUDIT)/.installed ## Build the wheel, with a bill of materials beside and inside it, in dist/
	@$(PYTHON) -m venv --clear build/run
	@build/run/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --requirement requirements/build.txt
	@build/run/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --no-build-isolation --requirement requirements/run.txt
	@build/run/bin/python -m pip --disable-pip-version-check uninstall --quiet --yes pip $$(sed -n 's/^\([a-z0-9-]*\)==.*/\1/p' requirements/build.txt)
	@$(AUDIT)/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type library --output-reproducible \
		--output-file build/gazette-extract.cdx.json build/run/bin/python
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m hatchling build --target wheel
	@cp build/gazette-extract.cdx.json dist/

audit: $(AUDIT)/.installed ## Ask for known weaknesses of the dependencies (needs PyPI's or OSV's database)
	@for lock in build run dev audit; do \
		$(AUDIT)/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements/$$lock.txt || exit 1; done

lock: ## Renew the locks in requirements/ (needs uv)
	$(LOCK) --upgrade requirements/build.in --output-file requirements/build.txt
	$(LOCK) --upgrade --constraint requirements/build.txt --all-extras --group pyproject.toml:dev pyproject.toml \
		--output-file requirements/dev.txt
	$(LOCK) --constraint requirements/dev.txt pyproject.toml --output-file requirements/run.txt
	$(LOCK) --upgrade requirements/audit.in --output-file requirements/audit.txt

clean: ## Remove everything that make has made
	rm -rf $(VENV) $(AUDIT) build dist data/out/*.parquet data/out/datapackage.json data/out/.extract .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks .fuzz .coverage* .mutants
	find src tests -name __pycache__ -prune -exec rm -rf {} +

# jieba is published as source only: what builds it is installed first, pinned, and no build fetches a tool of its own.
$(VENV)/.installed: pyproject.toml requirements/build.txt requirements/dev.txt
	@command -v $(PYTHON) > /dev/null || { \
		echo "No $(PYTHON) here: install Python 3.11, 3.12 or 3.13, or name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
		echo "$(PYTHON) is $$($(PYTHON) --version 2>&1); Python 3.11, 3.12 or 3.13 is needed: make PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV) (once, about a minute)"
	@$(BIN)/python -m pip --version > /dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || { \
		echo "$(PYTHON) cannot make a virtual environment; on Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@$(PIP) --require-hashes --requirement requirements/build.txt
	@$(PIP) --require-hashes --no-build-isolation --requirement requirements/dev.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(AUDIT)/.installed: requirements/audit.txt
	@$(PYTHON) -m venv --clear $(AUDIT)
	@$(AUDIT)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --requirement requirements/audit.txt
	@touch $@
