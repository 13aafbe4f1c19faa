"""Lines of Python broken where they are too long, as its formatters do."""

from __future__ import annotations

import re
from collections.abc import Iterator

WIDTH = 100
"""Of a line in characters, as in the classes that a source has from this program."""
TAB = "    "


def broken(text: str, indent: int, around: int = 0) -> list[str]:
    """Return a statement or an expression as lines of at most `WIDTH` where it can be broken.

    The last bracket is opened: what it holds comes on a line of its own, or each part on one.

    Args:
        text: On one line.
        indent: Characters before it.
        around: Further characters on its line, before and after it.
    """
    if indent + around + len(text) <= WIDTH:
        return [text]
    targets = re.match(r"[\w, ]+, \w+(?= = )", text)
    if targets and len(targets[0]) > WIDTH // 2:
        rest = text[targets.end() + 1 :]
        names = [f"{TAB}{name}," for name in targets[0].split(", ")]
        return ["(", *names, *broken(f") {rest}", indent)]
    bracket = _last_bracket(text)
    if bracket is None:
        return _broken_sum(text, indent)
    begin, end = bracket
    head, body, tail = text[: begin + 1], text[begin + 1 : end], text[end:]
    return [head, *_inside(body, indent + len(TAB)), tail]


def _inside(body: str, indent: int) -> Iterator[str]:
    """Yield what a bracket holds."""
    if indent + len(body) <= WIDTH:
        yield TAB + body
        return
    for part in _split(body, ","):
        for line in broken(f"{part.strip()},", indent):
            yield TAB + line


def _broken_sum(text: str, indent: int) -> list[str]:
    """Return a sum or product in brackets of its own; other text cannot be broken."""
    found = re.match(r"(return |\w+ = )(.*)", text)
    if not found or not re.search(r" [+*] ", found[2]):
        return [text]
    body = found[2]
    if indent + len(TAB) + len(body) > WIDTH:
        rows = re.split(r" (?=[+*] )", body)
        return [f"{found[1]}(", *(TAB + row for row in rows), ")"]
    return [f"{found[1]}(", TAB + body, ")"]


def _last_bracket(text: str) -> tuple[int, int] | None:
    """Return where the last outermost bracket opens and closes; empty ones do not count."""
    begin, found = 0, None
    for place, sign, depth in _signs(text):
        if sign in "([{" and depth == 1:
            begin = place
        elif sign in ")]}" and depth == 0 and place > begin + 1:
            found = begin, place
    return found


def _split(text: str, separator: str) -> list[str]:
    """Return the parts of a text between separators that stand in no bracket."""
    places = [p for p, sign, depth in _signs(text) if sign == separator and depth == 0]
    begins = [0, *(place + 1 for place in places)]
    parts = [text[a:b] for a, b in zip(begins, [*places, len(text)], strict=True)]
    return parts if parts[-1].strip() else parts[:-1]


def _signs(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield the place of each character outside of quotes, itself, and the brackets around it.

    An opening bracket counts as within itself, a closing one as behind.
    """
    depth = 0
    for found in re.finditer(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|.", text):
        sign = found[0]
        if len(sign) == 1:  # not a quoted text
            depth += (sign in "([{") - (sign in ")]}")
            yield found.start(), sign, depth
