"""A regression test for the libraries underneath."""

from __future__ import annotations

import sys

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QGraphicsView


class Box(QGraphicsItem):
    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, 10, 10)

    def paint(self, painter: QPainter, option, widget=None) -> None:
        painter.drawRect(self.boundingRect())


def test_painting_keeps_the_references_to_none(qtbot, qapp) -> None:
    """PySide6 6.12.0 loses one at every void call on Python 3.11 and ends in a crash."""
    scene = QGraphicsScene()
    for i in range(20):
        box = Box()
        box.setPos(12 * i, 0)
        scene.addItem(box)
    view = QGraphicsView(scene)
    qtbot.addWidget(view)
    view.show()
    target = QPixmap(300, 60)
    before = sys.getrefcount(None)
    for _ in range(200):
        target.fill()
        painter = QPainter(target)
        scene.render(painter)
        painter.end()
    assert sys.getrefcount(None) > before - 400
