"""A canvas on the screen with a small design, and hands that work on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from core.network.layers.activation import ReLU
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.merge import Add
from core.network.layout.arrange import arranged
from core.network.network import Builder, Network
from core.network.templates.short_forms import conv
from gui.design.canvas.canvas import DesignCanvas
from gui.look.appearance import Appearance
from gui.owners.designs.document import Document, Origin
from gui.owners.session import Session
from gui.owners.settings import Settings

Key, Modifier, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton
NONE = Modifier.NoModifier


def small_network() -> Network:
    """Return input → conv1 → relu1 → block.conv → block.relu → add (with a skip) → … → output."""
    builder = Builder()
    start = builder.input(3, 32, 32)
    top = builder.chain(start, ("conv1", conv(8, 3, padding=1)), ("relu1", ReLU()))
    inner = builder.chain(top, ("block.conv", conv(8, 3, padding=1)), ("block.relu", ReLU()))
    joined = builder.add("add", Add(), inner, top)
    end = builder.chain(joined, ("flatten", Flatten()), ("fc", Linear(out_features=10)))
    return arranged(builder.network(end))


class Hands:
    """Presses, moves and releases on a canvas as a user does."""

    def __init__(self, canvas: DesignCanvas) -> None:
        self.canvas = canvas
        self.view = canvas.viewport()

    def middle(self, key: str) -> QPoint:
        return self.canvas.mapFromScene(QPointF(*self.canvas.picture.cards[key].middle))

    def out(self, key: str, port: int = 0) -> QPoint:
        return self.canvas.mapFromScene(self.canvas.picture.cards[key].output_port(port))

    def into(self, key: str, port: int = 0) -> QPoint:
        return self.canvas.mapFromScene(self.canvas.picture.cards[key].input_port(port))

    def on_wire(self, source: str, target: str) -> QPoint:
        return self.canvas.mapFromScene(
            self.canvas.picture.wires[source, target].path.pointAtPercent(0.5)
        )

    def empty(self) -> QPoint:
        """Return a point of the ground, far from all cards and wires."""
        bounds = self.canvas.picture.bounds()
        at = self.canvas.mapFromScene(QPointF(bounds.left() - 60, bounds.center().y()))
        assert self.view.rect().contains(at)
        return at

    def press(self, at: QPoint, button=Button.LeftButton, modifier=NONE) -> None:
        QTest.mouseMove(self.view, at)
        QTest.mousePress(self.view, button, modifier, at)

    def move(self, at: QPoint, button=Button.LeftButton, modifier=NONE) -> None:
        """Move with a button held; QTest's own moves hold none."""
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtWidgets import QApplication

        where = QPointF(at), QPointF(self.view.mapToGlobal(at))
        kind = QEvent.Type.MouseMove
        QApplication.sendEvent(
            self.view, QMouseEvent(kind, *where, Button.NoButton, button, modifier)
        )

    def release(self, at: QPoint, button=Button.LeftButton, modifier=NONE) -> None:
        QTest.mouseRelease(self.view, button, modifier, at)

    def drag(self, start: QPoint, end: QPoint, button=Button.LeftButton, modifier=NONE) -> None:
        self.press(start, button, modifier)
        for step in (1, 2, 3, 4):
            self.move(start + (end - start) * step / 4, button, modifier)
        self.release(end, button, modifier)

    def click(self, at: QPoint, modifier=NONE) -> None:
        QTest.mouseClick(self.view, Button.LeftButton, modifier, at)

    def key(self, key, modifier=NONE) -> None:
        QTest.keyClick(self.canvas, key, modifier)


@pytest.fixture
def document(qapp) -> Document:
    made = Document()
    made.open(small_network(), Origin("Small"))
    return made


@pytest.fixture
def session(qapp) -> Iterator[Session]:
    made = Session(Appearance(qapp, "dark"), Settings())
    yield made
    made.close()


@pytest.fixture
def canvas(qtbot, session: Session, document: Document) -> DesignCanvas:
    made = DesignCanvas(document, session)
    qtbot.addWidget(made)
    session.history.follow(document.undo_stack)
    made.resize(1200, 1000)
    made.show()
    qtbot.waitExposed(made)
    made.fit()
    made.setFocus()
    return made


@pytest.fixture
def hands(canvas: DesignCanvas) -> Hands:
    return Hands(canvas)


def edges(document: Document) -> set[tuple[str, str]]:
    """Return the wires by the names at their ends."""
    by_id = document.network.by_id
    return {(by_id[e.source].name, by_id[e.target].name) for e in document.network.edges}


def names(document: Document) -> set[str]:
    """Return the names of all layers."""
    return {node.name for node in document.network.nodes}


def selected(document: Document) -> set[str]:
    """Return the names of the selected layers."""
    return {document.network.by_id[id_].name for id_ in document.selection}
