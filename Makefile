# make demo and make test need nothing but Python 3.11 or later (python3, or make PYTHON=python3.12) and the network once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CREATED := $(VENV)/.created
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
BENCH := $(VENV)-natasha/.installed
SEED := seeds/000_47da46eae803e762.txt
# With more threads the small matrices of the taggers cost twice the CPU for little.
export OPENBLAS_NUM_THREADS := 1

.PHONY: demo test check generate eval bench calibrate wheel-test lock clean

demo: $(RUNTIME)
	$(BIN)/svyaz extract $(SEED) --published 2024-01-15 --to table

test: $(DEV)
	$(BIN)/python -m pytest

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python scripts/generate.py --check

# The parts of the README and of docs/ that the program itself writes.
generate: $(DEV)
	$(BIN)/python scripts/generate.py

# Measure on gold/ and, where DATA holds them, on factRuEval-2016 and NEREL; writes the README's tables.
DATA ?= ../shared/data
eval: $(DEV)
	$(BIN)/python scripts/evaluate.py $(DATA)
	$(BIN)/python scripts/agreement.py
	$(BIN)/python scripts/generate.py

# Speed and memory against natasha, which has an environment of its own; writes the README's table. Half an hour.
bench: $(DEV) $(BENCH)
	$(BIN)/python benchmarks/bench.py --natasha $(VENV)-natasha/bin/python $(if $(wildcard $(DATA)/nerel),--data $(DATA))

# Fit the confidence of facts on gold/dev anew.
calibrate: $(DEV)
	$(BIN)/python scripts/calibrate.py

# The wheel in an environment of its own, run outside the checkout.
wheel-test: $(RUNTIME)
	PYTHON="$(PYTHON)" BUILD="$(BIN)/python -m hatchling build" scripts/wheel_test.sh $(SEED)

# New exact versions within the ranges of pyproject.toml; needs uv.
lock:
	rm -f requirements.lock requirements-dev.lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile pyproject.toml --quiet --universal \
		--python-version 3.11 --generate-hashes --extra html --group build -o requirements.lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile pyproject.toml --quiet --universal \
		--python-version 3.11 --generate-hashes --extra html --extra evaluate --extra dask --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) $(VENV)-natasha build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

$(CREATED):
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("svyaz needs Python 3.11 or later: make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(RUNTIME): requirements.lock pyproject.toml | $(CREATED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

$(BENCH): benchmarks/requirements.txt
	$(PYTHON) -m venv $(VENV)-natasha
	$(VENV)-natasha/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	touch $@
