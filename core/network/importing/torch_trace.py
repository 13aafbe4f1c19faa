"""A torch module's `forward` as a network, followed with torch.fx. Imports torch."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import Tensor, fx, nn
from torchvision.models import shufflenetv2

from core.network.importing import closed_modules, torch_functions, torch_modules
from core.network.layers.base.layer import Layer, Shape
from core.network.layers.ends import AuxiliaryOutput, Input, Output
from core.network.layers.merge import Add, Concatenate, Multiply
from core.network.layers.scaling import ClassToken, LayerScale, PositionEmbedding
from core.network.network import Edge, Network, NetworkError, Node
from core.unique_names import UniqueNames

BATCH = 2
"""Batch normalisation in training refuses a single number for a channel."""

WITH_PARAMETER: Mapping[type[Layer], type[Layer]] = {
    Add: PositionEmbedding,
    Multiply: LayerScale,
    Concatenate: ClassToken,
}
"""The layers that a sum, a product and a concatenation with a parameter are."""


def trace(model: nn.Module, shape: Shape) -> Network:
    """Return a module as a network; layers are named after its modules.

    Args:
        model: On the meta device: only shapes are computed.
        shape: Of one image.

    Raises:
        NetworkError: It does something that Layerloom has no layer for.
    """
    tracer = _Tracer(autowrap_functions=(shufflenetv2.channel_shuffle,))
    graph = tracer.trace(model)
    scopes = {name: path for name, (path, _) in tracer.node_name_to_scope.items()}
    reader = _Reader(fx.GraphModule(model, graph), scopes)
    reader.run(torch.empty(BATCH, *shape, device="meta"))
    return reader.network()


class _Tracer(fx.Tracer):
    """Goes into every module that is not one layer."""

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
        return type(m) in torch_modules.READERS or type(m) in closed_modules.ARGUMENTS


class _Reader(fx.Interpreter):
    """Runs a traced module on shapes alone and writes each step down as a layer."""

    def __init__(self, module: fx.GraphModule, scopes: dict[str, str]) -> None:
        super().__init__(module)
        self._scopes = scopes
        self._nodes: list[Node] = []
        self._edges: list[Edge] = []
        self._sources: dict[fx.Node, tuple[str, int]] = {}
        self._parameters: dict[fx.Node, str] = {}
        self._names, self._ids = UniqueNames(), UniqueNames()
        self._bundle: list[tuple[str, int]] = []

    def run_node(self, n: fx.Node) -> Any:
        """Compute a step's shapes and write it down."""
        result = super().run_node(n)
        if n.op == "placeholder":
            channels, height, width = result.shape[1:]
            self._add(n, "input", Input(channels=channels, height=height, width=width))
        elif n.op == "output":
            self._end(n)
        elif n.op == "get_attr":
            self._parameters[n] = str(n.target)
        elif n.op == "call_module":
            value = self.fetch_args_kwargs_from_env(n)[0][0]
            self._add(n, str(n.target), _layer_of(self._submodule(n), value, result))
        elif _is_value(result):
            self._call(n)
        return result

    def network(self) -> Network:
        """Return what was written down."""
        return Network(nodes=tuple(self._nodes), edges=tuple(self._edges))

    def _call(self, n: fx.Node) -> None:
        """Write a function or a tensor's method down."""
        arguments, settings = self.fetch_args_kwargs_from_env(n)
        source = n.all_input_nodes[0]
        if isinstance(n.target, type) and issubclass(n.target, tuple):
            self._bundle = list(self._wires(n))  # the outputs in training, with auxiliary heads
        elif n.target == "expand" and source in self._parameters:
            self._parameters[n] = self._parameters[source]
        elif n.target == "contiguous" or (n.target is torch.cat and len(arguments[0]) == 1):
            self._sources[n] = self._sources[source]
        elif n.target is operator.getitem and isinstance(arguments[0], tuple | list):
            self._sources[n] = (self._sources[source][0], arguments[1])  # one of several outputs
        else:
            self._add_function(n, _layer_of_call(n, arguments, settings))

    def _add_function(self, n: fx.Node, layer: Layer) -> None:
        owners = [self._parameters[node] for node in n.all_input_nodes if node in self._parameters]
        if owners:
            self._add(n, owners[0], WITH_PARAMETER[type(layer)]())
            return
        usual = n.target if isinstance(n.target, str) else n.target.__name__
        called = torch_functions.NAMES.get(n.target, usual)
        scope = self._scopes.get(n.name, "")
        self._add(n, f"{scope}.{called}" if scope else called, layer)

    def _add(self, n: fx.Node, name: str, layer: Layer) -> None:
        sharing = n.op == "call_module" and any(True for _ in self._submodule(n).parameters())
        if sharing:
            self._names.keep(name)
        else:
            name = self._names.take(name)
        identity = self._ids.take(name)
        self._nodes.append(Node(id=identity, name=name, layer=layer))
        wires = enumerate(self._wires(n))
        self._edges += [Edge(node, identity, port, out) for port, (node, out) in wires]
        self._sources[n] = (identity, 0)

    def _end(self, n: fx.Node) -> None:
        """Write the outputs down: the scores, then those of auxiliary heads."""
        for place, (node, port) in enumerate(self._bundle or self._wires(n)):
            name, layer = ("output", Output()) if place == 0 else ("", AuxiliaryOutput())
            name = self._names.take(name or "auxiliary_output")
            identity = self._ids.take(name)
            self._nodes.append(Node(id=identity, name=name, layer=layer))
            self._edges.append(Edge(node, identity, 0, port))

    def _wires(self, n: fx.Node) -> Iterator[tuple[str, int]]:
        """Yield where a step's inputs come from, in their order, repeated ones too."""
        found: list[fx.Node] = []
        fx.map_arg((n.args, n.kwargs), found.append)
        return (self._sources[source] for source in found if source in self._sources)

    def _submodule(self, n: fx.Node) -> nn.Module:
        return self.module.get_submodule(str(n.target))


def _layer_of(module: nn.Module, value: Tensor, result: Tensor) -> Layer:
    reader = torch_modules.READERS.get(type(module))
    return reader(module) if reader else closed_modules.closed_layer(module, value, result)


def _layer_of_call(n: fx.Node, arguments: tuple[Any, ...], settings: dict[str, Any]) -> Layer:
    reader = torch_functions.READERS.get(n.target)
    if reader is None:
        raise NetworkError(f"The network calls {n.target}, for which Layerloom has no layer")
    return reader(*arguments, **settings)


def _is_value(result: Any) -> bool:
    """Return whether a result is a tensor or several, and not a size."""
    several = isinstance(result, tuple | list) and len(result) > 0
    return isinstance(result, Tensor) or (several and all(isinstance(r, Tensor) for r in result))
