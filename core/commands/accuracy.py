"""How good a result is, in words."""

from __future__ import annotations

from core.commands.console import Result


def accuracy_sentence(result: Result) -> str:
    """Say how good a result is, how sure that is, and what guessing would get."""
    images = result.get("tested_images", result["images"])
    right = round(result["accuracy"] * images)
    low, high = result["interval"]
    return (
        f"{right} of {images} images right: {result['accuracy']:.1%} (95 % confidence: {low:.1%} "
        f"to {high:.1%}); always giving the same answer would get {result['baseline']:.1%}."
    )
