"""A field for a number that tells of every valid keystroke."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.design.inspector.fields.bounds import Bounds, Number
from gui.design.inspector.fields.stepper import WIDTH, Stepper
from gui.look.appearance import scaled, sized_font

STEPS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 10,
    Qt.Key.Key_PageDown: -10,
}


class LiveField(QLineEdit):
    """A line of text whose undo is the design's, and which can be marked as wrong.

    Args:
        name: Its accessible name.
        tip: What it is for, and what it takes.
    """

    begun = Signal()
    """The user turned to the field: what comes is a step of its own."""

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAccessibleDescription(tip)
        self.setToolTip(tip)

    def mark(self, wrong: bool) -> None:
        """Show whether the text cannot be taken."""
        self._set_property("invalid", wrong)

    def _set_property(self, name: str, value: bool) -> None:
        """Set what the style sheet goes by."""
        if bool(self.property(name)) != value:
            self.setProperty(name, value)
            self.style().unpolish(self)
            self.style().polish(self)

    def put(self, content: str) -> None:
        """Show another text and leave the cursor where it is."""
        if content != self.text():
            cursor, length = self.cursorPosition(), len(self.text())
            self.setText(content)
            end = cursor == length and self.hasFocus()
            self.setCursorPosition(len(content) if end else cursor if self.hasFocus() else 0)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the design."""
        if event.type() == QEvent.Type.ShortcutOverride and is_history(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave undo and redo to the design."""
        if is_history(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all for Tab, as a form does, and begin a new step."""
        super().focusInEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.MenuBarFocusReason,
        ):
            self.begun.emit()


class NumberField(LiveField):
    """Takes a number within bounds.

    A text that is none is marked and not told; when the user leaves the field, the number that
    holds comes back. The wheel does not change it: it scrolls what the field lies in.

    Args:
        bounds: What it may be.
        name: Its accessible name.
        tip: What it is for.
    """

    edited = Signal(object)
    """A valid number, after every keystroke that makes one."""

    failed = Signal(str)
    """Why the text cannot be taken, or "" when it can be again."""

    def __init__(self, bounds: Bounds, name: str, tip: str, parent: QWidget | None = None) -> None:
        keys = self.tr("Up and Down change it by one step, Page Up and Page Down by ten.")
        super().__init__(name, " ".join(filter(None, (tip, bounds.sentence, keys))), parent)
        self._bounds = bounds
        self._shown: tuple[Number, bool] = (None, False)
        self.setFont(sized_font(13, mono=True))
        self.setFixedHeight(scaled(26))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setProperty("kind", "number")
        self.setMinimumWidth(scaled(36))
        self.textEdited.connect(self._read)
        self._stepper = Stepper(self, self.step)
        self.textChanged.connect(self._offer_steps)

    def show_number(self, value: Number, several: bool = False) -> None:
        """Show the number that holds, or that there are several.

        What the user is typing stays if it stands for that number, or cannot be taken yet.
        """
        before, self._shown = self._shown, (value, several)
        self._show_several(several)
        if self.hasFocus() and self._shown == before:
            return
        if not (self.hasFocus() and not several and self._reads() == (value,)):
            self.put("" if several else self._bounds.write(value))
        self._say("")

    def _show_several(self, several: bool) -> None:
        """Say where the field is empty: that there are several numbers, in letters that fit.

        Of none, that it comes by itself.
        """
        alone = self.tr("auto") if self._bounds.optional else ""
        self.setPlaceholderText(self.tr("several") if several else alone)
        self._set_property("several", several)

    def _reads(self) -> tuple[Number, ...]:
        """Return the number the text stands for, in a tuple; an empty one if it stands for none."""
        try:
            return (self._bounds.read(self.text()),)
        except ValueError:
            return ()

    def _read(self, text: str) -> None:
        try:
            value = self._bounds.read(text)
        except ValueError as error:
            self._say(str(error))
        else:
            self._tell(value)

    def _tell(self, value: Number) -> None:
        self._say("")
        self._shown = (value, False)
        self._show_several(False)
        self.edited.emit(value)

    def _say(self, sentence: str) -> None:
        if sentence or self.property("invalid"):
            self.mark(bool(sentence))
            self.failed.emit(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrow and page keys."""
        steps = STEPS.get(Qt.Key(event.key()), 0)
        if not steps or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            self.step(steps)

    def step(self, steps: int) -> None:
        """Change the number by some steps, as far as its range goes."""
        value = self._bounds.stepped((self._reads() or (self._shown[0],))[0], steps)
        self.put(self._bounds.write(value))
        self.selectAll()
        self._tell(value)

    def _offer_steps(self) -> None:
        """Show the arrows while the field is turned to, where they hide nothing of the number."""
        turned_to = self.isEnabled() and (self.hasFocus() or self.underMouse())
        room = self.width() - scaled(WIDTH) - scaled(12)
        self._stepper.place()
        shown = self.text() or self.placeholderText()
        self._stepper.setVisible(turned_to and self.fontMetrics().horizontalAdvance(shown) <= room)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Offer the arrows."""
        super().enterEvent(event)
        self._offer_steps()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the arrows away, unless the keyboard is here."""
        super().leaveEvent(event)
        self._offer_steps()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the arrows in their place."""
        super().resizeEvent(event)
        self._offer_steps()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Offer the arrows."""
        super().focusInEvent(event)
        self._offer_steps()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the number that holds again where the text stood for none."""
        super().focusOutEvent(event)
        self._offer_steps()
        value, several = self._shown
        if event.reason() != Qt.FocusReason.PopupFocusReason and self._reads() != (value,):
            self.put("" if several else self._bounds.write(value))
            self._say("")


def is_history(event: QEvent) -> bool:
    """Return whether a key event asks for undo or redo."""
    keys = QKeySequence.StandardKey
    return isinstance(event, QKeyEvent) and (event.matches(keys.Undo) or event.matches(keys.Redo))
