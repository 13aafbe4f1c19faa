"""What is happening, as a person reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.images.folders import Split
from core.images.scanning import LabelledImage
from core.runs.narration import Narration, Trend
from gui.shell.application import make_application
from gui.train.narrative import Narrative


@pytest.fixture(autouse=True)
def english(qapp) -> None:
    """Load the plural forms."""
    make_application()


def test_little_improvement_is_said_with_what_follows() -> None:
    said = Narration(Trend.LITTLE, 97, 100, 22, 6, 4, None, ("wasps", "bees", 3))
    assert Narrative().headline(said) == (
        "The network now gets 97 of 100 validation images correctly."
    )
    assert Narrative().outlook(said) == (
        "It has improved little in the last 6 epochs; "
        "training stops automatically if this continues for 4 more."
    )
    assert Narrative().mixed_up(said) == (
        "Most often confused: wasps → bees (3). More images of “wasps” would help most."
    )


def test_that_there_is_no_need_to_stop_yet_is_said() -> None:
    said = Narration(Trend.CATCHING_UP, 90, 100, 0, 5, 4)
    assert Narrative().outlook(said).endswith("there is no need to stop yet.")


def test_too_large_steps_are_said() -> None:
    said = Narration(Trend.GROWING, 40, 100, 2, 3, 4)
    assert "learning rate is probably too large" in Narrative().outlook(said)


def test_overfitting_and_a_halved_rate_are_said() -> None:
    said = Narration(Trend.OVERFITTING, 90, 100, 7, 3, 1, 0.0005)
    words = Narrative().outlook(said)
    assert "memorise the training images" in words
    assert "The best epoch, 7, is kept." in words
    assert "after 1 more epoch without a better one" in words
    assert "The learning rate was halved to 0.0005." in words
    assert Narrative().mixed_up(said) == ""


def test_without_an_end_by_itself_none_is_promised() -> None:
    said = Narration(Trend.LITTLE, 90, 100, 7, 3, None)
    assert Narrative().outlook(said) == "It has improved little in the last 3 epochs."


def test_the_trivial_answer_is_that_of_the_training_images() -> None:
    def image(name: str, split: Split) -> LabelledImage:
        return LabelledImage(path=Path(name), class_name=name, split=split)

    images = [image("ants", Split.TRAINING)] * 3 + [image("bees", Split.TRAINING)] * 2
    images += [image("ants", Split.VALIDATION)] + [image("bees", Split.VALIDATION)] * 3
    assert Narrative().trivial(images) == "Always answering “ants” would get 25.0\u202f%."
    assert Narrative().trivial([]) == ""
