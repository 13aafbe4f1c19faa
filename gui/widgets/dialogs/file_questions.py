"""Asking which file or folder is meant, and doing with it what was asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.owners.session import Session
from gui.widgets.dialogs.save_question import ask_where_to_save

translate = QCoreApplication.translate


def open_folder(parent: QWidget, session: Session) -> None:
    """Ask for a folder of images or a project's folder, and open it."""
    title = translate(
        "Files", "Choose a folder of images, one sub-folder for each class, or a project"
    )
    if folder := QFileDialog.getExistingDirectory(parent, title):
        session.workflow.open(Path(folder))


def open_image(parent: QWidget, session: Session) -> None:
    """Ask for an image and try it."""
    from core.images.reading import SUFFIXES

    patterns = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
    kinds = translate("Files", "Images ({0})").format(patterns)
    if path := _asked(parent, translate("Files", "Choose an image to try"), kinds):
        session.workflow.open(path)


def open_model(parent: QWidget, session: Session, *, to_design: bool = False) -> None:
    """Ask for an ONNX file, and have it answer or open it on Design."""
    title = translate("Files", "Choose an exported ONNX file")
    if path := _asked(parent, title, translate("Files", "ONNX files (*.onnx)")):
        session.workflow.open(path, to_design=to_design)


def open_design(parent: QWidget | None, session: Session) -> None:
    """Ask for a design or an ONNX file and open it on Design."""
    title = translate("Files", "Choose a design or an ONNX file")
    folder = str(session.design.suggested_path().parent)
    kinds = translate("Files", "Designs and ONNX files (*.json *.onnx)")
    if path := _asked(parent, title, kinds, folder):
        session.design.open_file(path)


def save_design(parent: QWidget, session: Session) -> None:
    """Save the design, after asking where if there is no place for it yet."""
    if session.design.has_place:
        session.design.save()
    else:
        save_design_as(parent, session)


def save_design_as(parent: QWidget, session: Session) -> None:
    """Ask where the design is to be saved, and save it."""
    title = translate("Files", "Save the design as")
    suggested = str(session.design.suggested_path())
    kinds = translate("Files", "Designs (*.json)")
    if chosen := ask_where_to_save(parent, title, suggested, kinds, ".json"):
        session.design.save_as(chosen)


def _asked(parent: QWidget | None, title: str, kinds: str, folder: str = "") -> Path | None:
    path, _ = QFileDialog.getOpenFileName(parent, title, folder, kinds)
    return Path(path) if path else None
