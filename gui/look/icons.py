"""Icons, drawn from `resources/icons` in the colours of the theme in use when they are painted."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from core.paths import RESOURCES
from gui.look.appearance import colour

ICONS = RESOURCES / "icons"


class ThemedIcon(QIconEngine):
    """Paints an icon file in a colour of the theme, so that a change of theme needs no new icon.

    Args:
        name: The file in `resources/icons`, without its suffix.
        role: The colour's token.
        on_role: The colour's token where the icon's button is checked.
    """

    def __init__(self, name: str, role: str, on_role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role
        self._on_role = on_role

    def clone(self) -> QIconEngine:
        """Return a second engine for the same icon."""
        return ThemedIcon(self._name, self._role, self._on_role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon into the rectangle."""
        role = self._on_role if state == QIcon.State.On else self._role
        if mode == QIcon.Mode.Disabled:
            role = "muted"
        side = min(rect.width(), rect.height())
        square = QRect(QPoint(0, 0), QSize(side, side))
        square.moveCenter(rect.center())
        _renderer(self._name, colour(role).name()).render(painter, QRectF(square))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon as a picture of this size."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap


def icon(name: str, role: str = "text", on_role: str = "") -> QIcon:
    """Return an icon that follows the theme."""
    return QIcon(ThemedIcon(name, role, on_role or role))


def paint_icon(painter: QPainter, name: str, rect: QRectF, role: str = "text") -> None:
    """Draw an icon directly."""
    _renderer(name, colour(role).name()).render(painter, rect)


@lru_cache(maxsize=256)
def _renderer(name: str, hex_colour: str) -> QSvgRenderer:
    source = (ICONS / f"{name}.svg").read_bytes()
    return QSvgRenderer(QByteArray(source.replace(b"currentColor", hex_colour.encode())))
