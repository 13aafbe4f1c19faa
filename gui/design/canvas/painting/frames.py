"""Frames: unfolded groups, drawn around their cards with the group's name along the left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from core.network.network import Network
from core.network.view.group_frames import RADIUS, TITLE, Framed, framed_groups, outlines
from gui.design.canvas.painting.level import Level, level_at
from gui.design.canvas.painting.picture import Picture
from gui.design.canvas.painting.words import card_font
from gui.look.appearance import colour, current_theme, faded

EDGES = attrgetter("left", "top", "right", "bottom")


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame in its place.

    Attributes:
        group: What it surrounds.
        rect: Its outline on the canvas.
    """

    group: Framed
    rect: QRectF

    @property
    def name(self) -> str:
        """Of the group."""
        return self.group.name

    @property
    def members(self) -> frozenset[str]:
        """Ids of its layers."""
        return self.group.members

    @property
    def title(self) -> QRectF:
        """Where its name stands, to be read upwards."""
        return QRectF(self.rect.left(), self.rect.top(), TITLE, self.rect.height())


@dataclass(slots=True)
class Frames:
    """Knows and paints the frames of a picture; they follow their cards, also while dragged.

    Attributes:
        picture: Whose cards they surround.
    """

    picture: Picture
    _groups: tuple[Framed, ...] = field(default=())

    def show(self, network: Network, inside: str) -> None:
        """Surround the unfolded groups that are seen; the picture shows the design already."""
        self._groups = framed_groups(network, inside, self.picture.key_of, self._name_of)

    def all(self) -> list[Frame]:
        """Return the frames where their cards are now, the inner ones first."""
        if not self._groups:
            return []
        drawn = self.picture.cards
        framed = {key for group in self._groups for key in group.cards if key in drawn}
        boxes = outlines(self._groups, {key: EDGES(drawn[key]) for key in framed})
        return [
            Frame(group, QRectF(QPointF(*box[:2]), QPointF(*box[2:])))
            for group in self._groups
            if (box := boxes.get(group.name))
        ]

    def _name_of(self, key: str) -> str:
        return self.picture.cards[key].face.name

    def at(self, point: QPointF) -> Frame | None:
        """Return the frame whose name is at a point."""
        return next((frame for frame in self.all() if frame.title.contains(point)), None)

    def of(self, selection: Iterable[str]) -> Frame | None:
        """Return the frame of which all layers are selected and no others."""
        chosen = frozenset(selection)
        return next((frame for frame in self.all() if frame.members == chosen), None)

    def rects(self) -> dict[str, QRectF]:
        """Return the outlines by name."""
        return {frame.name: frame.rect for frame in self.all()}

    def paint(self, painter: QPainter, exposed: QRectF, scale: float) -> None:
        """Paint the frames that reach into a rectangle, the outer ones first."""
        if not self._groups:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        written = level_at(scale) >= Level.NAME
        theme = current_theme().name
        metrics = QFontMetricsF(card_font("title", theme))
        painter.setFont(card_font("title", theme))
        for frame in reversed(self.all()):
            if not frame.rect.intersects(exposed):
                continue
            pen = QPen(colour("border"), 1.0)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.setBrush(faded("muted", 0.06))
            painter.drawRoundedRect(frame.rect, RADIUS, RADIUS)
            if written:
                room = frame.rect.height() - 2 * RADIUS
                cut = metrics.elidedText(frame.group.label, Qt.TextElideMode.ElideLeft, room)
                _write(painter, frame.title, cut)


def _write(painter: QPainter, title: QRectF, name: str) -> None:
    """Write a name upwards, its end at the top."""
    painter.save()
    painter.translate(title.center())
    painter.rotate(-90)
    painter.setPen(colour("muted"))
    lying = QRectF(-title.height() / 2, -title.width() / 2, title.height(), title.width())
    room = lying.adjusted(RADIUS, 0, -RADIUS, 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)
    painter.restore()
