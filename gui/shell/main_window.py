"""The window: bars, rail and pages, and what is dropped onto them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMainWindow, QStackedWidget, QWidget

from gui.look.appearance import current_theme, dress
from gui.look.theme import MINIMUM_WINDOW
from gui.owners.drops import acceptable, dropped_image, dropped_path
from gui.owners.session import Session
from gui.shell.job_bar import JobBar
from gui.shell.keys_dialog import KeysDialog
from gui.shell.notice_bar import NoticeBar
from gui.shell.rail import Rail
from gui.shell.status_bar import StatusBar
from gui.shell.top_bar import TopBar
from gui.shell.window_actions import window_actions
from gui.shell.workspaces import WORKSPACES
from gui.start.start_page import StartPage
from gui.widgets.actions import Actions
from gui.widgets.card import column, row
from gui.widgets.dialogs.dialog import Dialog
from gui.widgets.dialogs.save_question import ask_where_to_save
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
        self._makers = {workspace.id: workspace.make for workspace in WORKSPACES}
        self._pages: dict[str, Page] = {}
        self._current = "start"
        self._undressed: list[Page] = []
        self._next_page = QTimer(self, singleShot=True, interval=0)
        self._next_page.timeout.connect(self._dress_next)
        self._stack = QStackedWidget()
        self.actions_table = Actions(window_actions(self), self)
        self._top = TopBar(session, self.actions_table)
        self._rail = Rail()
        self._status = StatusBar()
        self._notice_bar = NoticeBar(session.notices)
        self._job_bar = JobBar(session.jobs)
        self._lay_out()
        self._connect()
        self._dress_frame()
        self._add_page("start", StartPage(session, self.actions_table))
        self.show_page("start")
        self.resize(1440, 900)
        QTimer.singleShot(0, session.preload)

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
            self._add_page(name, self._makers[name](self.session))
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

    def choose_folder(self) -> None:
        """Ask for a folder of images or a project's folder, and open it."""
        title = self.tr("Choose a folder of images, one sub-folder for each class, or a project")
        if folder := QFileDialog.getExistingDirectory(self, title):
            self.open_path(Path(folder))

    def choose_image(self) -> None:
        """Ask for an image and try it."""
        self._choose_file(self.tr("Choose an image to try"), self._image_filter())

    def choose_model(self) -> None:
        """Ask for an ONNX file and have it answer."""
        title = self.tr("Choose an exported ONNX file")
        self._choose_file(title, self.tr("ONNX files (*.onnx)"))

    def choose_design(self) -> None:
        """Ask for a design or an ONNX file and open it."""
        title = self.tr("Choose a design or an ONNX file")
        folder = str(self.session.design.suggested_path().parent)
        kinds = self.tr("Designs and ONNX files (*.json *.onnx)")
        path, _ = QFileDialog.getOpenFileName(self, title, folder, kinds)
        if path:
            self.session.design.open_file(Path(path))

    def choose_design_file(self) -> None:
        """Ask where the design is to be saved, and save it."""
        title = self.tr("Save the design as")
        suggested = str(self.session.design.suggested_path())
        kinds = self.tr("Designs (*.json)")
        if chosen := ask_where_to_save(self, title, suggested, kinds, ".json"):
            self.session.design.save_as(chosen)

    def choose_export(self) -> None:
        """Ask where the exported folder is to be written, and write it."""
        from gui.export.destination import free_folder

        title = self.tr("Choose the folder in which the exported folder is made")
        if chosen := QFileDialog.getExistingDirectory(self, title):
            self.show_page("export")
            self.session.workflow.export(free_folder(Path(chosen), self.session.project.name))

    def paste(self) -> None:
        """Try the picture on the clipboard, or the file copied there."""
        data = QGuiApplication.clipboard().mimeData()
        if (path := dropped_path(data)) is not None:
            self.open_path(path)
        elif image := dropped_image(data):
            self.session.trial.try_image(image)
            self.show_page("test")
        else:
            self.session.notices.tell(self.tr("There is no image on the clipboard."))

    def switch_theme(self) -> None:
        """Change between the light and the dark theme."""
        self.session.set_theme("light" if current_theme().name == "dark" else "dark")

    def show_keys(self) -> None:
        """List what the keyboard does."""
        dialog = KeysDialog((*self.actions_table.table, *self.page.keys()), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_left_designs(self) -> None:
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
        session.workflow.ask_for_folder.connect(self.choose_folder)
        session.workflow.ask_for_destination.connect(self.choose_export)
        session.workflow.ask_for_image.connect(self.choose_image)
        session.workflow.ask_for_model.connect(self.choose_model)
        session.workflow.ask_for_design.connect(self.choose_design)
        session.workflow.ask_for_design_file.connect(self.choose_design_file)
        session.workflow.show_left_designs.connect(self.show_left_designs)
        session.workflow.paste.connect(self.paste)
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

    def _choose_file(self, title: str, kinds: str) -> None:
        path, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if path:
            self.open_path(Path(path))

    def _image_filter(self) -> str:
        from core.images.reading import SUFFIXES

        patterns = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        return self.tr("Images ({0})").format(patterns)

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
        if (path := dropped_path(event.mimeData())) is not None:
            self.open_path(path)
        elif image := dropped_image(event.mimeData()):
            self.session.trial.try_image(image)
            self.show_page("test")
