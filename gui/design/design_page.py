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
from gui.owners.actions import ActionSpec
from gui.owners.session import Session
from gui.widgets.card import column
from gui.widgets.empty_state import EmptyState
from gui.widgets.page import Heading, Page

if TYPE_CHECKING:
    from gui.design.workspace import DesignWorkspace


class DesignPage(Page):
    """Shows the design, once there is one. Its views are made ahead, in steps."""

    strong_figures = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._document = session.design.document
        self._status = DesignStatus(self._document, session.design.timer, self)
        self._views: DesignWorkspace | None = None
        self._whole = False
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._make_next)
        self.welcome = Welcome(session)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.welcome)
        self._opening = EmptyState("design", self.tr("Opening the design…"), "")
        self._stack.addWidget(self._opening)
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

    @property
    def workspace(self) -> DesignWorkspace | None:
        """The views of the open design, all of them; None while they are not needed."""
        if self._document.network.nodes and not self._whole:
            self._made_views().make_all()
            self._take_views()
        return self._views if self._whole else None

    def status(self) -> tuple[str, str]:
        """Return the design's totals."""
        return self._status.left(), self._status.right()

    def first_control(self) -> QWidget | None:
        """Return the canvas, or the search for a network."""
        if not self._document.network.nodes:
            return self.welcome.gallery.field
        return self._views.canvas if self._views is not None and self._whole else None

    def heading(self) -> Heading | None:
        """Return the design's name and whether it is saved."""
        document = self._document
        title = document.origin.title or self.tr("New design")
        if not document.network.nodes:
            return Heading(title, "", "")
        if document.modified:
            tip = self.tr("There are unsaved changes (Ctrl+S). They are kept even after a crash.")
            return Heading(title, self.tr("Edited"), tip)
        if document.origin.path is None:
            tip = self.tr("The design is not saved in a file yet (Ctrl+S).")
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
        in_the_window = self._session.history.table
        table = self.workspace.canvas.actions_table
        return (search, *(spec for spec in table if spec not in in_the_window))

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
        if not self._whole or self._views is None:
            self._stack.setCurrentWidget(self._opening)
            self._next.start()
            return
        if self._stack.currentWidget() is not self._views:
            self._stack.setCurrentWidget(self._views)
            self._views.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_next(self) -> None:
        """Make a part of the design's views; the next one when the window was at rest."""
        if self._whole:
            return
        if self._made_views().make_next():
            self._take_views()
        else:
            self._next.start()

    def _made_views(self) -> DesignWorkspace:
        """Return the views of the design as far as they are made."""
        if self._views is None:
            from gui.design.workspace import DesignWorkspace

            self._views = DesignWorkspace(self._session)
        return self._views

    def _take_views(self) -> None:
        """Have the views of the design, which are whole now, on the page."""
        views = self._made_views()
        self._whole = True
        views.templates_wanted.connect(self.show_templates)
        self._stack.addWidget(views)
        self._show_what_there_is()
        QTimer.singleShot(0, views, views.canvas.show_opened)

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
        if not self._whole:
            self._next.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the processor to others."""
        super().hideEvent(event)
        self._session.design.timer.measure_when_idle(False)
