"""Paints cards: in full, without words, or as plain rectangles, by the zoom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QTransform

from gui.design.canvas.painting.captions import (
    MARK_GAP,
    MARK_SIDE,
    RIGHT,
    TITLE_TOP,
    Caption,
    captions,
    large_name,
)
from gui.design.canvas.painting.level import Level, level_at
from gui.design.canvas.painting.picture import DrawnCard, Picture
from gui.design.canvas.painting.plates import (
    HEAT_STEPS,
    MARGIN,
    Look,
    mark,
    plain_fill,
    plate,
)
from gui.design.canvas.painting.words import letter_scale
from gui.look.appearance import colour, current_theme

HOT = 0.2
"""Heat from which on muted words could not be read."""


@dataclass(slots=True)
class Marks:
    """What is shown of cards besides what they say.

    Attributes:
        selected: Keys of the selected cards.
        focus: Key of the card that the keyboard is at, or "".
        lit: Keys of cards that a gesture may end at.
        faint: Keys of cards that are not meant now.
        held: Keys of cards that are dragged: they lie on top.
        heat: A share of 0…1 by key; None: no heat is shown.
    """

    selected: Collection[str] = ()
    focus: str = ""
    lit: Collection[str] = ()
    faint: Collection[str] = ()
    held: Collection[str] = ()
    heat: Mapping[str, float] | None = None


@dataclass(slots=True)
class CardPainter:
    """Paints the cards of a picture.

    Attributes:
        picture: What is painted.
        marks: What is shown of it besides.
    """

    picture: Picture
    marks: Marks = field(default_factory=Marks)

    def paint(self, painter: QPainter, exposed: QRectF, scale: float) -> None:
        """Paint the cards that reach into a rectangle of the canvas."""
        room = MARGIN
        cards = list(self.picture.cards_in(exposed.adjusted(-room, -room, room, room)))
        if held := self.marks.held:
            cards.sort(key=lambda card: card.face.key in held)
        level = level_at(scale)
        if level is Level.PLAIN:
            self._paint_plain(painter, cards)
        elif level is Level.FULL:
            self._paint_full(painter, cards, scale)
        else:
            self._paint_plates(painter, cards, scale)
            if level is Level.NAME:
                self._paint_names(painter, cards, scale)

    def _paint_full(self, painter: QPainter, cards: list[DrawnCard], scale: float) -> None:
        """Paint one card after the other, so that what lies on top hides all that is below."""
        view, screen = painter.worldTransform(), QTransform()
        stamp, writer = _Stamp(painter, view, scale), _Writer(painter, view, scale)
        heat, theme = self.marks.heat or {}, current_theme().name
        for card in cards:
            painter.setWorldTransform(screen)
            stamp.back(card, self._look(card))
            stamp.icons(card)
            painter.setWorldTransform(writer.paper)
            hot = heat.get(card.face.key, 0.0) > HOT
            writer.write(card, captions(card.face, theme, hot=hot))
        painter.setWorldTransform(view)

    def _paint_plates(self, painter: QPainter, cards: list[DrawnCard], scale: float) -> None:
        """Paint the backs of cards."""
        view = painter.worldTransform()
        stamp = _Stamp(painter, view, scale)
        painter.setWorldTransform(QTransform())
        for card in cards:
            stamp.back(card, self._look(card))
        painter.setWorldTransform(view)

    def _paint_names(self, painter: QPainter, cards: list[DrawnCard], scale: float) -> None:
        """Write the names alone, in large letters."""
        view, theme = painter.worldTransform(), current_theme().name
        writer = _Writer(painter, view, scale)
        painter.setWorldTransform(writer.paper)
        for card in cards:
            writer.write(card, large_name(card.face, theme))
        painter.setWorldTransform(view)

    def _look(self, card: DrawnCard) -> Look:
        """Return how the back of a card looks; a tuple, since it is made for each card."""
        face, marks = card.face, self.marks
        key = face.key
        edge, ring = "border", ""
        if key in marks.selected:
            edge = ring = "accent"
        elif key == marks.focus:
            ring = "muted"
        if face.problem:
            edge = "error"
        if key in marks.lit:
            edge = ring = "ok"
        heat = round(HEAT_STEPS * marks.heat.get(key, 0.0)) if marks.heat is not None else 0
        faint = key in marks.faint
        return Look(face.family, edge, heat, ring, face.group, faint, face.bypassed)

    def _paint_plain(self, painter: QPainter, cards: list[DrawnCard]) -> None:
        """Paint rectangles, those of one colour in one go."""
        marks = self.marks
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        batches: dict[tuple[str, int], list[QRectF]] = {}
        shown = marks.heat is not None
        for card in cards:
            if card.face.bypassed:
                continue
            heat = round(HEAT_STEPS * marks.heat.get(card.face.key, 0.0)) if marks.heat else 0
            batches.setdefault((card.face.family, heat), []).append(card.rect)
        for (family, heat), rects in batches.items():
            painter.setBrush(plain_fill(family, heat, shown))
            painter.drawRects(rects)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for role, chosen in (
            ("muted", [c.rect for c in cards if c.face.bypassed]),
            ("error", [c.rect for c in cards if c.face.problem]),
            ("accent", [c.rect for c in cards if c.face.key in marks.selected]),
            ("ok", [c.rect for c in cards if c.face.key in marks.lit]),
        ):
            if chosen:
                pen = QPen(colour(role), 2.0)
                pen.setCosmetic(True)
                painter.setPen(pen)
                painter.drawRects(chosen)


class _Stamp:
    """Draws prepared pictures at whole pixels of the screen, so that they stay sharp.

    Args:
        painter: What it draws with; its transform is to be that of the screen.
        view: From the canvas to the screen.
        scale: Screen pixels for each of the canvas.
    """

    def __init__(self, painter: QPainter, view: QTransform, scale: float) -> None:
        self._painter, self._scale = painter, scale
        self._right, self._down = view.dx(), view.dy()
        self._ratio = painter.device().devicePixelRatio()
        self._backs: dict[Look, QPixmap] = {}

    def back(self, card: DrawnCard, look: Look) -> None:
        """Draw the back of a card."""
        picture = self._backs.get(look)
        if picture is None:
            picture = self._backs[look] = plate(look, self._scale, self._ratio)
        self._put(card.left - MARGIN, card.top - MARGIN, picture)

    def icons(self, card: DrawnCard) -> None:
        """Draw the marks at the top right: a note, frozen weights."""
        right = card.left + RIGHT
        for name in card.face.marks:
            picture = mark(name, "muted", MARK_SIDE * self._scale, self._ratio)
            self._put(right - MARK_SIDE, card.top + TITLE_TOP + 1, picture)
            right -= MARK_SIDE + MARK_GAP

    def _put(self, left: float, top: float, picture: QPixmap) -> None:
        scale = self._scale
        across, along = round(left * scale + self._right), round(top * scale + self._down)
        self._painter.drawPixmap(across, along, picture)


class _Writer:
    """Writes captions on cards.

    Args:
        painter: What it writes with; its transform is to be `paper`.
        view: From the canvas to the screen.
        scale: Screen pixels for each of the canvas.

    Attributes:
        paper: From where letters are placed to the screen.
    """

    def __init__(self, painter: QPainter, view: QTransform, scale: float) -> None:
        self._painter = painter
        self._inks = {role: QPen(colour(role)) for role in ("text", "muted", "error")}
        self._role = ""
        letters = letter_scale(scale)
        self._stretch = scale / letters
        self.paper = QTransform(letters, 0.0, 0.0, letters, view.dx(), view.dy())

    def write(self, card: DrawnCard, captions: tuple[Caption, ...]) -> None:
        """Write those of a card."""
        painter, stretch = self._painter, self._stretch
        for words, left, top, role in captions:
            if role != self._role:
                painter.setPen(self._inks[role])
                self._role = role
            at = QPointF((card.left + left) * stretch, (card.top + top) * stretch)
            for run in words.glyphs:
                painter.drawGlyphRun(at, run)
