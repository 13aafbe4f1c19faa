"""The pages of the window, each imported and made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from gui.owners.session import Session
from gui.widgets.page import Page

MakePage = Callable[[Session], Page]


def _data() -> MakePage:
    from gui.data.data_page import DataPage

    return DataPage


def _design() -> MakePage:
    from gui.design.design_page import DesignPage

    return DesignPage


def _train() -> MakePage:
    from gui.train.train_page import TrainPage

    return TrainPage


def _test() -> MakePage:
    from gui.evaluation.evaluation_page import EvaluationPage

    return EvaluationPage


def _export() -> MakePage:
    from gui.export.export_page import ExportPage

    return ExportPage


@dataclass(frozen=True, slots=True)
class Workspace:
    """A page on the rail.

    Attributes:
        id: Its name in the code, and its icon's.
        source_title: Its title, untranslated.
        page: Imports the page's class.
    """

    id: str
    source_title: str
    page: Callable[[], MakePage]

    @property
    def title(self) -> str:
        """The title in the user's language."""
        return QCoreApplication.translate("Workspaces", self.source_title)


WORKSPACES = (
    Workspace("data", str(QT_TRANSLATE_NOOP("Workspaces", "Data")), _data),
    Workspace("design", str(QT_TRANSLATE_NOOP("Workspaces", "Design")), _design),
    Workspace("train", str(QT_TRANSLATE_NOOP("Workspaces", "Train")), _train),
    Workspace("test", str(QT_TRANSLATE_NOOP("Workspaces", "Test")), _test),
    Workspace("export", str(QT_TRANSLATE_NOOP("Workspaces", "Export")), _export),
)
"""In the order of the work, as on the rail."""

SHOWN_NEXT = (
    "gui.design.workspace",
    "gui.owners.designs.design_owner",
    "core.recipes.recipes",
    "core.project.project",
)
"""What pages and owners import when they first have something to show."""


def import_pages() -> None:
    """Import all pages, and count the gallery's networks; none needs a heavy library."""
    for workspace in WORKSPACES:
        workspace.page()
    for name in SHOWN_NEXT:
        import_module(name)
    import_module("core.opening.listing").gallery_networks()
