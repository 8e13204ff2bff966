PYTHON ?= python3
PORT ?= 8000
VAR_DIR ?= var
ARGS ?=
N ?= 1000

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header
TEMPLATES = find templates newsletter orgs -name '*.html' -exec $(BIN)/djade --target-version 5.2
SOURCES = find manage.py newsletter orgs tests -name '*.py' -exec $(BIN)/django-upgrade --target-version 5.2

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.NOTPARALLEL: # the checks share one terminal and two cores
.PHONY: bench bench-intake bench-search help demo test lint test-sqlite test-postgresql endurance format messages lock \
	lighthouse screenshots seedbench

help: ## List what can be made
	@sed -n 's/^\([a-z][a-z -]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do printf '%-28s %s\n' "$$name" "$$text"; done

demo: export SITE_URL := http://127.0.0.1:$(PORT)
demo: .venv/installed $(VAR_DIR)/static/staticfiles.json ## Run the site with demonstration editions, on PORT (8000)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) preparedemo
	@printf '%s\n' "" "Site   $$SITE_URL/" "Admin  $$SITE_URL/admin/" "Feed   $$SITE_URL/feeds/news.rss" "Stop it with Ctrl-C."
	@exec $(BIN)/python -m gunicorn --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --no-control-socket --log-level warning newsletter.wsgi

test: lint test-sqlite test-postgresql ## Check everything, as the continuous integration does

lint: export DATABASE_URL := sqlite://:memory:
lint: .venv/installed-dev ## Check style, import order, migrations and Django's own checks
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(TEMPLATES) --check {} +
	$(SOURCES) --check {} +
	$(BIN)/lint-imports --no-logo --no-cache
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check

test-sqlite test-postgresql: test-%: .venv/installed-dev tests/node/node_modules/installed ## Run the tests on one database: ARGS="-k feed"
	TEST_DATABASE=$* $(BIN)/python -m pytest $(ARGS)

bench: .venv/installed-dev ## Measure the site under load, the search and the page import: ARGS=1000 for an archive of that size alone
	$(BIN)/python -m benchmarks.bench $(ARGS)

bench-intake: .venv/installed-dev ## Score the import of printed pages on the bench's own pages
	$(BIN)/python -m tests.intake.bench

bench-search: .venv/installed-dev ## Measure the search on both databases: ARGS=200000 for as many articles
	$(BIN)/python -m benchmarks.search $(ARGS)

seedbench: .venv/installed-dev ## Fill an empty database with a generated archive: N=100000 for as many articles
	@$(MANAGE) migrate --verbosity 0
	@$(BIN)/python -m benchmarks.seedbench $(N)

lighthouse: .venv/installed-dev benchmarks/node/node_modules/installed ## Measure the public pages with Lighthouse, median of 5: ARGS="edition.json"
	$(BIN)/python -m benchmarks.lighthouse $(ARGS)

screenshots: .venv/installed-dev ## Take pictures of each kind of page into var/screenshots: ARGS="edition.json"
	$(BIN)/python -m benchmarks.screenshots $(VAR_DIR)/screenshots $(ARGS)

# One worker: what is measured here must not compete with another test.
endurance: ## Run the long load tests on both databases
	$(MAKE) test-sqlite ARGS="-m endurance -n 0 $(ARGS)"
	$(MAKE) test-postgresql ARGS="-m endurance -n 0 $(ARGS)"

format: .venv/installed-dev ## Rewrite code and templates into the house style
	-$(SOURCES) {} +
	-$(TEMPLATES) {} +
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

messages: .venv/installed-dev ## Collect the texts to translate, and compile the translations
	$(BIN)/python locale/messages.py

lock: $(BIN)/pip ## Lock the requirements anew: ARGS=--upgrade
	$(BIN)/python -m pip install --quiet uv
	$(LOCK) $(ARGS) --output-file requirements.txt
	$(LOCK) $(ARGS) --extra s3 --constraint requirements.txt --output-file requirements-s3.txt
	$(LOCK) $(ARGS) --extra s3 --extra dev --constraint requirements-s3.txt --output-file requirements-dev.txt

# pip, not the directory: a Python without ensurepip leaves a directory without pip behind.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | $(BIN)/pip
	$(BIN)/python -m pip install --quiet --require-hashes --requirement $<
	@touch $@

# The development lock holds everything of the other one.
.venv/installed-dev: requirements-dev.txt | $(BIN)/pip
	$(BIN)/python -m pip install --quiet --require-hashes --requirement $<
	@touch .venv/installed $@

# Programs of npm that some tests run; where there is no npm, those tests are skipped and say so.
tests/node/node_modules/installed: tests/node/package-lock.json
	@if command -v npm >/dev/null; then npm ci --prefix tests/node --no-audit --no-fund --loglevel=error && touch $@; fi

benchmarks/node/node_modules/installed: benchmarks/node/package-lock.json
	npm ci --prefix benchmarks/node --ignore-scripts --no-audit --no-fund --loglevel=error && touch $@

# Compressing takes seconds, so it waits for a changed file; the directories tell of removed ones.
$(VAR_DIR)/static/staticfiles.json: .venv/installed $(shell find static orgs/static newsletter/*/static 2>/dev/null)
	@$(MANAGE) collectstatic --no-input --clear --verbosity 0
