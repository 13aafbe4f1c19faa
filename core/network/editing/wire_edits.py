"""Changes of a network's wires; each returns a new network."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from core.network.bypassing import led_past, without_gaps
from core.network.layers.base.layer import Layer
from core.network.layers.ends import AuxiliaryOutput, Output
from core.network.naming import (
    common_prefix,
    fresh_id,
    fresh_name,
    without_empty_groups,
)
from core.network.network import Edge, Network, NetworkError, Node
from core.network.view.card_size import PITCH_DOWN, Position
from core.network.view.placing import make_room

MOST_PORTS = 1000


def connect(
    network: Network,
    source: str,
    target: str,
    target_port: int | None = None,
    source_port: int = 0,
) -> Network:
    """Return the network with a wire more.

    Args:
        network: The design.
        source: Id of the layer it comes from.
        target: Id of the layer it goes to.
        target_port: Which of the target's inputs; a wire that is there gives way. None: the first
            free one, of Add and its like a further one, else the last.
        source_port: Which of the source's outputs.

    Raises:
        NetworkError: There is no such layer or input, or the wires would form a circle.
    """
    _check_ends(network, source, target)
    if target_port is None:
        target_port = free_port(network, source, target, source_port)
    count = network.by_id[target].layer.input_count
    if not 0 <= target_port < (MOST_PORTS if count is None else count):
        raise NetworkError(f"{network.by_id[target].name} has no input {target_port + 1}")
    edge = Edge(source, target, target_port, source_port)
    edges = (e for e in network.edges if (e.target, e.target_port) != (target, target_port))
    return replace(network, edges=(*edges, edge))


def why_not(network: Network, source: str, target: str) -> str:
    """Return the sentence that says why a wire cannot be, or "" if it can."""
    try:
        _check_ends(network, source, target)
    except NetworkError as error:
        return str(error)
    return ""


def free_port(network: Network, source: str, target: str, source_port: int = 0) -> int:
    """Return the input that a new wire takes if none is said: the first free, else the last.

    Where the same wire is there already, its input.
    """
    taken = {edge.target_port: edge for edge in network.incoming[target]}
    for port, edge in taken.items():
        if (edge.source, edge.source_port) == (source, source_port):
            return port
    count = network.by_id[target].layer.input_count
    most = MOST_PORTS if count is None else count
    return next((port for port in range(most) if port not in taken), most - 1)


def disconnect(network: Network, edge: Edge) -> Network:
    """Return the network without a wire; the further inputs of Add and its like move up."""
    edges = tuple(old for old in network.edges if old != edge)
    if len(edges) == len(network.edges):
        return network
    return without_gaps(replace(network, edges=edges), [edge.target])


def splice(network: Network, edge: Edge, node_id: str) -> Network:
    """Return the network with a layer put into a wire.

    A layer that lies in a wire already is taken out of it first: what it fed is fed by its source.

    Raises:
        NetworkError: The layer takes no input or ends the network, or a circle would come about.
    """
    if edge not in network.edges or node_id in {edge.source, edge.target}:
        return network
    node = network.by_id[node_id]
    if node.layer.input_count == 0 or isinstance(node.layer, Output | AuxiliaryOutput):
        raise NetworkError(
            f"{node.name} cannot be inserted into a wire: it is an end of the network"
        )
    freed = led_past(network, [node_id]) if node.layer.input_count == 1 else network
    joined = connect(disconnect_only(freed, edge), edge.source, node_id, None, edge.source_port)
    return connect(joined, node_id, edge.target, edge.target_port)


def insert_on_wire(network: Network, edge: Edge, layer: Layer) -> tuple[Network, str]:
    """Return the network with a new layer in a wire, and the layer's id; neighbours make room.

    Raises:
        NetworkError: The wire is not there, or the layer is an end of the network.
    """
    by_id = network.by_id
    if edge not in network.edges or edge.source not in by_id or edge.target not in by_id:
        raise NetworkError("The wire no longer exists")
    source, target = by_id[edge.source], by_id[edge.target]
    prefix = common_prefix([source.name, target.name])
    name = fresh_name(network, layer.usual_name(), prefix)
    node = Node(
        id=fresh_id(network.by_id, name), name=name, layer=layer, position=_between(source, target)
    )
    changed = splice(network.with_node(node), edge, node.id)
    return make_room(changed, node.id), node.id


def remove_and_reconnect(network: Network, ids: Iterable[str]) -> Network:
    """Return the network without some layers: what they fed is fed by their first source."""
    chosen = set(ids)
    nodes = tuple(node for node in network.nodes if node.id not in chosen)
    return without_empty_groups(replace(led_past(network, chosen), nodes=nodes))


def disconnect_only(network: Network, edge: Edge) -> Network:
    """Return the network without a wire, every other one at its input."""
    return replace(network, edges=tuple(old for old in network.edges if old != edge))


def _check_ends(network: Network, source: str, target: str) -> None:
    by_id = network.by_id
    if source not in by_id or target not in by_id:
        raise NetworkError("A wire needs a layer at each end")
    first, last = by_id[source], by_id[target]
    if isinstance(first.layer, Output | AuxiliaryOutput):
        raise NetworkError(f"Nothing can come after {first.name}: it is an end of the network")
    if last.layer.input_count == 0:
        raise NetworkError(f"{last.name} takes no input: the network starts there")
    if source == target or target in network.leading_to([source]):
        raise NetworkError(
            f"A wire from {first.name} to {last.name} would close a cycle",
            hint="Signals flow from the input to the output.",
        )


def _between(source: Node, target: Node) -> Position | None:
    """Return a place below the source, on the way to the target."""
    if source.position is None or target.position is None:
        return None
    (left, top), (right, bottom) = source.position, target.position
    return ((left + right) / 2 if top < bottom else left, max((top + bottom) / 2, top + PITCH_DOWN))
