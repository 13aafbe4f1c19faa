"""The Data page: classes at the left, images in the middle, health at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.data.class_panel import ClassPanel
from gui.data.grid_panel import GridPanel
from gui.data.health import Finding
from gui.data.health_panel import HealthPanel
from gui.data.scanning_panel import ScanningPanel
from gui.look.numbers import count
from gui.owners.session import Session
from gui.widgets.arrangement.side_by_side import SideBySide
from gui.widgets.buttons import allow, button
from gui.widgets.card import column
from gui.widgets.dialogs.file_questions import open_folder
from gui.widgets.drop_zone import DropZone
from gui.widgets.empty_state import EmptyState
from gui.widgets.images.image_viewer import ImageViewer
from gui.widgets.page import Page

if TYPE_CHECKING:
    from core.images.scanning import LabelledImage


class DataPage(Page):
    """Shows the images of the open project."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._classes = ClassPanel()
        self._grid = GridPanel(session)
        self._health = HealthPanel()
        self._scanning = ScanningPanel(session)
        self._stack = QStackedWidget()
        self._add_sources()
        self._lay_out()
        self._connect()
        self._refresh_images()
        self._refresh_report()

    def status(self) -> tuple[str, str]:
        """Say how many images there are and where they lie."""
        project = self._session.project
        if not project.project:
            return "", ""
        readable = sum(not image.problem for image in project.images)
        classes = len({image.class_name for image in project.images})
        images = self.tr("%n image(s)", "", readable).replace(str(readable), count(readable))
        in_classes = self.tr("in %n class(es)", "", classes)
        folder = self.tr("folder: {0}").format(project.project.images_folder.name)
        return f"{images} {in_classes}     {folder}", self.tr(
            "Originals are never changed or moved"
        )

    def first_control(self) -> QWidget | None:
        """Return the grid."""
        return self._grid.view

    def shows_job(self) -> bool:
        """Return whether the scan is shown in the middle of the page."""
        return self._stack.currentWidget() is self._scanning

    def _add_sources(self) -> None:
        zone = DropZone(self.tr("Drop a folder of images here"))
        self._open = button(self.tr("Open folder…"), self._choose_folder, icon_name="folder")
        self._again = button(
            self.tr("Scan again"), self._session.workflow.scan, icon_name="refresh"
        )
        for widget in (zone, self._open, self._again):
            self._classes.footer.addWidget(widget)

    def _lay_out(self) -> None:
        splitter = SideBySide((self._classes, self._grid, self._health), (212, 0, 316), 0.27)
        self._empty = EmptyState(
            "data",
            self.tr("Which images should the computer learn from?"),
            self.tr(
                "Drop a folder here that has one sub-folder for each class, such as “ants” and "
                "“bees”. The images stay where they are."
            ),
            button(self.tr("Choose a folder…"), self._choose_folder, kind="primary"),
        )
        for page in (self._empty, self._scanning, splitter):
            self._stack.addWidget(page)
        self._content = splitter
        column(self).addWidget(self._stack)

    def _connect(self) -> None:
        session = self._session
        session.project.project_changed.connect(self._grid.show_all)
        session.project.images_changed.connect(self._refresh_images)
        session.project.report_changed.connect(self._refresh_report)
        session.jobs.changed.connect(self._refresh_state)
        self._classes.chosen.connect(self._grid.show_class)
        self._health.show_files.connect(self._show_finding)
        self._grid.view.doubleClicked.connect(self._show_large)
        self._grid.view.activated.connect(self._show_large)

    def _choose_folder(self) -> None:
        open_folder(self, self._session)

    def _refresh_images(self) -> None:
        images = self._session.project.images
        counts = dict.fromkeys(sorted({image.class_name for image in images}), 0)
        for image in images:
            counts[image.class_name] += not image.problem
        self._classes.show_counts(counts)
        self._grid.show_class(self._classes.chosen_class)
        self._refresh_state()

    def _refresh_report(self) -> None:
        self._health.show_report(self._session.project.report)

    def _refresh_state(self) -> None:
        """Show the images, or the scan, or what to do."""
        project = self._session.project
        if project.images:
            page: QWidget = self._content
        elif self._session.workflow.scanning or project.loading:
            page = self._scanning
        else:
            page = self._scanning if project.project else self._empty
        if page is not self._stack.currentWidget():
            self._stack.setCurrentWidget(page)
        allow(self._open, self._session.workflow.why_busy())
        allow(self._again, self._session.workflow.why_not_scan(), self.tr("Scan again (F5)"))
        self.status_changed.emit()

    def _show_finding(self, finding: Finding) -> None:
        project = self._session.project.project
        if project:
            wanted = {project.images_folder / path for path in finding.paths}
            self._grid.show_files(wanted, finding.sentence)

    def _show_large(self, index: QModelIndex) -> None:
        images: list[LabelledImage] = list(self._grid.images)
        ImageViewer(images, index.row(), self._session.background, self).open()
