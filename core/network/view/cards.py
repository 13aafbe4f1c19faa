"""The network as it is seen: cards for layers and folded groups, and the wires between them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property, lru_cache

import msgspec

from core.network.analysis import Analysis
from core.network.block_names import contents
from core.network.family import Family
from core.network.layers.base.layer import Shape
from core.network.layers.ends import AuxiliaryOutput, Output
from core.network.network import Edge, Group, Network, Node
from core.network.problems import Problem
from core.network.results import LayerResult
from core.network.view.card_size import Position
from core.network.view.placing import Place, places
from core.network.view.stubs import Stub


class Frozen(StrEnum):
    """How many of a card's layers training leaves alone."""

    NONE = "none"
    SOME = "some"
    ALL = "all"


class Card(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One layer, or a folded group of layers.

    Attributes:
        id: The layer's id, or the group's name with a dot at its end.
        ids: Of the layers it stands for.
        name: Of the layer or group.
        kind: “Conv 2D”; of a group what is in it: “3 × Bottleneck”, or "".
        group: Whether it is a folded group.
        family: Of the layer; a group is a block.
        position: (x, y) of its middle; None until arranged.
        output: Shape that leaves; None if there is a problem here or before.
        parameters: Trainable numbers; layers of one name share theirs.
        multiply_adds: For one image.
        activation_bytes: Memory newly written for one image.
        frozen: Of its layers, those without weights left out where there are others.
        problem: The first of its layers', or None.
        inputs: How many wires can arrive; of Add and its like as many as do, at least two.
        outputs: At how many ports wires can leave.
        note: What the user wrote down about it.
        record: The node or group it was made from.
        results: Of its layers.
    """

    id: str
    ids: tuple[str, ...]
    name: str
    kind: str
    group: bool
    family: Family
    position: Position | None
    output: Shape | None
    parameters: int
    multiply_adds: int
    activation_bytes: int
    frozen: Frozen
    problem: Problem | None
    inputs: int
    outputs: int
    note: str
    record: Node | Group
    results: tuple[LayerResult, ...]

    @property
    def layers(self) -> int:
        """How many layers it stands for."""
        return len(self.ids)

    @property
    def bypassed(self) -> bool:
        """Whether the signal flows past all its layers."""
        return all(result.node.bypassed for result in self.results)


@lru_cache(maxsize=4096)
def name_and_kind(name: str, kind: str) -> tuple[str, str]:
    """Return both as a card says them; only one where both say the same, “Image input”."""
    said = kind.lower()
    if not kind or (name in said.split() and name in {"input", "output"}) or name == said:
        return kind or name, ""
    return name, kind


class Wire(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What flows from one card to another; several wires of the network may be one here.

    Attributes:
        source: Id of the card it leaves.
        target: Id of the card it reaches.
        source_port: At which output of the source's card.
        target_port: At which input of the target's card.
        shape: Of what flows through the first of its edges; None if that is not known.
        edges: The wires of the network it stands for.
    """

    source: str
    target: str
    source_port: int
    target_port: int
    shape: Shape | None
    edges: tuple[Edge, ...]


class View(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All that is seen.

    Attributes:
        cards: In the network's order.
        wires: Between the cards.
        stubs: Ends of wires to what lies outside the entered group.
        inside: Name of the group that is entered, or "".
    """

    cards: tuple[Card, ...]
    wires: tuple[Wire, ...]
    stubs: tuple[Stub, ...] = ()
    inside: str = ""

    @cached_property
    def by_id(self) -> dict[str, Card]:
        """Cards by their id."""
        return {card.id: card for card in self.cards}

    @cached_property
    def card_of(self) -> dict[str, str]:
        """The id of the card that shows each layer, by the layer's id."""
        return {id_: card.id for card in self.cards for id_ in card.ids}


def cards(
    network: Network, analysis: Analysis, inside: str = "", previous: View | None = None
) -> View:
    """Return what is seen of a network, or within one of its groups.

    Args:
        network: The design.
        analysis: Of it.
        inside: Name of the group that is entered, or "".
        previous: An earlier view; cards of the same layers with the same results are taken over.
    """
    seen = places(network, inside)
    card_of = {id_: place.card for place in seen for id_ in place.ids}
    ports = _Ports(network, card_of)
    making = _Making(network, analysis, ports, previous)
    return View(
        cards=tuple(making.card(place) for place in seen),
        wires=_wires(network, analysis, card_of, ports),
        stubs=tuple(_stubs(network, analysis, inside, card_of, ports)) if inside else (),
        inside=inside,
    )


class _Ports:
    """The inputs and outputs of cards; those of a folded group are numbered as they come up."""

    def __init__(self, network: Network, card_of: dict[str, str]) -> None:
        self._into: dict[str, dict[tuple[str, int], int]] = {}
        self._out: dict[str, dict[tuple[str, int], int]] = {}
        by_id = network.by_id
        for edge in network.edges:
            source, target = card_of.get(edge.source), card_of.get(edge.target)
            if source == target or edge.source not in by_id or edge.target not in by_id:
                continue
            value = (edge.source, edge.source_port)
            if source is not None and source != edge.source:
                numbers = self._out.setdefault(source, {})
                numbers.setdefault(value, len(numbers))
            if target is not None and target != edge.target:
                numbers = self._into.setdefault(target, {})
                numbers.setdefault(value, len(numbers))

    def source(self, card: str, edge: Edge) -> int:
        """Return at which output of its card a wire leaves."""
        return self._out.get(card, {}).get((edge.source, edge.source_port), edge.source_port)

    def target(self, card: str, edge: Edge) -> int:
        """Return at which input of its card a wire arrives."""
        return self._into.get(card, {}).get((edge.source, edge.source_port), edge.target_port)

    def counts(self, card: str) -> tuple[int, int]:
        """Return how many inputs and outputs a folded group has."""
        return len(self._into.get(card, ())), len(self._out.get(card, ()))


class _Making:
    """Makes cards, or takes them over where nothing about them changed."""

    def __init__(
        self, network: Network, analysis: Analysis, ports: _Ports, previous: View | None
    ) -> None:
        self._network, self._ports = network, ports
        self._results = analysis.results
        self._known = previous.by_id if previous else {}
        self._groups = {group.name: group for group in network.groups}
        self._problems: dict[str, Problem] = {}
        for problem in analysis.problems:
            self._problems.setdefault(problem.node, problem)

    def card(self, place: Place) -> Card:
        results = tuple(self._results[id_] for id_ in place.ids)
        problem = None
        if self._problems:
            found = (self._problems[id_] for id_ in place.ids if id_ in self._problems)
            problem = next(found, None)
        if place.group is None:
            return self._layer(self._network.by_id[place.card], results, problem)
        return self._group(place, self._groups[place.group], results, problem)

    def _layer(self, node: Node, results: tuple[LayerResult, ...], problem: Problem | None) -> Card:
        layer, result, count = node.layer, results[0], node.layer.input_count
        inputs = max(2, len(self._network.incoming[node.id])) if count is None else count
        old = self._known.get(node.id)
        if (
            old is not None
            and old.record is node
            and old.results[0] is result
            and old.inputs == inputs
            and old.problem == problem
        ):
            return old
        ends = isinstance(layer, Output | AuxiliaryOutput)
        return Card(
            id=node.id,
            ids=(node.id,),
            name=node.name,
            kind=layer.title,
            group=False,
            family=layer.family,
            position=node.position,
            output=result.output,
            parameters=result.parameters,
            multiply_adds=result.multiply_adds,
            activation_bytes=result.activation_bytes,
            frozen=Frozen.ALL if node.frozen else Frozen.NONE,
            problem=problem,
            inputs=inputs,
            outputs=0 if ends else max(1, len(result.outputs)),
            note=node.note,
            record=node,
            results=results,
        )

    def _group(
        self, place: Place, group: Group, results: tuple[LayerResult, ...], problem: Problem | None
    ) -> Card:
        inputs, outputs = self._ports.counts(place.card)
        output = self._output(place.ids)
        old = self._known.get(place.card)
        if (
            old is not None
            and old.record == group
            and len(old.results) == len(results)
            and all(map(_same, old.results, results))
            and (old.inputs, old.outputs, old.output, old.problem)
            == (inputs, outputs, output, problem)
        ):
            return old
        own = {result.node.name: result for result in results}.values()
        return Card(
            id=place.card,
            ids=place.ids,
            name=group.name,
            kind=self._contents(old, group.name, results),
            group=True,
            family=Family.BLOCK,
            position=group.position,
            output=output,
            parameters=sum(result.parameters for result in own),
            multiply_adds=sum(result.multiply_adds for result in results),
            activation_bytes=sum(result.activation_bytes for result in results),
            frozen=_frozen(results),
            problem=problem,
            inputs=inputs,
            outputs=outputs,
            note=group.note,
            record=group,
            results=results,
        )

    def _contents(self, old: Card | None, name: str, results: tuple[LayerResult, ...]) -> str:
        """Return what is in a group; other shapes alone do not make it another block."""
        known = old.results if old is not None and old.name == name else ()
        if old and len(known) == len(results) and all(map(_same_layer, known, results)):
            return old.kind
        return contents(self._network, name, [result.node for result in results])

    def _output(self, ids: tuple[str, ...]) -> Shape | None:
        """Return the shape that leaves a group: of the last layer that others take from."""
        inside, outgoing = set(ids), self._network.outgoing
        leaving = [
            id_ for id_ in ids if any(edge.target not in inside for edge in outgoing[id_])
        ] or [id_ for id_ in ids if not outgoing[id_]]
        return self._results[leaving[-1]].output if leaving else None


def _same(one: LayerResult, other: LayerResult) -> bool:
    return one is other


def _same_layer(one: LayerResult, other: LayerResult) -> bool:
    """Return whether a layer is the same with as many wires."""
    return one.node is other.node and len(one.inputs) == len(other.inputs)


def _frozen(results: tuple[LayerResult, ...]) -> Frozen:
    flags = {result.node.frozen for result in results if result.tensors}
    flags = flags or {result.node.frozen for result in results}
    if flags == {True}:
        return Frozen.ALL
    return Frozen.SOME if True in flags else Frozen.NONE


def _wires(
    network: Network, analysis: Analysis, card_of: dict[str, str], ports: _Ports
) -> tuple[Wire, ...]:
    between: dict[tuple[str, str], list[Edge]] = {}
    for edge in network.edges:
        source, target = card_of.get(edge.source), card_of.get(edge.target)
        if source is not None and target is not None and source != target:
            between.setdefault((source, target), []).append(edge)
    return tuple(
        Wire(
            source=source,
            target=target,
            source_port=ports.source(source, edges[0]),
            target_port=ports.target(target, edges[0]),
            shape=_shape(analysis, edges[0]),
            edges=tuple(edges),
        )
        for (source, target), edges in between.items()
    )


def _seen_from(inside: str, name: str) -> str:
    """Return a layer's name up to where it parts with that of a group: “layer2” from “layer1.0”."""
    parts, own = name.split("."), inside.split(".")
    shared = next((n for n, (a, b) in enumerate(zip(parts, own, strict=False)) if a != b), len(own))
    return ".".join(parts[: shared + 1])


def _stubs(
    network: Network, analysis: Analysis, inside: str, card_of: dict[str, str], ports: _Ports
) -> Iterator[Stub]:
    by_id = network.by_id
    for edge in network.edges:
        source, target = card_of.get(edge.source), card_of.get(edge.target)
        if (source is None) == (target is None) or not {edge.source, edge.target} <= by_id.keys():
            continue
        incoming = source is None
        outside = edge.source if incoming else edge.target
        yield Stub(
            card=target or source or "",
            port=ports.target(target, edge) if target else ports.source(source or "", edge),
            incoming=incoming,
            outside=outside,
            name=_seen_from(inside, by_id[outside].name),
            shape=_shape(analysis, edge),
            edge=edge,
        )


def _shape(analysis: Analysis, edge: Edge) -> Shape | None:
    outputs = analysis.results[edge.source].outputs
    return outputs[edge.source_port] if edge.source_port < len(outputs) else None
