"""Editors for height × width and for the padding at four sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from core.network.layers.base.setting_types import Setting
from gui.design.inspector.fields.bounds import Bounds, bounds_of
from gui.design.inspector.fields.editors import (
    Edit,
    Editor,
    lay_out,
    number_field,
    show_number,
    take_keyboard,
)
from gui.design.inspector.fields.number_field import NumberField
from gui.look.appearance import scaled
from gui.widgets.buttons import button
from gui.widgets.card import column
from gui.widgets.texts import text

SAME = "same"
"""The padding that keeps height and width."""

NO_PADDING = (0, 0, 0, 0)

FIELD = 52
"""Width of one of several numbers, in pixels of the design."""


class PairEditor(Editor):
    """For height × width; linked, a change of one is a change of both."""

    def __init__(self, setting: Setting, bounds: Bounds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = self.tr("{0}: height"), self.tr("{0}: width")
        self._fields = [
            number_field(self, setting, bounds, name.format(setting.title)) for name in names
        ]
        self._link = link_button(self.tr("Height and width of “{0}”").format(setting.title))
        for axis, field in enumerate(self._fields):
            field.setMaximumWidth(scaled(FIELD))
            field.edited.connect(lambda number, axis=axis: self._tell(axis, number))
        high, wide = self._fields
        lay_out(self, [high, text("×", "muted"), wide, self._link], setting)

    def show_values(self, values: Sequence[Any]) -> None:
        """Show both numbers; the link opens where they differ."""
        for axis, field in enumerate(self._fields):
            show_number(field, [value[axis] for value in values])
        if any(value[0] != value[1] for value in values):
            self._link.setChecked(False)

    def focus_part(self, part: int) -> None:
        """Give the keyboard to height (0) or width (1)."""
        take_keyboard(self._fields[part % 2])

    def _tell(self, axis: int, number: int) -> None:
        if self._link.isChecked():
            self._fields[1 - axis].show_number(number)
            self.edited.emit(lambda _: (number, number))
        else:
            self.edited.emit(replacing({axis: number}))


class PaddingEditor(Editor):
    """For the rows and columns added at the four sides.

    Closed, it shows height × width as one: what is added at the top as at the bottom, at the left
    as at the right. Opened, it has a field for each side. Where the layer can, it also takes
    “same”, which keeps height and width.
    """

    def __init__(
        self, setting: Setting, bounds: Bounds, same: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        box = column(self, spacing=4)
        pair, sides = QWidget(), QWidget()
        self._pair, self._sides = pair, sides
        self._two = self._pair_fields(setting, bounds)
        self._four = self._side_fields(setting, bounds, sides)
        self._link = link_button(self.tr("Height and width of “{0}”").format(setting.title))
        self._open = toggle(self.tr("4 sides"), self.tr("Set each of the four sides separately"))
        self._same = toggle(
            self.tr("same"), self.tr("Choose the padding that keeps height and width")
        )
        self._same.setVisible(same)
        holder = _Row(pair)
        lay_out(holder, [self._two[0], text("×", "muted"), self._two[1], self._link], setting)
        column(pair).addWidget(holder)
        buttons = _Row()
        lay_out(buttons, [self._same, self._open], msgspec_free(setting))
        for part in (pair, sides, buttons):
            box.addWidget(part)
        sides.hide()
        self._open.toggled.connect(self._show_sides)
        self._same.clicked.connect(self._set_same)

    def show_values(self, values: Sequence[Any]) -> None:
        """Show the numbers; the sides open where they differ."""
        same = [value == SAME for value in values]
        self._same.setChecked(all(same))
        numbers = [NO_PADDING if value == SAME else value for value in values]
        for axis, field in enumerate(self._two):
            show_number(field, [value[axis] for value in numbers])
        for side, field in enumerate(self._four):
            show_number(field, [value[side] for value in numbers])
        for field in (*self._two, *self._four):
            field.setEnabled(not all(same))
        if any(value[:2] != value[2:] for value in numbers):
            self._open.setChecked(True)
        if any(value[0] != value[1] for value in numbers):
            self._link.setChecked(False)

    @property
    def line_height(self) -> int:
        """Height of the first line, in pixels."""
        return self._two[0].sizeHint().height()

    def focus_part(self, part: int) -> None:
        """Give the keyboard to top (0), left (1), bottom (2) or right (3)."""
        fields = self._four if self._open.isChecked() else self._two
        take_keyboard(fields[part % len(fields)])

    def _pair_fields(self, setting: Setting, bounds: Bounds) -> list[NumberField]:
        names = self.tr("{0}: top and bottom"), self.tr("{0}: left and right")
        fields = [number_field(self, setting, bounds, name.format(setting.title)) for name in names]
        for axis, field in enumerate(fields):
            field.setMaximumWidth(scaled(FIELD))
            field.edited.connect(lambda number, axis=axis: self._tell_pair(axis, number))
        return fields

    def _side_fields(self, setting: Setting, bounds: Bounds, holder: QWidget) -> list[NumberField]:
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(scaled(4))
        grid.setColumnStretch(0, 1)
        names = self.tr("Top"), self.tr("Left"), self.tr("Bottom"), self.tr("Right")
        fields = []
        for side, (name, place) in enumerate(
            zip(names, ((0, 1), (1, 1), (0, 3), (1, 3)), strict=True)
        ):
            field = number_field(self, setting, bounds, f"{setting.title}: {name}")
            field.setMaximumWidth(scaled(FIELD))
            field.edited.connect(
                lambda number, side=side: self.edited.emit(replacing({side: number}))
            )
            line, place_column = place
            label = text(name, "muted")
            grid.addWidget(label, line, place_column, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(field, line, place_column + 1)
            fields.append(field)
        return fields

    def _tell_pair(self, axis: int, number: int) -> None:
        if self._link.isChecked():
            self._two[1 - axis].show_number(number)
            self.edited.emit(lambda _: (number,) * 4)
        else:
            self.edited.emit(replacing({axis: number, axis + 2: number}))

    def _show_sides(self, opened: bool) -> None:
        self._pair.setVisible(not opened)
        self._sides.setVisible(opened)

    def _set_same(self, same: bool) -> None:
        self.begun.emit()
        self.edited.emit(lambda _: SAME if same else NO_PADDING)


class _Row(Editor):
    """A row within an editor."""


def msgspec_free(setting: Setting) -> Setting:
    """Return the setting without its unit, for rows that hold no number."""
    return Setting(
        setting.name, setting.title, setting.description, "", "", None, False, setting.type
    )


def replacing(parts: dict[int, int]) -> Edit:
    """Return the edit that replaces parts of a row of numbers and keeps the others."""

    def edit(old: Any) -> tuple[int, ...]:
        numbers = NO_PADDING if old == SAME else old
        return tuple(parts.get(place, number) for place, number in enumerate(numbers))

    return edit


def link_button(name: str) -> QPushButton:
    """Make the button that links two numbers; linked at first."""
    made = button("", icon_name="link", kind="icon", tip=name)
    made.setFixedSize(scaled(26), scaled(26))
    made.setCheckable(True)
    made.setChecked(True)

    def tell(linked: bool) -> None:
        tip = made.tr("change together") if linked else made.tr("change separately")
        made.setToolTip(f"{name}: {tip}")
        made.setAccessibleDescription(tip)

    made.toggled.connect(tell)
    tell(True)
    return made


def toggle(content: str, tip: str) -> QPushButton:
    """Make a small button that stays pressed."""
    made = button(content, kind="toggle", tip=tip)
    made.setCheckable(True)
    return made


def window_editor(setting: Setting) -> Editor | None:
    """Return an editor for a pair or for four sides; None where the setting is neither."""
    kind, same = setting.type, False
    if isinstance(kind, msgspec.inspect.UnionType):
        tuples = [t for t in kind.types if isinstance(t, msgspec.inspect.TupleType)]
        same = any(isinstance(t, msgspec.inspect.LiteralType) for t in kind.types)
        kind = tuples[0] if tuples else kind
    if not isinstance(kind, msgspec.inspect.TupleType):
        return None
    bounds = bounds_of(kind.item_types[0])
    if bounds is None:
        return None
    if len(kind.item_types) == 2:
        return PairEditor(setting, bounds)
    return PaddingEditor(setting, bounds, same) if len(kind.item_types) == 4 else None
