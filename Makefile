# `make help` explains each target. Only Python 3.11 or newer and make have to be there beforehand.

PYTHON ?= python3
VENV ?= .venv
export VENV
# Programs keep what they compile: where a machine forbids it, each process reads all sources anew, for seconds.
unexport PYTHONDONTWRITEBYTECODE

ours := $(VENV)/bin/python
pytest := $(ours) -m pytest
# By a process for each core, from two to four, file by file, in the order that tests/conftest.py gives them.
shared := -n $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$((n < 2 ? 2 : n > 4 ? 4 : n))) --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help run test test-quick check bench build clean lock ready-run ready-test

help: ## Explain each target
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  HOST, PORT and INSTANCE_DIR may be given: make run PORT=8001 INSTANCE_DIR=instance-2"
	@echo "  VENV names another virtual environment than .venv, PYTHON another Python to make it with."

run: ready-run ## Open the newsroom on http://127.0.0.1:8000, with web server, worker and demonstration
	@exec $(ours) scripts/run.py

test: ready-test ## Run every test on SQLite, browser walks included; then on PostgreSQL and Redis what they can change
	$(pytest) $(shared)
	TEST_DATABASE=postgresql TEST_REDIS=1 $(pytest) $(shared) -m "not browser and (not slow or crash)"

test-quick: ready-test ## Run most tests on SQLite: none that is long or slow, or needs a browser
	HTML_CHECKER=no $(pytest) $(shared) -m "not browser and not slow and not long" -q

check: ready-test ## Check style, types, templates, and the rules of the house
	$(ours) -m ruff check .
	$(ours) -m ruff format --check .
	$(ours) -m djlint --lint --quiet templates
	$(ours) -m mypy
	$(pytest) -q tests/house

bench: ready-test ## Measure the pages beside the floors that they are compared with
	$(ours) bench/pages.py

build: ready-run ## Build style sheets, scripts and fonts into static/built
	@PATH="$$PATH:$(VENV)/bin" node scripts/build.mjs

lock: ready-test ## Write the lock files anew from requirements*.in and package.json
	@for name in requirements requirements-scale requirements-build requirements-dev; do \
	  UV_CUSTOM_COMPILE_COMMAND="make lock" $(ours) -m uv pip compile --quiet --universal --python-version 3.11 \
	    --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
	    $$name.in --output-file $$name.txt || exit 1; \
	done
	PATH="$$PATH:$(VENV)/bin" npm install --package-lock-only

clean: ## Remove all that make has made, but never an instance folder
	rm -rf .venv .setup node_modules static/built .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results __pycache__
	find app config.py wsgi.py scripts tests bench migrations -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
	find app -name '*.mo' -delete

ready-run:
	@$(PYTHON) scripts/setup.py run

ready-test:
	@$(PYTHON) scripts/setup.py test
