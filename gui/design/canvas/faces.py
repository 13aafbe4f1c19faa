"""What each card says: its texts, its colour and its marks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from core.network.card_size import CARD_HEIGHT, CARD_WIDTH
from core.network.groups import Card, Frozen
from core.network.layers.layer import Family, Shape
from gui.widgets.numbers import count

DASH = "—"

FAMILY_TOKENS = {
    Family.ENDS: "input_output",
    Family.CONVOLUTION: "convolution",
    Family.POOLING: "pooling",
    Family.NORMALISATION: "normalisation",
    Family.ACTIVATION: "activation",
    Family.FULLY_CONNECTED: "fully_connected",
    Family.MERGE: "merge",
    Family.REARRANGEMENT: "regularisation",
    Family.REGULARISATION: "regularisation",
    Family.OPAQUE: "input_output",
}
"""The theme's colour of each family."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a card says.

    Attributes:
        key: The card's id: a layer's id, or a folded group's name with a dot at its end.
        members: Ids of the layers it stands for.
        name: Of the layer or group.
        short: The name without that of the group around it.
        title: Name and kind.
        output: Shape that leaves.
        count: Parameters.
        corner: What stands at the top right, or "".
        problem: What is wrong, as one sentence, or "".
        family: Its colour, as in `FAMILIES`.
        marks: Icons at the top right.
        inputs: How many wires can arrive.
        outputs: How many outputs it has.
        note: What the user wrote down.
        group: Whether it is a folded group.
    """

    key: str
    members: tuple[str, ...]
    name: str
    short: str
    title: str
    output: str
    count: str
    corner: str
    problem: str
    family: str
    marks: tuple[str, ...]
    inputs: int
    outputs: int
    note: str
    group: bool = False
    width: float = CARD_WIDTH
    height: float = CARD_HEIGHT

    @property
    def mark_room(self) -> float:
        """Width of the marks in pixels of the canvas."""
        return 17.0 * len(self.marks)

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        translate = QCoreApplication.translate
        if self.group:
            layers = translate("Canvas", "%n layer(s)", "", len(self.members))
            text = translate("Canvas", "{0}, group of {1}, output {2}, parameters {3}")
            return text.format(self.title, layers, self.output, self.count)
        if self.problem:
            return translate("Canvas", "{0}, problem: {1}").format(self.title, self.problem)
        text = translate("Canvas", "{0}, output {1}, parameters {2}")
        parameters = "0" if self.count == DASH else self.count
        return text.format(self.title, self.output, parameters)


def face_of(card: Card, inside: str) -> Face:
    """Return what a card says.

    Args:
        card: What is known of the layer or group.
        inside: The group that is entered: its name is left out of the card's.
    """
    name = card.name[len(inside) + 1 :] if inside else card.name
    frozen = card.frozen is Frozen.ALL
    return Face(
        key=card.id,
        members=card.ids,
        name=card.name,
        short=card.name.rpartition(".")[2],
        title=_title(name, card.kind),
        output=shape_text(card.output),
        count=count(card.parameters) if card.parameters else DASH,
        corner=_inside_text(card.layers) if card.group else "",
        problem=card.problem.what if card.problem else "",
        family=FAMILY_TOKENS[card.family] if card.family else "block",
        marks=("note",) * bool(card.note) + ("frozen",) * frozen,
        inputs=card.inputs,
        outputs=card.outputs,
        note=card.note,
        group=card.group,
    )


def shape_text(shape: Shape | None) -> str:
    """Return a shape as cards and wires show it."""
    return " × ".join(map(str, shape)) if shape else DASH


def _title(name: str, kind: str) -> str:
    """Return name and kind, or the kind alone where the name says no more: “Image input”."""
    said = kind.lower()
    if not kind or (name in said.split() and name in {"input", "output"}) or name == said:
        return kind or name
    return f"{name} · {kind}"


def _inside_text(layers: int) -> str:
    return f"▸ {count(layers)}"
