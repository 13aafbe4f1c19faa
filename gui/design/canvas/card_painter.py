"""Paints cards: in full, without words, or as plain rectangles, by the zoom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QStaticText, QTransform

from gui.design.canvas.level import Level, level_at
from gui.design.canvas.picture import Card, Picture
from gui.design.canvas.plates import (
    HEAT_STEPS,
    MARGIN,
    STRIPE,
    Look,
    mark,
    plain_fill,
    plate,
)
from gui.shell.appearance import colour, current_theme, sized_font

PADDING = 12.0
"""From the stripe, and from the right edge, to the words; pixels of the canvas."""

TITLE_TOP, LINE_TOP = 9.0, 31.0
MARK_SIDE = 13.0


@dataclass(slots=True)
class Marks:
    """What is shown of cards besides what they say.

    Attributes:
        selected: Keys of the selected cards.
        focus: Key of the card that the keyboard is at, or "".
        lit: Keys of cards that a gesture may end at.
        faint: Keys of cards that are not meant now.
        heat: A share of 0…1 by key; None: no heat is shown.
    """

    selected: Collection[str] = ()
    focus: str = ""
    lit: Collection[str] = ()
    faint: Collection[str] = ()
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
        level = level_at(scale)
        if level is Level.PLAIN:
            self._paint_plain(painter, cards, scale)
            return
        view = painter.worldTransform()
        ratio = painter.device().devicePixelRatio()
        left, top = view.dx() - MARGIN * scale, view.dy() - MARGIN * scale
        whole = QTransform()
        for card in cards:
            painter.setWorldTransform(whole)
            place = QPoint(round(card.left * scale + left), round(card.top * scale + top))
            painter.drawPixmap(place, plate(self._look(card), scale, ratio))
            if level is Level.FULL:
                _icons(painter, card, view, scale, ratio)
            if level >= Level.NAME:
                painter.setWorldTransform(view)
                _words(painter, card) if level is Level.FULL else _name(painter, card)
        painter.setWorldTransform(view)

    def _look(self, card: Card) -> Look:
        face, marks = card.face, self.marks
        chosen = face.key in marks.selected
        edge = "error" if face.problem else "accent" if chosen else "border"
        ring = "accent" if chosen else "ok" if face.key in marks.lit else ""
        if face.key in marks.lit:
            edge = "ok"
        if face.key == marks.focus and not ring:
            ring = "muted"
        heat = 0
        if marks.heat is not None:
            heat = round(HEAT_STEPS * marks.heat.get(face.key, 0.0))
        faint = face.key in marks.faint
        return Look(face.family, face.width, face.height, edge, heat, ring, face.group, faint)

    def _paint_plain(self, painter: QPainter, cards: list[Card], scale: float) -> None:
        """Paint rectangles, those of one colour in one go."""
        marks = self.marks
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        batches: dict[tuple[str, int], list[QRectF]] = {}
        shown = marks.heat is not None
        for card in cards:
            heat = round(HEAT_STEPS * marks.heat.get(card.face.key, 0.0)) if marks.heat else 0
            batches.setdefault((card.face.family, heat), []).append(card.rect)
        for (family, heat), rects in batches.items():
            painter.setBrush(plain_fill(family, heat, shown))
            painter.drawRects(rects)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for role, chosen in (
            ("error", [c.rect for c in cards if c.face.problem]),
            ("accent", [c.rect for c in cards if c.face.key in marks.selected]),
            ("ok", [c.rect for c in cards if c.face.key in marks.lit]),
        ):
            if chosen:
                pen = QPen(colour(role), 2.0)
                pen.setCosmetic(True)
                painter.setPen(pen)
                painter.drawRects(chosen)


def _words(painter: QPainter, card: Card) -> None:
    """Write the name at the top and the numbers below it."""
    face, theme = card.face, current_theme().name
    left, right = card.left + STRIPE + PADDING - 2, card.right - PADDING
    room = right - left
    corner = _line(face.corner, "small", theme)
    title = _fitting(face.title, "title", room - (corner.room or face.mark_room), theme)
    painter.setPen(colour("text"))
    painter.setFont(title.font)
    painter.drawStaticText(QPointF(left, card.top + TITLE_TOP), title.text)
    if face.problem:
        below, role = _fitting(face.problem, "mono", room, theme), "error"
    else:
        count = _line(face.count, "small", theme)
        below, role = _fitting(face.output, "mono", room - count.room, theme), "text"
        _at_right(painter, count, right, card.top + LINE_TOP)
    painter.setPen(colour(role))
    painter.setFont(below.font)
    painter.drawStaticText(QPointF(left, card.top + LINE_TOP), below.text)
    if face.corner:
        shift = face.mark_room
        _at_right(painter, corner, right - shift, card.top + TITLE_TOP)


def _name(painter: QPainter, card: Card) -> None:
    """Write the name alone, in large letters."""
    face = card.face
    left = card.left + STRIPE + PADDING - 2
    line = _fitting(face.short, "large", card.right - left - 4, current_theme().name)
    painter.setPen(colour("error" if face.problem else "text"))
    painter.setFont(line.font)
    height = line.text.size().height()
    painter.drawStaticText(QPointF(left, (card.top + card.bottom - height) / 2), line.text)


def _at_right(painter: QPainter, line: _Line, right: float, top: float) -> None:
    painter.setPen(colour("muted"))
    painter.setFont(line.font)
    painter.drawStaticText(QPointF(right - line.width, top), line.text)


def _icons(painter: QPainter, card: Card, view: QTransform, scale: float, ratio: float) -> None:
    """Draw the marks at the top right: a note, frozen weights."""
    right = card.right - PADDING
    for name in card.face.marks:
        right -= MARK_SIDE
        place = view.map(QPointF(right, card.top + TITLE_TOP + 1))
        picture = mark(name, "muted", MARK_SIDE * scale, ratio)
        painter.drawPixmap(QPoint(round(place.x()), round(place.y())), picture)
        right -= 4


@dataclass(frozen=True, slots=True)
class _Line:
    """Words made ready for painting.

    Attributes:
        room: Their width with a gap, in pixels of the canvas; 0 for none.
    """

    text: QStaticText
    font: QFont
    width: float

    @property
    def room(self) -> float:
        return self.width + 8 if self.width else 0.0


@lru_cache(maxsize=16)
def card_font(role: str, _theme: str) -> QFont:
    """Return the font of a part of a card, in pixels of the canvas."""
    size, bold, mono = {
        "title": (13, True, False),
        "mono": (12, False, True),
        "small": (12, False, False),
        "large": (22, False, False),
    }[role]
    font = sized_font(size, bold=bold, mono=mono)
    font.setPixelSize(size)  # the view's zoom enlarges it with the system's font
    return font


@lru_cache(maxsize=8192)
def _line(words: str, role: str, theme: str) -> _Line:
    font = card_font(role, theme)
    text = QStaticText(words)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    text.prepare(QTransform(), font)
    return _Line(text, font, QFontMetricsF(font).horizontalAdvance(words))


@lru_cache(maxsize=8192)
def _fitting(words: str, role: str, room: float, theme: str) -> _Line:
    """Return words cut so that they fit into a width."""
    metrics = QFontMetricsF(card_font(role, theme))
    return _line(metrics.elidedText(words, Qt.TextElideMode.ElideRight, room), role, theme)
