"""Frames: unfolded groups, drawn around their cards with the group's name along the left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from core.network.network import Network
from gui.design.canvas.level import Level, level_at
from gui.design.canvas.picture import Picture, around
from gui.design.canvas.words import card_font
from gui.shell.appearance import colour, current_theme, faded

TITLE, BESIDE, ABOVE, RADIUS = 20.0, 8.0, 6.0, 12.0
"""Width of the upright name, room beside and above the cards, and radius of the corners.

In pixels of the canvas: two frames, one in the other, end before the next card above.
"""


MOST_NESTED = 2
"""Frames within each other: more have no room for their names between two columns of cards."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame in its place.

    Attributes:
        name: Of the group.
        members: Ids of its layers.
        rect: Its outline on the canvas.
    """

    name: str
    members: frozenset[str]
    rect: QRectF

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
    _cut: dict[str, int] = field(default_factory=dict)
    _shown: dict[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)

    def show(self, network: Network, inside: str) -> None:
        """Surround the unfolded groups that are seen; the picture shows the design already."""
        within = f"{inside}." if inside else ""
        names = [g.name for g in network.groups if not g.folded and g.name.startswith(within)]
        around = {name: [o for o in names if name.startswith(f"{o}.")] for name in names}
        names = [name for name in names if len(around[name]) < MOST_NESTED]
        names.sort(key=lambda name: -name.count("."))  # the inner ones come first
        self._cut = {name: len(max(around[name], key=len, default=inside)) for name in names}
        members = _members(network, names)
        self._shown = {}
        for name, ids in members.items():
            cards = [card for id_ in ids if (card := self.picture.card_of(id_))]
            if cards and not any(_holds(card.face.name, name) for card in cards):
                self._shown[name] = frozenset(ids), frozenset(card.face.key for card in cards)

    def all(self) -> list[Frame]:
        """Return the frames where their cards are now, the inner ones first."""
        found: list[Frame] = []
        cards = self.picture.cards
        for name, (members, keys) in self._shown.items():
            area = around([cards[key] for key in keys if key in cards])
            for inner in found:
                if inner.name.startswith(f"{name}."):
                    area = area.united(inner.rect)
            rect = area.adjusted(-TITLE - 4, -ABOVE, BESIDE, ABOVE)
            found.append(Frame(name, members, rect))
        return found

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
        if not self._shown:
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
                shown = frame.name[self._cut[frame.name] :].lstrip(".")
                room = frame.rect.height() - 2 * RADIUS
                cut = metrics.elidedText(shown, Qt.TextElideMode.ElideLeft, room)
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


def _members(network: Network, names: list[str]) -> dict[str, list[str]]:
    """Return the ids of the layers below each prefix."""
    members: dict[str, list[str]] = {name: [] for name in names}
    for node in network.nodes if names else ():
        prefix = node.name.rpartition(".")[0]
        while prefix:
            if prefix in members:
                members[prefix].append(node.id)
            prefix = prefix.rpartition(".")[0]
    return members


def _holds(card: str, group: str) -> bool:
    """Return whether a card of this name stands for a group, or for one around it."""
    return f"{group}.".startswith(f"{card}.")
