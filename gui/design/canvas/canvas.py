"""The canvas: the design as cards and wires, and the pointer and keys that work on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QWidget

from gui.design.canvas import framing
from gui.design.canvas.canvas_actions import canvas_actions
from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.focus import Focus
from gui.design.canvas.gestures.dragging import Dragging
from gui.design.canvas.gestures.hover import Hover
from gui.design.canvas.keyboard import Keyboard
from gui.design.canvas.painting.level import level_at
from gui.design.canvas.painting.picture import DrawnCard, Picture
from gui.design.canvas.palette_adding import place_entry
from gui.design.canvas.panels.context_menu import context_menu
from gui.design.canvas.panels.finding import Finder
from gui.design.canvas.panels.heat import Heat
from gui.design.canvas.panels.overlays import Overlays
from gui.design.canvas.panels.prompts import Prompts
from gui.design.canvas.scene import DesignScene
from gui.design.canvas.search_context import SearchContext
from gui.design.canvas.selection_edits import SelectionEdits
from gui.design.canvas.zoom_view import ZoomView
from gui.owners.designs.document import Document
from gui.owners.session import Session


class DesignCanvas(ZoomView):
    """Shows a document's design, to be looked at and drawn.

    It makes all that works on the design; what it makes knows the `DrawnDesign`, not the canvas.

    Args:
        document: Whose design.
        session: The window's state.
        parent: Its parent.

    Attributes:
        document: Whose design.
        scene_: What is painted.
        focus: Where the keyboard is.
        design: What gestures, keys and panels work on.
        overlays: The panels over it.
        heat: The colours by parameters, multiply-adds, memory or time.
        prompts: What asks for layers, names and notes.
        actions_table: What can be done on the canvas, for menus and the key list.
        keyboard: What turns keys into what they do.
    """

    search_wanted = Signal(QPoint, object)
    """A layer is looked for: where on the screen, and the `SearchContext`."""
    settings_wanted = Signal()
    pane_wanted = Signal(int)
    """The keyboard leaves for the next part of the page, or for the one before it."""

    def __init__(self, document: Document, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        # before the scene shows what is new: cards that are dragged may be gone then
        document.network_changed.connect(self._give_up)
        self.scene_ = DesignScene(document)
        self.setScene(self.scene_)
        self.focus = Focus(document, self.scene_, self)
        self.design = design = DrawnDesign(
            document, self.scene_, self, self.focus, session.notices.tell_error, self._search
        )
        self._dragging = Dragging(design)
        self._hover = Hover(design)
        self.overlays = Overlays(design)
        self.heat = Heat(self.scene_, self.overlays.legend)
        self._finder = Finder(design, self.overlays.find_bar)
        self.prompts = prompts = Prompts(design, self.overlays)
        edits = SelectionEdits(design, prompts)
        leaving = self.settings_wanted.emit, self.pane_wanted.emit
        self.actions_table = canvas_actions(design, edits, prompts, session.history.table, *leaving)
        self.keyboard = Keyboard(design, self.actions_table, edits, prompts, self._dragging)
        self._set_up(session)

    def _set_up(self, session: Session) -> None:
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Design canvas"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.document.inside_changed.connect(self.show_opened)
        session.appearance.changed.connect(self.viewport().update)
        self.zoom_changed.connect(self._keep_level)
        self.zoom_to(100)

    @property
    def picture(self) -> Picture:
        """What is drawn, and where."""
        return self.scene_.picture

    @property
    def busy(self) -> bool:
        """Whether a gesture is in progress."""
        return self._dragging.busy

    def fit(self) -> None:
        """Bring the whole design into sight, no larger than full size."""
        framing.fit(self.design)

    def show_opened(self) -> None:
        """Bring what was just opened or entered into sight: whole, or readable from its top on."""
        framing.show_opened(self.design)

    def add_entry(self, name: str, context: SearchContext) -> None:
        """Add what the palette holds where it is wanted, as one step, and select it."""
        place_entry(self.design, name, context)

    def _search(self, at: QPoint, context: SearchContext) -> None:
        self.search_wanted.emit(self.viewport().mapToGlobal(at), context)

    def _give_up(self) -> None:
        """End the gesture without a change."""
        self._dragging.give_up()

    def _keep_level(self, zoom: float) -> None:
        self.scene_.level = level_at(zoom)

    def _open_menu(self, card: DrawnCard, place: QPoint) -> None:
        """Show what can be done with a card and what is selected with it."""
        if self.document.selection.isdisjoint(card.face.members):
            self.document.select(card.face.members)
        self.focus.put_at(card.face.key)
        menu = context_menu(self.actions_table, self, self.tr("Align"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(place))

    # Qt's events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        if not self.busy:
            self._hover.leave()
            self._dragging.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or show what the pointer is at."""
        pointer = self._dragging.pointer(event)
        self.focus.walked = False
        if self.busy:
            self._dragging.move(pointer)
        elif not event.buttons():
            self._hover.follow(pointer)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture."""
        self._dragging.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Enter a group, or look for a layer."""
        pointer = self._dragging.pointer(event)
        card = self.picture.card_at(pointer.at)
        if event.button() != Qt.MouseButton.LeftButton:
            self.mousePressEvent(event)
        elif card is None and self.scene_.frames.at(pointer.at):
            self.prompts.rename()
        elif card is None:
            self.prompts.layer_at(pointer.screen)
        elif card.face.group:
            self.document.enter(card.face.name)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with a card, or look for a layer."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and not by_key:
            return
        at = self.mapToScene(event.pos())
        card = self.focus.one_card() if by_key else self.picture.card_at(at)
        if card is not None:
            self._open_menu(card, self.on_screen(card.rect).center() if by_key else event.pos())
        elif by_key:
            self.prompts.layer_here()
        else:
            self.prompts.layer_at(event.pos())

    def event(self, event: QEvent) -> bool:
        """Take the canvas's keys before the window does, and Tab while there is something left."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self.keyboard.override(event):
                event.accept()
                return True
            steps = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
            step = steps.get(Qt.Key(event.key()), 0)
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            pressed = event.type() == QEvent.Type.KeyPress
            if step and plain and pressed and self.keyboard.walk(step):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key is for."""
        if not self.keyboard.press(event):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End what lasts while a key is held."""
        if not self.keyboard.release(event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.focus.stop = None
            if self.picture.cards:
                self.keyboard.walk(-1 if event.reason() == Qt.FocusReason.BacktabFocusReason else 1)
        self.focus.show()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self._dragging.let_go_of_space()
        self.focus.show()
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show nothing at the pointer any more."""
        super().leaveEvent(event)
        self._hover.leave()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what the palette holds."""
        self._dragging.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        self._dragging.hover(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show nothing any more."""
        self._dragging.give_up()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add it."""
        self._dragging.drop(event)
