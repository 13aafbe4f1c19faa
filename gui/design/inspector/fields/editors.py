"""One editor for each type of setting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from core.network.layers.base.setting_types import Setting
from gui.design.inspector.fields.bounds import Bounds, bounds_of
from gui.design.inspector.fields.number_field import LiveField, NumberField
from gui.look.appearance import scaled, sized_font
from gui.widgets.card import row
from gui.widgets.switch import Switch
from gui.widgets.texts import text

Edit = Callable[[Any], Any]
"""Gives a layer's new value from its old one."""


class Editor(QWidget):
    """Shows and changes one setting of all selected layers."""

    edited = Signal(object)
    """An `Edit`, at every keystroke that makes a valid value."""

    failed = Signal(str)
    """Why what is typed cannot be taken, or ""."""

    begun = Signal()
    """The user turned to the editor."""

    def show_values(self, values: Sequence[Any]) -> None:
        """Show the setting's value in each of the selected layers."""
        raise NotImplementedError

    def focus_part(self, part: int) -> None:
        """Give the keyboard to one part of the value, counted from 0."""
        raise NotImplementedError


class NumberEditor(Editor):
    """For one number."""

    def __init__(self, setting: Setting, bounds: Bounds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = number_field(self, setting, bounds, setting.title)
        self._field.setFixedWidth(scaled(88))
        self._field.edited.connect(lambda number: self.edited.emit(lambda _: number))
        lay_out(self, [self._field], setting)

    def show_values(self, values: Sequence[Any]) -> None:
        """Show the number."""
        show_number(self._field, values)

    def focus_part(self, part: int) -> None:
        """Give the keyboard to the field."""
        take_keyboard(self._field)


class SwitchEditor(Editor):
    """For yes or no."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = text("", "muted")
        self._switch = Switch(setting.title)
        self._switch.setToolTip(setting.description)
        self._switch.setAccessibleDescription(setting.description)
        self._switch.toggled.connect(self._tell)
        lay_out(self, [self._state, self._switch], setting)

    def show_values(self, values: Sequence[Any]) -> None:
        """Show the state."""
        mixed = len(set(values)) > 1
        self._switch.show_state(values[0], mixed)
        on = self.tr("on") if values[0] else self.tr("off")
        self._state.setText(self.tr("several") if mixed else on)

    def focus_part(self, part: int) -> None:
        """Give the keyboard to the switch."""
        self._switch.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, on: bool) -> None:
        self.begun.emit()
        self.edited.emit(lambda _: on)


class ChoiceEditor(Editor):
    """For one of a few words."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert isinstance(setting.type, msgspec.inspect.LiteralType)
        self._choices = setting.type.values
        self._box = QComboBox()
        self._box.addItems([str(choice) for choice in self._choices])
        self._box.setAccessibleName(setting.title)
        self._box.setToolTip(setting.description)
        self._box.setMinimumWidth(scaled(88))
        self._box.installEventFilter(self)
        self._box.activated.connect(self._tell)
        lay_out(self, [self._box], setting)

    def show_values(self, values: Sequence[Any]) -> None:
        """Show the choice, or none where there are several."""
        mixed = len(set(values)) > 1
        self._box.setPlaceholderText(self.tr("several"))
        self._box.setCurrentIndex(-1 if mixed else self._choices.index(values[0]))

    def focus_part(self, part: int) -> None:
        """Give the keyboard to the box."""
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the wheel to what the box lies in."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _tell(self, index: int) -> None:
        choice = self._choices[index]
        self.begun.emit()
        self.edited.emit(lambda _: choice)


class ListEditor(Editor):
    """For a row of numbers, as they stand between commas; rows of rows between semicolons."""

    def __init__(
        self, setting: Setting, bounds: Bounds, nested: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        kind = setting.type
        assert isinstance(kind, msgspec.inspect.VarTupleType)
        self._bounds, self._nested = bounds, nested
        self._least, self._most = kind.min_length or 0, kind.max_length or 4096
        self._shown: tuple[Any, ...] = ()
        form = (
            self.tr("Numbers separated by commas, groups separated by semicolons.")
            if nested
            else self.tr("Numbers separated by commas.")
        )
        self._field = LiveField(setting.title, f"{setting.description} {form}")
        self._field.setFont(sized_font(13, mono=True))
        self._field.setMinimumWidth(scaled(90))
        self._field.setMaximumWidth(scaled(150))
        self._field.begun.connect(self.begun)
        self._field.textEdited.connect(self._read)
        lay_out(self, [self._field], setting)

    def show_values(self, values: Sequence[Any]) -> None:
        """Show the numbers, but leave what is being typed while they stay the same."""
        before, self._shown = self._shown, tuple(set(values))
        if self._field.hasFocus() and self._shown == before:
            return
        mixed = len(self._shown) > 1
        self._field.setPlaceholderText(self.tr("several") if mixed else "")
        self._field.put("" if mixed else self._write(values[0]))
        self._say("")

    def focus_part(self, part: int) -> None:
        """Give the keyboard to the field."""
        take_keyboard(self._field)

    def _write(self, value: tuple[Any, ...]) -> str:
        if self._nested:
            return "; ".join(self._row(part) for part in value)
        return self._row(value)

    def _row(self, numbers: Iterable[Any]) -> str:
        return ", ".join(self._bounds.write(number) for number in numbers)

    def _read(self, content: str) -> None:
        try:
            rows = [
                tuple(self._bounds.read(part) for part in line.split(",") if part.strip())
                for line in content.split(";" if self._nested else "\n")
            ]
        except ValueError as error:
            self._say(str(error))
            return
        value = tuple(rows) if self._nested else rows[0]
        if self._least <= len(value) <= self._most and all(rows):
            self._say("")
            self._shown = (value,)
            self.edited.emit(lambda _: value)
        else:
            self._say(self.tr("At least %n number(s).", "", max(self._least, 1)))

    def _say(self, sentence: str) -> None:
        self._field.mark(bool(sentence))
        self.failed.emit(sentence)


class FixedText(Editor):
    """For what belongs to a closed module and cannot be changed."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = text("", "muted")
        self._label.setFont(sized_font(12, mono=True))
        self._label.setToolTip(setting.description)
        lay_out(self, [self._label], setting)

    def show_values(self, values: Sequence[Any]) -> None:
        """Show the value in as many words as there is room for."""
        content = str(values[0]) if len(set(map(str, values))) == 1 else self.tr("several")
        metrics = self._label.fontMetrics()
        room = scaled(150)
        self._label.setText(metrics.elidedText(content, Qt.TextElideMode.ElideMiddle, room))
        self._label.setToolTip(content if len(content) < 2000 else "")

    def focus_part(self, part: int) -> None:
        """Do nothing: there is nothing to type."""


def number_field(editor: Editor, setting: Setting, bounds: Bounds, name: str) -> NumberField:
    """Make a field for a number of a setting and connect what it tells besides the number."""
    unit = f"({setting.unit})" if setting.unit else ""
    tip = " ".join(filter(None, (setting.description, unit)))
    field = NumberField(bounds, name, tip)
    field.begun.connect(editor.begun)
    field.failed.connect(editor.failed)
    return field


def show_number(field: NumberField, values: Sequence[Any]) -> None:
    """Show the one value, or that there are several."""
    several = len(set(values)) > 1
    field.show_number(None if several else values[0], several)


def take_keyboard(field: LiveField) -> None:
    """Give the keyboard to a field, with its text selected."""
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    field.selectAll()


def lay_out(editor: Editor, widgets: Sequence[QWidget], setting: Setting) -> None:
    """Lay an editor's widgets out in a row, the unit behind them."""
    box = row(editor, spacing=4)
    box.addStretch(1)
    for widget in widgets:
        box.addWidget(widget)
    if setting.unit == "pixels":
        unit = text("px", "muted")
        unit.setToolTip(setting.unit)
        box.addWidget(unit)


def number_bounds(kind: msgspec.inspect.Type) -> Bounds | None:
    """Return the range of a row's numbers; None where it is no row of numbers."""
    while isinstance(kind, msgspec.inspect.VarTupleType | msgspec.inspect.Metadata):
        kind = kind.item_type if isinstance(kind, msgspec.inspect.VarTupleType) else kind.type
    return bounds_of(kind)
