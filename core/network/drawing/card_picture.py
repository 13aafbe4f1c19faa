"""The whole network as a picture of its cards, their wires and the frames around them."""

from __future__ import annotations

from msgspec.structs import replace

from core.network.analysis import Analysis
from core.network.drawing.colours import DARK, LIGHT, Colours, family_colour
from core.network.drawing.svg import Drawing, Point, shortened, text_width
from core.network.layout.arrange import arrange
from core.network.layout.routing import Obstacles
from core.network.network import Network, NetworkError
from core.network.view.card_size import (
    BESIDE_WIRE,
    CARD_HEIGHT,
    CARD_WIDTH,
    STUB,
    STUB_BESIDE,
    Position,
)
from core.network.view.cards import Card, Frozen, View, cards, name_and_kind
from core.network.view.group_frames import ABOVE, RADIUS, TITLE, Box, framed_groups, outlines
from core.network.view.stubs import outside_names

PADDING = 16.0
NAME_SIZE = 13.0
SMALLEST = 10.5
"""Long names are written smaller, down to this, before they are cut."""
DETAIL_SIZE = 12.0
CORNER = 12.0
"""Radius of wires' corners."""


def card_picture(
    network: Network, analysis: Analysis, *, dark: bool = False, inside: str = "", title: str = ""
) -> str:
    """Return what is seen of a network as SVG, however large it is.

    Args:
        network: The design.
        analysis: Of it.
        dark: Whether light on dark.
        inside: Name of the group that is entered, or "".
        title: Of the picture, for screen readers.

    Raises:
        NetworkError: There is no layer to draw.
    """
    view = _placed(cards(network, analysis, inside))
    if not view.cards:
        raise NetworkError("There is nothing to draw yet", hint="Add a layer first.")
    colours = DARK if dark else LIGHT
    drawing = Drawing(colours.background)
    _draw_frames(drawing, network, view, colours)
    _draw_wires(drawing, view, colours)
    _draw_stubs(drawing, view, colours)
    for card in view.cards:
        _draw_card(drawing, card, colours, inside)
    return drawing.finished(title or "Network")


def _placed(view: View) -> View:
    """Return the view with a place for every card."""
    if all(card.position is not None for card in view.cards):
        return view
    places = arrange(
        [card.id for card in view.cards], [(wire.source, wire.target) for wire in view.wires]
    )
    placed = tuple(replace(card, position=places[card.id]) for card in view.cards)
    return replace(view, cards=placed)


def _at(card: Card) -> Position:
    assert card.position is not None
    return card.position


def _box(card: Card) -> Box:
    x, y = _at(card)
    right, down = CARD_WIDTH / 2, CARD_HEIGHT / 2
    return x - right, y - down, x + right, y + down


def _draw_frames(drawing: Drawing, network: Network, view: View, colours: Colours) -> None:
    """Draw frames around the cards of unfolded groups, the outer ones first."""
    shown = {id_: card.id for card in view.cards for id_ in card.ids}
    groups = framed_groups(network, view.inside, shown.get, lambda key: view.by_id[key].name)
    boxes = outlines(groups, {card.id: _box(card) for card in view.cards})
    for group in reversed(groups):
        left, top, right, bottom = boxes[group.name]
        drawing.rectangle(
            left,
            top,
            right - left,
            bottom - top,
            rx=RADIUS,
            fill=colours.muted,
            fill_opacity=0.06,
            stroke=colours.border,
        )
        name = shortened(group.label, NAME_SIZE, bottom - top - 2 * RADIUS)
        drawing.upright(left + TITLE - ABOVE, top + RADIUS, name, NAME_SIZE, fill=colours.muted)


def _draw_wires(drawing: Drawing, view: View, colours: Colours) -> None:
    by_id = view.by_id
    ends = []
    for wire in view.wires:
        (x1, y1), (x2, y2) = _at(by_id[wire.source]), _at(by_id[wire.target])
        ends.append(((x1, y1 + CARD_HEIGHT / 2), (x2, y2 - CARD_HEIGHT / 2)))
    obstacles = Obstacles(map(_box, view.cards))
    for (start, end), bends in zip(ends, obstacles.routes(ends), strict=True):
        data = _curve(start, end) if not bends else _rounded([start, *bends, end])
        drawing.path(
            data, [start, *bends, end], fill="none", stroke=colours.muted, stroke_width=1.5
        )


def _draw_stubs(drawing: Drawing, view: View, colours: Colours) -> None:
    """Draw the ends of wires that lead out of the entered group, and where they lead."""
    wired = {(wire.target, True) for wire in view.wires}
    wired |= {(wire.source, False) for wire in view.wires}
    for (key, incoming), names in outside_names(view.stubs).items():
        x, y = _at(view.by_id[key])
        beside = (key, incoming) in wired
        x += BESIDE_WIRE if beside else 0.0
        side, length = -1 if incoming else 1, STUB_BESIDE if beside else STUB
        start, end = (x, y + side * CARD_HEIGHT / 2), (x, y + side * (CARD_HEIGHT / 2 + length))
        drawing.line([start, end], stroke=colours.muted, stroke_width=1.5, stroke_dasharray="6 4")
        drawing.text(end[0] + 8, end[1] + 4, names, DETAIL_SIZE, fill=colours.muted)


def _curve(start: Point, end: Point) -> str:
    (x1, y1), (x2, y2) = start, end
    if abs(x1 - x2) < 0.5:
        return f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"
    middle = (y1 + y2) / 2
    return f"M{x1:.1f} {y1:.1f}C{x1:.1f} {middle:.1f} {x2:.1f} {middle:.1f} {x2:.1f} {y2:.1f}"


def _rounded(points: list[Point] | list[Position]) -> str:
    """Return a path through points with round corners."""
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        into, out = _toward(corner, before), _toward(corner, after)
        parts.append(f"L{into[0]:.1f} {into[1]:.1f}")
        parts.append(f"Q{corner[0]:.1f} {corner[1]:.1f} {out[0]:.1f} {out[1]:.1f}")
    parts.append(f"L{points[-1][0]:.1f} {points[-1][1]:.1f}")
    return "".join(parts)


def _toward(corner: Point, other: Point) -> Point:
    """Return where a round corner begins on the way to another point."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = max((dx * dx + dy * dy) ** 0.5, 1e-6)
    share = min(CORNER / length, 0.5)
    return corner[0] + dx * share, corner[1] + dy * share


def _draw_card(drawing: Drawing, card: Card, colours: Colours, inside: str) -> None:
    left, top, _, _ = _box(card)
    border = colours.error if card.problem else colours.border
    box: dict[str, str | float] = {"rx": 10, "fill": colours.surface, "stroke": border}
    if card.bypassed:
        box |= {"stroke_dasharray": "6 4", "stroke": colours.muted}
    if card.group:  # a second sheet behind it
        drawing.rectangle(left + 5, top + 5, CARD_WIDTH, CARD_HEIGHT, **box)
    drawing.rectangle(left, top, CARD_WIDTH, CARD_HEIGHT, **box)
    drawing.path(
        f"M{left + 6:.1f} {top:.1f}C{left + 2:.1f} {top + 1:.1f} {left:.1f} {top + 4:.1f} "
        f"{left:.1f} {top + 10:.1f}V{top + CARD_HEIGHT - 10:.1f}C{left:.1f} "
        f"{top + CARD_HEIGHT - 4:.1f} {left + 2:.1f} {top + CARD_HEIGHT - 1:.1f} {left + 6:.1f} "
        f"{top + CARD_HEIGHT:.1f}Z",
        [(left, top)],
        fill=family_colour(card.family),
    )
    _write_title(drawing, card, colours, inside)
    _write_result(drawing, card, colours)


def _write_title(drawing: Drawing, card: Card, colours: Colours, inside: str) -> None:
    """Write name and kind, and at the right how many layers a group has and that it is frozen."""
    left, top, right, _ = _box(card)
    start, end = left + PADDING, right - 12
    if card.frozen is Frozen.ALL:
        _draw_frost(drawing, end - 6, top + 18, colours.muted)
        end -= 18
    if card.note:
        _draw_note(drawing, end - 6, top + 18, colours.muted)
        end -= 18
    if card.group:
        layers = f"▸ {card.layers:,}"
        drawing.text(end, top + 23, layers, 11.0, fill=colours.muted, text_anchor="end")
        end -= text_width(layers, 11.0) + 6
    own = card.name.removeprefix(f"{inside}.") if inside else card.name
    name, kind = name_and_kind(own, card.kind)
    title = f"{name} · {kind}" if kind else name
    size = min(NAME_SIZE, max(SMALLEST, NAME_SIZE * (end - start) / text_width(title, NAME_SIZE)))
    shown = shortened(title, size, end - start)
    strong, rest = shown[: len(name)], shown[len(name) :]
    drawing.title(start, top + 23, strong, rest, size, fill=colours.text)


def _write_result(drawing: Drawing, card: Card, colours: Colours) -> None:
    """Write what leaves and how many parameters there are, or what is wrong."""
    left, top, right, _ = _box(card)
    start, end = left + PADDING, right - 12
    if card.problem:
        text = shortened(card.problem.what, DETAIL_SIZE, end - start)
        drawing.text(start, top + 43, text, DETAIL_SIZE, fill=colours.error)
        return
    shape = " × ".join(map(str, card.output or ()))
    mono = {"font_family": "monospace"}
    drawing.text(start, top + 43, shape, DETAIL_SIZE, fill=colours.text, **mono)
    count = f"{card.parameters:,}" if card.parameters else "—"
    count = "bypassed" if card.bypassed else count
    drawing.text(end, top + 43, count, 11.0, fill=colours.muted, text_anchor="end", **mono)


def _draw_frost(drawing: Drawing, x: float, y: float, colour: str) -> None:
    """Draw a small snow crystal: of a frozen layer."""
    for dx, dy in ((0.0, 6.0), (5.2, 3.0), (5.2, -3.0)):
        drawing.line([(x - dx, y - dy), (x + dx, y + dy)], stroke=colour, stroke_width=1.4)


def _draw_note(drawing: Drawing, x: float, y: float, colour: str) -> None:
    """Draw a small sheet with two lines: of a layer with a note."""
    sheet = [(x - 5, y - 6), (x + 5, y - 6), (x + 5, y + 6), (x - 5, y + 6), (x - 5, y - 6)]
    drawing.line(sheet, stroke=colour, stroke_width=1.2)
    for height in (y - 2, y + 2):
        drawing.line([(x - 2.5, height), (x + 2.5, height)], stroke=colour, stroke_width=1.2)
