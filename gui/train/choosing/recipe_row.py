"""The recipes beside each other, or in two rows, each with the time it would take here."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from core.recipes.choices import TrainingChoices
from core.recipes.recipes import RECIPES
from gui.look.appearance import scaled
from gui.look.core_texts import in_users_language, translated
from gui.look.numbers import rough_duration
from gui.owners.session import Session
from gui.train.choosing.recipe_card import RecipeCard
from gui.train.current_training import Training
from gui.widgets.arrangement.tab_order import one_tab_stop


class RecipeRow(QWidget):
    """Chooses a recipe; its expected time is read on a thread, and refined while it trains."""

    def __init__(self, session: Session, training: Training, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._training = training
        self._asked: object = None
        self._images = 0
        self._cards: dict[str, RecipeCard] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(scaled(14))
        self._columns = 0
        for name, recipe in RECIPES.items():
            words = in_users_language(recipe, "title", "sentence", "frozen", "duration")
            card = RecipeCard(words, self)
            card.clicked.connect(partial(self._choose, name))
            self._cards[name] = card
        one_tab_stop(tuple(self._cards.values()))
        self._arrange(len(self._cards))
        session.workflow.choices_changed.connect(self._refresh)
        session.project.images_changed.connect(self._count)
        session.jobs.changed.connect(self._refresh)
        training.curve_changed.connect(self._refine)
        self._count()

    def _count(self) -> None:
        self._images = sum(not image.problem for image in self._session.project.images)
        self._refresh()

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, card in enumerate(self._cards.values()):
            self._grid.addWidget(card, *divmod(number, columns))
        for column in range(len(self._cards)):
            self._grid.setColumnStretch(column, int(column < columns))

    def _width(self, columns: int) -> int:
        """Return the width that so many cards beside each other need."""
        widest = max(card.minimumSizeHint().width() for card in self._cards.values())
        return columns * widest + (columns - 1) * self._grid.spacing()

    def minimumSizeHint(self) -> QSize:
        """Return the width of two cards: more are not needed beside each other."""
        return QSize(self._width(2), self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards out in as many columns as have room."""
        super().resizeEvent(event)
        whole = len(self._cards)
        self._arrange(whole if self._width(whole) <= self.width() else 2)

    def _choose(self, name: str, _checked: bool = False) -> None:
        choices = self._session.workflow.choices
        if choices:
            self._session.workflow.choose(replace(choices, recipe=name))
        self._refresh()

    def _refresh(self) -> None:
        choices = self._session.workflow.choices
        for name, card in self._cards.items():
            card.setChecked(choices is not None and choices.recipe == name)
        images = self._images
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
        training = self._session.workflow.training
        epochs = self._training.curve.epochs
        if left is not None and epochs and training and training.recipe in self._cards:
            self._cards[training.recipe].set_duration(rough_duration(epochs[-1].seconds + left))


def _expected(choices: TrainingChoices, images: int) -> dict[str, float | None]:
    """Return how many seconds each recipe would take. Reads a file."""
    return {
        name: recipe.expected(choices.network, images, choices.options.get(name, {}))
        for name, recipe in RECIPES.items()
    }
