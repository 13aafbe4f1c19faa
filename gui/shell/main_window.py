"""The window: bars, rail and pages, and what is dropped onto them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from gui.look.appearance import current_theme, dress
from gui.look.theme import MINIMUM_WINDOW
from gui.owners.actions import Actions
from gui.owners.drops import acceptable
from gui.owners.session import Session
from gui.shell.job_bar import JobBar
from gui.shell.keys_dialog import KeysDialog
from gui.shell.notice_bar import NoticeBar
from gui.shell.rail import Rail
from gui.shell.status_bar import StatusBar
from gui.shell.top_bar import TopBar
from gui.shell.window_actions import window_actions
from gui.shell.workspaces import WORKSPACES, import_pages
from gui.start.start_page import StartPage
from gui.widgets.card import column, row
from gui.widgets.dialogs.dialog import Dialog
from gui.widgets.page import Page


class MainWindow(QMainWindow):
    """Shows one page at a time, and leads to the others.

    Attributes:
        session: The state behind the window.
        actions_table: What the user can do.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        session.setParent(self)
        self.setMinimumSize(*MINIMUM_WINDOW)
        self.setAcceptDrops(True)
        self._pages: dict[str, Page] = {}
        self._current = "start"
        self._undressed: list[Page] = []
        self._next_page = QTimer(self, singleShot=True, interval=0)
        self._next_page.timeout.connect(self._dress_next)
        self._stack = QStackedWidget()
        self.actions_table = Actions(window_actions(self, self), self)
        self._top = TopBar(session, self.actions_table)
        self._rail = Rail()
        self._status = StatusBar()
        self._notice_bar = NoticeBar(session.notices)
        self._job_bar = JobBar(session.jobs, session.workflow)
        self._lay_out()
        self._connect()
        self._dress_frame()
        self._add_page("start", StartPage(session, self.actions_table))
        self.show_page("start")
        self.resize(1440, 900)
        QTimer.singleShot(0, self._preload)

    @property
    def page(self) -> Page:
        """The page in sight."""
        return self._pages[self._current]

    def shows_test(self) -> bool:
        """Return whether the Test page is in sight."""
        return self._current == "test"

    def shows_design(self) -> bool:
        """Return whether the Design page is in sight."""
        return self._current == "design"

    def show_page(self, name: str) -> None:
        """Show a page, making it first if it is new."""
        if name not in self._pages:
            workspace = next(w for w in WORKSPACES if w.id == name)
            self._add_page(name, workspace.page()(self.session))
        self._current = name
        dress(self.page)
        for frame in (self._top, self._rail, self._status):
            frame.setVisible(name != "start")
        self._rail.show_current(name)
        self._stack.setCurrentWidget(self.page)
        self.session.history.follow(self.page.undo_stack())
        self._refresh()
        first = self.page.first_control()
        if first and first.isVisibleTo(self) and first.isEnabled():
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._rail.focus_current(name)

    def open_path(self, path: Path) -> None:
        """Open a project, a folder of images, a design, an ONNX file or an image."""
        self.session.workflow.open(path, to_design=self.shows_design())

    def switch_theme(self) -> None:
        """Change between the light and the dark theme."""
        self.session.set_theme("light" if current_theme().name == "dark" else "dark")

    def show_keys(self) -> None:
        """List what the keyboard does."""
        dialog = KeysDialog((*self.actions_table.table, *self.page.keys()), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_unsaved_designs(self) -> None:
        """List the designs that earlier windows left unsaved."""
        from gui.design.gallery.unsaved_dialog import UnsavedDialog

        UnsavedDialog(self.session.design.recovery, self).open()

    def _lay_out(self) -> None:
        middle = row(spacing=0)
        middle.addWidget(self._rail)
        middle.addWidget(self._stack, 1)
        central = QWidget()
        layout = column(central, spacing=0)
        layout.addWidget(self._top)
        layout.addWidget(self._notice_bar)
        layout.addLayout(middle, 1)
        layout.addWidget(self._job_bar)
        layout.addWidget(self._status)
        self.setCentralWidget(central)

    def _connect(self) -> None:
        session = self.session
        session.workflow.go_to.connect(self.show_page)
        session.appearance.changed.connect(self._dress)
        self._rail.chosen.connect(self.show_page)
        for signal in (
            session.project.project_changed,
            session.project.images_changed,
            session.project.run_changed,
            session.jobs.changed,
        ):
            signal.connect(self._refresh)

    def _add_page(self, name: str, page: Page) -> None:
        self._pages[name] = page
        self._stack.addWidget(page)
        page.status_changed.connect(self._refresh)

    def _dress_frame(self) -> None:
        for part in (self._top, self._rail, self._notice_bar, self._job_bar, self._status):
            dress(part)

    def _dress(self) -> None:
        """Bring another theme into what is in sight, and into the other pages one by one."""
        self._dress_frame()
        for part in (self.page, *self.findChildren(Dialog)):
            dress(part)
        self._undressed = list(self._pages.values())
        self._next_page.start()

    def _dress_next(self) -> None:
        """Dress a page that is out of sight; the next one when the window was at rest."""
        if self._undressed:
            dress(self._undressed.pop())
            self._next_page.start()

    def _refresh(self) -> None:
        """Bring the frame up to date with the state and the page in sight."""
        if self._current not in self._pages:
            return
        self.actions_table.refresh()
        self._top.show_page(self.page)
        self._status.say(*self.page.status(), strong=self.page.strong_figures)
        self._job_bar.set_page_shows_job(self.page.shows_job())
        name = self.session.project.name
        self.setWindowTitle(f"{name} – Layerloom" if name else "Layerloom")

    def _preload(self) -> None:
        """Import the pages on a thread, so that showing one takes less time."""
        self.session.background.run(
            import_pages, lambda _: self._recover(), self.session.notices.tell_error
        )

    def _recover(self) -> None:
        """Look for designs that earlier windows left unsaved."""
        self.session.design.recovery.list_wanted.connect(self.show_unsaved_designs)
        self.session.design.recover()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the worker and the threads; everything that matters is on the disk."""
        self.session.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept what a drop would lead to something with."""
        if acceptable(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what is dropped."""
        event.acceptProposedAction()
        self.session.workflow.take(event.mimeData(), to_design=self.shows_design())
