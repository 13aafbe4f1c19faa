"""What each card says: its texts, its colour and its marks."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from core.network.layers.base.layer import Family, Shape
from core.network.problems import Problem
from core.network.results import LayerResult
from core.network.view.card_size import CARD_HEIGHT, CARD_WIDTH
from core.network.view.cards import Card, Frozen, name_and_kind
from gui.design.canvas.painting.level import Level
from gui.design.wording import Wording
from gui.look.core_texts import translated
from gui.look.numbers import count

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


class Face:
    """What a card says; a text is written only when it is painted.

    Args:
        card: What is known of the layer or group.
        inside: The group that is entered: its name is left out of the card's.

    Attributes:
        key: The card's id: a layer's id, or a folded group's name with a dot at its end.
        members: Ids of the layers it stands for.
        name: Of the layer or group.
        group: Whether it is a folded group.
        family: Its colour, as in `FAMILIES`.
        bypassed: Whether the signal flows past it.
        problem: What is wrong, as one sentence, or "".
        inputs: How many wires can arrive.
        joins: Whether any number can, all at one place.
        outputs: How many outputs it has.
        note: What the user wrote down.
        width: In pixels of the canvas.
        height: In pixels of the canvas.
    """

    __slots__ = (
        "_card",
        "_inside",
        "bypassed",
        "family",
        "frozen",
        "group",
        "inputs",
        "joins",
        "key",
        "members",
        "name",
        "note",
        "outputs",
        "problem",
        "result",
    )

    width = CARD_WIDTH
    height = CARD_HEIGHT

    def __init__(self, card: Card, inside: str) -> None:
        self._card, self._inside = card, inside
        self.key, self.members, self.name, self.group = card.id, card.ids, card.name, card.group
        self.family = FAMILY_TOKENS[card.family] if card.family else "block"
        self.problem = card.problem.what if card.problem else ""
        self.inputs, self.outputs, self.note = card.inputs, card.outputs, card.note
        self.frozen, self.bypassed = card.frozen is Frozen.ALL, card.bypassed
        self.result: LayerResult | None = None if card.group else card.results[0]
        self.joins = self.result is not None and self.result.node.layer.input_count is None

    def with_result(self, result: LayerResult, problem: Problem | None) -> Face:
        """Return the face of a layer of which other things are known now."""
        new = Face.__new__(Face)
        new._card, new._inside = self._card, self._inside
        new.key, new.members, new.name, new.group = self.key, self.members, self.name, False
        new.family, new.inputs, new.outputs = self.family, self.inputs, self.outputs
        new.joins, new.bypassed = self.joins, self.bypassed
        new.problem = problem.what if problem else ""
        new.note, new.frozen, new.result = result.node.note, result.node.frozen, result
        return new

    @property
    def short(self) -> str:
        """The name without those of the groups around it."""
        return self.name.rpartition(".")[2]

    @property
    def brief(self) -> str:
        """What tells it best in few letters: a number alone says less than the kind."""
        return (translated(self._card.kind) or self.name) if self.short.isdigit() else self.short

    @property
    def title(self) -> tuple[str, str]:
        """Name and kind; only one of them where both say the same, “Image input”."""
        inside = self._inside
        name = self.name[len(inside) + 1 :] if inside else self.name
        return name_and_kind(name, translated(self._card.kind))

    @property
    def output(self) -> str:
        """Shape that leaves."""
        return shape_text(self.result.output if self.result else self._card.output)

    @property
    def count(self) -> str:
        """Parameters; of what is bypassed, that it is."""
        if self.bypassed:
            return QCoreApplication.translate("Canvas", "bypassed")
        return _count(self.result.parameters if self.result else self._card.parameters)

    @property
    def corner(self) -> str:
        """How many layers are in the group, or ""."""
        return f"▸ {_count(len(self.members))}" if self.group else ""

    @property
    def corner_words(self) -> str:
        """The same as `corner`, said with a word."""
        return f"▸ {_layers(len(self.members))}" if self.group else ""

    @property
    def marks(self) -> tuple[str, ...]:
        """Icons at the top right."""
        return ("note",) * bool(self.note) + ("frozen",) * self.frozen

    def looks_as(self, other: Face, level: Level) -> bool:
        """Return whether the face of the same layer, known otherwise, looks the same at a zoom."""
        if level < Level.FULL:
            return bool(self.problem) == bool(other.problem)
        one, two = self.result, other.result
        if one is None or two is None:
            return self._card is other._card
        return (
            one.output == two.output
            and one.parameters == two.parameters
            and (self.problem, self.note, self.frozen) == (other.problem, other.note, other.frozen)
        )

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        translate = QCoreApplication.translate
        title = " · ".join(filter(None, self.title))
        if self.problem:
            return translate("Canvas", "{0}, problem: {1}").format(title, self.problem)
        if self.bypassed:
            text = translate("Canvas", "{0}, bypassed: {1} passes unchanged")
            return text.format(title, self.output)
        parameters = "0" if self.count == DASH else self.count
        if self.group:
            layers = _layers(len(self.members))
            text = translate("Canvas", "{0}, group of {1}, output {2}, parameters {3}")
            return text.format(title, layers, self.output, parameters)
        text = translate("Canvas", "{0}, output {1}, parameters {2}")
        said = text.format(title, self.output, parameters)
        return f"{said}, {translate('Canvas', 'frozen')}" if self.frozen else said


@lru_cache(maxsize=4096)
def shape_text(shape: Shape | None) -> str:
    """Return a shape as cards and wires show it."""
    return " × ".join(map(str, shape)) if shape else DASH


@lru_cache(maxsize=4096)
def _count(number: int) -> str:
    return count(number) if number else DASH


@lru_cache(maxsize=4096)
def _layers(number: int) -> str:
    return Wording().layers(number)
