# Two commands for a newcomer: `make run` and `make test`. They need Python 3.11 and a package registry, no more.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
STORE ?= demo-store
REGPOL_REFERENCE ?= ../shared
export REGPOL_REFERENCE

.PHONY: run test lint bench readmes quality lock clean

run: $(VENV)/.installed ## set up, build the sample bulletin, serve it
	$(BIN)/kg demo --store $(STORE) --host $(HOST) --port $(PORT)

test: $(VENV)/.installed-dev ## set up and run all tests
	$(PYTHON) scripts/system_packages.py chromium fonts-noto-cjk libgl1 libglib2.0-0
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/function_scheme.py --check
	$(BIN)/python scripts/ontology_readme.py --check
	$(BIN)/python scripts/query_readme.py --check
	$(BIN)/python scripts/readme.py --check
	$(BIN)/python scripts/tutorial.py --check

bench: $(VENV)/.installed-dev ## ratios, measured side by side in one run
	$(BIN)/python -m bench.closure
	$(BIN)/python -m bench.validation
	$(BIN)/python -m bench.increment
	$(BIN)/python -m bench.explanations
	$(BIN)/python -m bench.extraction

readmes: $(VENV)/.installed-dev ## write the generated parts of the READMEs anew
	$(BIN)/python scripts/function_scheme.py
	$(BIN)/python scripts/ontology_readme.py
	$(BIN)/python scripts/query_readme.py
	$(BIN)/python scripts/readme.py
	$(BIN)/python scripts/tutorial.py

quality: $(VENV)/.installed-dev ## measure the reader against the annotated sets (the holdout: seldom)
	$(BIN)/kg evaluate $(foreach set,seed dev dev-holdout,$(REGPOL_REFERENCE)/score/$(set).json) --format csv -o ontology/quality.csv

lock: $(VENV)/.installed-dev ## pin the newest admissible versions
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --group dev -o requirements-dev.lock

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Regpol needs Python 3.11 or newer; set PYTHON=…")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) $(STORE) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
