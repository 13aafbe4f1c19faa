# Sets up everything in .venv and runs it. `make help` lists what there is.
PYTHON ?= python3
# Where pip takes torch and torchvision from, e.g. PyTorch's CPU-only index (see the README).
TORCH_INDEX ?=

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help demo test run check wheel benchmark clean

help:
	@echo "make demo       set up, then train on handwritten digits, export, and check the result"
	@echo "make test       set up, then run all checks and tests"
	@echo "make run        set up, then open the window"
	@echo "make benchmark  set up, then measure (BENCHMARK_DATA=folder with train/ and val/)"
	@echo "make clean      remove what was set up"

demo: $(READY)
	$(BIN)/python main.py demo --out demo-output

run: $(READY) system-libraries
	@test "$$(uname)" != Linux || ldconfig -p 2>/dev/null | grep -q libxcb-cursor || \
	  echo "If no window opens: sudo apt-get install libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1"
	$(BIN)/python main.py

test: check wheel
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist worksteal

check: $(READY) system-libraries
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy core gui main.py

wheel: $(READY)
	rm -rf build  # what earlier checkouts left there would get into the wheel
	$(BIN)/python tests/check_wheel.py

benchmark: $(READY)
	$(BIN)/python tests/benchmarks/main_line.py $(BENCHMARK_DATA)

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

clean:
	rm -rf $(VENV) build dist demo-output layerloom.egg-info
