"""The pages of the window, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from gui.owners.session import Session
from gui.widgets.page import Page


def _data(session: Session) -> Page:
    from gui.data.data_page import DataPage

    return DataPage(session)


def _design(session: Session) -> Page:
    from gui.design.design_page import DesignPage

    return DesignPage(session)


def _train(session: Session) -> Page:
    from gui.train.train_page import TrainPage

    return TrainPage(session)


def _test(session: Session) -> Page:
    from gui.evaluation.evaluation_page import EvaluationPage

    return EvaluationPage(session)


def _export(session: Session) -> Page:
    from gui.export.export_page import ExportPage

    return ExportPage(session)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A page on the rail.

    Attributes:
        id: Its name in the code, and its icon's.
        source_title: Its title, untranslated.
        make: Makes the page.
    """

    id: str
    source_title: str
    make: Callable[[Session], Page]

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
