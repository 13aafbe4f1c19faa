"""What was chosen to train with is there again when the project is opened again."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.recipes.choices import TrainingChoices, keep_choices, read_choices
from core.recipes.options import OptionError
from core.recipes.recipes import RECIPES


def test_choices_come_back(tmp_path: Path) -> None:
    assert read_choices(tmp_path) == TrainingChoices()
    chosen = TrainingChoices(recipe="balanced", network="networks/Größe.json")
    chosen = chosen.with_option("epochs", 3).with_option("class_weights", False)
    keep_choices(tmp_path, chosen)
    assert read_choices(tmp_path) == chosen
    assert chosen.given() == {"epochs": 3, "class_weights": False}


def test_a_default_is_not_kept_and_options_are_of_one_recipe() -> None:
    usual = next(o.default for o in RECIPES["balanced"].options if o.name == "epochs")
    chosen = TrainingChoices(recipe="balanced").with_option("epochs", 3)
    quick = TrainingChoices(recipe="quick", options=chosen.options)
    assert quick.given() == {}
    assert quick.with_option("views", 2).options == {
        "balanced": {"epochs": 3},
        "quick": {"views": 2},
    }
    assert chosen.with_option("epochs", usual).given() == {}
    assert chosen.without_options() == TrainingChoices(recipe="balanced")
    with pytest.raises(OptionError):
        chosen.with_option("epochs", 0)


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[]",
        b"\xff",
        b'{"recipe": 3}',
        b'{"options": {"gone": {"a": 1}}}',
        b'{"recipe": "gone", "options": {"quick": {"views": "many", "gone": true}}}',
    ],
)
def test_what_is_damaged_or_unknown_is_the_default(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "training.json").write_bytes(content)
    read = read_choices(tmp_path)
    assert (read.recipe, read.network, read.given()) == ("quick", "efficientnet-lite0", {})
