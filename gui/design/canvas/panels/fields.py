"""Fields that lie over the canvas while they are used: finding, renaming, writing a note."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QLineEdit, QPlainTextEdit, QWidget

from gui.look.appearance import scaled
from gui.widgets.buttons import button
from gui.widgets.card import column, row
from gui.widgets.texts import text


class CardNameField(QLineEdit):
    """The name of a card, to be written anew; Enter takes it, Esc leaves the old one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setAccessibleName(self.tr("New name"))
        self._take: Callable[[str], object] = lambda name: None
        self.returnPressed.connect(self._finish)
        self.hide()

    def open_at(self, place: QRect, name: str, take: Callable[[str], object]) -> None:
        """Ask for a name.

        Args:
            place: Where, in the parent.
            name: The old one.
            take: Called with the new one.
        """
        self._take = take
        self.setText(name)
        height = max(place.height(), self.sizeHint().height())
        self.setGeometry(place.x(), place.y(), max(place.width(), scaled(160)), height)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.selectAll()

    def _finish(self) -> None:
        self._close()
        self._take(self.text())

    def _close(self) -> None:
        self.hide()
        self._parent.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the old name with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)
            event.accept()  # no key meant for the field is for the canvas, too

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the old name when something else is clicked."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self.hide()


class CardNoteField(QFrame):
    """What the user wrote down about a card; kept when it is closed, unless with Esc."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("card")
        self.setAutoFillBackground(True)
        self._take: Callable[[str], object] = lambda note: None
        self._title = text("", "name")
        self.field = _NoteText(self)
        self.field.setAccessibleName(self.tr("Note"))
        self.field.setTabChangesFocus(True)
        self.field.setPlaceholderText(self.tr("What is this part for?"))
        buttons = row()
        buttons.addStretch()
        buttons.addWidget(button(self.tr("Cancel"), self.close_unchanged))
        buttons.addWidget(
            button(self.tr("Save note"), self.finish, kind="primary", tip=self.tr("Ctrl+Enter"))
        )
        layout = column(self, margins=12)
        layout.addWidget(self._title)
        layout.addWidget(self.field)
        layout.addLayout(buttons)
        self.resize(self.sizeHint())
        self.hide()

    def sizeHint(self) -> QSize:
        """Return room for some lines."""
        return QSize(scaled(300), scaled(190))

    def open_at(self, place: QRect, title: str, note: str, take: Callable[[str], object]) -> None:
        """Ask for a note.

        Args:
            place: Of the card, in the parent.
            title: Of the card.
            note: The old one.
            take: Called with the new one.
        """
        self._take, self._old = take, note
        self._title.setText(title)
        self.field.setPlainText(note)
        room = self._parent.rect()
        left = min(place.right() + 8, room.right() - self.width() - 8)
        top = min(place.top(), room.bottom() - self.height() - 8)
        self.move(max(8, left), max(8, top))
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_unchanged(self) -> None:
        """Leave the old note."""
        self.hide()
        self._parent.setFocus(Qt.FocusReason.PopupFocusReason)

    def finish(self) -> None:
        """Keep the new note."""
        self.close_unchanged()
        self._keep()

    def leave(self) -> None:
        """Keep the new note while the user has gone on elsewhere."""
        self.hide()
        self._keep()

    def _keep(self) -> None:
        note = self.field.toPlainText().strip()
        if note != self._old:
            self._take(note)


class _NoteText(QPlainTextEdit):
    """Several lines; Ctrl+Enter keeps them, and so does a click elsewhere; Esc leaves them."""

    def __init__(self, note: CardNoteField) -> None:
        super().__init__(note)
        self._note = note

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc, keep with Ctrl+Enter."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self._note.close_unchanged()
        elif control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._note.finish()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep the note when something else is clicked."""
        super().focusOutEvent(event)
        inside = self._note.isAncestorOf(QApplication.focusWidget() or self)
        if event.reason() == Qt.FocusReason.MouseFocusReason and not inside:
            self._note.leave()


class FindBar(QFrame):
    """Looks for layers by name or kind; Enter and Shift+Enter go through them."""

    wanted = Signal(str)
    """The text has changed."""
    stepped = Signal(int)
    """The next (1) or previous (-1) one is to be shown."""
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAutoFillBackground(True)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Name or kind"))
        self.field.setAccessibleName(self.tr("Find a layer"))
        self.field.textChanged.connect(self.wanted)
        self._count = text("", "muted")
        layout = row(self, margins=8)
        layout.addWidget(self.field, 1)
        layout.addWidget(self._count)
        for sign, step, name in (("‹", -1, self.tr("Previous")), ("›", 1, self.tr("Next"))):
            made = button(sign, partial(self.stepped.emit, step), kind="flat", tip=name)
            made.setAccessibleName(name)
            layout.addWidget(made)
        layout.addWidget(
            button("", self.close_bar, kind="flat", icon_name="close", tip=self.tr("Close"))
        )
        layout.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)  # once they are dressed
        self.hide()

    def sizeHint(self) -> QSize:
        """Return room for a long name."""
        return QSize(scaled(420), super().sizeHint().height())

    def open_bar(self) -> None:
        """Ask for a name."""
        self.show()
        self.raise_()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.wanted.emit(self.field.text())

    def close_bar(self) -> None:
        """Look for nothing any more."""
        self.hide()
        self.closed.emit()

    def show_count(self, place: int, count: int) -> None:
        """Say which of how many is shown; `place` counts from 1."""
        if not self.field.text():
            self._count.setText("")
        elif count:
            self._count.setText(self.tr("{0} of {1}").format(place, count))
        else:
            self._count.setText(self.tr("None found"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.stepped.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)
