"""What differs between two designs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from core.network.analysis import Analysis
from core.network.layers.base.setting_types import settings_of
from core.network.network import Edge, Network
from core.network.results import LayerResult
from core.network.review.matching import Pairs, matched


@dataclass(frozen=True, slots=True)
class Difference:
    """One setting that is not the same.

    Attributes:
        title: Of the setting, as shown.
        before: Its value in the first design.
        after: Its value in the second.
    """

    title: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Changed:
    """A layer that is in both designs and not the same.

    Attributes:
        before: In the first design.
        after: In the second.
        settings: That differ.
        rewired: Whether it takes its inputs from other layers; layers that were put in between
            or taken away there do not count.
    """

    before: LayerResult
    after: LayerResult
    settings: tuple[Difference, ...]
    rewired: bool

    @property
    def renamed(self) -> bool:
        """Whether its name differs."""
        return self.before.node.name != self.after.node.name

    @property
    def kind_changed(self) -> bool:
        """Whether it is of another kind."""
        return type(self.before.node.layer) is not type(self.after.node.layer)

    @property
    def reshaped(self) -> bool:
        """Whether another shape leaves it."""
        return self.before.outputs != self.after.outputs

    @property
    def parameters(self) -> int:
        """How many parameters more it has in the second design."""
        return self.after.parameters - self.before.parameters

    @property
    def multiply_adds(self) -> int:
        """How many multiply-adds more it takes in the second design."""
        return self.after.multiply_adds - self.before.multiply_adds

    @property
    def matters(self) -> bool:
        """Whether what it computes differs, not its name alone."""
        return bool(
            self.settings or self.rewired or self.kind_changed or self.reshaped or self.parameters
        )


@dataclass(frozen=True)
class Comparison:
    """What differs between two designs.

    Attributes:
        before: The first.
        after: The second.
        pairs: Ids of layers of the first with those of the second that they correspond to.
        added: Ids of the layers that only the second has, in computing order.
        removed: Ids of the layers that only the first has, in computing order.
        changed: Layers of both that are not the same, in the first's computing order.
        moved: Ids in the first of layers that lie elsewhere on the canvas.
    """

    before: Analysis
    after: Analysis
    pairs: Pairs
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Changed, ...]
    moved: tuple[str, ...]

    @property
    def parameters(self) -> int:
        """How many parameters more the second has."""
        return self.after.parameters - self.before.parameters

    @property
    def multiply_adds(self) -> int:
        """How many multiply-adds more the second takes for one image."""
        return self.after.multiply_adds - self.before.multiply_adds

    @property
    def activation_bytes(self) -> int:
        """How much more memory the second's outputs take for one image."""
        return self.after.activation_bytes - self.before.activation_bytes

    @cached_property
    def backwards(self) -> Pairs:
        """Ids of layers of the second with those of the first."""
        return {second: first for first, second in self.pairs.items()}


def compare(before: Analysis, after: Analysis) -> Comparison:
    """Return what differs between two designs."""
    pairs = matched(before, after)
    taken = set(pairs.values())
    moved, changed = [], []
    for first, result in before.results.items():
        if first not in pairs:
            continue
        other = after.results[pairs[first]]
        places = {result.node.position, other.node.position}
        if len(places) > 1 and None not in places:
            moved.append(first)
        change = _changed(before, after, pairs, result, other)
        if change.matters or change.renamed:
            changed.append(change)
    return Comparison(
        before,
        after,
        pairs,
        tuple(id_ for id_ in after.results if id_ not in taken),
        tuple(id_ for id_ in before.results if id_ not in pairs),
        tuple(changed),
        tuple(moved),
    )


def _changed(
    before: Analysis, after: Analysis, pairs: Pairs, result: LayerResult, other: LayerResult
) -> Changed:
    known = set(pairs.values())
    ours = {
        (pairs.get(source), output, edge.target_port)
        for edge in before.network.incoming[result.node.id]
        for source, output in [_origin(before.network, edge, pairs.keys())]
    }
    theirs = {
        (source if source in known else None, output, edge.target_port)
        for edge in after.network.incoming[other.node.id]
        for source, output in [_origin(after.network, edge, known)]
    }
    return Changed(result, other, tuple(_differences(result, other)), ours != theirs)


def _origin(network: Network, edge: Edge, known: Collection[str]) -> tuple[str, int]:
    """Return what feeds a wire: layers with one input that only one design has are passed over."""
    source, output, seen = edge.source, edge.source_port, {edge.target}
    while source not in known and source not in seen and len(network.incoming[source]) == 1:
        seen.add(source)
        (into,) = network.incoming[source]
        source, output = into.source, into.source_port
    return source, output


def _differences(result: LayerResult, other: LayerResult) -> list[Difference]:
    found = []
    one, two = result.node, other.node
    if type(one.layer) is type(two.layer) and one.layer != two.layer:
        for setting in settings_of(type(one.layer)):
            values = getattr(one.layer, setting.name), getattr(two.layer, setting.name)
            if values[0] != values[1]:
                found.append(Difference(setting.title, *values))
    if one.bypassed != two.bypassed:
        found.append(Difference("Bypassed", one.bypassed, two.bypassed))
    if one.frozen != two.frozen:
        found.append(Difference("Frozen", one.frozen, two.frozen))
    return found
