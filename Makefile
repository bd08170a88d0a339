# Two commands do everything from a clean clone: `make demo` and `make test`.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed

.PHONY: help demo test check proofs setup bundle browser bench clean

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

demo: setup bundle browser  ## the whole story on the bundled shop: reports/demo.html
	$(BIN)/rumtest demo

test: check browser  ## check, then every test
	$(BIN)/pytest -m "not proof"

check: setup bundle  ## lint, types, floors and doors, spelling, TypeScript
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell
	$(BIN)/python snippet/hatch_build.py --check-types

proofs: setup bundle browser  ## slow proofs: simulations and repeated comparisons (about half an hour)
	$(BIN)/pytest -m proof --timeout=3600

bench: setup bundle browser  ## benchmarks, each against a named rival or limit
	for file in benchmarks/*.py; do $(BIN)/python $$file || exit 1; done

setup: $(STAMP)

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/pip install --quiet --editable ".[all]" --group dev
	touch $(STAMP)

bundle: setup
	@$(BIN)/python snippet/hatch_build.py

browser: setup
	@$(BIN)/rumtest doctor --fix --quiet

clean:  ## forget the environment and what was built
	rm -rf .venv src/rumtest/_built snippet/node_modules
