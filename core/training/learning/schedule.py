"""How the learning rate rises and falls over a training."""

from __future__ import annotations

import math

WARM_UP = 0.15
"""Share of the steps in which the rate rises."""

LAST = 0.01
"""The rate at the end, as a share of the largest."""


def one_cycle(step: int, steps: int) -> float:
    """Return the factor of the learning rate at a step, from 0 on.

    It rises in a straight line and falls as half a cosine.

    Source: L. N. Smith and N. Topin, "Super-convergence", 2018.
    """
    rising = max(1.0, WARM_UP * steps)
    if step < rising:
        return (step + 1) / (rising + 1)
    done = min(1.0, (step - rising) / max(1.0, steps - rising))
    return LAST + (1 - LAST) * (1 + math.cos(math.pi * done)) / 2


def rate_at_depth(place: int, places: int, fall: float) -> float:
    """Return the factor of the learning rate of a layer, falling evenly toward the input.

    Source: J. Howard and S. Ruder, "Universal language model fine-tuning", 2018.

    Args:
        place: 0 is nearest to the input.
        places: How many there are.
        fall: The factor nearest to the input.
    """
    return float(fall ** (1 - place / (places - 1))) if places > 1 else 1.0
