"""The canvas: the design as cards and wires, and the pointer and keys that work on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
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

from core.errors import LayerloomError
from core.network.editing.palette import PALETTE
from core.network.network import Edge, Network
from gui.design.canvas.editing import Editor
from gui.design.canvas.gestures.dragging import Dragging
from gui.design.canvas.hover import Pointing
from gui.design.canvas.keyboard import Keyboard
from gui.design.canvas.painting.hints import NOTHING, Hints
from gui.design.canvas.painting.level import level_at
from gui.design.canvas.painting.picture import Card, Picture, around, grown
from gui.design.canvas.painting.wire import Wire, WireKey
from gui.design.canvas.palette_adding import added
from gui.design.canvas.panels.context_menu import context_menu
from gui.design.canvas.panels.finding import Finder
from gui.design.canvas.panels.heat import Heat
from gui.design.canvas.panels.overlays import Overlays
from gui.design.canvas.panels.prompts import Asking
from gui.design.canvas.scene import DesignScene
from gui.design.canvas.screen_reader import say
from gui.design.canvas.search_context import SearchContext
from gui.design.canvas.shown import placed
from gui.design.canvas.tab_stops import Stop
from gui.design.canvas.zoom_view import ZoomView
from gui.look.core_texts import translated
from gui.owners.document import Document
from gui.owners.session import Session
from gui.widgets.actions import ActionSpec

ROOM, ROOM_INSIDE = 32.0, 64.0
"""Free space around what is brought into sight; inside a group, wires look out of it."""
READABLE, READING = 55.0, 85.0
"""Zoom in percent: a design that would be opened smaller than the one is opened at the other."""


class DesignCanvas(ZoomView):
    """Shows a document's design, to be looked at and drawn.

    Args:
        document: Whose design.
        session: The window's state.
        parent: Its parent.

    Attributes:
        document: Whose design.
        history: Undo and redo.
        scene_: What is painted.
        editor: What keys and menus do.
        asking: What asks for layers, names and notes.
        overlays: The panels over it.
        heat: The colours by parameters, multiply-adds, memory or time.
        focus: Key of the card that the keyboard is at, or "".
    """

    search_wanted = Signal(QPoint, object)
    """A layer is looked for: where on the screen, and the `SearchContext`."""
    settings_wanted = Signal()
    pane_wanted = Signal(int)
    """The keyboard leaves for the next part of the page, or for the one before it."""

    def __init__(self, document: Document, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._session = session
        self.history = session.history
        self.focus = ""
        self._dragging = Dragging(self)
        # before the scene shows what is new: cards that are dragged may be gone then
        document.network_changed.connect(self._dragging.give_up)
        self.scene_ = DesignScene(document)
        self.setScene(self.scene_)
        self.editor = Editor(self)
        self.asking = Asking(self, self._dragging)
        self.keyboard = Keyboard(self)
        self.overlays = Overlays(self)
        self.heat = Heat(self.scene_, self.overlays.legend)
        self._finder = Finder(self, self.overlays.find_bar)
        self._pointing = Pointing(self)
        self._set_up()

    def _set_up(self) -> None:
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Design, drawn"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.document.reveal_requested.connect(self.reveal)
        self.document.inside_changed.connect(self.show_opened)
        self.scene_.shown.connect(self._keep_focus)
        self._session.appearance.changed.connect(self.viewport().update)
        self.zoom_changed.connect(self._keep_level)
        self.zoom_to(100)

    @property
    def picture(self) -> Picture:
        """What is drawn, and where."""
        return self.scene_.picture

    @property
    def busy(self) -> bool:
        """Whether a gesture goes on."""
        return self._dragging.busy

    def give_up(self) -> None:
        """End the gesture without a change."""
        self._dragging.give_up()

    @property
    def actions_table(self) -> tuple[ActionSpec, ...]:
        """What can be done on the canvas, for menus and the key list."""
        return tuple(self.keyboard.table)

    # What is in sight

    def fit(self) -> None:
        """Bring the whole design into sight, no larger than full size."""
        self._frame(self.picture.bounds())

    def show_opened(self) -> None:
        """Bring what was just opened or entered into sight: whole, or readable from its top on."""
        self.fit()
        if self.percent < READABLE:
            first = min(self.picture.cards.values(), key=lambda card: card.top)
            self.show_top(grown(first.rect, self._room()), READING)

    def frame_selection(self) -> None:
        """Bring what is selected into sight; the whole design if nothing is."""
        self._frame(around(self.scene_.selected_cards()) or self.picture.bounds())

    def _frame(self, area: QRectF) -> None:
        self.show_area(
            grown(area, self._room()) if area.isValid() else QRectF(-300, -200, 600, 400)
        )

    def _room(self) -> float:
        """Return the free space around what is brought into sight."""
        return ROOM_INSIDE if self.document.inside else ROOM

    def reveal(self, node_id: str) -> None:
        """Bring a layer's card into sight, and the keyboard to it."""
        node = self.document.network.by_id.get(node_id)
        inside = self.document.inside
        if node is not None and inside and not node.name.startswith(f"{inside}."):
            self.document.enter("")
        card = self.picture.card_of(node_id)
        if card is not None:
            self.focus_card(card.face.key)
            self.bring(card.rect)

    # What gestures and keys use

    def show_hints(self, hints: Hints = NOTHING) -> None:
        """Show what belongs to a gesture."""
        self.scene_.show_hints(hints, self.zoom)

    def light_wires(self, keys: Iterable[WireKey]) -> None:
        """Light up the wire a layer would be put into."""
        self.scene_.mark_wires(lit=keys)

    def select_wires(self, keys: Iterable[WireKey]) -> None:
        """Select wires, by their keys."""
        self.scene_.mark_wires(selected=keys)

    def selected_wires(self) -> Collection[WireKey]:
        """Return the keys of the selected wires."""
        return [key for key in self.scene_.wires.selected if key in self.picture.wires]

    def focus_card(self, key: str) -> None:
        """Bring the keyboard to a card, by its key."""
        self.focus = self.keyboard.stop = key
        self._show_focus()
        card = self.picture.cards.get(key)
        say(self, card.face.spoken if card else "")

    def show_stop(self, stop: Stop | None) -> None:
        """Show what the keyboard has come to: a card or a wire."""
        if stop is None or isinstance(stop, str):
            self.select_wires(())
            self.focus_card(stop or "")
            self.keyboard.stop = stop
            if stop:
                self.bring(self.picture.cards[stop].rect)
            return
        self.focus_card("")
        self.keyboard.stop = stop
        self.document.select(())
        self.select_wires([stop])
        self.bring(self.picture.wires[stop].bounds)
        say(self, self._pointing.wire_words(stop))

    def placed(self) -> Network:
        """Return the design with a place for every card that is seen."""
        return placed(self.document.network, self.document.inside)

    def single_edge(self, wire: Wire) -> Edge | None:
        """Return the one wire of the network that a drawn one stands for, or None if several."""
        edges = self.scene_.edges_of(wire.key)
        return edges[0] if len(edges) == 1 else None

    def change(self, network: Network, text: str, merge: str = "") -> None:
        """Make a network the design, as one step."""
        self.document.change(network, text, merge)

    def tell(self, error: LayerloomError) -> None:
        """Say why something cannot be done."""
        self._session.notices.tell_error(error)

    # Adding

    def add_entry(self, name: str, context: SearchContext) -> None:
        """Add what the palette holds where it is wanted, as one step, and select it.

        Args:
            name: Of the palette's entry.
            context: Where it goes and what it is wired to.
        """
        try:
            network, ids = added(self.placed(), name, context, self.document)
        except LayerloomError as error:
            self.tell(error)
            return
        self.change(network, self.tr("Add {0}").format(translated(PALETTE[name].title)))
        self.document.select(ids)
        self.reveal(ids[-1])

    # What keys ask

    def one_card(self) -> Card | None:
        """Return the selected card, or the one the keyboard is at."""
        cards = self.scene_.selected_cards()
        if len(cards) == 1:
            return cards[0]
        return self.picture.cards.get(self.focus)

    def on_screen(self, card: Card) -> QRect:
        """Return where in the view a card is."""
        return self.mapFromScene(card.rect).boundingRect()

    def _keep_focus(self) -> None:
        """Follow a card that says something else now, and let go of one that is gone."""
        card = self.picture.cards.get(self.focus)
        if card is None:
            self.focus = ""
        if isinstance(self.keyboard.stop, str):
            self.keyboard.stop = self.focus or None
        self._show_focus()
        if card is not None:
            say(self, card.face.spoken)

    def _keep_level(self, zoom: float) -> None:
        self.scene_.level = level_at(zoom)

    def _show_focus(self) -> None:
        self.scene_.mark_cards(focus=self.focus if self.hasFocus() else "")

    # Qt's events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        if not self.busy:
            self._pointing.leave()
            self._dragging.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or show what the pointer is at."""
        pointer = self._dragging.pointer(event)
        self.keyboard.walked = False
        if self.busy:
            self._dragging.move(pointer)
        elif not event.buttons():
            self._pointing.follow(pointer)

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
            self.asking.rename()
        elif card is None:
            self.asking.layer(pointer.screen, self.asking.context_at(pointer.at))
        elif card.face.group:
            self.document.enter(card.face.name)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with a card, or look for a layer."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and not by_key:
            return
        at = self.mapToScene(event.pos())
        card = self.one_card() if by_key else self.picture.card_at(at)
        if card is None:
            if by_key:
                self.asking.layer_here()
            else:
                self.asking.layer(event.pos(), self.asking.context_at(at))
            return
        if self.document.selection.isdisjoint(card.face.members):
            self.document.select(card.face.members)
        self.focus_card(card.face.key)
        menu = context_menu(self.keyboard.table, self, self.tr("Align"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = self.on_screen(card).center() if by_key else event.pos()
        menu.popup(self.viewport().mapToGlobal(place))

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
            self.focus, self.keyboard.stop = "", None
            if self.picture.cards:
                self.keyboard.walk(-1 if event.reason() == Qt.FocusReason.BacktabFocusReason else 1)
        self._show_focus()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.keyboard.space = False
        self._show_focus()
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show nothing at the pointer any more."""
        super().leaveEvent(event)
        self._pointing.leave()

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
