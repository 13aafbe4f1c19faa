"""Where in a network's PyTorch source each layer and each name prefix stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from core.network.network import Node
from core.network.source.blocks import Block, Path
from core.network.source.classes import Classes, is_sequential
from core.network.source.forward import Forward
from core.network.source.lines import Attributes

Lines = range
"""Numbers of lines that follow each other, counted from 0."""


class Places:
    """Finds the lines of every layer, by its name, and of every prefix that makes a module.

    A class that is written once for several blocks gives the same lines to the layers of each.

    Args:
        text: The whole source.
        classes: Of the source.
        root: The network as a block.

    Attributes:
        found: Lines by layer name or prefix.
    """

    def __init__(self, text: str, classes: Classes, root: Block) -> None:
        self._classes = classes
        self._written = {
            item.name: item for item in ast.parse(text).body if isinstance(item, ast.ClassDef)
        }
        self.found: dict[str, Lines] = {}
        self._walk(root)

    def _walk(self, block: Block) -> None:
        """Find the layers of a block that is written as a class of its own."""
        contents = {step.path: step.content for step in reversed(block.steps)}
        for path, expression in self._members(block):
            self._take((*block.path, *path), contents[path], expression)
        for lines, node in self._functional(block):
            self.found[node.name] = lines

    def _take(self, path: Path, content: Node | Block, expression: ast.expr) -> None:
        """Note where a member is made, and go on into it."""
        end = expression.end_lineno or expression.lineno
        self.found[".".join(path)] = range(expression.lineno - 1, end)
        if isinstance(content, Node):
            return
        if not is_sequential(content):
            self._walk(content)
            return
        for step, element in zip(content.steps, _elements(expression), strict=True):
            self._take((*path, *step.path), step.content, element)

    def _members(self, block: Block) -> Iterator[tuple[Path, ast.expr]]:
        """Yield the expression in `__init__` that makes each member."""
        members = self._classes.members(block)
        if not members:
            return
        attributes = Attributes(members)
        statements = iter(self._function(block, "__init__").body[1:])
        for path in members:
            for _ in attributes.opening(path):
                next(statements)
            yield path, _made(next(statements))

    def _functional(self, block: Block) -> Iterator[tuple[Lines, Node]]:
        """Yield the lines in `forward` of each layer that no module stands for."""
        statements = self._function(block, "forward").body
        attributes = Attributes(self._classes.members(block))
        forward = Forward(block, attributes.read, self._classes.output_count)
        written = [line for line in forward.lines() if not line.text.startswith("#")]
        for line, statement in zip(written, statements, strict=True):
            content = line.step.content if line.step else None
            if isinstance(content, Node) and content.layer.functional:
                end = statement.end_lineno or statement.lineno
                yield range(statement.lineno - 1, end), content

    def _function(self, block: Block, name: str) -> ast.FunctionDef:
        body = self._written[self._classes.of(block).name].body
        return next(
            item for item in body if isinstance(item, ast.FunctionDef) and item.name == name
        )


def _made(statement: ast.stmt) -> ast.expr:
    """Return what a statement of `__init__` assigns, or appends to a list of modules."""
    if isinstance(statement, ast.Assign):
        return statement.value
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    return statement.value.args[-1]


def _elements(expression: ast.expr) -> Iterator[ast.expr]:
    """Yield the elements of an `nn.Sequential`, those of a loop as often as it runs."""
    assert isinstance(expression, ast.Call)
    for argument in expression.args:
        loop = argument.value if isinstance(argument, ast.Starred) else None
        if not isinstance(loop, ast.GeneratorExp):
            yield argument
            continue
        runs = loop.generators[0].iter
        assert isinstance(runs, ast.Call)
        assert isinstance(runs.args[0], ast.Constant)
        yield from [loop.elt] * int(str(runs.args[0].value))
