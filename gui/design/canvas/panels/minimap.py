"""The whole design, small, with the part that is in sight."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.design.canvas.painting.plates import HEAT_STEPS, plain_fill
from gui.design.canvas.scene import DesignScene
from gui.design.canvas.zoom_view import ZoomView
from gui.look.appearance import colour, current_theme, faded, scaled

LEAST_HEIGHT = 2.0
"""Of a card in the map, in screen pixels."""


class Minimap(QWidget):
    """Shows where in the design one is; a click or a drag leads elsewhere.

    Args:
        scene: What it is a map of.
        view: What looks at it, and what the map lies over.
    """

    def __init__(self, scene: DesignScene, view: ZoomView) -> None:
        super().__init__(view)
        self._scene, self._view = scene, view
        self._map: QPixmap | None = None
        self._fitted = (1.0, 0.0, 0.0)
        self._drawn_as = ""
        self.setObjectName("minimap")
        self.setAccessibleName(self.tr("Overview of the design"))
        self.setToolTip(self.tr("Click or drag to move the view"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.resize(self.sizeHint())
        scene.placed.connect(self._forget)
        scene.heated.connect(self._forget)
        view.view_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return its size."""
        return QSize(scaled(120), scaled(150))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the map and the part that is in sight."""
        if self._map is None or self._drawn_as != current_theme().name:
            self._map = self._drawn()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._map)
        scale, left, top = self._fitted
        area = self._view.visible_area()
        seen = QRectF(
            area.left() * scale + left,
            area.top() * scale + top,
            area.width() * scale,
            area.height() * scale,
        ).intersected(QRectF(self.rect()).adjusted(2, 2, -2, -2))
        painter.setPen(QPen(colour("accent"), 1))
        painter.setBrush(faded("accent", 0.08))
        painter.drawRect(seen.toRect())
        painter.end()

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        self._drawn_as, self._fitted = current_theme().name, self._fit()
        pixmap = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("border"), 1))
        painter.setBrush(colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._draw_cards(painter)
        painter.end()
        return pixmap

    def _draw_cards(self, painter: QPainter) -> None:
        scale, left, top = self._fitted
        heat = self._scene.cards.marks.heat
        batches: dict[tuple[str, int], list[QRectF]] = {}
        for card in self._scene.picture.cards.values():
            rect = QRectF(
                card.left * scale + left,
                card.top * scale + top,
                max(LEAST_HEIGHT, (card.right - card.left) * scale),
                max(LEAST_HEIGHT, (card.bottom - card.top) * scale),
            )
            step = round(HEAT_STEPS * heat.get(card.face.key, 0.0)) if heat is not None else 0
            batches.setdefault((card.face.family, step), []).append(rect)
        for (family, step), rects in batches.items():
            painter.setBrush(plain_fill(family, step, heat is not None))
            painter.drawRects(rects)

    def _fit(self) -> tuple[float, float, float]:
        """Return scale and offset that bring the design into the map."""
        area = self._scene.picture.bounds()
        room = 8.0
        if area.isEmpty():
            return 0.05, self.width() / 2, self.height() / 2
        scale = min(
            (self.width() - 2 * room) / area.width(),
            (self.height() - 2 * room) / area.height(),
            0.16,
        )
        middle = area.center()
        return scale, self.width() / 2 - middle.x() * scale, self.height() / 2 - middle.y() * scale

    def _forget(self) -> None:
        self._map = None
        self.update()

    def _go(self, at: QPointF) -> None:
        scale, left, top = self._fitted
        self._view.look_at(QPointF((at.x() - left) / scale, (at.y() - top) / scale))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look where the pointer is."""
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the map anew."""
        self._forget()
