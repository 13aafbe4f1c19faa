"""The settings that all selected layers have, each with its editor."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.network.layers.base.setting_types import Setting
from gui.design.inspector.fields.setting_row import SettingRow, is_closed
from gui.design.inspector.subject import Subject
from gui.widgets.card import clear, column


class SettingsForm(QWidget):
    """Shows settings and tells what is changed of them.

    The editors stay while the settings are those of the same kinds, so that what is being typed
    is not lost when the design changes.
    """

    edited = Signal(object, object)
    """The `Setting`, and the `Edit` of its value."""

    begun = Signal()
    """The user turned to an editor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, SettingRow] = {}
        self._made_for: Any = None
        self._box = column(self, spacing=8)

    def show_subject(self, subject: Subject) -> None:
        """Show the settings of the selected layers."""
        kinds = frozenset(type(node.layer) for node in subject.nodes)
        if kinds != self._made_for:
            self._made_for = kinds
            closed = any(is_closed(node.layer) for node in subject.nodes)
            self._make(subject.settings(), closed)
        for name, shown in self._rows.items():
            shown.show_values([getattr(node.layer, name) for node in subject.nodes])

    def focus_setting(self, name: str, part: int) -> None:
        """Give the keyboard to a setting's editor."""
        if name in self._rows:
            self._rows[name].editor.focus_part(part)

    def refuse(self, name: str, sentence: str) -> None:
        """Say below a setting why its value cannot be taken."""
        self._rows[name].refuse(sentence)

    def first_row(self) -> SettingRow | None:
        """Return the first setting's row, or None where there is none."""
        return next(iter(self._rows.values()), None)

    def _make(self, settings: tuple[Setting, ...], closed: bool) -> None:
        clear(self._box)
        self._rows = {}
        for setting in settings:
            made = self._rows[setting.name] = SettingRow(setting, closed)
            made.editor.edited.connect(
                lambda edit, setting=setting: self.edited.emit(setting, edit)
            )
            made.editor.begun.connect(self.begun)
            self._box.addWidget(made)
            made.show()  # at once: a layout would show it in the next round of events
        self.setVisible(bool(settings))
