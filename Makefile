# make serve      build the graph and serve it at http://127.0.0.1:8000/ (PORT= changes it)
# make test       install what the tests need and run them
# make editor     make the editor of queries (npm has to be there; without it there is a form)
# make browser    install what the tests of the pages need beside chromium (npm has to be there)
# make notebooks  run the notebooks, and keep what they show for their pages
# make check      lint, types and layers
# make data       import the pages, draw the conclusions and describe the dataset again
# make answers    answer the questions again; read the differences before you keep them
# make bench      measure the endpoint beside other servers (wrk has to be there; BENCH= options)
# make soak       an hour of questions, some of them hostile (SOAK_SECONDS= changes it)
# make harvest-check  ask a server what harvesters ask (URL= another than one of its own)
# make lock       resolve the dependencies again, with their hashes
# make clean      remove what the others made

PYTHON ?= python3
PORT ?= 8000
UV ?= uv
PYTEST ?= $(BIN)/python -m pytest
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header pyproject.toml --extra build

.PHONY: serve test editor browser notebooks check data answers bench soak harvest-check lock clean

EDITOR := api/teixit/web/editor
EDITOR_MADE := api/teixit/web/static/editor.js

# The editor is worth having, and no reason not to serve.
serve: .venv/ready-to-serve
	@command -v npm >/dev/null 2>&1 && $(MAKE) --silent editor IN_HASTE="--fetch-retries=0 --fetch-timeout=10000" >/dev/null 2>&1 || true
	@$(BIN)/teixit serve --port $(PORT)

test: .venv/ready-to-test
	@$(PYTEST)

editor: $(EDITOR_MADE)

$(EDITOR_MADE): $(EDITOR)/build.js $(EDITOR)/package-lock.json $(wildcard $(EDITOR)/src/*.js)
	@cd $(EDITOR) && npm ci --ignore-scripts --no-audit --no-fund --silent $(IN_HASTE)
	@node $(EDITOR)/build.js

browser: tests/browser/node_modules/.package-lock.json

tests/browser/node_modules/.package-lock.json: tests/browser/package-lock.json
	@cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --silent

notebooks: .venv/ready-to-test
	@$(BIN)/python -m teixit.notebook

check: .venv/ready-to-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# Our files are kept with the canonical base, whatever base is set for serving.
data answers: export TEIXIT_BASE =

data: .venv/ready-to-serve
	@$(BIN)/teixit import $(wildcard data/source/*.txt data/source/*.html) --out data/pages
	@$(BIN)/teixit conclude --out data/conclusions.trig
	@$(BIN)/teixit describe questions --out data/questions.trig
	@$(BIN)/teixit describe void --out data/void.trig

answers: .venv/ready-to-serve
	@for question in ontology/questions/*.rq; do \
		$(BIN)/teixit ask "$$(basename "$$question" .rq)" --example > "$${question%.rq}.csv" || exit 1; \
	done

bench: .venv/ready-to-test
	@$(BIN)/python -m benchmarks $(BENCH)

soak: .venv/ready-to-test
	@$(BIN)/python tests/attacks/soak.py

harvest-check: .venv/ready-to-test
	@$(BIN)/python tests/harvest/check.py $(URL) --out data/quality/harvest.json

lock:
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra test --output-file requirements-test.txt

clean:
	rm -rf .venv build dist notebooks/rendered tests/browser/node_modules .coverage* .hypothesis .*_cache
	rm -rf $(EDITOR)/node_modules $(EDITOR_MADE) $(EDITOR_MADE:.js=.LICENSES.txt)

.venv/bin/python:
	@$(PYTHON) -m venv .venv

# The project itself is installed from this folder, with what the lock has brought.
.venv/ready-to-serve: requirements.txt pyproject.toml | .venv/bin/python
	@echo "Installing Teixit into .venv …"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

.venv/ready-to-test: requirements-test.txt .venv/ready-to-serve
	@echo "Installing what the tests need into .venv …"
	@$(PIP) install --require-hashes -r requirements-test.txt
	@touch $@
