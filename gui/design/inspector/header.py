"""The top of the inspector: the name, which can be changed, the kind, and a sentence on it."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.network.layers.base.layer import Layer
from gui.design.inspector.fields.number_field import LiveField
from gui.look.appearance import scaled, sized_font
from gui.look.core_texts import translated
from gui.look.numbers import count
from gui.widgets.card import column, row
from gui.widgets.texts import text


class NameField(LiveField):
    """A name that looks like a heading until it is turned to.

    Enter or leaving the field renames; Esc brings the old name back.
    """

    renamed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Name"), self.tr("Click or press F2 to rename"), parent)
        self._shown = ""
        self.setProperty("kind", "heading")
        self.setFont(sized_font(17, bold=True))
        self.setTextMargins(-3, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.updateGeometry)
        self.returnPressed.connect(self._commit)

    def show_name(self, name: str) -> None:
        """Show the name, but leave what is being typed."""
        typing = self.hasFocus() and self.text() != self._shown and name == self._shown
        self._shown = name
        if not typing:
            self.put(name)
            self.mark(False)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def edit(self) -> None:
        """Take the keyboard with the name selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _commit(self) -> None:
        if self.text() != self._shown:
            self.renamed.emit(self.text())

    def sizeHint(self) -> QSize:
        """Return the room that the name takes."""
        self.ensurePolished()
        width = self.fontMetrics().horizontalAdvance(self.text()) + scaled(14)
        return QSize(max(width, scaled(40)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return little: a long name is scrolled."""
        return QSize(scaled(40), super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Bring the old name back with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.put(self._shown)
            self.mark(False)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Rename; a name that cannot be taken gives way to the old one."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._commit()
            self.put(self._shown)
            self.mark(False)
            self.setCursorPosition(0)


class Header(QWidget):
    """Name, kind and sentence.

    Attributes:
        name: The name's field.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = NameField()
        self._title = text("", "heading", wrap=True)
        self._kind = text("", "muted", wrap=True)
        self._sentence = text("", "muted", wrap=True)
        self._wrong = text("", "error", wrap=True)
        self._wrong.hide()
        line = row(spacing=4)
        line.addWidget(self.name)
        line.addWidget(self._title)
        line.addWidget(self._kind, 1)
        box = column(self, spacing=4)
        box.addLayout(line)
        box.addWidget(self._wrong)
        box.addWidget(self._sentence)
        box.setContentsMargins(0, 0, 0, scaled(4))

    def show_layer(self, name: str, kind: str, sentence: str) -> None:
        """Show something with a name of its own."""
        self.name.show_name(name)
        self.name.show()
        self._title.hide()
        self._say(kind, sentence)

    def show_title(self, title: str, kind: str, sentence: str) -> None:
        """Show several layers, or the whole network."""
        self._title.setText(title)
        self._title.show()
        self.name.hide()
        self._say(kind, sentence)

    def refuse(self, sentence: str) -> None:
        """Say why a name cannot be taken; "" takes that back."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
        self.name.mark(bool(sentence))

    def _say(self, kind: str, sentence: str) -> None:
        self._kind.setText(kind)
        self._kind.setVisible(bool(kind))
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        if not self.name.property("invalid"):
            self._wrong.hide()


def sentence_of(layer: Layer) -> str:
    """Return what a layer does, with its own numbers: “Slides 64 filters over the feature map.”."""
    first = translated((type(layer).__doc__ or "").split("\n", 1)[0])
    return re.sub(r"`(\w+)`", lambda match: _written(getattr(layer, match[1], match[1])), first)


def _written(value: object) -> str:
    return count(value) if type(value) is int else str(value)
