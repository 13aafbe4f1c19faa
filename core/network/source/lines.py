"""Lines of PyTorch source: constructors, `nn.Sequential`, loops, comments with shapes."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator
from itertools import groupby

from core.network.layers.base.constructor import Constructor
from core.network.layers.base.layer import describe
from core.network.source.blocks import Path
from core.network.source.classes import Classes, Made, Sequence
from core.network.source.line_breaking import TAB, WIDTH, broken


class Writer:
    """Writes the expressions of one `__init__`.

    Args:
        classes: Of the whole source.
        texts: What stands for each literal, in order.
        with_shapes: Whether the shapes are the same wherever the class is used.
    """

    def __init__(self, classes: Classes, texts: Iterable[str], with_shapes: bool) -> None:
        self._classes, self._texts, self._with_shapes = classes, iter(texts), with_shapes

    def lines(self, made: Made, indent: int, around: int) -> list[str]:
        """Return an expression as lines.

        Args:
            made: The expression.
            indent: Characters before the statement.
            around: Characters before and after the expression in its statement.
        """
        if isinstance(made, Sequence):
            return self._sequential(made, indent + len(TAB))
        return broken(self.call(made), indent, around)

    def call(self, made: Made) -> str:
        """Return what is no sequence on one line."""
        name, arguments = self._call(made)
        return f"{name}({', '.join(arguments)})"

    def _call(self, made: Made) -> tuple[str, list[str]]:
        """Return the name that is called and the arguments."""
        texts = [next(self._texts) for _ in self._classes.literals(made)]
        if not isinstance(made, Constructor):
            cls = self._classes.of(made)  # type: ignore[arg-type]
            named = zip(cls.parameters, texts, strict=True)
            several = len(texts) > 1
            return cls.name, [f"{name}={text}" if several else text for name, text in named]
        count, usual = len(made.arguments), made.defaults
        named = zip(made.all_settings, texts[count:], strict=True)
        kept = [f"{name}={text}" for name, text in named if text != repr(usual.get(name, ...))]
        return made.name, texts[:count] + kept

    def _sequential(self, made: Sequence, indent: int) -> list[str]:
        parts = [self.lines(part, indent, around=1) for part in made.parts]
        lines = ["nn.Sequential("]
        rows = zip(parts, made.shapes, strict=True)
        for part, same in groupby(rows, key=lambda row: row[0]):
            shapes = [shape for _, shape in same]
            element = _repeated(part, len(shapes), indent)
            comment = describe(shapes[-1]) if self._with_shapes else ""
            lines += indented(commented(element, comment, indent))
        return [*lines, ")"]


def _repeated(part: list[str], count: int, indent: int) -> list[str]:
    """Return an element of a call, or a loop over equal ones."""
    if count == 1:
        return [*part[:-1], part[-1] + ","]
    loop = f"for _ in range({count})"
    line = f"*({part[0]} {loop}),"
    if len(part) == 1 and len(line) + indent <= WIDTH:
        return [line]
    return ["*(", *indented([*part, loop]), "),"]


def commented(lines: list[str], comment: str, indent: int) -> list[str]:
    """Return lines with a comment at the end of the last where there is room."""
    text = f"{lines[-1]}  # {comment}"
    fits = comment and indent + len(text) <= WIDTH
    return [*lines[:-1], text] if fits else lines


def indented(lines: Iterable[str]) -> list[str]:
    """Return lines moved to the right by one step."""
    return [f"{TAB}{line}" if line else "" for line in lines]


def is_plain(name: str) -> bool:
    """Return whether a name can be written behind a dot."""
    return name.isidentifier() and not keyword.iskeyword(name)


class Attributes:
    """Where a class keeps its modules: `self.conv1`, or deeper where a prefix is no block."""

    def __init__(self, members: Iterable[Path]) -> None:
        members = list(members)
        self.containers: dict[Path, list[str]] = {}
        for path in members:
            for depth in range(1, len(path)):
                names = self.containers.setdefault(path[:depth], [])
                if path[depth] not in names:
                    names.append(path[depth])
        self._lists = {
            path
            for path, names in self.containers.items()
            if names == [str(n) for n in range(len(names))]
        }

    def read(self, path: Path) -> str:
        """Return the expression that finds a module."""
        text = "self"
        for depth, name in enumerate(path):
            if path[:depth] in self._lists:
                text += f"[{name}]"
            else:
                text += f".{name}" if is_plain(name) else f'.get_submodule("{name}")'
        return text

    def write(self, path: Path, expression: list[str]) -> list[str]:
        """Return the statement that puts a module where it belongs."""
        home, name = self.read(path[:-1]), path[-1]
        if path[:-1] in self._lists:
            before, after = f"{home}.append(", ")"
        elif is_plain(name):
            before, after = f"{home}.{name} = ", ""
        else:
            before, after = f"{home}.add_module({name!r}, ".replace("'", '"'), ")"
        lines = [before + expression[0], *expression[1:]]
        return [*lines[:-1], lines[-1] + after]

    def around(self, path: Path) -> int:
        """Return how many characters `write` puts before and after an expression."""
        return len(self.write(path, [""])[0])

    def opening(self, path: Path) -> Iterator[str]:
        """Yield the statements that make the containers above a module, each once."""
        for depth in range(1, len(path)):
            above = path[:depth]
            if self.containers.pop(above, None) is not None:
                made = "nn.ModuleList()" if above in self._lists else "nn.Module()"
                yield from self.write(above, [made])
