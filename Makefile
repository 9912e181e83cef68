# make demo      read the sample reports and show where they part
# make serve     open the sample reports' store, or STORE=…, in the browser of this machine
# make test      every check that a change has to pass
# make lint      style, types, and the one-way flow of the packages
# make bench     how fast it reads and starts, beside the bare model and others (ten minutes)
# make neighbours  standoff and textacy on the same attributions (CORPORA=../shared)
# make analysis  how well series, changes and outlook recover a known truth, and how fast (docs/analysis.md; half an hour)
# make figures   write anew what README and tutorial show of the sample reports, after a change of what is read (two minutes)
# make pictures  photograph the pages for docs/pages (needs Chromium)
# make docs      the documentation as a site, in site/
# make accuracy  score it on the corpora (CORPORA=../shared) and write the tables of docs/accuracy.md

PYTHON ?= python3.11
CORPORA ?= ../shared
STORE ?= standoff-demo.db
BIN := .venv/bin
# Touched when everything in the lock and the package itself are installed.
READY := .venv/.ready

.DEFAULT_GOAL := test
.PHONY: demo serve test lint bench analysis docs neighbours accuracy figures pictures

demo: $(READY)
	@$(BIN)/standoff demo

serve: $(READY)
	@test -e $(STORE) || $(BIN)/standoff demo --store $(STORE) >/dev/null
	@$(BIN)/standoff serve --store $(STORE)

test: lint
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	@$(BIN)/python benchmarks/reading.py --markdown docs/performance.md

analysis: $(READY)
	@$(BIN)/python benchmarks/analysis.py --markdown docs/analysis.md

figures: $(READY)
	$(BIN)/python scripts/write_figures.py

pictures: $(READY)
	$(BIN)/python scripts/page_pictures.py docs/pages

docs: $(READY)
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo site/index.html

neighbours: $(READY)
	@$(BIN)/python benchmarks/neighbours.py $(CORPORA)/data/polnear/dev

accuracy: $(READY)
	$(BIN)/standoff evaluate --per-type --markdown docs/accuracy.md $(CORPORA)/gold $(CORPORA)/data/polnear/dev \
		$(CORPORA)/data/plv $(CORPORA)/data/plover $(CORPORA)/data/gva $(CORPORA)/data/airwars

# An old pip cannot resolve today's metadata, so it is brought up to date inside the environment first. What is imported is
# compiled then: to compile all packages takes longer than all else. The package is installed with the build backend from the
# lock: nothing is fetched that has no hash there. Its build brings the charts and the map from npm, by a lock of their own,
# with the machine's Node or, where it has none, one from a package.
$(READY): requirements.lock pyproject.toml hatch_build.py webclient/package-lock.json $(wildcard webclient/src/*)
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes --requirement requirements.lock
	command -v npm >/dev/null || $(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-node.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@
