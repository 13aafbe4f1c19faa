"""Names that are given out once."""

from __future__ import annotations


class UniqueNames:
    """Gives each name once; a name asked for again gets a number behind it.

    Args:
        between: What stands before the number.
    """

    def __init__(self, between: str = "_") -> None:
        self._between = between
        self._given: set[str] = set()
        self._last: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Return `name`, or with the first number with which it was not given yet."""
        unique, number = name, self._last.get(name, 1)
        while unique in self._given:
            number += 1
            unique = f"{name}{self._between}{number}"
        self._last[name] = number
        self._given.add(unique)
        return unique

    def keep(self, name: str) -> None:
        """Do not give this name, which is taken already."""
        self._given.add(name)
