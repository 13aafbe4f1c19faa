"""The classes of a network's PyTorch source, and what they are called with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from core.network.analysis import Analysis
from core.network.block_names import block_name
from core.network.layers.base.constructor import Constructor
from core.network.layers.base.layer import Shape
from core.network.network import Node
from core.network.source.blocks import Block, Path, Step, Value


@dataclass(frozen=True)
class Sequence:
    """An `nn.Sequential`."""

    parts: tuple[Made, ...]
    shapes: tuple[Shape, ...]


Made = Constructor | Sequence | Block
"""What a module's attribute is made by."""


@dataclass(frozen=True)
class Literal:
    """One argument of a constructor.

    Attributes:
        label: What it is called.
        value: What it is.
    """

    label: str
    value: Any


@dataclass
class SourceClass:
    """A class that is written once for all blocks of the same structure.

    Attributes:
        name: Of the class.
        blocks: Those it is for; the first stands for all.
        parameters: Of its `__init__`.
        texts: What stands for each literal of its `__init__`, in order.
    """

    name: str
    blocks: list[Block]
    parameters: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


class Classes:
    """All classes of a network, those that are used before those that use them."""

    def __init__(self, analysis: Analysis, root: Block, taken: Iterable[str]) -> None:
        self._analysis = analysis
        self.shapes = value_shapes(analysis)
        self._output_counts = Counter(source for source, _ in self.shapes)
        self._of: dict[Path, SourceClass] = {}
        self._arguments: dict[Path, list[Literal]] = {}
        self._members_of: dict[str, set[str]] = {}
        self.all = list(self._grouped(root).values())
        names = set(taken)
        for cls in sorted(self.all, key=lambda cls: len(self.members(cls.blocks[0]))):
            self._name(cls, names)  # the plain one first: its name is the shortest
        for cls in self.all:
            self._set_parameters(cls)

    def members(self, block: Block) -> dict[Path, Made]:
        """Return what a block's attributes are made by; shared modules once."""
        found: dict[Path, Made] = {}
        for step in block.steps:
            if isinstance(step.content, Block) or not step.content.layer.functional:
                found.setdefault(step.path, self._made(step))
        return found

    def output_count(self, node: Node) -> int:
        """Return how many outputs a layer has."""
        return self._output_counts[node.id]

    def literals(self, made: Made) -> list[Literal]:
        """Return the arguments within an expression, in the order they are written."""
        if isinstance(made, Block):
            return self._arguments[made.path]
        if isinstance(made, Sequence):
            return [literal for part in made.parts for literal in self.literals(part)]
        labels = made.labels
        positional = [
            Literal(labels[n] if n < len(labels) else f"value{n or ''}", value)
            for n, value in enumerate(made.arguments)
        ]
        return positional + [Literal(name, value) for name, value in made.all_settings.items()]

    def of(self, block: Block) -> SourceClass:
        """Return the class that a block is written as."""
        return self._of[block.path]

    def _made(self, step: Step) -> Made:
        content = step.content
        if isinstance(content, Node):
            shapes = [s for s in self._analysis.results[content.id].inputs if s is not None]
            return content.layer.constructor(*shapes)
        if not is_sequential(content):
            return content
        shapes = [self.shapes[step.outputs[0]] for step in content.steps]
        return Sequence(tuple(self._made(step) for step in content.steps), tuple(shapes))

    def _grouped(self, root: Block) -> dict[Any, SourceClass]:
        groups: dict[Any, SourceClass] = {}
        for block in root.blocks():
            if block is root or not is_sequential(block):
                structure = self._structure(block)
                cls = groups.setdefault(structure, SourceClass("", []))
                cls.blocks.append(block)
                self._of[block.path] = cls
        return groups

    def _structure(self, block: Block) -> Any:
        """Return what two blocks have in common that one class can be written for."""
        members = self.members(block)
        made = tuple((path, self._pattern(made)) for path, made in members.items())
        return made, tuple(_wiring(block))

    def _pattern(self, made: Made) -> Any:
        if isinstance(made, Block):
            return id(self._of[made.path])
        if isinstance(made, Sequence):
            return tuple(self._pattern(part) for part in made.parts)
        return made.name, len(made.arguments), tuple(made.all_settings)

    def _name(self, cls: SourceClass, taken: set[str]) -> None:
        """Name a class as its card is called, or after its place.

        A further one of that name is told by what is new in it.
        """
        base = self._called(cls.blocks[0]) or class_name(cls.blocks[0].path)
        members = {camel(path[0]) for path in self.members(cls.blocks[0])}
        extra = sorted(members - self._members_of.setdefault(base, members))
        numbered = (f"{base}{number}" for number in range(2, len(taken) + 3))
        wordy = (base + word for word in extra if not word.startswith("Block"))
        cls.name = next(n for n in (base, *wordy, *numbered) if n not in taken)
        taken.add(cls.name)

    def _called(self, block: Block) -> str:
        """Return what the field calls a block: "Bottleneck", "Inception"; or ""."""
        network, before = self._analysis.network, "".join(f"{part}." for part in block.path)
        nodes = [node for node in network.nodes if before and node.name.startswith(before)]
        return block_name(network, nodes)

    def _set_parameters(self, cls: SourceClass) -> None:
        """Make parameters of the literals that differ between the class's blocks."""
        rows = [
            [
                (path[-1], literal)
                for path, made in self.members(block).items()
                for literal in self.literals(made)
            ]
            for block in cls.blocks
        ]
        columns = [Column(column) for column in zip(*rows, strict=True)]
        names = _parameter_names(column for column in columns if not column.same)
        cls.texts = [
            written(column.first.value) if column.same else names[column.values]
            for column in columns
        ]
        cls.parameters = list(names.values())
        for block, row in zip(cls.blocks, rows, strict=True):
            chosen = dict(zip(cls.texts, (literal for _, literal in row), strict=True))
            self._arguments[block.path] = [
                Literal(name, chosen[name].value) for name in cls.parameters
            ]


class Column:
    """One literal of a class in each of its blocks.

    Attributes:
        owner: The attribute whose constructor it stands in.
        first: In the first block.
        values: In all blocks, as text.
        same: Whether it is the same in all.
    """

    def __init__(self, entries: Iterable[tuple[str, Literal]]) -> None:
        (self.owner, self.first), *others = entries
        texts = [repr(self.first.value), *(repr(literal.value) for _, literal in others)]
        self.values = tuple(texts)
        self.same = len(set(texts)) == 1


def _parameter_names(columns: Iterable[Column]) -> dict[tuple[str, ...], str]:
    """Return a name for each sequence of values.

    It is the literal's label, with the attribute's name before it where several have that label:
    “conv1_channels” and “conv3_channels” instead of two “out_channels”.
    """
    first: dict[tuple[str, ...], Column] = {}
    for column in columns:
        first.setdefault(column.values, column)
    several = Counter(column.first.label for column in first.values())
    names: dict[tuple[str, ...], str] = {}
    for column in first.values():
        label = column.first.label
        if several[label] > 1 and column.owner.isidentifier():
            label = f"{column.owner}_{label.removeprefix('out_')}"
        names[column.values] = _unused(label, names.values())
    return names


def written(value: Any) -> str:
    """Return a value as formatters of Python write it, texts in double quotes."""
    text = repr(value)
    if isinstance(value, list | tuple) and any(isinstance(part, str) for part in value):
        return re.sub(r"'([^'\"\\]*)'", r'"\1"', text)
    plain = type(value) is str and text[0] == "'" and '"' not in text
    return f'"{text[1:-1]}"' if plain else text


def value_shapes(analysis: Analysis) -> dict[Value, Shape]:
    """Return the shape of each value of a sound network."""
    return {
        (id_, port): shape
        for id_, result in analysis.results.items()
        for port, shape in enumerate(result.outputs)
    }


def is_sequential(block: Block) -> bool:
    """Return whether a block is a chain of modules called 0, 1, 2 and so on."""
    value = block.inputs
    for number, step in enumerate(block.steps):
        if step.path != (str(number),) or step.inputs != value or len(value) != 1:
            return False
        value = step.outputs
    return len(value) == 1 and block.outputs == value


def class_name(path: Path) -> str:
    """Return a class's name from where it is used: ("layer1", "0") gives "LayerBlock"."""
    words = [camel(part) for part in path if not part.isdigit()]
    name = words[-1] if words else "Block"
    return name + "Block" if path[-1:] and path[-1].isdigit() and words else name


def camel(text: str) -> str:
    """Return a name as classes are named: "inception4a" gives "Inception"."""
    bare = re.sub(r"\d+[a-z]?$", "", text)
    words = re.findall(r"[A-Za-z0-9]+", bare)
    name = "".join(word[:1].upper() + word[1:] for word in words)
    return name if name[:1].isalpha() else f"Block{name}"


def _wiring(block: Block) -> Iterator[tuple[Any, ...]]:
    """Yield what each step does with which values, the values numbered as they come up."""
    numbers: dict[Value, int] = {}
    gathering = block.gathering
    for value in block.inputs if gathering is None else ():  # else: however many there are
        numbers[value] = len(numbers)
    for step in block.steps:
        taken = () if step is gathering else tuple(numbers[value] for value in step.inputs)
        call = ""
        if isinstance(step.content, Node) and step.content.layer.functional:
            call = step.content.layer.source_call([f"v{number}" for number in taken])
        for value in step.outputs:
            numbers[value] = len(numbers)
        yield call or step.path, taken, tuple(value[1] for value in step.outputs)
    yield (tuple(numbers[value] for value in block.outputs),)


def _unused(name: str, taken: Iterable[str]) -> str:
    names = set(taken)
    candidates = (name, *(f"{name}_{number}" for number in range(2, len(names) + 3)))
    return next(candidate for candidate in candidates if candidate not in names)
