"""Where an exported folder is written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.owners.session import Session


def folder_name(project_name: str) -> str:
    """Return a folder's name for a project: lower case, with hyphens for what may not be there."""
    kept = "".join(c if c.isalnum() else "-" for c in project_name.lower())
    return "-".join(part for part in kept.split("-") if part) or "model"


def free_folder(parent: Path, project_name: str) -> Path:
    """Return a folder below `parent` that does not exist yet, so that nothing is written over."""
    name = folder_name(project_name)
    candidates = (parent / (name if i == 1 else f"{name}-{i}") for i in range(1, 10_000))
    return next(folder for folder in candidates if not folder.exists())


def export_folder(parent: QWidget, session: Session) -> None:
    """Ask where the exported folder is to be made, and write it."""
    title = QCoreApplication.translate("Export", "Choose where to create the export folder")
    if chosen := QFileDialog.getExistingDirectory(parent, title):
        session.workflow.go_to.emit("export")
        session.workflow.export(free_folder(Path(chosen), session.project.name))
