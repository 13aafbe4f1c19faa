"""The menu of a card, made from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QMenu, QWidget

from gui.owners.actions import ActionSpec, shown_keys

SECTIONS = (
    ("enter", "fold", "rename", "note"),
    ("cut", "copy", "duplicate", "delete", "delete_and_reconnect", "bypass"),
    ("group", "frame", "ungroup"),
    ("freeze", "freeze_up_to"),
)
ALIGNING = (
    "align_left",
    "align_centre",
    "align_right",
    "align_top",
    "align_middle",
    "align_bottom",
    "distribute_horizontal",
    "distribute_vertical",
)


def context_menu(table: Sequence[ActionSpec], parent: QWidget, align: str) -> QMenu:
    """Return the menu for what is selected.

    Args:
        table: The canvas's actions.
        parent: Its parent.
        align: Title of the menu with the ways to align.
    """
    by_id = {spec.id: spec for spec in table}
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for section in SECTIONS:
        for name in section:
            _add(menu, by_id[name])
        menu.addSeparator()
    inner = menu.addMenu(align)
    inner.setToolTipsVisible(True)
    for name in ALIGNING:
        _add(inner, by_id[name])
    _add(menu, by_id["arrange"])
    return menu


def _add(menu: QMenu, spec: ActionSpec) -> None:
    keys = shown_keys(spec).split(", ")[0]
    action = menu.addAction(f"{spec.text}\t{keys}" if keys else spec.text)
    reason = spec.blocked()
    action.setEnabled(not reason)
    action.setToolTip(reason or spec.text)
    action.triggered.connect(lambda _checked=False: spec.handler())
