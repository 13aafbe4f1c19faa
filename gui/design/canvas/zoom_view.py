"""A view that is zoomed at the pointer and moved by wheel, trackpad and fingers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDropEvent,
    QInputDevice,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QGraphicsView, QPinchGesture, QWidget

from gui.look.appearance import scaled

SMALLEST_ZOOM, LARGEST_ZOOM = 0.01, 4.0
STEP = 1.2
"""By which one notch of the wheel zooms."""


class ZoomView(QGraphicsView):
    """Looks at a scene larger than itself, without scroll bars.

    Attributes:
        top_room: Height at the top that other widgets lie over, in screen pixels.
        pointer: Where the pointer was seen last, in the view.
    """

    zoom_changed = Signal(float)
    """Screen pixels for each of the canvas."""
    view_changed = Signal()
    """Another part of the canvas is in sight."""
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.top_room = self._odd = 0
        self.pointer = QPoint(-1, -1)
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(never)
        self.setVerticalScrollBarPolicy(never)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        for flag in (
            QGraphicsView.OptimizationFlag.DontSavePainterState,
            QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing,
        ):
            self.setOptimizationFlag(flag)
        self.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)

    @property
    def zoom(self) -> float:
        """Screen pixels for each of the canvas."""
        return self.transform().m11()

    @property
    def percent(self) -> float:
        """The zoom in percent: 100 is the size of the rest of the window."""
        return 10000 * self.zoom / scaled(100)

    def visible_area(self) -> QRectF:
        """Return the part of the canvas that is in sight."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def on_screen(self, area: QRectF) -> QRect:
        """Return where in the view a rectangle of the canvas is."""
        return self.mapFromScene(area).boundingRect()

    def pointer_or_middle(self) -> QPoint:
        """Return where in the view the pointer is, or the middle while it is elsewhere."""
        room = self.viewport().rect()
        return self.pointer if self.underMouse() and room.contains(self.pointer) else room.center()

    def zoom_to(self, percent: float) -> None:
        """Zoom at the middle; 100 is the size of the rest of the window."""
        middle = QPointF(self.viewport().rect().center())
        self.zoom_at(middle, percent / 100 * scaled(100) / 100)

    def zoom_in(self) -> None:
        """Zoom in a step at the middle."""
        self.zoom_to(self.percent * STEP)

    def zoom_out(self) -> None:
        """Zoom out a step at the middle."""
        self.zoom_to(self.percent / STEP)

    def full_size(self) -> None:
        """Show cards as large as the rest of the window's text."""
        self.zoom_to(100)

    def zoom_at(self, point: QPointF, zoom: float) -> None:
        """Zoom so that what is at a point of the view stays there."""
        zoom = min(LARGEST_ZOOM, max(SMALLEST_ZOOM, zoom))
        if zoom == self.zoom:
            return
        fixed = self.mapToScene(point.toPoint())
        self.resetTransform()
        self.scale(zoom, zoom)
        away = self.mapFromScene(fixed) - point.toPoint()
        self.pan_by(away.x(), away.y())
        self.zoom_changed.emit(zoom)

    def pan_by(self, right: int, down: int) -> None:
        """Move what is in sight by screen pixels."""
        across, along = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + right)
        along.setValue(along.value() + down)
        self.view_changed.emit()

    def look_at(self, middle: QPointF) -> None:
        """Bring a point of the canvas into the middle."""
        self.centerOn(middle)
        self.view_changed.emit()

    def show_area(self, area: QRectF) -> None:
        """Bring a rectangle of the canvas into sight, no larger than full size."""
        room = self.viewport().size()
        height = max(1, room.height() - self.top_room)
        zoom = min(room.width() / area.width(), height / area.height(), scaled(100) / 100)
        self.zoom_at(QPointF(0, 0), zoom)
        self.look_at(area.center() - QPointF(0, self.top_room / 2 / zoom))

    def show_top(self, area: QRectF, percent: float) -> None:
        """Bring a rectangle to the upper edge, not smaller than now, and no wider than the view."""
        wide = self.viewport().width() / area.width()
        zoom = max(self.zoom, min(wide, percent / 100 * scaled(100) / 100))
        self.zoom_at(QPointF(0, 0), zoom)
        below = (self.viewport().height() / 2 - self.top_room) / zoom
        self.look_at(QPointF(area.center().x(), area.top() + below))

    def bring(self, area: QRectF) -> None:
        """Bring a rectangle of the canvas into sight, if it is not."""
        if not self.visible_area().contains(area):
            self.look_at(area.center())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with a mouse's wheel, pan with two fingers."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if not held and _by_fingers(event):
            way = _way(event)
            self.pan_by(-way.x(), -way.y())
        else:
            turned = event.angleDelta().y() or event.angleDelta().x()
            self.zoom_at(event.position(), self.zoom * STEP ** (turned / 120))
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Follow the pointer; zoom with two fingers that part, on a trackpad or on the screen."""
        if isinstance(event, QMouseEvent | QDropEvent):
            self.pointer = event.position().toPoint()
        pinch = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == pinch:
            self.zoom_at(event.position(), self.zoom * (1 + event.value()))
            return True
        if isinstance(event, QGestureEvent):
            found = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(found, QPinchGesture):
                self.zoom_at(found.centerPoint(), self.zoom * found.scaleFactor())
                return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is in the middle between left and right there, and what is at the top."""
        super().resizeEvent(event)
        if event.oldSize().isValid():
            narrower = event.oldSize().width() - event.size().width() + self._odd
            self._odd = narrower % 2  # pulling a divider comes pixel by pixel
            self.pan_by(narrower // 2, 0)
        self.resized.emit()
        self.view_changed.emit()


def _by_fingers(event: QWheelEvent) -> bool:
    """Return whether a trackpad scrolls, not the wheel of a mouse."""
    begun = event.phase() != Qt.ScrollPhase.NoScrollPhase
    return begun or event.pointingDevice().type() == QInputDevice.DeviceType.TouchPad


def _way(event: QWheelEvent) -> QPoint:
    """Return how far to scroll in screen pixels; an eighth of a degree is a third of one."""
    if not event.pixelDelta().isNull():
        return event.pixelDelta()
    return QPoint(event.angleDelta().x() // 3, event.angleDelta().y() // 3)
