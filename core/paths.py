"""Where Layerloom keeps what is its own, and where its resources lie."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

RESOURCES = Path(__file__).resolve().parent.parent / "resources"

_HOME_VARIABLE = "LAYERLOOM_HOME"


def _own_folder(name: str, system_folder: str) -> Path:
    """Return the system's folder, or one below `LAYERLOOM_HOME` where that is set."""
    home = os.environ.get(_HOME_VARIABLE)
    return Path(home) / name if home else Path(system_folder)


def cache_folder() -> Path:
    """Return the folder for what can be made again at any time."""
    return _own_folder("cache", platformdirs.user_cache_dir("layerloom", appauthor=False))


def settings_folder() -> Path:
    """Return the folder for settings and the list of recent projects."""
    return _own_folder("settings", platformdirs.user_config_dir("layerloom", appauthor=False))


def data_folder() -> Path:
    """Return the folder for what must not be lost and has no file of the user's yet."""
    return _own_folder("data", platformdirs.user_data_dir("layerloom", appauthor=False))


def log_folder() -> Path:
    """Return the folder for log files."""
    return _own_folder("log", platformdirs.user_log_dir("layerloom", appauthor=False))


def projects_folder() -> Path:
    """Return the folder in which new projects are made unless the user says otherwise."""
    return _own_folder("projects", str(Path(platformdirs.user_documents_dir()) / "Layerloom"))
