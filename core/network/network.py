"""The network as a value: nodes, edges, and the changes that make a new one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Union

import msgspec

from core.decoding import convert, decode
from core.errors import LayerloomError
from core.network.layers import LAYER_KINDS
from core.network.layers.base.layer import Layer
from core.network.layers.ends import Input, Output

if TYPE_CHECKING:
    AnyLayer = Layer
else:
    AnyLayer = Union[tuple(LAYER_KINDS.values())]  # noqa: UP007 - made from the registry

FORMAT = 1
MAX_FILE_BYTES = 16 * 1024 * 1024
"""Larger design files are refused; the largest classic network has under 1 MB."""
CHOOSE = "Choose a file that Layerloom saved."
"""What can be done about one that is no design."""
MAX_LAYERS = 50_000
"""More are refused; the largest classic network has about 1,000."""

NAMED_IN_CIRCLE = 3
"""Layers named at either end of a circle of wires."""

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Port = Annotated[int, msgspec.Meta(ge=0, le=1000)]
Coordinate = Annotated[float, msgspec.Meta(ge=-1e9, le=1e9)]
"""In pixels of the canvas; bounded so that sums of them stay numbers."""


class NetworkError(LayerloomError):
    """A design that cannot be read or used."""


class Node(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One layer in its place.

    Attributes:
        id: Never changes, unique in the network.
        name: Dotted, as PyTorch modules have it (`layer1.0.conv1`); its tensors are named after it.
        layer: What it does.
        position: (x, y) of the card's middle on the canvas; None until arranged.
        frozen: Whether training leaves its weights alone.
        note: What the user wrote down about it.
        bypassed: Whether the signal flows past it, as if it were not there.
    """

    id: Text
    name: Text
    layer: AnyLayer
    position: tuple[Coordinate, Coordinate] | None = None
    frozen: bool = False
    note: Annotated[str, msgspec.Meta(max_length=10_000)] = ""
    bypassed: bool = False


class Group(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the layers of one name prefix are shown; what they compute does not depend on it.

    Attributes:
        name: The prefix without its last dot: `layer1` holds `layer1.0.conv1`.
        position: (x, y) of the folded card's middle on the canvas; None until arranged.
        folded: Whether one card stands for all its layers.
        note: What the user wrote down about it.
    """

    name: Text
    position: tuple[Coordinate, Coordinate] | None = None
    folded: bool = True
    note: Annotated[str, msgspec.Meta(max_length=10_000)] = ""


class Edge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A wire from a node's output to another's input, by their ids.

    Attributes:
        source: Where it comes from.
        target: Where it goes.
        target_port: Which of the target's inputs.
        source_port: Which of the source's outputs.
    """

    source: Text
    target: Text
    target_port: Port = 0
    source_port: Port = 0


class Network(msgspec.Struct, frozen=True, dict=True, kw_only=True, forbid_unknown_fields=True):
    """A design: an immutable value. What changes it returns a new one.

    Any graph can be held, also a wrong one: `core.network.analysis` says what is wrong with it.

    Attributes:
        format: Version of the JSON form.
        nodes: In no particular order.
        edges: In no particular order.
        groups: The prefixes that are shown as groups, in no particular order.
    """

    format: Annotated[int, msgspec.Meta(ge=1)] = FORMAT
    nodes: Annotated[tuple[Node, ...], msgspec.Meta(max_length=MAX_LAYERS)] = ()
    edges: Annotated[tuple[Edge, ...], msgspec.Meta(max_length=4 * MAX_LAYERS)] = ()
    groups: Annotated[tuple[Group, ...], msgspec.Meta(max_length=MAX_LAYERS)] = ()

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """Nodes by their id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def incoming(self) -> dict[str, tuple[Edge, ...]]:
        """The edges into each node, by port; unknown ids at either end are left out."""
        edges: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            if edge.target in edges and edge.source in edges:
                edges[edge.target].append(edge)
        return {
            target: tuple(sorted(into, key=lambda edge: edge.target_port))
            for target, into in edges.items()
        }

    @cached_property
    def outgoing(self) -> dict[str, tuple[Edge, ...]]:
        """The edges out of each node."""
        edges: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for into in self.incoming.values():
            for edge in into:
                edges[edge.source].append(edge)
        return {source: tuple(out) for source, out in edges.items()}

    @cached_property
    def detached(self) -> frozenset[str]:
        """Ids of layers that no wire leads to or from: no part of the network."""
        wired = {id_ for ends in (self.incoming, self.outgoing) for id_ in ends if ends[id_]}
        return frozenset(
            node.id
            for node in self.nodes
            if node.id not in wired and not isinstance(node.layer, Input | Output)
        )

    @cached_property
    def sortable(self) -> tuple[str, ...]:
        """Ids, each after those it takes its inputs from; what a circle feeds is left out."""
        waiting = {target: len(into) for target, into in self.incoming.items()}
        ready = deque(target for target, count in waiting.items() if not count)
        order = []
        while ready:
            source = ready.popleft()
            order.append(source)
            for edge in self.outgoing[source]:
                waiting[edge.target] -= 1
                if not waiting[edge.target]:
                    ready.append(edge.target)
        return tuple(order)

    @cached_property
    def derived(self) -> dict[tuple[str, str], Any]:
        """What others worked out of this network, for as long as it lives: it never changes.

        The key is the name of the function and its argument.
        """
        return {}

    @property
    def order(self) -> tuple[Node, ...]:
        """The nodes, each after those it takes its inputs from.

        Raises:
            NetworkError: The wires form a circle.
        """
        circle = self.circle()
        if circle:
            names = [self.by_id[id_].name for id_ in (*circle, circle[0])]
            if len(names) > 2 * NAMED_IN_CIRCLE:
                names[NAMED_IN_CIRCLE:-NAMED_IN_CIRCLE] = ["…"]
            raise NetworkError(
                f"The layers form a cycle: {' → '.join(names)}", hint="Remove one of its wires."
            )
        return tuple(self.by_id[id_] for id_ in self.sortable)

    def circle(self) -> tuple[str, ...]:
        """Return the ids of one circle of wires in their direction, or none."""
        stuck = self.by_id.keys() - set(self.sortable)
        path: dict[str, None] = {}
        id_ = next((node.id for node in self.nodes if node.id in stuck), "")
        while stuck and id_ not in path:
            path[id_] = None
            id_ = next(edge.source for edge in self.incoming[id_] if edge.source in stuck)
        ids = list(path)
        return tuple(ids[ids.index(id_) :][::-1]) if ids else ()

    def named(self, name: str) -> Node:
        """Return the node of this name.

        Raises:
            NetworkError: There is none.
        """
        for node in self.nodes:
            if node.name == name:
                return node
        raise NetworkError(f"The network has no layer called “{name}”")

    def only(self, kind: type[Layer]) -> Node:
        """Return the one node of this kind.

        Raises:
            NetworkError: There is none, or more than one.
        """
        nodes = [node for node in self.nodes if isinstance(node.layer, kind)]
        if len(nodes) != 1:
            raise NetworkError(f"The network has {len(nodes)} layers of kind {kind.title}, not one")
        return nodes[0]

    def with_node(self, node: Node) -> Network:
        """Return the network with a node added, or with the one of the same id replaced."""
        if node.id not in self.by_id:
            return msgspec.structs.replace(self, nodes=(*self.nodes, node))
        return self.with_nodes(tuple(node if old.id == node.id else old for old in self.nodes))

    def with_nodes(
        self, nodes: tuple[Node, ...], groups: tuple[Group, ...] | None = None
    ) -> Network:
        """Return the network with the same layers changed in themselves; what the wires say stays.

        Args:
            nodes: The same ids in the same order.
            groups: How they are shown; None: as before.
        """
        groups = self.groups if groups is None else groups
        changed = msgspec.structs.replace(self, nodes=nodes, groups=groups)
        for wires in ("incoming", "outgoing", "sortable"):  # worked out once for the same wires
            if wires in self.__dict__:
                changed.__dict__[wires] = self.__dict__[wires]
        return changed

    def with_setting(self, node_id: str, setting: str, value: Any) -> Network:
        """Return the network with one setting of one layer changed.

        Raises:
            NetworkError: The value is out of the setting's range.
        """
        node = self.by_id[node_id]
        changed = msgspec.structs.replace(node.layer, **{setting: value})
        try:
            layer = convert(msgspec.to_builtins(changed), type(node.layer))
        except msgspec.ValidationError as error:
            raise NetworkError(
                f"{setting} of {node.name} cannot be {value} ({error})", f"layer {node.name}"
            ) from error
        return self.with_node(msgspec.structs.replace(node, layer=layer))

    def with_edge(self, edge: Edge) -> Network:
        """Return the network with a wire more."""
        return msgspec.structs.replace(self, edges=(*self.edges, edge))

    def bypassing(self, node_id: str) -> Network:
        """Return the network without a one-input node: what it fed is fed by its source."""
        (into,) = self.incoming[node_id]
        edges = (
            msgspec.structs.replace(edge, source=into.source, source_port=into.source_port)
            if edge.source == node_id
            else edge
            for edge in self.edges
            if edge.target != node_id
        )
        nodes = tuple(node for node in self.nodes if node.id != node_id)
        return msgspec.structs.replace(self, nodes=nodes, edges=tuple(edges))

    def leading_to(self, node_ids: Iterable[str]) -> set[str]:
        """Return the ids of the nodes and of all that leads to them."""
        wanted = set(node_ids)
        waiting = list(wanted)
        while waiting:
            for edge in self.incoming[waiting.pop()]:
                if edge.source not in wanted:
                    wanted.add(edge.source)
                    waiting.append(edge.source)
        return wanted

    def up_to(self, node_id: str) -> Network:
        """Return the part of the network that leads to a node's output, with an Output there."""
        wanted = self.leading_to([node_id])
        end = Node(id="output", name="output", layer=Output())
        return Network(
            nodes=(*(node for node in self.nodes if node.id in wanted), end),
            edges=(*self._edges_within(wanted), Edge(node_id, end.id)),
        )

    def _edges_within(self, ids: set[str]) -> Iterable[Edge]:
        return (edge for edge in self.edges if edge.target in ids and edge.source in ids)


class Builder:
    """Writes a network down layer by layer, as the papers' tables do.

    Each call of `add` returns the id of the new node, for the next ones to take as input.
    """

    def __init__(self) -> None:
        self._nodes: list[Node] = []
        self._edges: list[Edge] = []

    def input(self, channels: int, height: int, width: int) -> str:
        """Add where the image enters."""
        return self.add("input", Input(channels=channels, height=height, width=width))

    def add(self, name: str, layer: Layer, *sources: str) -> str:
        """Add a layer that takes the outputs of `sources`, and return its id."""
        self._nodes.append(Node(id=name, name=name, layer=layer))
        self._edges += [Edge(source, name, port) for port, source in enumerate(sources)]
        return name

    def chain(self, source: str, *rows: tuple[str, Layer]) -> str:
        """Add layers one after the other, each with its name, and return the last one's id."""
        for name, layer in rows:
            source = self.add(name, layer, source)
        return source

    def network(self, end: str) -> Network:
        """Return the network that ends with the node `end`."""
        self.add("output", Output(), end)
        return Network(nodes=tuple(self._nodes), edges=tuple(self._edges))


def encode_network(network: Network) -> bytes:
    """Return the JSON form of a network."""
    return msgspec.json.format(msgspec.json.encode(network))


class _Version(msgspec.Struct):
    """The part of a design that every version has."""

    format: Annotated[int, msgspec.Meta(ge=1)] = FORMAT


def decode_network(data: bytes, where: Path | str = "") -> Network:
    """Read the JSON form of a network.

    Raises:
        NetworkError: It is no design, or one of a newer format, or its settings are out of range.
    """
    if len(data) > MAX_FILE_BYTES:
        raise NetworkError(
            f"The file has more than {MAX_FILE_BYTES // 1000**2} MB, more than any design needs",
            where,
            CHOOSE,
        )
    try:
        written = decode(data, _Version).format  # first: the rest may be unknown
        if written <= FORMAT:
            network = decode(data, Network)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NetworkError(f"This is not a Layerloom design: {error}", where, CHOOSE) from error
    if written > FORMAT:
        raise NetworkError(
            f"The design has format {written}; this version of Layerloom supports up to {FORMAT}",
            where,
            "Open it with a newer version of Layerloom.",
        )
    if len(network.by_id) != len(network.nodes):
        raise NetworkError("Two layers of the design have the same id", where)
    return network


def read_network(path: Path) -> Network:
    """Read a design file.

    Raises:
        NetworkError: It cannot be read or is no design.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise NetworkError(f"The design cannot be read ({error.strerror})", path) from error
    return decode_network(data, path)
