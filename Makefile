# Two commands on a fresh machine with Python 3.11, git and make: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test search coverage lint format texts lock clean

demo: $(BIN)/.runtime   ## a whole planet on this machine, no network needed
	$(BIN)/gitplanet demo $(ARGS)

test: lint              ## everything that must be green
	$(BIN)/pytest $(ARGS)

search: $(BIN)/.dev     ## random tests with random seeds, until one fails; ARGS="--minutes 10 tests/unit/markup"
	$(BIN)/python -m tests.property.search $(ARGS)

coverage: $(BIN)/.dev   ## which lines no test has run: half as long again
	$(BIN)/pytest --cov --cov-report=term $(ARGS)

lint: $(BIN)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(BIN)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

texts: $(BIN)/.dev      ## bring the catalogues in theme/locale/ up to the templates; new texts wait there for a translation
	mkdir -p .cache
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --no-location --sort-output --omit-header --output-file .cache/texts.pot theme
	for language in $(basename $(notdir $(wildcard theme/locale/*.po))); do \
		$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --omit-header --no-wrap \
			--input-file .cache/texts.pot --output-file theme/locale/$$language.po --locale $$language; done

lock: $(BIN)/.dev       ## write the lock files anew, without addresses of an index
	$(PYTHON) -m venv .cache/lock
	.cache/lock/bin/pip install --quiet uv
	.cache/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
		--extra build --output-file requirements.txt pyproject.toml
	.cache/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
		--extra build --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

clean:
	rm -rf .venv _site .cache

$(BIN)/python:
	$(PYTHON) -m venv .venv

# The locks are whole, so nothing is resolved: older pips would look for newer versions of what has an extra.
$(BIN)/.runtime: requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(BIN)/.dev: requirements-dev.txt $(BIN)/.runtime
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	touch $@
