"""One recent project on the start page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from core.project.recent import RecentProject
from gui.look.appearance import scaled
from gui.look.numbers import count, percent, relative_day
from gui.widgets.card import row
from gui.widgets.texts import text


class RecentRow(QPushButton):
    """A row that opens its project: name, what is in it, when it was last open."""

    def __init__(self, recent: RecentProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "recent")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(recent.folder)
        content, day = self._content(recent), relative_day(recent.day)
        self.setAccessibleName(f"{recent.name}, {content}, {day}")
        layout = row(self, spacing=12)
        layout.setContentsMargins(scaled(8), scaled(6), scaled(8), scaled(6))
        for part, role, stretch in (
            (recent.name, "name", 5),
            (content, "muted", 8),
            (day, "muted", 3),
        ):
            label = text(part, role)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(label, stretch)

    def _content(self, recent: RecentProject) -> str:
        images = self.tr("%n image(s)", "", recent.images).replace(
            str(recent.images), count(recent.images)
        )
        if recent.best_accuracy is None:
            return images
        return self.tr("{0} · best {1}").format(images, percent(recent.best_accuracy))

    def sizeHint(self) -> QSize:
        """Return the size of the texts, which a button without text of its own ignores."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()
