"""One line of the inspector: a setting's title, its editor, and what is wrong with the text."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.network.layers.base.layer import Family, Layer
from core.network.layers.base.setting_types import Setting
from gui.design.inspector.fields.bounds import bounds_of
from gui.design.inspector.fields.editors import (
    ChoiceEditor,
    Editor,
    FixedText,
    ListEditor,
    NumberEditor,
    SwitchEditor,
    number_bounds,
)
from gui.design.inspector.fields.window_editors import PaddingEditor, window_editor
from gui.look.appearance import scaled
from gui.widgets.arrangement.adaptive_row import AdaptiveRow
from gui.widgets.card import column
from gui.widgets.texts import text

WIDEST_TITLE = 180
"""Pixels from which on a title is broken into lines."""


class SettingRow(QWidget):
    """Shows a setting: title and editor beside each other, or below where there is little room.

    Attributes:
        setting: Which one.
        editor: Shows and changes its value.
    """

    def __init__(self, setting: Setting, fixed: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = setting
        self.editor: Editor = FixedText(setting) if fixed else editor_for(setting)
        self._wrong = text("", "error", wrap=True)
        self._wrong.hide()
        title = text(self._title())
        title.setToolTip(setting.description)
        title.setWordWrap(True)
        wanted = title.fontMetrics().horizontalAdvance(title.text())
        title.setMinimumWidth(min(wanted, scaled(WIDEST_TITLE)))
        if not isinstance(self.editor, FixedText):  # its text has the size that there is room for
            self.editor.setMinimumWidth(self.editor.sizeHint().width())
        line = AdaptiveRow((title, self.editor), (1, 0), spacing=4)
        if isinstance(self.editor, PaddingEditor):  # the title stands beside its first line
            title.setMinimumHeight(self.editor.line_height)
            line.align(title, Qt.AlignmentFlag.AlignTop)
        box = column(self, spacing=4)
        box.addWidget(line)
        box.addWidget(self._wrong)
        self.editor.failed.connect(self.refuse)

    def show_values(self, values: list[Any]) -> None:
        """Show the setting's value in each selected layer."""
        self.editor.show_values(values)

    def _title(self) -> str:
        setting = self.setting
        plain = not setting.symbol or setting.symbol.lower() == setting.title.lower()
        return setting.title if plain else f"{setting.title} ({setting.symbol})"

    def refuse(self, sentence: str) -> None:
        """Say why a value cannot be taken; "" takes that back."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))


def editor_for(setting: Setting) -> Editor:
    """Return the editor that a setting's type asks for."""
    kind = setting.type
    if isinstance(kind, msgspec.inspect.BoolType):
        return SwitchEditor(setting)
    if isinstance(kind, msgspec.inspect.LiteralType):
        return ChoiceEditor(setting)
    if bounds := bounds_of(kind):
        return NumberEditor(setting, bounds)
    if isinstance(kind, msgspec.inspect.VarTupleType) and (bounds := number_bounds(kind)):
        return ListEditor(setting, bounds, isinstance(kind.item_type, msgspec.inspect.VarTupleType))
    return window_editor(setting) or FixedText(setting)


def is_closed(layer: Layer) -> bool:
    """Return whether a layer's settings describe what was imported and cannot be changed."""
    return layer.family is Family.OPAQUE
