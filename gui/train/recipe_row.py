"""The recipes beside each other, each with the time it would take here."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.training.choices import TrainingChoices
from core.training.recipes import RECIPES
from gui.shell.core_texts import in_users_language, translated
from gui.shell.session import Session
from gui.train.recipe_card import RecipeCard
from gui.train.training import Training
from gui.widgets.card import row
from gui.widgets.numbers import rough_duration


class RecipeRow(QWidget):
    """Chooses a recipe; its expected time is read on a thread, and refined while it trains."""

    def __init__(self, session: Session, training: Training, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._training = training
        self._asked: object = None
        self._cards: dict[str, RecipeCard] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = row(self, spacing=14)
        for name, recipe in RECIPES.items():
            card = RecipeCard(in_users_language(recipe, "title", "sentence", "frozen", "duration"))
            card.clicked.connect(partial(self._choose, name))
            self._cards[name] = card
            layout.addWidget(card, 1)
        session.workflow.choices_changed.connect(self._refresh)
        session.project.images_changed.connect(self._refresh)
        session.jobs.changed.connect(self._refresh)
        training.curve_changed.connect(self._refine)
        self._refresh()

    def _choose(self, name: str, _checked: bool = False) -> None:
        choices = self._session.workflow.choices
        if choices:
            self._session.workflow.choose(replace(choices, recipe=name))
        self._refresh()

    def _refresh(self) -> None:
        choices = self._session.workflow.choices
        for name, card in self._cards.items():
            card.setChecked(choices is not None and choices.recipe == name)
        images = sum(not image.problem for image in self._session.project.images)
        wanted = (choices, images, self._session.jobs.busy)
        if choices and images and wanted != self._asked:
            self._asked = wanted
            self._session.background.run(
                partial(_expected, choices, images), self._show, self._session.notices.tell_error
            )

    def _show(self, expected: dict[str, float | None]) -> None:
        for name, seconds in expected.items():
            card = self._cards[name]
            card.set_duration(
                translated(RECIPES[name].duration) if seconds is None else rough_duration(seconds)
            )
        self._refine()

    def _refine(self) -> None:
        """Show the running training's own pace instead."""
        left = self._training.seconds_left()
        name = getattr(self._session.jobs.status.job, "recipe", "")
        epochs = self._training.curve.epochs
        if left is not None and epochs and name in self._cards:
            self._cards[name].set_duration(rough_duration(epochs[-1].seconds + left))


def _expected(choices: TrainingChoices, images: int) -> dict[str, float | None]:
    """Return how many seconds each recipe would take. Reads a file."""
    return {
        name: recipe.expected(choices.network, images, choices.options.get(name, {}))
        for name, recipe in RECIPES.items()
    }
