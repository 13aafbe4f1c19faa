"""The Design page: the networks to begin with, or the open design."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent, QUndoStack
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.design.design_status import DesignStatus
from gui.design.gallery.templates_dialog import TemplatesDialog
from gui.design.welcome import Welcome
from gui.shell.actions import ActionSpec
from gui.shell.page import Heading, Page
from gui.shell.session import Session
from gui.widgets.card import column

if TYPE_CHECKING:
    from gui.design.workspace import Workspace

IN_THE_WINDOW = {"undo", "redo"}
"""Actions of the canvas that the window has too: they are listed once."""


class DesignPage(Page):
    """Shows the design, once there is one. What that needs is made when the page is at rest.

    Attributes:
        workspace: The open design; None until it was first needed.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._document = session.design.document
        self._status = DesignStatus(self._document, session.design.timer, self)
        self.workspace: Workspace | None = None
        self.welcome = Welcome(session)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.welcome)
        column(self, spacing=0).addWidget(self._stack)
        search = QShortcut(QKeySequence("/"), self)
        search.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        search.activated.connect(self._search)
        self._status.changed.connect(self.status_changed)
        stack = self._document.undo_stack
        for signal in (stack.cleanChanged, stack.indexChanged, self._document.origin_changed):
            signal.connect(self.status_changed)
        self._document.network_changed.connect(self._show_what_there_is)
        self._show_what_there_is()

    def status(self) -> tuple[str, str]:
        """Return the design's totals."""
        return self._status.left(), self._status.right()

    def first_control(self) -> QWidget | None:
        """Return the canvas, or the search for a network."""
        if self.workspace is not None and self._document.network.nodes:
            return self.workspace.canvas
        return self.welcome.gallery.field

    def heading(self) -> Heading | None:
        """Return the design's name and whether it is saved."""
        document = self._document
        title = document.origin.title or self.tr("New design")
        if not document.network.nodes:
            return Heading(title, "", "")
        if document.modified:
            tip = self.tr("There are changes that are not saved (Ctrl+S). They survive a crash.")
            return Heading(title, self.tr("Edited"), tip)
        if document.origin.path is None:
            tip = self.tr("The design has no file yet (Ctrl+S).")
            return Heading(title, self.tr("Not saved"), tip)
        return Heading(title, self.tr("Saved"), str(document.origin.path))

    def undo_stack(self) -> QUndoStack | None:
        """Return the design's steps."""
        return self._document.undo_stack

    def keys(self) -> Sequence[ActionSpec]:
        """Return what the keyboard does on the canvas and on the page."""
        if self.workspace is None:
            return ()
        search = ActionSpec("palette", self.tr("Search the palette"), ("/",), self._search)
        table = self.workspace.canvas.actions_table
        return (search, *(spec for spec in table if spec.id not in IN_THE_WINDOW))

    def show_templates(self) -> None:
        """Show the templates over the design."""
        dialog = TemplatesDialog(self._session, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _show_what_there_is(self) -> None:
        """Show the design, or what to begin with."""
        if not self._document.network.nodes:
            self._stack.setCurrentWidget(self.welcome)
            return
        first = self.workspace is None
        workspace = self._made_workspace()
        if self._stack.currentWidget() is not workspace:
            self._stack.setCurrentWidget(workspace)
            workspace.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        if first:
            QTimer.singleShot(0, workspace.canvas.show_opened)

    def _made_workspace(self) -> Workspace:
        """Return the views of the design, making them first where they are new."""
        if self.workspace is None:
            from gui.design.workspace import Workspace

            self.workspace = Workspace(self._session)
            self.workspace.templates_wanted.connect(self.show_templates)
            self._stack.addWidget(self.workspace)
        return self.workspace

    def _search(self) -> None:
        """Go to the search of the palette, or of the networks."""
        if self.workspace is not None and self._document.network.nodes:
            self.workspace.search_palette()
        else:
            self.welcome.gallery.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Have the design timed while it is looked at, and its views made ahead."""
        super().showEvent(event)
        self._session.design.timer.measure_when_idle(True)
        QTimer.singleShot(0, self, self._made_workspace)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the processor to others."""
        super().hideEvent(event)
        self._session.design.timer.measure_when_idle(False)
