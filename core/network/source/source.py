"""The network as readable PyTorch source."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath

from core.network.analysis import Analysis, analyse
from core.network.bypassing import without_bypassed
from core.network.layers import base
from core.network.layers.base.layer import describe
from core.network.layers.ends import Input
from core.network.network import Network
from core.network.source.attribute_names import check_names
from core.network.source.blocks import Path, gather
from core.network.source.classes import Classes, Made, Sequence, SourceClass
from core.network.source.forward import RESERVED, Forward, Line
from core.network.source.line_breaking import TAB, WIDTH, broken
from core.network.source.line_places import Places
from core.network.source.lines import Attributes, Writer, commented, indented

TORCH_LAYERS = FilePath(str(base.__file__)).with_name("torch_layers.py")
"""The classes for what PyTorch has no module of; sources that need one contain it."""


def source_text(network: Network, title: str = "Network") -> str:
    """Return a network as the text of a Python module.

    Submodules are written for the name prefixes, one class for all that have the same structure.
    The module's `state_dict` has the network's tensor names.

    Raises:
        NetworkError: The network has problems, or a name that PyTorch keeps for itself.
    """
    return placed_source(network, title).text


@dataclass(frozen=True, slots=True)
class PlacedSource:
    """A source and where in it each layer stands.

    Attributes:
        text: The module.
        places: Numbers of lines, counted from 0, by the name of a layer or of a prefix that
            makes a module.
    """

    text: str
    places: dict[str, range]


def placed_source(network: Network, title: str = "Network") -> PlacedSource:
    """Return a network as the text of a Python module, with the lines of each layer.

    Raises:
        NetworkError: The network has problems, or a name that PyTorch keeps for itself.
    """
    network = without_bypassed(network)
    analysis = analyse(network)
    analysis.require_sound()
    check_names(network)
    return _Source(network, analysis, title).placed()


class _Source:
    """Writes one Python module."""

    def __init__(self, network: Network, analysis: Analysis, title: str) -> None:
        self._network, self._analysis, self._title = network, analysis, title
        self._root = gather(network)
        name = _class_title(title)
        self._classes = Classes(analysis, self._root, {name, *RESERVED, *torch_layer_sources()})
        self._classes.of(self._root).name = name

    def placed(self) -> PlacedSource:
        """Return the module's text with the lines of each layer."""
        text = "\n".join(self.lines()) + "\n"
        return PlacedSource(text, Places(text, self._classes, self._root).found)

    def lines(self) -> Iterator[str]:
        """Yield the module's lines."""
        classes = [text for cls in self._classes.all for text in ("", "", *self._class(cls))]
        borrowed = _borrowed("\n".join(classes))
        body = [line for text in borrowed for line in ("", "", *text.splitlines())] + classes
        yield from self._docstring()
        yield ""
        yield from _imports("\n".join(body))
        yield from body

    def _docstring(self) -> list[str]:
        entering = describe(self._network.only(Input).layer.output_shape())
        return [
            *textwrap.wrap(f'"""{_quoted(self._title)}.', WIDTH),
            "",
            f"{self._analysis.parameters:,} parameters, {self._analysis.multiply_adds:,} "
            "multiply-adds",
            f"for one image of {entering}. The comments give the shape that leaves a layer.",
            '"""',
        ]

    def _class(self, cls: SourceClass) -> list[str]:
        members = self._classes.members(cls.blocks[0])
        attributes = Attributes(members)
        forward = self._forward(cls, attributes)
        opening = ["", *indented(self._init(cls, members, attributes)), ""]
        return [
            f"class {cls.name}(nn.Module):",
            *indented(self._class_docstring(cls)),
            *(opening if members else [""]),
            *indented(forward),
        ]

    def _class_docstring(self, cls: SourceClass) -> list[str]:
        names = [".".join(block.path) for block in cls.blocks]
        if names == [""]:
            return ['"""The whole network."""']
        for count in (3, 2, 1):
            more = f" and {len(names) - count} more" if len(names) > count else ""
            text = f'"""{_quoted(", ".join(names[:count]))}{more}."""'
            if len(TAB) + len(text) <= WIDTH:
                return [text]
        return [f'"""A part of the network that it has {len(names)} times."""']

    def _init(
        self, cls: SourceClass, members: dict[Path, Made], attributes: Attributes
    ) -> list[str]:
        writer = Writer(self._classes, cls.texts, with_shapes=self._alike(cls))
        head = broken(f"def __init__({', '.join(['self', *cls.parameters])}):", indent=len(TAB))
        lines = [*head, f"{TAB}super().__init__()"]
        for path, made in members.items():
            lines += indented(attributes.opening(path))
            if isinstance(made, Sequence):
                made_lines = writer.lines(made, 2 * len(TAB), attributes.around(path))
                lines += indented(attributes.write(path, made_lines))
            else:
                (statement,) = attributes.write(path, [writer.call(made)])
                lines += indented(broken(statement, 2 * len(TAB)))
        return lines

    def _forward(self, cls: SourceClass, attributes: Attributes) -> list[str]:
        block = cls.blocks[0]
        forward = Forward(block, attributes.read, self._classes.output_count)
        names = forward.arguments or ["x"]
        lines = list(forward.lines())
        with_shapes = self._alike(cls)
        texts = [text for line in lines for text in self._forward_lines(line, with_shapes)]
        head = broken(f"def forward(self, {', '.join(names)}):", indent=len(TAB))
        return [*head, *indented(texts)]

    def _forward_lines(self, line: Line, with_shapes: bool) -> list[str]:
        texts = broken(line.text, 2 * len(TAB))
        if line.step is None or not with_shapes:
            return texts
        shapes = ", ".join(describe(self._classes.shapes[v]) for v in line.step.outputs)
        return commented(texts, shapes, 2 * len(TAB))

    def _alike(self, cls: SourceClass) -> bool:
        """Return whether shapes are the same in all blocks of a class."""
        shapes = [
            [self._classes.shapes[value] for step in block.steps for value in step.outputs]
            for block in cls.blocks
        ]
        return all(row == shapes[0] for row in shapes)


@cache
def torch_layer_sources() -> dict[str, str]:
    """Return the classes of `core.network.layers.base.torch_layers` as text, in their order."""
    text = TORCH_LAYERS.read_text(encoding="utf-8")
    tree = ast.parse(text)
    return {
        item.name: ast.get_source_segment(text, item) or ""
        for item in tree.body
        if isinstance(item, ast.ClassDef)
    }


def _borrowed(body: str) -> list[str]:
    """Return the classes of ours that a text calls, with those they are built on."""
    words, needed = set(re.findall(r"(?<![.\w])\w+(?=\()", body)), []
    for name, text in reversed(torch_layer_sources().items()):
        if name in words:
            words |= set(re.findall(r"\w+", text))
            needed.append(text)
    return needed[::-1]


def _imports(body: str) -> Iterator[str]:
    """Yield the import lines that a text needs."""
    words = set(re.findall(r"\b[A-Za-z_]+\b(?=[.\]),:\s])", body))
    if "Any" in words:
        yield from ("from typing import Any", "")
    if "torch" in words:
        yield "import torch"
    if "torchvision" in words:
        yield "import torchvision"
    used = [name for name in ("Tensor", "nn") if name in words]
    yield f"from torch import {', '.join(used)}"
    if "functional" in words:
        yield "from torch.nn import functional"


def _class_title(title: str) -> str:
    """Return a title as a class is named: "ResNet-18 (V2)" gives "ResNet18V2"."""
    words = re.findall(r"[A-Za-z0-9]+", title)
    name = "".join(word[:1].upper() + word[1:] for word in words)
    return name if name[:1].isalpha() else f"Network{name}"


def _quoted(text: str) -> str:
    """Return a text that can stand in a docstring."""
    return text.replace("\\", "/").replace('"', "'").replace("\n", " ")
