# Everything starts here: `make run` serves the site, `make test` proves it.
# It needs Python 3.13 (or uv) and Node. `make help` lists the rest.

PORT ?= 8000
SITE_URL ?= http://localhost:$(PORT)
VAR_DIR ?= $(CURDIR)/var
LOG_LEVEL ?= WARNING
export PORT SITE_URL VAR_DIR LOG_LEVEL

# A `uv` that is on the PATH may still not run here (a version manager's shim): ask it.
UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .tools/bin/uv)
PYTHON3 := $(shell for p in python3.13 python3 python; do $$p --version >/dev/null 2>&1 && echo $$p && break; done)
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
SOURCES := $(shell find lic_site/assets build.mjs package.json -type f 2>/dev/null)

.PHONY: help run dev install test check bench resilience clean prepare

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1	/' | expand -t 18

run: export DEMO ?= 1
run: prepare ## serve the site with demonstration data: make run PORT=8765
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@[ "$$DEMO" != 1 ] || $(MANAGE) demo
	@exec $(BIN)/honcho start web worker beat

dev: export DEMO ?= 1
dev: export DEBUG = 1
dev: prepare ## the same, reloading as you edit
	@[ "$$DEMO" != 1 ] || $(MANAGE) demo
	@exec $(BIN)/honcho start dev worker beat

prepare: install
	@mkdir -p "$(VAR_DIR)"
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createcachetable
	@$(MANAGE) bootstrap

install: .venv/.installed build/.built ## install the libraries and build the styles

test: install ## all tests on PostgreSQL with Redis, and on SQLite all that asks a database
	$(BIN)/python -m tests.run

check: install ## style, types, templates, import rules, migrations, deployment
	$(UV) lock --check --quiet
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/lint-imports
	$(BIN)/python -m tests.check_production
	$(MANAGE) makemigrations --check --dry-run
	$(BIN)/mypy

bench: install ## measure against yardsticks: make bench NAME=pages for one
	$(BIN)/python -m tests.run --bench $(NAME)

resilience: install ## start real processes, harm them and watch
	$(BIN)/python -m tests.run --resilience

clean: ## remove what was installed and built; var/ and its data stay
	rm -rf .venv .tools node_modules build .mypy_cache .ruff_cache .pytest_cache .coverage*

.tools/bin/uv:
	$(PYTHON3) -m venv .tools
	.tools/bin/pip install --quiet uv

.venv/.installed: pyproject.toml uv.lock $(filter .tools/bin/uv,$(UV))
	$(UV) sync --frozen --quiet --compile-bytecode
	@touch $@

node_modules/.installed: package-lock.json
	npm ci --no-audit --no-fund --loglevel error
	@touch $@

build/.built: node_modules/.installed $(SOURCES)
	npm run --silent build
	@mkdir -p build && touch $@
