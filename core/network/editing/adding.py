"""Putting what the palette holds into a design: on its own, behind a layer, or into a wire."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import prod

from msgspec.structs import replace

from core.network.analysis import Analysis, analyse
from core.network.editing.palette import Piece, piece_of
from core.network.editing.wire_edits import connect, disconnect_only
from core.network.layers.base.layer import Shape
from core.network.layers.ends import AuxiliaryOutput, Input, Output
from core.network.layers.rearrangement import Reshape
from core.network.naming import common_prefix, fresh_id, fresh_name
from core.network.network import MAX_LAYERS, Edge, Group, Network, NetworkError, Node
from core.network.view.card_size import PITCH_DOWN, Position
from core.network.view.placing import make_room, places


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is added.

    Attributes:
        source: Id of the layer whose output it takes; "" for none.
        source_port: Which of its outputs.
        edge: The wire it is put into, instead of a source.
        target: Id of the layer that the new one feeds besides; "" for none.
        target_port: Which of its inputs.
        take_over: Whether what the source fed is fed by the new layer from then on.
        position: (x, y) of the new card's middle; None: below the source.
        inside: The group that is entered, or "".
    """

    source: str = ""
    source_port: int = 0
    edge: Edge | None = None
    target: str = ""
    target_port: int = 0
    take_over: bool = True
    position: Position | None = None
    inside: str = ""


def spot_after(network: Network, node_id: str, inside: str = "") -> Spot:
    """Return the spot behind a layer; of an end of the network, the wire into it."""
    if isinstance(network.by_id[node_id].layer, Output | AuxiliaryOutput):
        into = network.incoming[node_id]
        return Spot(edge=into[0], inside=inside) if into else Spot(inside=inside)
    return Spot(source=node_id, inside=inside)


def arriving(analysis: Analysis, spot: Spot) -> Shape | None:
    """Return the shape that arrives at a spot, if it is known."""
    source, port = spot.source, spot.source_port
    if spot.edge is not None:
        source, port = spot.edge.source, spot.edge.source_port
    result = analysis.results.get(source)
    outputs = result.outputs if result else ()
    return outputs[port] if port < len(outputs) else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an entry makes of what arrives at it.

    Attributes:
        works: Whether it can take it.
        output: Shape that leaves; None where that is not known yet.
    """

    works: bool
    output: Shape | None = None


def outcome_of(name: str, shape: Shape | None) -> Outcome:
    """Return what an entry of the palette makes of a shape.

    Args:
        name: Of the entry.
        shape: What arrives, if that is known.
    """
    piece = piece_of(name, shape)
    if not piece.heads:
        return Outcome(shape is None)
    if shape is None or piece.nodes[0].layer.input_count is None:
        return Outcome(True)
    way = _leading_to(shape)
    heads = (Edge(way[-1].id, head, port) for head, port in piece.heads)
    chain = (Edge(one.id, other.id) for one, other in pairwise(way))
    network = Network(nodes=(*way, *piece.nodes), edges=(*chain, *heads, *piece.edges))
    results = analyse(network).results
    if any(results[node.id].measures is None for node in piece.nodes):
        return Outcome(False)
    return Outcome(True, results[piece.tail].output)


def _leading_to(shape: Shape) -> tuple[Node, ...]:
    """Return layers at the end of which a shape leaves."""
    image = Input(channels=shape[0], height=shape[1], width=shape[2]) if len(shape) == 3 else None
    if image is not None:
        return (Node(id=" image", name=" image", layer=image),)
    return (
        Node(id=" image", name=" image", layer=Input(channels=prod(shape), height=1, width=1)),
        Node(id=" shape", name=" shape", layer=Reshape(shape=shape)),
    )


def add_entry(
    network: Network, name: str, spot: Spot, analysis: Analysis | None = None
) -> tuple[Network, tuple[str, ...]]:
    """Return the network with a layer or block of the palette more, and its layers' ids.

    A block lies in a group of its own. Cards below make room.

    Args:
        network: The design.
        name: Of the palette's entry.
        spot: Where.
        analysis: Of the network, if it is there already.

    Raises:
        NetworkError: The network is full, or the wires would form a circle.
    """
    piece = piece_of(name, arriving(analysis or analyse(network), spot))
    if len(network.nodes) + len(piece.nodes) > MAX_LAYERS:
        raise NetworkError(f"The network has {MAX_LAYERS:,} layers, the maximum")
    position = spot.position or _below(network, spot)
    grown, ids = _with_piece(network, piece, _prefix(network, spot), position)
    wired = _wired(grown, piece, ids, spot)
    if position is not None:
        wired = make_room(wired, ids[piece.tail], inside=spot.inside)
    return wired, tuple(ids.values())


def _with_piece(
    network: Network, piece: Piece, prefix: str, position: Position | None
) -> tuple[Network, dict[str, str]]:
    """Return the network with the piece's layers, and their new ids."""
    group = fresh_name(network, piece.group, prefix) if piece.group else ""
    ids: dict[str, str] = {}
    used = set(network.by_id)
    nodes = []
    for node in piece.nodes:
        name = f"{group}.{node.name}" if group else fresh_name(network, node.name, prefix)
        ids[node.id] = fresh_id(used, name)
        used.add(ids[node.id])
        own = None if group else position
        nodes.append(replace(node, id=ids[node.id], name=name, position=own))
    edges = (replace(e, source=ids[e.source], target=ids[e.target]) for e in piece.edges)
    groups = (Group(name=group, position=position),) if group else ()
    grown = replace(
        network,
        nodes=(*network.nodes, *nodes),
        edges=(*network.edges, *edges),
        groups=(*network.groups, *groups),
    )
    return grown, ids


def _wired(network: Network, piece: Piece, ids: dict[str, str], spot: Spot) -> Network:
    """Return the network with the wires into the piece and out of it."""
    tail = ids[piece.tail]
    ends = isinstance(network.by_id[tail].layer, Output | AuxiliaryOutput)
    source, port, fed = spot.source, spot.source_port, _fed(network, spot)
    if spot.edge is not None:
        source, port = spot.edge.source, spot.edge.source_port
    if spot.target and not ends:
        network = connect(network, tail, spot.target, spot.target_port)
    if not source or not piece.heads:
        return network
    if not ends:
        for edge in fed:
            network = disconnect_only(network, edge)
    for head, head_port in piece.heads:
        network = connect(network, source, ids[head], head_port, port)
    if not ends:
        for edge in fed:
            network = connect(network, tail, edge.target, edge.target_port)
    return network


def _fed(network: Network, spot: Spot) -> Iterable[Edge]:
    """Return the wires that the new layer takes over."""
    if spot.edge is not None:
        return (spot.edge,)
    if not spot.source or not spot.take_over:
        return ()
    out = network.outgoing[spot.source]
    return tuple(edge for edge in out if edge.source_port == spot.source_port)


def _prefix(network: Network, spot: Spot) -> str:
    """Return the prefix that the new layers are named below: that of their neighbours."""
    by_id = network.by_id
    if spot.edge is not None:
        ends = (by_id[spot.edge.source].name, by_id[spot.edge.target].name)
        return common_prefix(ends) or spot.inside
    if not spot.source:
        return spot.inside
    own = by_id[spot.source].name.rpartition(".")[0]
    around = sorted((g for g in network.groups if _holds(g.name, own)), key=lambda g: len(g.name))
    for group in around:
        if group.folded and not _holds(group.name, spot.inside):
            return group.name.rpartition(".")[0]  # outside of what is seen as one card
    return around[-1].name if around else spot.inside


def _holds(prefix: str, name: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}.")


def _below(network: Network, spot: Spot) -> Position | None:
    """Return the place below the source's card, if that has one."""
    source = spot.edge.source if spot.edge else spot.source
    seen = places(network, spot.inside)
    position = next((place.position for place in seen if source in place.ids), None)
    return (position[0], position[1] + PITCH_DOWN) if position else None
