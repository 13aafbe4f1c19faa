"""The lines of a `forward`, with short names for what lies between the layers."""

from __future__ import annotations

import keyword
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.network.network import Node
from core.network.source.blocks import Block, Path, Step, Value

SHORT = ("x", "y", "z")
LIST = "features"
"""What several maps are called that are laid one after the other."""
RESERVED = {"self", "torch", "nn", "functional", "torchvision"}


@dataclass(frozen=True)
class Line:
    """A line and what its values are shaped like.

    Attributes:
        text: Without indentation.
        step: What it computes; None for a return alone.
    """

    text: str
    step: Step | None = None


class Forward:
    """Writes one `forward`, giving each value the shortest name that is free."""

    def __init__(
        self, block: Block, attribute: Callable[[Path], str], output_count: Callable[[Node], int]
    ) -> None:
        self._block = block
        self._output_count = output_count
        self._attribute = attribute
        self._steps = _needed(block)
        self._in_use = {id(step) for step in self._steps}
        self._last = {v: n for n, step in enumerate(self._steps) for v in step.inputs}
        self._last.update(dict.fromkeys(block.outputs, len(self._steps)))
        self._uses: dict[Value, int] = {}
        for step in self._steps:
            for value in step.inputs:
                self._uses[value] = self._uses.get(value, 0) + 1
        self._names: dict[Value, str] = {}
        self._gathering = block.gathering

    @property
    def arguments(self) -> list[str]:
        """The names of what enters."""
        if self._gathering is not None:
            return [f"*{LIST}"]
        count = len(self._block.inputs)
        return [*SHORT, *(f"x{number}" for number in range(len(SHORT), count))][:count]

    def lines(self) -> Iterator[Line]:
        """Yield the lines."""
        if self._block.is_dense:
            yield from self._dense_lines()
            return
        if self._gathering is None:
            self._names = dict(zip(self._block.inputs, self.arguments, strict=True))
        for step in self._block.steps:
            if id(step) not in self._in_use and isinstance(step.content, Block):
                yield Line(f"# {self._attribute(step.path)} is used only in training.")
        for number, step in enumerate(self._steps):
            call = self._call(step)
            targets = self._targets(number, step)
            last = number == len(self._steps) - 1 and step.outputs == self._block.outputs
            if last and "_" not in targets:
                yield Line(f"return {call}", step)
                return
            yield Line(f"{', '.join(targets)} = {call}", step)
        values = [self._names[value] for value in self._block.outputs]
        yield Line(f"return {', '.join(values or self.arguments or ['x'])}")

    def _dense_lines(self) -> Iterator[Line]:
        """Yield the lines of a block in which all that was made is kept in a list."""
        *steps, last = self._block.steps
        yield Line(f"{LIST} = [{self.arguments[0]}]")
        for step in steps:
            yield Line(f"{LIST}.append({self._written(step, [f'*{LIST}'])})", step)
        yield Line(f"return {self._written(last, [f'*{LIST}'])}", last)

    def _call(self, step: Step) -> str:
        if step is self._gathering:
            return self._written(step, [f"*{LIST}"])
        return self._written(step, [self._names[value] for value in step.inputs])

    def _written(self, step: Step, names: list[str]) -> str:
        """Return a step's call with the names of what it takes."""
        if step.is_expression and isinstance(step.content, Node):
            return step.content.layer.source_call(names)
        return f"{self._attribute(step.path)}({', '.join(names)})"

    def _targets(self, number: int, step: Step) -> list[str]:
        """Name what a step gives out; what is no longer needed gives its name away."""
        dead = [v for v in self._names if self._last.get(v, -1) <= number]
        branch = isinstance(step.content, Block) and self._uses[step.inputs[0]] > 1
        free = [self._names.pop(value) for value in dead]
        given: dict[int, str] = {}
        for place, value in enumerate(step.outputs):
            name = self._own_name(step) if branch else self._name(step, free)
            self._names[value] = name
            if name in free:
                free.remove(name)
            given[place if isinstance(step.content, Block) else value[1]] = name
        return [given.get(place, "_") for place in range(self._count(step))]

    def _count(self, step: Step) -> int:
        """Return how many values a step gives out, used or not."""
        if isinstance(step.content, Block):
            return len(step.outputs)
        return self._output_count(step.content)

    def _name(self, step: Step, free: list[str]) -> str:
        """Return the first input's name if it is free, another free one, or a new one."""
        for name in free:
            return name
        for name in SHORT:
            if name not in self._names.values():
                return name
        return self._own_name(step)

    def _own_name(self, step: Step) -> str:
        """Return a name made of the step's."""
        word = next((part for part in reversed(step.path) if part.isidentifier()), "y")
        taken = set(self._names.values()) | RESERVED
        candidates = (word, *(f"{word}_{n}" for n in range(2, len(taken) + 3)))
        return next(c for c in candidates if c not in taken and not keyword.iskeyword(c))


def _needed(block: Block) -> list[Step]:
    """Return the steps that a block's outputs depend on; auxiliary heads do not count."""
    wanted, steps = set(block.outputs), []
    for step in reversed(block.steps):
        if not wanted.isdisjoint(step.outputs):
            wanted.update(step.inputs)
            steps.append(step)
    return steps[::-1]
