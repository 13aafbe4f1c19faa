"""The canvas: the design as cards and wires, and the pointer and keys that work on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QInputDevice,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsView, QWidget

from core.errors import LayerloomError
from core.network.network import Edge, Network
from core.network.palette import PALETTE
from gui.design.canvas.adding import added
from gui.design.canvas.dropping import DropLayer, dragged_entry
from gui.design.canvas.gesture import Gesture, Pointer
from gui.design.canvas.gestures import gesture_for
from gui.design.canvas.hints import NOTHING, Hints
from gui.design.canvas.picture import Picture, Wire, WireKey, around, grown
from gui.design.canvas.scene import DesignScene
from gui.design.canvas.search_context import SearchContext
from gui.design.canvas.shown import placed
from gui.design.document import Document
from gui.shell.appearance import scaled
from gui.shell.session import Session

SMALLEST_ZOOM, LARGEST_ZOOM = 0.01, 4.0
STEP = 1.2
"""By which one notch of the wheel zooms."""


class DesignCanvas(QGraphicsView):
    """Shows a document's design, to be looked at and drawn.

    Args:
        document: Whose design.
        session: The window's state.
        parent: Its parent.

    Attributes:
        document: Whose design.
        scene_: What is painted.
        focus: Key of the card that the keyboard is at, or "".
    """

    search_wanted = Signal(QPoint, object)
    """A layer is looked for: where on the screen, and the `SearchContext`."""
    zoom_changed = Signal(float)
    view_changed = Signal()
    """Another part of the canvas is in sight."""

    def __init__(self, document: Document, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.session = session
        self.focus = ""
        self.scene_ = DesignScene(document)
        self._gesture: Gesture | None = None
        self._drop: DropLayer | None = None
        self._button = Qt.MouseButton.NoButton
        self._space = self._panned = False
        self._set_up()
        self.setScene(self.scene_)
        self.set_zoom(1.0)
        document.reveal_requested.connect(self.reveal)
        document.inside_changed.connect(self.fit)
        session.appearance.changed.connect(self._dress)

    def _set_up(self) -> None:
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Design"))
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
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)

    @property
    def picture(self) -> Picture:
        """What is drawn, and where."""
        return self.scene_.picture

    @property
    def zoom(self) -> float:
        """Screen pixels for each of the canvas."""
        return self.transform().m11()

    # What is in sight

    def visible_area(self) -> QRectF:
        """Return the part of the canvas that is in sight."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def set_zoom(self, percent: float) -> None:
        """Zoom at the middle; 1.0 is the size of the rest of the window."""
        self.zoom_at(QPointF(self.viewport().rect().center()), percent * scaled(100) / 100)

    def zoom_to(self, percent: float) -> None:
        """Zoom to so many percent."""
        self.set_zoom(percent / 100)

    def zoom_at(self, point: QPointF, zoom: float) -> None:
        """Zoom so that what is at a point of the view stays there."""
        zoom = min(LARGEST_ZOOM, max(SMALLEST_ZOOM, zoom))
        fixed = self.mapToScene(point.toPoint())
        self.resetTransform()
        self.scale(zoom, zoom)
        away = self.mapFromScene(fixed) - point.toPoint()
        self.pan_by(away.x(), away.y())
        self.zoom_changed.emit(zoom)

    def pan_by(self, right: int, down: int) -> None:
        """Move what is in sight by screen pixels."""
        for bar, by in (
            (self.horizontalScrollBar(), right),
            (self.verticalScrollBar(), down),
        ):
            bar.setValue(bar.value() + by)
        self.view_changed.emit()

    def fit(self) -> None:
        """Bring the whole design into sight, no larger than full size."""
        self._show_area(self.picture.bounds())

    def frame_selection(self) -> None:
        """Bring what is selected into sight; the whole design if nothing is."""
        self._show_area(around(self.scene_.selected_cards()))

    def _show_area(self, area: QRectF) -> None:
        area = area if area.isValid() else self.picture.bounds()
        area = grown(area, 32) if area.isValid() else QRectF(-200, -200, 400, 400)
        room = self.viewport().size()
        zoom = min(room.width() / area.width(), room.height() / area.height())
        self.zoom_at(QPointF(0, 0), min(zoom, scaled(100) / 100))
        self.centerOn(area.center())
        self.view_changed.emit()

    def reveal(self, node_id: str) -> None:
        """Bring a layer's card into sight, and the keyboard to it."""
        card = self.picture.card_of(node_id)
        if card is None:
            return
        self.focus_card(card.face.key)
        if not self.visible_area().contains(card.rect):
            self.centerOn(card.rect.center())
            self.view_changed.emit()

    # What gestures and keys use

    def show_hints(self, hints: Hints = NOTHING) -> None:
        """Show what belongs to a gesture."""
        self.scene_.show_hints(hints, self.zoom)

    def light_wires(self, keys: Iterable[WireKey]) -> None:
        """Light up the wire a layer would be put into."""
        self.scene_.mark_wires(selected=keys)

    def select_wires(self, keys: Iterable[WireKey]) -> None:
        """Select wires, by their keys."""
        self.scene_.mark_wires(selected=keys)

    def focus_card(self, key: str) -> None:
        """Bring the keyboard to a card, by its key."""
        self.focus = key
        self.scene_.mark_cards(focus=key if self.hasFocus() else "")

    def placed(self) -> Network:
        """Return the design with a place for every card that is seen."""
        return placed(self.document.network, self.document.inside)

    def single_edge(self, wire: Wire) -> Edge | None:
        """Return the one wire of the network that a drawn one stands for, or None if several."""
        edges = self.scene_.edges_of(wire.key)
        return edges[0] if len(edges) == 1 else None

    def change(self, network: Network, text: str, merge: str = "") -> None:
        """Make a network the design, as one step."""
        self.document.change(network, text, merge)

    def tell(self, error: LayerloomError) -> None:
        """Say why something cannot be done."""
        self.session.notices.tell_error(error)

    def add_entry(self, name: str, context: SearchContext) -> None:
        """Add what the palette holds where it is wanted, as one step, and select it.

        Args:
            name: Of the palette's entry.
            context: Where it goes and what it is wired to.
        """
        try:
            network, ids = added(self.placed(), name, context, self.document)
        except LayerloomError as error:
            self.tell(error)
            return
        title = PALETTE[name].title
        self.change(network, self.tr("Add {0}").format(title))
        self.document.select(ids)
        self.reveal(ids[-1])

    def ask(self, screen: QPoint, context: SearchContext) -> None:
        """Ask for a layer to add."""
        self.search_wanted.emit(self.viewport().mapToGlobal(screen), context)

    # Qt's events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        if self._gesture is not None:
            return
        pointer = self._pointer(event)
        self._gesture = gesture_for(self, pointer, event.button(), space=self._space)
        if self._gesture is not None:
            self._panned = True
            self._button = event.button()
            if self._gesture.cursor is not None:
                self.viewport().setCursor(self._gesture.cursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture."""
        if self._gesture is not None:
            self._gesture.update(self._pointer(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture."""
        if self._gesture is not None and event.button() == self._button:
            gesture, self._gesture = self._gesture, None
            self.viewport().unsetCursor()
            gesture.finish(self._pointer(event))

    def _pointer(self, event: QMouseEvent) -> Pointer:
        screen = event.position().toPoint()
        return Pointer(self.mapToScene(screen), screen, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Enter a group, or look for a layer."""
        pointer = self._pointer(event)
        if event.button() != Qt.MouseButton.LeftButton:
            self.mousePressEvent(event)
            return
        card = self.picture.card_at(pointer.at)
        if card is None:
            self.ask(pointer.screen, self.context_at(pointer.at))
        elif card.face.group:
            self.document.enter(card.face.name)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with a card, or look for a layer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return
        at = self.mapToScene(event.pos())
        card = self.picture.card_at(at)
        if card is None:
            self.ask(event.pos(), self.context_at(at))

    def context_at(self, at: QPointF) -> SearchContext:
        """Return what a search at a point of the canvas is for: in a wire, or by itself."""
        wire = self.picture.wire_at(at, 6.0 / min(1.0, self.zoom))
        edge = self.single_edge(wire) if wire else None
        return SearchContext((at.x(), at.y()), edge=edge)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with a mouse's wheel, pan with two fingers."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if not held and _by_fingers(event):
            way = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 4
            self.pan_by(-way.x(), -way.y())
        else:
            self.zoom_at(event.position(), self.zoom * STEP ** (event.angleDelta().y() / 120))
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom with two fingers that part."""
        pinch = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == pinch:
            self.zoom_at(event.position(), self.zoom * (1 + event.value()))
            return True
        return super().viewportEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what the palette holds."""
        name = dragged_entry(event.mimeData())
        if not name:
            event.ignore()
            return
        self._drop = DropLayer(self, self._drop_pointer(event), name)
        event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        if self._drop is not None:
            self._drop.update(self._drop_pointer(event))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show nothing any more."""
        if self._drop is not None:
            self._drop.cancel()
            self._drop = None

    def dropEvent(self, event: QDropEvent) -> None:
        """Add it."""
        if self._drop is not None:
            drop, self._drop = self._drop, None
            drop.finish(self._drop_pointer(event))
            event.acceptProposedAction()

    def _drop_pointer(self, event: QDropEvent) -> Pointer:
        screen = event.position().toPoint()
        return Pointer(self.mapToScene(screen), screen, event.modifiers())

    def _dress(self) -> None:
        self.viewport().update()


def _by_fingers(event: QWheelEvent) -> bool:
    """Return whether a trackpad scrolls, not the wheel of a mouse."""
    pad = QInputDevice.DeviceType.TouchPad
    begun = event.phase() != Qt.ScrollPhase.NoScrollPhase
    return begun or event.pointingDevice().type() == pad
