# Two commands: `make run` starts iiplan, `make test` checks everything. Both build .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
BENCH_VENV := .venv-bench
BENCH_STAMP := $(BENCH_VENV)/.installed
PROGRAMS_VENV := .venv-programs
PROGRAMS_STAMP := $(PROGRAMS_VENV)/.installed
JAVASCRIPT := tests/calendars/programs

.PHONY: run test lint format programs bench lock clean

run: $(STAMP)
	$(BIN)/python -m iiplan run

test: lint
	$(BIN)/python -m pytest -n 2

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Calendar programs that the tests try our files with, away from what iiplan itself needs.
programs: $(PROGRAMS_STAMP)

$(PROGRAMS_STAMP): requirements-programs.lock $(JAVASCRIPT)/package-lock.json
	$(PYTHON) -m venv $(PROGRAMS_VENV)
	$(PROGRAMS_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-programs.lock
	cd $(JAVASCRIPT) && PATH="$(CURDIR)/$(PROGRAMS_VENV)/bin:$$PATH" npm ci --ignore-scripts --loglevel=error
	touch $(PROGRAMS_STAMP)

# Measures the scheduler beside other solvers, in an environment of its own, and how the Outreach numbers grow with the
# log, and writes docs/benchmarks.md (about 25 minutes).
# `make bench QUICK=1`: three minutes, to build/. SOLOMON=folder: Solomon's files too. BENCH=...: options of `python -m bench`.
bench: $(BENCH_STAMP)
	$(BENCH_VENV)/bin/python -m bench $(if $(QUICK),--quick) $(if $(SOLOMON),--solomon "$(SOLOMON)") $(BENCH)
	$(BENCH_VENV)/bin/python -m bench.numbers $(if $(QUICK),--quick)

$(BENCH_STAMP): requirements-bench.lock
	$(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.lock
	touch $(BENCH_STAMP)

$(STAMP): requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "iiplan needs Python 3.11 or newer; call make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	touch $(STAMP)

# Needs uv; writes hashes and no addresses.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --quiet -o requirements.lock
	uv pip compile pyproject.toml --extra dev --extra bench --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --quiet -o requirements-bench.lock
	uv pip compile $(JAVASCRIPT)/requirements.txt --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --quiet -o requirements-programs.lock

clean:
	rm -rf $(VENV) $(BENCH_VENV) $(PROGRAMS_VENV) $(JAVASCRIPT)/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
