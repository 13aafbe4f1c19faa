"""The advanced settings of the chosen recipe, each with its explanation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QWidget,
)

from core.errors import LayerloomError
from gui.look.appearance import scaled
from gui.look.core_texts import in_users_language, translated
from gui.owners.session import Session
from gui.widgets.arrangement.tab_order import in_layout_order
from gui.widgets.arrangement.turns import in_turns
from gui.widgets.buttons import allow, button
from gui.widgets.card import clear, column, row
from gui.widgets.spin_box import SpinBox
from gui.widgets.texts import text

if TYPE_CHECKING:
    from core.recipes.options import Option, Value


class OptionsPanel(QWidget):
    """One disclosure with a field for every option of the recipe; what is chosen is remembered."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._recipe = ""
        self._toggle = button("", self._open_or_close, kind="link")
        self._reset = button(self.tr("Reset to defaults"), self._to_defaults, kind="link")
        self._fields = QWidget()
        self._place = column(self._fields)
        self._coming: OptionsForm | None = None
        self._fields.hide()
        head = row(spacing=16)
        head.addWidget(self._toggle)
        head.addWidget(self._reset)
        head.addStretch()
        layout = column(self, spacing=8)
        layout.addLayout(head)
        layout.addWidget(self._fields)
        session.workflow.choices_changed.connect(self.refresh)
        session.project.project_changed.connect(self._begin_anew)
        self.refresh()

    def refresh(self) -> None:
        """Show the options of the chosen recipe."""
        choices = self._session.workflow.choices
        self._toggle.setVisible(choices is not None)
        if choices is None:
            return
        changed = len(choices.given())
        sign = "▾" if not self._fields.isHidden() else "▸"
        words = self.tr("Advanced settings")
        if changed:
            words += " " + self.tr("(%n changed)", "", changed)
        self._toggle.setText(f"{sign} {words}")
        self._toggle.setAccessibleName(words)
        allow(self._reset, "" if changed else self.tr("All settings have their default values."))
        self._reset.setVisible(not self._fields.isHidden())
        if choices.recipe != self._recipe and not self._fields.isHidden():
            self._recipe = choices.recipe
            self._fill(choices.recipe)

    def _fill(self, recipe: str) -> None:
        """Make the fields in turns; those of before stay until all are there."""
        from core.recipes.recipes import RECIPES

        self._coming = form = OptionsForm(self._fields)
        steps = [partial(self._add, form, option) for option in RECIPES[recipe].options]
        in_turns(form, [*steps, partial(self._show, form)])

    def _add(self, form: OptionsForm, untranslated: Option) -> None:
        option = in_users_language(untranslated, "title", "explanation", "unit")
        form.add(option, self._field(option, self._current(option)))

    def _show(self, form: OptionsForm) -> None:
        if form is not self._coming:  # another recipe was chosen meanwhile
            form.deleteLater()
            return
        clear(self._place)
        self._place.addWidget(form)
        form.show()
        in_layout_order(self)

    def _field(self, option: Option, value: Value) -> QWidget:
        take = partial(self._take, option.name)
        if isinstance(option.default, bool):
            return _switch(bool(value), take)
        if isinstance(option.default, str):
            return _list(option, str(value), take)
        if isinstance(option.default, int):
            return _whole(option, int(value), take)
        return _number(float(value), take, partial(self._current, option))

    def _current(self, option: Option) -> Value:
        choices = self._session.workflow.choices
        given = choices.given() if choices else {}
        return given.get(option.name, option.default)

    def _take(self, name: str, value: Value) -> None:
        choices = self._session.workflow.choices
        if choices is None:
            return
        try:
            self._session.workflow.choose(choices.with_option(name, value))
        except LayerloomError as error:
            self._session.notices.tell_error(error)

    def _begin_anew(self) -> None:
        """Fill the fields with what another project is trained with."""
        self._recipe = ""
        self.refresh()

    def _to_defaults(self) -> None:
        choices = self._session.workflow.choices
        if choices:
            self._recipe = ""
            self._session.workflow.choose(choices.without_options())

    def _open_or_close(self) -> None:
        self._fields.setVisible(self._fields.isHidden())
        self.refresh()


class OptionsForm(QWidget):
    """A field for each option, with its explanation; hidden until it is shown as a whole."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(scaled(12))
        self._grid.setVerticalSpacing(scaled(8))
        self._grid.setColumnStretch(2, 1)
        self._rows = 0

    def add(self, option: Option, field: QWidget) -> None:
        """Add an option's title, its field and its explanation."""
        field.setAccessibleName(option.title)
        field.setAccessibleDescription(option.explanation)
        field.setToolTip(option.explanation)
        field.setFixedWidth(scaled(150))
        title = text(option.title)
        title.setBuddy(field)
        explanation = text(option.explanation, "muted", wrap=True)
        for place, widget in enumerate((title, field, explanation)):
            self._grid.addWidget(widget, self._rows, place)
            widget.ensurePolished()  # which takes longest: now, not when all are shown
        self._rows += 1


class _NoWheel:
    """Leaves the wheel to the page unless the field has the keyboard."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Take the wheel only while the user is at the field."""
        if self.hasFocus():  # type: ignore[attr-defined]
            super().wheelEvent(event)  # type: ignore[misc]
        else:
            event.ignore()


class WholeNumber(_NoWheel, SpinBox):
    """A field for a whole number."""


class RealNumber(_NoWheel, QLineEdit):
    """A field for a number of any size, such as 0.0005."""


class OneOf(_NoWheel, QComboBox):
    """A field for one of several values."""


def _switch(value: bool, take: Callable[[Value], None]) -> QCheckBox:
    box = QCheckBox()
    box.setChecked(value)
    box.toggled.connect(take)
    return box


def _list(option: Option, value: str, take: Callable[[Value], None]) -> QComboBox:
    box = OneOf()
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    for name, title in option.choices:
        box.addItem(translated(title), name)
    box.setCurrentIndex(max(0, box.findData(value)))
    box.activated.connect(lambda place: take(box.itemData(place)))
    return box


def _whole(option: Option, value: int, take: Callable[[Value], None]) -> WholeNumber:
    box = WholeNumber()
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setRange(int(option.smallest), int(option.largest))
    if option.unit:
        box.setSuffix(f" {option.unit}")
    box.setValue(value)
    box.valueChanged.connect(take)
    box.refused.connect(take)
    return box


def _number(value: float, take: Callable[[Value], None], current: Callable[[], Value]) -> QLineEdit:
    """Make a field whose text becomes that of the value in use when it is left.

    What is no number is refused with the sentence of a number that does not fit.
    """
    field = RealNumber(_written(value))
    field.setProperty("kind", "real")

    def read() -> None:
        if not field.isModified():  # nothing was typed; the project may be another one meanwhile
            return
        number, is_number = QLocale().toDouble(field.text())
        take(number if is_number else field.text())
        field.setText(_written(current()))

    field.editingFinished.connect(read)
    return field


def _written(value: Value) -> str:
    return QLocale().toString(float(value), "g", 6)
