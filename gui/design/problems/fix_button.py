"""The button of a fix: shows its effect before it is used."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from core.network.problems import Problem
from core.network.review.fixes import Fix
from gui.look.appearance import scaled
from gui.owners.designs.document import Document

PADDING = 32
"""Between text and edge, both sides together, in pixels of the design."""


class FixButton(QPushButton):
    """Applies a fix; while the pointer or the keyboard rests on it, the views show its effect.

    Args:
        document: The design.
        problem: What is fixed.
        fix: How.
    """

    def __init__(
        self, document: Document, problem: Problem, fix: Fix, parent: QWidget | None = None
    ) -> None:
        super().__init__(fix.text, parent)
        self.setAccessibleName(fix.text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._document, self._problem, self._fix = document, problem, fix
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it was
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("The canvas shows a preview of this fix; click to apply it."))
        self.setAccessibleDescription(problem.what)
        self.clicked.connect(self._apply)

    def sizeHint(self) -> QSize:
        """Return the room for the text in one line."""
        whole = self.fontMetrics().horizontalAdvance(self._fix.text)
        return QSize(whole + scaled(PADDING), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the room for the text in as many lines as it has now."""
        return QSize(scaled(80), super().minimumSizeHint().height())

    def _wrap(self) -> None:
        """Break the text where the width asks for it: between words, or at the dots of a name."""
        room, metrics, lines = self.width() - scaled(PADDING), self.fontMetrics(), [""]
        for word in self._fix.text.split(" "):
            whole = metrics.horizontalAdvance(word) <= room
            for part in (word,) if whole else re.split(r"(?<=\.)", word):
                gap = " " if word.startswith(part) and lines[-1] else ""
                longer = f"{lines[-1]}{gap}{part}"
                if metrics.horizontalAdvance(longer) <= room or not lines[-1]:
                    lines[-1] = longer
                else:
                    lines.append(part)
        if (wrapped := "\n".join(lines)) != self.text():
            self.setText(wrapped)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the text anew."""
        super().resizeEvent(event)
        self._wrap()

    def _apply(self) -> None:
        document, node = self._document, self._problem.node
        document.change(self._fix.network, self._fix.text)
        if node in document.network.by_id:
            document.reveal(node)

    def _preview(self) -> None:
        self._document.show_preview(self._fix.network)

    def _end_preview(self) -> None:
        if self._document.preview is self._fix.network:
            self._document.show_preview(None)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the effect."""
        super().enterEvent(event)
        self._preview()

    def leaveEvent(self, event: QEvent) -> None:
        """Show the design again."""
        super().leaveEvent(event)
        self._end_preview()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the effect."""
        super().focusInEvent(event)
        self._preview()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the design again."""
        super().focusOutEvent(event)
        self._end_preview()

    def hideEvent(self, event: QHideEvent) -> None:
        """Show the design again: nothing rests on a button that is gone."""
        super().hideEvent(event)
        self._end_preview()
