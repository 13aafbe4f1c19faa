# Sets up everything in .venv and runs it. `make help` lists what there is.
# With GNU make on Linux and macOS, and on Windows in Git Bash.

# Where pip takes torch and torchvision from, e.g. PyTorch's CPU-only index (see docs/install.md).
TORCH_INDEX ?=

VENV := .venv
READY := $(VENV)/.ready
READY_FOR_DOCS := $(VENV)/.ready-for-docs
ifeq ($(OS),Windows_NT)
  SHELL := sh.exe
  PYTHON ?= python
  BIN := $(VENV)/Scripts
else
  PYTHON ?= python3
  BIN := $(VENV)/bin
endif

.PHONY: help demo test run check wheel suite glossary benchmark pictures docs clean

help:
	@echo "make demo       set up, then train on handwritten digits, export, and check the result"
	@echo "make test       set up, then run all checks and tests"
	@echo "make run        set up, then open the window"
	@echo "make check      set up, then check style, types and what imports what"
	@echo "make wheel      set up, then build the wheel and start it from a bare environment"
	@echo "make suite      set up, then run the tests alone"
	@echo "make docs       set up, then render the guide's pictures and build the guide in site/"
	@echo "make glossary   set up, then write docs/glossary.md from core/glossary.py"
	@echo "make benchmark  set up, then measure (BENCHMARK_DATA=folder with train/ and val/)"
	@echo "make clean      remove what was set up"

demo: $(READY)
	$(BIN)/python main.py demo --out demo-output

run: $(READY) system-libraries
	@test "$$(uname)" != Linux || ldconfig -p 2>/dev/null | grep -q libxcb-cursor || \
	  echo "If no window opens: sudo apt-get install libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1"
	$(BIN)/python main.py

test: check wheel suite

suite: $(READY) system-libraries
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist worksteal

check: $(READY) system-libraries
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy core gui main.py
	$(BIN)/lint-imports --no-cache

wheel: $(READY)
	rm -rf build  # what earlier checkouts left there would get into the wheel
	$(BIN)/python tests/check_wheel.py

glossary: $(READY)
	$(BIN)/python tests/write_glossary.py

benchmark: $(READY)
	$(BIN)/python tests/benchmarks/main_line.py $(BENCHMARK_DATA)

pictures: $(READY) system-libraries
	$(BIN)/python docs/render_pictures.py

docs: pictures $(READY_FOR_DOCS)
	$(BIN)/python docs/write_reference.py
	$(BIN)/python -m mkdocs build --strict

.PHONY: system-libraries
system-libraries: $(READY)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -c "from PySide6 import QtWidgets" || { \
	  echo; echo "Qt needs system libraries that are missing. On Debian or Ubuntu:"; \
	  echo "  sudo apt-get install libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0"; \
	  echo "and for a window on the screen also: libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1"; \
	  exit 1; }

$(READY): pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
	  echo "Layerloom needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c "import ensurepip" 2>/dev/null || { \
	  echo "Python's venv module is missing. On Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(if $(TORCH_INDEX),$(BIN)/python -m pip install --quiet --index-url $(TORCH_INDEX) torch torchvision)
	$(BIN)/python -m pip install --quiet --editable ".[torch,dev]"
	touch $(READY)

$(READY_FOR_DOCS): $(READY)
	$(BIN)/python -m pip install --quiet --editable ".[docs]"
	touch $(READY_FOR_DOCS)

clean:
	rm -rf $(VENV) build dist site demo-output layerloom.egg-info
