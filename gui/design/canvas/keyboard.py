"""The keys of the canvas: walking, moving, and the keys of the table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from core.network.view.card_size import PITCH_DOWN
from gui.design.canvas.canvas_actions import canvas_actions
from gui.design.canvas.editing import FAR, NUDGE
from gui.design.canvas.ends import output_of
from gui.design.canvas.search_context import SearchContext
from gui.design.canvas.tab_stops import Stop, next_stop, stops
from gui.widgets.actions import ActionSpec

if TYPE_CHECKING:
    from gui.design.canvas.canvas import DesignCanvas

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Keyboard(QObject):
    """Turns keys into what they do. A key of the table goes before one of the window's.

    Args:
        canvas: What has the keyboard.

    Attributes:
        table: The canvas's actions.
        space: Whether the space bar is held, so that dragging moves the view.
        stop: The card or wire the keyboard is at, or None.
        walked: Whether it came there by keys, and the pointer has not moved since.
    """

    def __init__(self, canvas: DesignCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.table = canvas_actions(canvas)
        self._by_keys = {
            QKeySequence(keys).toString(): spec for spec in self.table for keys in spec.keys
        }
        self.space = False
        self._panned = False
        self.stop: Stop | None = None
        self.walked = False

    def panned(self) -> None:
        """Take note that the space bar was held to move the view, not to select."""
        self._panned = True

    def override(self, event: QKeyEvent) -> bool:
        """Return whether a key is meant for the canvas, though the window knows it too."""
        return self._found(event) is not None

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key is for; return whether it is for anything here."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        shift = plain == Qt.KeyboardModifier.ShiftModifier
        nothing_held = plain == Qt.KeyboardModifier.NoModifier
        spec = self._found(event)
        if spec is not None:
            if not spec.blocked() and not self._canvas.busy:
                spec.handler()
        elif key in ARROWS and (shift or nothing_held) and not self._canvas.busy:
            right, down = ARROWS[key]
            step = FAR if shift else NUDGE
            self._canvas.editor.nudge(right * step, down * step)
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.space, self._panned = True, False
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and nothing_held:
            self.select_stop()
        else:
            return False
        return True

    def release(self, event: QKeyEvent) -> bool:
        """Select with the space bar, unless it was held to move the view."""
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            return False
        if self.space and not self._panned:
            self.select_stop()
        self.space = False
        return True

    def walk(self, step: int) -> bool:
        """Go to the next card or wire; return False beyond the last one."""
        canvas = self._canvas
        if not canvas.picture.cards:
            if step > 0:
                canvas.asking.layer_here()
            return step > 0
        found = stops(canvas.picture, canvas.document.network)
        now = self.stop if self.stop is not None else canvas.focus or None
        self.stop = next_stop(found, now, step)
        self.walked = True
        canvas.show_stop(self.stop)
        return self.stop is not None

    def context(self) -> SearchContext | None:
        """Return where a layer that is looked for goes: in the wire walked to, or behind the card.

        None where nothing was walked to, or something is selected: then that says where.
        """
        canvas, stop = self._canvas, self.stop
        if not self.walked or stop is None or canvas.document.selection:
            return None
        if isinstance(stop, str):
            card = canvas.picture.cards.get(stop)
            source = output_of(canvas.document.network, card.face, 0) if card else None
            if card is None or source is None or not card.face.outputs:
                return None
            place = card.middle[0], card.middle[1] + PITCH_DOWN
            return SearchContext(place, source=source, take_over=True)
        wire = canvas.picture.wires.get(stop)
        edge = canvas.single_edge(wire) if wire else None
        middle = wire.path.pointAtPercent(0.5) if wire else None
        return SearchContext((middle.x(), middle.y()), edge=edge) if edge and middle else None

    def select_stop(self) -> None:
        """Select the card the keyboard is at, or take it out of the selection."""
        canvas = self._canvas
        card = canvas.picture.cards.get(canvas.focus)
        if card is None or not isinstance(self.stop or "", str):
            return
        members = frozenset(card.face.members)
        selection = canvas.document.selection
        canvas.document.select(selection - members if members <= selection else selection | members)

    def _escape(self) -> None:
        """Give up the gesture, or let go of the selection, or leave the group."""
        canvas = self._canvas
        if canvas.busy:
            canvas.give_up()
        elif canvas.overlays.find_bar.isVisible():
            canvas.overlays.find_bar.close_bar()
        elif canvas.document.selection or canvas.selected_wires():
            canvas.select_wires(())
            canvas.document.select(())
        elif canvas.document.inside:
            canvas.editor.leave()

    def _found(self, event: QKeyEvent) -> ActionSpec | None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self._by_keys.get(QKeySequence(held.value | event.key()).toString())
