"""The recipes: ways to train, each with its own trade of time against accuracy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.errors import LayerloomError
from core.recipes import options
from core.recipes.options import Option, Value, with_defaults
from core.recipes.timings import expected_seconds


class RecipeError(LayerloomError):
    """A recipe that does not exist or cannot be used here."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """A way to train.

    Attributes:
        name: As on the command line.
        title: As shown.
        sentence: What it does, one sentence.
        frozen: What stays as it is, one sentence.
        duration: How long it takes, in a word or two, where `expected` knows nothing better.
        options: Its advanced settings.
        needs_torch: Whether it needs PyTorch.
        needs_weights: Whether it needs a network with weights to start from.
        in_epochs: Whether it learns in epochs; if not, a new last layer is fitted, and only that.
        frozen_share: Of the layers with weights, how many of the first stay as they are where the
            design does not say which; 0…1.
    """

    name: str
    title: str
    sentence: str
    frozen: str
    duration: str
    options: tuple[Option, ...]
    needs_torch: bool
    needs_weights: bool
    in_epochs: bool = True
    frozen_share: float = 0.0

    def settings(self, given: Mapping[str, Any]) -> dict[str, Value]:
        """Return the value of every option.

        Raises:
            OptionError: There is no such option, or a value does not fit.
        """
        return with_defaults(self.options, given)

    def expected(
        self, network: str, images: int, given: Mapping[str, Value] | None = None
    ) -> float | None:
        """Return how many seconds a training would take on this computer.

        It comes from what was measured when this recipe last trained this network here; reading
        it takes a millisecond.

        Args:
            network: Name or path.
            images: How many images there are, all splits together.
            given: Options that differ from their default.

        Returns:
            Seconds until the last epoch (early stopping may end it sooner); None while unknown.
        """
        return expected_seconds(self.name, network, images, self.settings(given or {}))


def _shared(
    epochs: int, patience: int, learning_rate: float, smoothing: float = 0.1
) -> tuple[Option, ...]:
    return (
        replace(options.EPOCHS, default=epochs),
        options.BATCH_SIZE,
        replace(options.LEARNING_RATE, default=learning_rate),
        options.WEIGHT_DECAY,
        replace(options.LABEL_SMOOTHING, default=smoothing),
        replace(options.PATIENCE, default=patience),
        options.AVERAGING,
        options.CLIPPING,
        options.CLASS_WEIGHTS,
        options.MIRRORING,
        options.PRECISION,
        options.LAYOUT,
        options.THREADS,
        options.DEVICE,
    )


RECIPES: dict[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        Recipe(
            name="quick",
            title="Quick",
            sentence="The pretrained network stays fixed; only a new last layer learns.",
            frozen="All layers but the last one.",
            duration="Seconds",
            options=(options.VIEWS, options.CLASS_WEIGHTS),
            needs_torch=False,
            needs_weights=True,
            in_epochs=False,
        ),
        Recipe(
            name="balanced",
            title="Balanced",
            sentence="The last blocks adapt to your images too.",
            frozen="The layers that the design freezes, or else the first two thirds. All batch "
            "normalisation, frozen or not, uses its stored mean and variance.",
            duration="Minutes",
            options=(
                replace(options.VIEWS, default=4),
                options.STORED_STATISTICS,
                replace(options.RATE_FALL, default=0.3),
                *_shared(10, 4, 3e-4, smoothing=0.0),
            ),
            needs_torch=True,
            needs_weights=True,
            frozen_share=2 / 3,
        ),
        Recipe(
            name="thorough",
            title="Thorough",
            sentence="Every layer adapts, slowly and carefully.",
            frozen="Nothing: first the last layer learns, then all, the first layers slowest. "
            "Only the mean and variance of batch normalisation keep the values that came "
            "with the weights.",
            duration="An hour or so",
            options=(
                options.AUGMENTATION,
                replace(options.SMALL_FIRST, default=0.7),
                options.STORED_STATISTICS,
                options.RATE_FALL,
                *_shared(20, 8, 1e-4, 0.05),
            ),
            needs_torch=True,
            needs_weights=True,
        ),
        Recipe(
            name="scratch",
            title="From scratch",
            sentence="No pretraining. For networks you designed yourself.",
            frozen="Nothing: all weights start random.",
            duration="Hours",
            options=(options.AUGMENTATION, options.SMALL_FIRST, *_shared(40, 12, 2e-3, 0.05)),
            needs_torch=True,
            needs_weights=False,
        ),
    )
}
"""Every recipe by its name."""


def recipe_named(name: str) -> Recipe:
    """Return the recipe of this name.

    Raises:
        RecipeError: There is none.
    """
    if name not in RECIPES:
        raise RecipeError(
            f"There is no recipe called “{name}”", hint=f"Available: {', '.join(RECIPES)}."
        )
    return RECIPES[name]
