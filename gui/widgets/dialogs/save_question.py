"""Asking where a file is to be saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where_to_save(
    parent: QWidget, title: str, suggested: str, kinds: str, suffix: str
) -> Path | None:
    """Ask for a file to write, which gets its suffix where it was typed without.

    If there is a file of that name then, the question comes once more with the whole name: the
    dialog asks by itself whether that one is to be replaced.

    Args:
        parent: The widget that asks.
        title: Of the dialog.
        suggested: What it begins with.
        kinds: What it shows: "Designs (*.json)".
        suffix: ".json".

    Returns:
        The file, or None if the user has thought better of it.
    """
    while True:
        path, _ = QFileDialog.getSaveFileName(parent, title, suggested, kinds)
        chosen = Path(path)
        if not path or chosen.suffix.lower() == suffix:
            return chosen if path else None
        named = chosen.with_name(f"{chosen.name}{suffix}")
        if not named.exists():
            return named
        suggested = str(named)
