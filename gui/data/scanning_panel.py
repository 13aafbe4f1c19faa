"""What Data shows while a project has no list of images: the scan, or how to start it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.look.appearance import scaled
from gui.owners.session import Session
from gui.widgets.buttons import allow, button
from gui.widgets.card import PageCard, column, row
from gui.widgets.job_progress import JobProgress
from gui.widgets.texts import text


class ScanningPanel(QWidget):
    """A card in the middle with the scan's progress and Stop, or with a button that starts it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._heading = text("", "heading")
        self._sentence = text("", "muted", wrap=True)
        self._progress = JobProgress()
        self._stop = button(self.tr("Stop"), session.jobs.stop, icon_name="stop")
        self._start = button(
            self.tr("Scan folder"), session.workflow.scan, kind="primary", icon_name="refresh"
        )
        card = PageCard()
        card.setFixedWidth(scaled(560))
        card.body.addWidget(self._heading)
        card.body.addWidget(self._sentence)
        card.body.addWidget(self._progress)
        buttons = row()
        buttons.addWidget(self._start)
        buttons.addStretch()
        buttons.addWidget(self._stop)
        card.body.addLayout(buttons)
        layout = column(self, margins=24)
        layout.addStretch(2)
        layout.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        session.jobs.changed.connect(self._refresh)
        session.project.project_changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        scanning = self._session.workflow.scanning
        project = self._session.project.project
        folder = str(project.images_folder) if project else ""
        self._heading.setText(
            self.tr("Scanning your images") if scanning else self.tr("No images scanned yet")
        )
        self._sentence.setText(
            self.tr("Every image is opened once to check that it can be read: {0}").format(folder)
        )
        for widget in (self._progress, self._stop):
            widget.setVisible(scanning)
        self._start.setVisible(not scanning)
        allow(self._start, self._session.workflow.why_not_scan())
        if scanning:
            self._progress.show_status(self._session.jobs.status)
