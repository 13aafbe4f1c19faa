"""The one entry point: the window, or a command."""

from __future__ import annotations

import os
import sys
from multiprocessing import freeze_support
from pathlib import Path

# `core` and `gui` lie beside this file, in a checkout as in an installed package.
sys.path.insert(0, str(Path(__file__).resolve().parent))

# Read when OpenMP is loaded, by PyTorch and others. Its threads otherwise wait for each other in a
# busy loop: with as many other programs at work as there are cores, a training step of
# MobileNetV3-small took 9 s instead of 0.7 s.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def main() -> None:
    """Open the window, or run the command that the arguments name."""
    freeze_support()
    arguments = sys.argv[1:]
    if not arguments:
        main_window()
        return
    from core.commands.command_line import is_command, run

    if len(arguments) == 1 and not is_command(arguments[0]) and Path(arguments[0]).exists():
        main_window()
    else:
        run()


def main_window() -> None:
    """Open the window, on the project, folder or model that is named, if any."""
    freeze_support()
    from gui.shell.application import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
