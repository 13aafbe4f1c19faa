"""What a page shows while there is nothing to show: a sentence, and the button that helps."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from gui.look.appearance import scaled
from gui.widgets.card import column, row
from gui.widgets.icon_label import IconLabel
from gui.widgets.texts import text


class EmptyState(QWidget):
    """A picture, a heading, a sentence and at most one button, in the middle."""

    def __init__(
        self,
        icon_name: str,
        heading: str,
        sentence: str,
        action: QPushButton | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        picture = IconLabel(icon_name, side=40)
        centre = Qt.AlignmentFlag.AlignHCenter
        layout = column(self, margins=24, spacing=12)
        layout.addStretch(2)
        layout.addWidget(picture, 0, centre)
        layout.addWidget(text(heading, "heading"), 0, centre)
        self.sentence = text(sentence, "muted", wrap=True)
        self.sentence.setAlignment(centre)
        self.sentence.setMinimumWidth(scaled(260))
        self.sentence.setMaximumWidth(scaled(520))
        line = row()  # beside stretches, so that its height is asked for at the width that it gets
        line.addStretch(1)
        line.addWidget(self.sentence, 100)
        line.addStretch(1)
        layout.addLayout(line)
        if action:
            layout.addWidget(action, 0, centre)
        layout.addStretch(3)
