# One line each; needs Python 3.11+ and make, nothing else. Everything lands in .venv, which may be deleted.
#
#   make demo      install and run the main job: a table on the screen, files in hasil/
#   make check     install the tools and run the whole gate, as CI does
#   make lint type docs lowest test coverage bench clean
#   make lock      resolve every package anew, with the hashes of its files
#   make release   wheel, source archive and bill of materials, in dist/

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
SOURCES := src tests benchmarks docs examples
LOCKS := requirements
UV := $(BIN)/uv pip
export PIP_NO_INPUT := 1
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.PHONY: demo check lint type docs lowest test coverage bench lock release clean
.NOTPARALLEL:

demo: $(VENV)/.demo
	$(BIN)/sipukat demo

# The tests come last: their closing line is the last that is printed.
check: lint type docs lowest test

lint: $(VENV)/.dev
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/lint-imports
	$(BIN)/numpydoc lint $$(find src -name "*.py")

type: $(VENV)/.dev
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python

docs: $(VENV)/.dev
	$(BIN)/sphinx-build -n -W --keep-going -q -b html docs docs/_build/html
	$(BIN)/sphinx-build -n -W --keep-going -q -D language=en -b html docs docs/_build/html/en

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder -q

# The same numbers from the oldest packages that are allowed.
lowest:
	.ci/lowest

coverage: $(VENV)/.dev
	$(BIN)/coverage run -m pytest -q
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

bench: $(VENV)/.dev
	for script in benchmarks/bench_*.py benchmarks/coverage.py; do $(BIN)/python $$script || exit 1; done

clean:
	rm -rf $(VENV) .venv-lowest hasil build dist docs/_build .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache

# pip reads dependency groups from 25.1 on, and a new virtual environment may hold an older one.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "sipukat needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true)." >&2; \
	  echo "Name another one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "'$(PYTHON) -m venv' failed; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PIP) install --quiet --upgrade 'pip>=25.1'

$(VENV)/.demo: pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --editable '.[excel]'
	@touch $@

# Every package and every one of its files is named by hash; what a range of versions allows, CI does not guess.
# Node packages judge our pages and forms; without npm those tests skip, and say so.
$(VENV)/.dev: pyproject.toml $(LOCKS)/dev.txt $(LOCKS)/installer.txt tests/oracles/package.json | $(BIN)/python
	$(PIP) install --quiet --require-hashes --requirement $(LOCKS)/installer.txt
	$(UV) install --quiet --python $(BIN)/python --require-hashes --requirement $(LOCKS)/dev.txt
	$(UV) install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@mkdir -p $(VENV)/node && cp tests/oracles/package.json $(VENV)/node/
	@npm install --prefix $(VENV)/node --no-audit --no-fund --silent || echo "no npm: tests with JavaScript will skip"
	@touch $@

# installer.txt: uv itself; dev.txt: all that `make check` needs; all.txt: what an office installs to run it.
lock: | $(BIN)/python
	$(PIP) install --quiet 'uv>=0.5'
	echo uv | $(UV) compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate --output-file $(LOCKS)/installer.txt -
	$(UV) compile --quiet --upgrade --universal --generate-hashes --no-header --extra all --group dev --output-file $(LOCKS)/dev.txt pyproject.toml
	$(UV) compile --quiet --upgrade --universal --generate-hashes --no-header --extra all --constraint $(LOCKS)/dev.txt --output-file $(LOCKS)/all.txt pyproject.toml

release: $(VENV)/.dev
	$(BIN)/hatchling build --clean -d dist
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --output-file dist/sipukat.cdx.json $(LOCKS)/all.txt
