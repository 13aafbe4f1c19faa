"""What the user chose to train with, remembered with the project."""

from __future__ import annotations

from pathlib import Path

import msgspec

from core.atomic import write_atomically
from core.decoding import decode
from core.recipes.options import OptionError, Value
from core.recipes.recipes import RECIPES

FILE = "training.json"


class TrainingChoices(msgspec.Struct, frozen=True, kw_only=True):
    """A recipe, a network to start from, and the options that differ from their default.

    Attributes:
        recipe: Name of the recipe.
        network: A network's name, or the path of a design inside the project's folder.
        options: By recipe, then by the option's name.
    """

    recipe: str = "quick"
    network: str = "efficientnet-lite0"
    options: dict[str, dict[str, Value]] = {}

    def given(self) -> dict[str, Value]:
        """Return the chosen recipe's options that differ from their default."""
        return self.options.get(self.recipe, {})

    def with_option(self, name: str, value: Value) -> TrainingChoices:
        """Return these choices with another value for an option of the chosen recipe.

        Raises:
            OptionError: The value does not fit.
        """
        option = next(o for o in RECIPES[self.recipe].options if o.name == name)
        given = {key: kept for key, kept in self.given().items() if key != name}
        checked = option.checked(value)
        if checked != option.default:
            given[name] = checked
        return self._with_given(given)

    def without_options(self) -> TrainingChoices:
        """Return these choices with every option of the chosen recipe at its default."""
        return self._with_given({})

    def _with_given(self, given: dict[str, Value]) -> TrainingChoices:
        others = {name: kept for name, kept in self.options.items() if name != self.recipe}
        options = others | ({self.recipe: given} if given else {})
        return msgspec.structs.replace(self, options=options)


def read_choices(project_folder: Path) -> TrainingChoices:
    """Return what was chosen last; what is missing, damaged or no longer there is the default."""
    try:
        kept = decode((project_folder / FILE).read_bytes(), TrainingChoices)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return TrainingChoices()
    recipe = kept.recipe if kept.recipe in RECIPES else TrainingChoices().recipe
    options = {name: _known(name, given) for name, given in kept.options.items()}
    return TrainingChoices(recipe=recipe, network=kept.network, options=options)


def keep_choices(project_folder: Path, choices: TrainingChoices) -> None:
    """Remember what was chosen.

    Raises:
        StorageError: It cannot be written.
    """
    write_atomically(project_folder / FILE, msgspec.json.format(msgspec.json.encode(choices)))


def _known(recipe: str, given: dict[str, Value]) -> dict[str, Value]:
    """Return the options that the recipe has, with values that it takes."""
    options = (
        {option.name: option for option in RECIPES[recipe].options} if recipe in RECIPES else {}
    )
    known = {}
    for name, value in given.items():
        if name in options:
            try:
                known[name] = options[name].checked(value)
            except OptionError:
                continue
    return known
