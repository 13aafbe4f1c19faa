"""The bar that shows how images are divided into training, validation and test parts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.appearance import colour, scaled, sized_font
from gui.look.numbers import count, percent
from gui.widgets.card import column
from gui.widgets.texts import text

_ROLES = {"train": "accent", "validation": "ok", "test": "warning"}


class SplitBar(QWidget):
    """A divided bar, and the counts in words below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = _Bar()
        self._words = text("", "muted", wrap=True)
        layout = column(self, spacing=6)
        layout.addWidget(self._bar)
        layout.addWidget(self._words)

    def show_splits(self, splits: dict[str, int]) -> None:
        """Show how many images each part has."""
        self._bar.show_splits(splits)
        self._bar.setVisible(bool(splits))
        names = {
            "train": self.tr("training"),
            "validation": self.tr("validation"),
            "test": self.tr("test"),
        }
        parts = [f"{names[name]} {count(number)}" for name, number in splits.items()]
        divided = " · ".join(parts)
        kept = self.tr(
            "Images that look the same stay in one split, unless your folders define the splits."
        )
        self._words.setText(f"{divided}\n{kept}" if splits else "")


class _Bar(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._splits: dict[str, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_splits(self, splits: dict[str, int]) -> None:
        self._splits = splits
        total = sum(splits.values()) or 1
        shares = (f"{name} {percent(number / total, 0)}" for name, number in splits.items())
        self.setAccessibleName(", ".join(shares))
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(160), scaled(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), scaled(6), scaled(6))
        painter.setClipPath(shape)
        left, total = 0.0, sum(self._splits.values()) or 1
        for name, number in self._splits.items():
            part = QRectF(left, 0, self.width() * number / total, self.height())
            painter.fillRect(part, colour(_ROLES[name]))
            _paint_name(painter, part, name, percent(number / total, 0))
            left = part.right()
        painter.end()


def _paint_name(painter: QPainter, part: QRectF, name: str, share: str) -> None:
    """Write the name and the share, or the name, or nothing, as there is room."""
    font = sized_font(11, bold=True)
    metrics = QFontMetrics(font)
    room = part.width() - scaled(8)
    options = (f"{name} {share}", name, name[:3])
    fitting = next((o for o in options if metrics.horizontalAdvance(o) <= room), "")
    painter.setFont(font)
    painter.setPen(colour("surface" if _ROLES[name] != "accent" else "on_accent"))
    painter.drawText(part, Qt.AlignmentFlag.AlignCenter, fitting)
