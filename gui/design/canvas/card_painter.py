"""Paints cards: in full, without words, or as plain rectangles, by the zoom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap, QStaticText, QTransform

from core.network.card_size import CARD_HEIGHT, CARD_WIDTH
from gui.design.canvas.faces import Face
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
            self._paint_plain(painter, cards)
        elif level is Level.FULL:
            self._paint_full(painter, cards, scale)
        else:
            self._paint_plates(painter, cards, scale)
            if level is Level.NAME:
                _names(painter, cards)

    def _paint_full(self, painter: QPainter, cards: list[Card], scale: float) -> None:
        """Paint one card after the other, so that what lies on top hides all that is below."""
        view = painter.worldTransform()
        ratio = painter.device().devicePixelRatio()
        heat = self.marks.heat or {}
        for card in cards:
            self._paint_plates(painter, [card], scale)
            _icons(painter, card, view, scale, ratio)
            _words(painter, card, heat.get(card.face.key, 0.0) > 0.2)

    def _paint_plates(self, painter: QPainter, cards: list[Card], scale: float) -> None:
        """Paint the backs of cards, each from the picture of its look."""
        view, whole = painter.worldTransform(), QTransform()
        ratio = painter.device().devicePixelRatio()
        left, top = view.dx() - MARGIN * scale, view.dy() - MARGIN * scale
        ready: dict[Look, QPixmap] = {}
        painter.setWorldTransform(whole)
        for card in cards:
            look = self._look(card)
            back = ready.get(look)
            if back is None:
                back = ready[look] = plate(look, scale, ratio)
            painter.drawPixmap(round(card.left * scale + left), round(card.top * scale + top), back)
        painter.setWorldTransform(view)

    def _look(self, card: Card) -> Look:
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

    def _paint_plain(self, painter: QPainter, cards: list[Card]) -> None:
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


def _words(painter: QPainter, card: Card, hot: bool) -> None:
    """Write name and kind at the top and the numbers below them."""
    face, theme = card.face, current_theme().name
    left, right = card.left + STRIPE + PADDING - 2, card.right - PADDING
    room = right - left
    second = "text" if hot else "muted"
    marks = (MARK_SIDE + 4) * len(face.marks)
    corner = _corner(face, room - marks, theme)
    _title(painter, card, left, room - corner.room - marks, theme)
    if face.problem:
        below, role = _fitting(face.problem, "small", room, theme), "error"
    else:
        number = _line(face.count, "small", theme)
        below, role = _fitting(face.output, "mono", room - number.room, theme), "text"
        role = "muted" if face.bypassed else role
        _at_right(painter, number, right, card.top + LINE_TOP, second)
    painter.setPen(colour(role))
    painter.setFont(below.font)
    painter.drawStaticText(QPointF(left, card.top + LINE_TOP), below.text)
    if face.corner:
        _at_right(painter, corner, right - marks, card.top + TITLE_TOP, second)


def _corner(face: Face, room: float, theme: str) -> _Line:
    """Return how many layers a group has: with the word where the title leaves room for it."""
    if not face.group:
        return _line("", "small", theme)
    name, kind = face.title
    title = _line(name, "title", theme).width
    title += _line(f" · {kind}", "plain", theme).width if kind else 0.0
    wordy = _line(face.corner_words, "small", theme)
    return wordy if title + wordy.room <= room else _line(face.corner, "small", theme)


def _title(painter: QPainter, card: Card, left: float, room: float, theme: str) -> None:
    """Write the name, and the kind behind it as far as there is room."""
    (name, kind), top = card.face.title, card.top + TITLE_TOP
    first = _fitting(name, "title", room, theme)
    painter.setPen(colour("muted" if card.face.bypassed else "text"))
    painter.setFont(first.font)
    painter.drawStaticText(QPointF(left, top), first.text)
    if kind and room - first.width > 30:
        second = _fitting(f" · {kind}", "plain", room - first.width, theme)
        painter.setFont(second.font)
        painter.drawStaticText(QPointF(left + first.width, top), second.text)


def _names(painter: QPainter, cards: list[Card]) -> None:
    """Write the names alone, in large letters."""
    theme = current_theme().name
    room = CARD_WIDTH - STRIPE - PADDING - 6
    down = (CARD_HEIGHT - QFontMetricsF(card_font("large", theme)).height()) / 2
    painter.setFont(card_font("large", theme))
    for role, said in (
        ("text", [card for card in cards if not card.face.problem and not card.face.bypassed]),
        ("muted", [card for card in cards if card.face.bypassed and not card.face.problem]),
        ("error", [card for card in cards if card.face.problem]),
    ):
        painter.setPen(colour(role))
        for card in said:
            words = _fitting(card.face.brief, "large", room, theme).text
            painter.drawStaticText(
                QPointF(card.left + STRIPE + PADDING - 2, card.top + down), words
            )


def _at_right(painter: QPainter, line: _Line, right: float, top: float, role: str) -> None:
    painter.setPen(colour(role))
    painter.setFont(line.font)
    painter.drawStaticText(QPointF(right - line.width, top), line.text)


def _icons(painter: QPainter, card: Card, view: QTransform, scale: float, ratio: float) -> None:
    """Draw the marks at the top right: a note, frozen weights."""
    if not card.face.marks:
        return
    right = card.right - PADDING
    painter.setWorldTransform(QTransform())
    for name in card.face.marks:
        right -= MARK_SIDE
        place = view.map(QPointF(right, card.top + TITLE_TOP + 1))
        picture = mark(name, "muted", MARK_SIDE * scale, ratio)
        painter.drawPixmap(QPoint(round(place.x()), round(place.y())), picture)
        right -= 4
    painter.setWorldTransform(view)


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
        "plain": (13, False, False),
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
