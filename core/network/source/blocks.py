"""A network's layers gathered into submodules by their dotted names."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

from core.network.layers.ends import AuxiliaryOutput, Input, Output
from core.network.layers.merge import Concatenate
from core.network.network import Network, Node

Value = tuple[str, int]
"""What a layer gives out: (its id, the output's port)."""

Path = tuple[str, ...]
"""The parts of a dotted name."""


@dataclass(frozen=True)
class Step:
    """A line of a module's `forward`: one layer, or one submodule.

    Attributes:
        path: From the module on.
        content: A layer, or a submodule.
        inputs: What it takes.
        outputs: What it gives to others.
    """

    path: Path
    content: Node | Block
    inputs: tuple[Value, ...]
    outputs: tuple[Value, ...]

    @property
    def is_expression(self) -> bool:
        """Whether it is a layer that is written without a module."""
        return isinstance(self.content, Node) and self.content.layer.functional

    @property
    def is_concatenation(self) -> bool:
        """Whether it is a layer that lays its inputs one after the other."""
        return isinstance(self.content, Node) and isinstance(self.content.layer, Concatenate)


@dataclass(frozen=True)
class Block:
    """A module: what lies below a name prefix and can be computed in one go.

    Attributes:
        path: The prefix; () for the network.
        steps: In computing order.
        inputs: What it takes.
        outputs: What it gives to others.
    """

    path: Path
    steps: tuple[Step, ...]
    inputs: tuple[Value, ...]
    outputs: tuple[Value, ...]

    @property
    def gathering(self) -> Step | None:
        """The concatenation that takes all that enters, if nothing else takes any of it."""
        users = [step for step in self.steps if not set(self.inputs).isdisjoint(step.inputs)]
        if len(self.inputs) < 2 or len(users) != 1 or users[0].inputs != self.inputs:
            return None
        return users[0] if users[0].is_concatenation else None

    @property
    def is_dense(self) -> bool:
        """Whether each module takes what enters and all that was made before, in this order.

        At the end stands the concatenation of all: it alone leaves.
        """
        if len(self.inputs) != 1 or len(self.steps) < 3:
            return False
        *modules, last = self.steps
        made: tuple[Value, ...] = self.inputs
        for step in modules:
            if step.inputs != made or len(step.outputs) != 1 or step.is_expression:
                return False
            made += step.outputs
        return last.is_concatenation and (last.inputs, last.outputs) == (made, self.outputs)

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks within, each after those within it, and the block itself."""
        for step in self.steps:
            if isinstance(step.content, Block):
                yield from step.content.blocks()
        yield self


def gather(network: Network) -> Block:
    """Return the network as a tree of modules.

    A prefix whose layers cannot be computed in one go, because others lie in between, makes no
    block of its own: its layers are steps of the block around it.
    """
    inner = tuple(
        n
        for n in network.nodes
        if n.id not in network.detached
        and not isinstance(n.layer, Input | Output | AuxiliaryOutput)
    )
    root = _Gathering(network).block((), inner)
    (into,) = network.incoming[network.only(Output).id]
    result = (into.source, into.source_port)
    return replace(root, outputs=() if result in root.inputs else (result,))


@dataclass(frozen=True)
class _Unit:
    """Layers that may become one step."""

    path: Path
    nodes: tuple[Node, ...]
    group: bool


class _Gathering:
    """Knows the wires while blocks are made."""

    def __init__(self, network: Network) -> None:
        self._place = {node.id: number for number, node in enumerate(network.nodes)}
        self._sources: dict[str, list[Value]] = {
            target: [(edge.source, edge.source_port) for edge in into]
            for target, into in network.incoming.items()
        }
        self._users: dict[str, dict[int, list[str]]] = {}
        for target, values in self._sources.items():
            for source, port in values:
                self._users.setdefault(source, {}).setdefault(port, []).append(target)

    def block(self, path: Path, nodes: tuple[Node, ...]) -> Block:
        units = self._sorted(list(_units(path, nodes)))
        steps = tuple(self._step(path, unit) for unit in units)
        return Block(path, steps, self._inputs(nodes), self._outputs(nodes))

    def _step(self, path: Path, unit: _Unit) -> Step:
        content = self.block(unit.path, unit.nodes) if unit.group else unit.nodes[0]
        inputs = self._inputs(unit.nodes) if unit.group else tuple(self._sources[unit.nodes[0].id])
        return Step(unit.path[len(path) :], content, inputs, self._outputs(unit.nodes))

    def _inputs(self, nodes: tuple[Node, ...]) -> tuple[Value, ...]:
        inside = {node.id for node in nodes}
        values = (v for node in nodes for v in self._sources[node.id] if v[0] not in inside)
        return tuple(dict.fromkeys(values))

    def _outputs(self, nodes: tuple[Node, ...]) -> tuple[Value, ...]:
        """Return what others use."""
        inside = {node.id for node in nodes}
        used = [
            (node.id, port)
            for node in nodes
            for port, users in self._users.get(node.id, {}).items()
            if not inside.issuperset(users)
        ]
        return tuple(sorted(used, key=lambda value: (self._place[value[0]], value[1])))

    def _sorted(self, units: list[_Unit]) -> list[_Unit]:
        """Bring units into computing order; dissolve those that cannot be computed in one go."""
        while True:
            needs = self._needs(units)
            try:
                TopologicalSorter(needs).prepare()
            except CycleError as error:
                guilty = max(
                    (units[n] for n in error.args[1] if units[n].group), key=lambda u: len(u.nodes)
                )
                units.remove(guilty)
                units += _units(guilty.path, guilty.nodes)
                continue
            return [units[number] for number in _first_come(needs, self._ages(units))]

    def _needs(self, units: list[_Unit]) -> dict[int, set[int]]:
        """Return the units that each unit takes values from, by their numbers."""
        owner = {node.id: number for number, unit in enumerate(units) for node in unit.nodes}
        return {
            number: {
                owner[source]
                for node in unit.nodes
                for source, _ in self._sources[node.id]
                if source in owner and owner[source] != number
            }
            for number, unit in enumerate(units)
        }

    def _ages(self, units: list[_Unit]) -> list[int]:
        return [min(self._place[node.id] for node in unit.nodes) for unit in units]


def _units(path: Path, nodes: Iterable[Node]) -> Iterator[_Unit]:
    """Yield the layers directly below a prefix, and the longer prefixes below it."""
    groups: dict[str, list[Node]] = {}
    for node in nodes:
        rest = node.name.split(".")[len(path) :]
        if len(rest) == 1:
            yield _Unit((*path, rest[0]), (node,), group=False)
        else:
            groups.setdefault(rest[0], []).append(node)
    for name, members in groups.items():
        yield _Unit((*path, name), tuple(members), group=True)


def _first_come(needs: dict[int, set[int]], ages: list[int]) -> Iterator[int]:
    """Yield numbers, each after those it needs; of those that may come, the oldest first."""
    sorter = TopologicalSorter(needs)
    sorter.prepare()
    waiting: list[tuple[int, int]] = []
    while sorter.is_active():
        for number in sorter.get_ready():
            heapq.heappush(waiting, (ages[number], number))
        _, number = heapq.heappop(waiting)
        yield number
        sorter.done(number)
