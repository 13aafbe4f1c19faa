"""The sizes of cards and the gaps between them, on the canvas, in the layout and in pictures."""

from __future__ import annotations

CARD_WIDTH = 232.0
CARD_HEIGHT = 56.0
GAP = 24.0
"""Free space between cards, above and below as well as beside."""

PITCH_DOWN = CARD_HEIGHT + GAP
"""From the middle of a card to that of the one right below it."""

PITCH_ACROSS = CARD_WIDTH + GAP
"""From the middle of a card to that of the one right beside it."""

Position = tuple[float, float]
"""(x, y) of a card's middle."""

STUB = 34.0
"""How far the end of a wire looks out of the entered group."""

STUB_BESIDE = GAP / 2
"""The same where a card of the group is wired there too and lies a gap away."""

BESIDE_WIRE = 20.0
"""From that card's wire to the end of the one that leads out."""
