"""Changes that may solve a problem; `fixes` keeps those that do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from msgspec.structs import replace

from core.network.analysis import Analysis, analyse
from core.network.layers.activation import Softmax
from core.network.layers.base.layer import Layer, Shape
from core.network.layers.convolution import Conv2d
from core.network.layers.ends import AuxiliaryOutput, Input, Output
from core.network.layers.fully_connected import Flatten
from core.network.layers.merge import Add, Concatenate
from core.network.layers.pooling import AvgPool2d, MaxPool2d
from core.network.layers.transposed_convolution import ConvTranspose2d
from core.network.network import Edge, Network, Node
from core.network.problems import Problem
from core.network.results import LayerResult

Candidate = tuple[str, Network]
"""What is done, and the design with it."""

LARGEST_SIDE = 1024
"""Pixels up to which a larger image is offered."""

LOOK_BACK = 12
"""Layers before a problem whose settings are tried."""


def candidates(analysis: Analysis, problem: Problem) -> Iterator[Candidate]:
    """Yield changes, the likeliest first."""
    network = analysis.network
    node = network.by_id.get(problem.node)
    if node is None:
        yield from _whole(network)
        return
    if problem.advice:
        yield from _advised(network, node)
        return
    result = analysis.results[node.id]
    sources = (_repairs, _flatten, _projections, _renamed, _earlier, _image, _wires)
    for source in sources:
        yield from source(analysis, result)


def _repairs(analysis: Analysis, result: LayerResult) -> Iterator[Candidate]:
    """Yield other settings of the layer itself."""
    shapes = [shape for shape in result.inputs if shape is not None]
    if shapes and len(shapes) == len(result.inputs):
        for text, layer in result.node.layer.repairs(*shapes):
            yield text, _with_layer(analysis.network, result.node, layer)


def _flatten(analysis: Analysis, result: LayerResult) -> Iterator[Candidate]:
    """Yield the layer behind a Flatten, also with its inputs set to what then arrives."""
    shape = result.inputs[0] if len(result.inputs) == 1 else None
    if shape is None or len(shape) == 1:
        return
    edge = analysis.network.incoming[result.node.id][0]
    flat = _between(analysis.network, edge, "flatten", Flatten())
    yield "Insert Flatten", flat
    for text, layer in result.node.layer.repairs(Flatten().output_shape(shape)):
        if layer != result.node.layer:
            yield f"Insert Flatten. {text}", _with_layer(flat, result.node, layer)


def _projections(analysis: Analysis, result: LayerResult) -> Iterator[Candidate]:
    """Yield a 1 × 1 convolution on the branch whose shape differs."""
    if not isinstance(result.node.layer, Add | Concatenate):
        return
    network = analysis.network
    edges = network.incoming[result.node.id]
    pairs = [(i, j) for i in range(len(edges)) for j in range(len(edges)) if i != j]
    pairs.sort(key=lambda pair: analysis.results[edges[pair[0]].source].depth)
    for branch, other in pairs:
        here, there = result.inputs[branch], result.inputs[other]
        if here is None or there is None or len(here) != 3 or len(there) != 3:
            continue
        layer = _projection(here, there, isinstance(result.node.layer, Add))
        if layer is not None and len(edges) == 2:
            source = network.by_id[edges[branch].source].name
            text = f"1 × 1 convolution {here[0]} → {layer.out_channels} after {source}"
            yield text, _between(network, edges[branch], "projection", layer)


def _projection(here: Shape, there: Shape, channels: bool) -> Conv2d | None:
    """Return the 1 × 1 convolution that makes one shape the other's height and width."""
    stride = tuple(-(-a // b) for a, b in zip(here[1:], there[1:], strict=True))
    reached = tuple(-(-a // s) for a, s in zip(here[1:], stride, strict=True))
    if reached != there[1:]:
        return None
    filters = there[0] if channels else here[0]
    return Conv2d(out_channels=filters, kernel_size=(1, 1), stride=(stride[0], stride[1]))


def _earlier(analysis: Analysis, result: LayerResult) -> Iterator[Candidate]:
    """Yield padding, stride and ceil mode of layers not far before."""
    for id_ in islice(_back_from(analysis, result.node.id), LOOK_BACK):
        node = analysis.network.by_id[id_]
        for text, layer in _gentler(node.layer):
            yield f"{text} in {node.name}", _with_layer(analysis.network, node, layer)


def _gentler(layer: Layer) -> Iterator[tuple[str, Layer]]:
    """Yield settings that leave more of a map."""
    if isinstance(layer, MaxPool2d | AvgPool2d) and not layer.ceil_mode:
        yield "Use ceil mode", replace(layer, ceil_mode=True)
    if isinstance(layer, Conv2d | MaxPool2d | AvgPool2d):
        rows, columns = (size // 2 for size in layer.kernel_size)
        padding = (rows, columns, rows, columns)
        if layer.padding not in {padding, "same"}:
            yield f"Set the padding to {rows} px", replace(layer, padding=padding)
        if layer.stride != (1, 1):
            yield "Set the stride to 1", replace(layer, stride=(1, 1))


def _image(analysis: Analysis, result: LayerResult) -> Iterator[Candidate]:
    """Yield the smallest square image with which the layer works."""
    inputs = [node for node in analysis.network.nodes if isinstance(node.layer, Input)]
    if len(inputs) != 1:
        return
    (node,) = inputs
    layer = node.layer

    def at(side: int) -> Network:
        changed = replace(layer, height=side, width=side)
        return _with_layer(analysis.network, node, changed)

    def works(side: int) -> bool:
        return analyse(at(side), analysis).results[result.node.id].measures is not None

    if works(LARGEST_SIDE):
        side = _smallest(works, 1, LARGEST_SIDE)
        yield f"Set the image to {side} × {side} px", at(side)


def _smallest(works: Callable[[int], bool], low: int, high: int) -> int:
    """Return where `works` begins to hold between two numbers, by halving."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle + 1, high)
    return high


def _wires(analysis: Analysis, result: LayerResult) -> Iterator[Candidate]:
    """Yield the layer with other wires: one less, one more, one moved to a free input."""
    network, node = analysis.network, result.node
    for edge in network.edges if node.id in network.circle() else ():
        if {edge.source, edge.target} <= set(network.circle()):
            yield (
                f"Remove the wire to {network.by_id[edge.target].name}",
                _without(network, edge),
            )
    edges, wanted = network.incoming[node.id], node.layer.input_count
    ports = [edge.target_port for edge in edges]
    for edge in edges:
        if wanted is None and ports.count(edge.target_port) > 1:
            moved = replace(edge, target_port=max(ports) + 1)
            yield "Move one wire to a free input", _rewired(network, edge, moved)
        source = network.by_id[edge.source].name
        yield f"Remove the wire from {source}", _without(network, edge)
        if edge.source_port:
            text = f"Connect it to the first output of {source}"
            yield text, _rewired(network, edge, replace(edge, source_port=0))
    if wanted is None or len(edges) < wanted:
        yield from _connections(network, node, max(ports, default=-1) + 1)


def _connections(network: Network, node: Node, port: int) -> Iterator[Candidate]:
    """Yield wires from the layers whose output nothing uses."""
    for other in network.nodes:
        ends = isinstance(other.layer, Output | AuxiliaryOutput)
        if other.id != node.id and not ends and not network.outgoing[other.id]:
            edge = Edge(other.id, node.id, port)
            yield f"Connect it to {other.name}", network.with_edge(edge)
    if node.layer.input_count is not None or port == 1:
        yield from _taken_out(network, node)


def _renamed(analysis: Analysis, result: LayerResult) -> Iterator[Candidate]:
    """Yield the layer under a name of its own."""
    name = _fresh(analysis.network, result.node.name.strip(".").replace("..", ".") or "layer")
    yield f"Rename it to {name}", analysis.network.with_node(replace(result.node, name=name))


def _advised(network: Network, node: Node) -> Iterator[Candidate]:
    """Yield what advice leads to."""
    layer, edges = node.layer, network.incoming[node.id]
    if isinstance(layer, Conv2d | ConvTranspose2d) and layer.bias:
        yield "Turn the bias off", _with_layer(network, node, replace(layer, bias=False))
    if len(edges) == 1 and not isinstance(layer, Softmax):
        yield "Insert Flatten", _between(network, edges[0], "flatten", Flatten())
    if isinstance(layer, Softmax) or not network.outgoing[node.id]:
        yield from _taken_out(network, node)


def _taken_out(network: Network, node: Node) -> Iterator[Candidate]:
    """Yield the design without a layer; what it fed is fed by its source."""
    if isinstance(node.layer, Input | Output):
        return
    if len(network.incoming[node.id]) == 1:
        yield f"Delete {node.name}", network.bypassing(node.id)
    elif not network.outgoing[node.id]:
        nodes = tuple(other for other in network.nodes if other.id != node.id)
        edges = tuple(edge for edge in network.edges if edge.target != node.id)
        yield f"Delete {node.name}", replace(network, nodes=nodes, edges=edges)


def _whole(network: Network) -> Iterator[Candidate]:
    """Yield what puts a network as a whole in order: its ends, its ids, its wires."""
    ends = [node for node in network.nodes if isinstance(node.layer, Output)]
    inputs = [node for node in network.nodes if isinstance(node.layer, Input)]
    if not inputs:
        name = _fresh(network, "input")
        begun = network.with_node(Node(id=name, name=name, layer=Input()))
        open_ = [node for node in network.nodes if not network.incoming[node.id]]
        wires = tuple(Edge(name, node.id) for node in open_)
        yield "Add an image input", replace(begun, edges=(*network.edges, *wires))
    if not ends:
        loose = [node for node in network.nodes if not network.outgoing[node.id]]
        name = _fresh(network, "output")
        ended = network.with_node(Node(id=name, name=name, layer=Output()))
        for node in reversed(loose):
            text = f"Add a classifier output after {node.name}"
            yield text, ended.with_edge(Edge(node.id, name))
    for extra in (*inputs[1:], *ends[1:]):
        yield f"Delete {extra.name}", _removed(network, extra.id)
    if len(network.by_id) < len(network.nodes):
        yield "Keep one layer of each id", replace(network, nodes=tuple(network.by_id.values()))
    known = network.by_id
    edges = tuple(e for e in network.edges if e.source in known and e.target in known)
    if len(edges) < len(network.edges):
        yield "Remove the loose wires", replace(network, edges=edges)


def _back_from(analysis: Analysis, node_id: str) -> Iterator[str]:
    """Yield the ids of the layers before one, the nearest first."""
    waiting, seen = [node_id], {node_id}
    for id_ in waiting:
        for edge in analysis.network.incoming[id_]:
            if edge.source not in seen:
                seen.add(edge.source)
                waiting.append(edge.source)
                yield edge.source


def _with_layer(network: Network, node: Node, layer: Layer) -> Network:
    return network.with_node(replace(node, layer=layer))


def _between(network: Network, edge: Edge, name: str, layer: Layer) -> Network:
    """Return the network with a layer put into a wire."""
    prefix = network.by_id[edge.target].name.rpartition(".")[0]
    name = _fresh(network, f"{prefix}.{name}" if prefix else name)
    node = Node(id=name, name=name, layer=layer)
    into, out = replace(edge, target=name, target_port=0), replace(edge, source=name, source_port=0)
    edges = tuple(old for old in network.edges if old is not edge)
    return replace(network.with_node(node), edges=(*edges, into, out))


def _without(network: Network, edge: Edge) -> Network:
    return replace(network, edges=tuple(old for old in network.edges if old is not edge))


def _rewired(network: Network, edge: Edge, other: Edge) -> Network:
    edges = tuple(other if old is edge else old for old in network.edges)
    return replace(network, edges=edges)


def _removed(network: Network, node_id: str) -> Network:
    nodes = tuple(node for node in network.nodes if node.id != node_id)
    edges = tuple(e for e in network.edges if node_id not in {e.source, e.target})
    return replace(network, nodes=nodes, edges=edges)


def _fresh(network: Network, name: str) -> str:
    """Return a name that neither a layer nor an id has."""
    taken = {node.name for node in network.nodes} | network.by_id.keys()
    unique, number = name, 1
    while unique in taken:
        number += 1
        unique = f"{name}{number}"
    return unique
