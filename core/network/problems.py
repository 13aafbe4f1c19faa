"""What is wrong with a design, and what in it may be better."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a network from working, or a piece of advice.

    Attributes:
        node: Id of the layer concerned, or "" for the network as a whole.
        what: One sentence with the numbers.
        why: The rule behind it, with this layer's numbers, or "".
        hint: What can be done, as a sentence, or "".
        advice: Whether the network works all the same.
    """

    node: str
    what: str
    why: str = ""
    hint: str = ""
    advice: bool = False
