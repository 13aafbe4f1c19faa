"""What the Tab key goes through, in which order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLayout, QWidget


def one_tab_stop(buttons: Sequence[QAbstractButton]) -> None:
    """Have the Tab key stop at the chosen one of several buttons; the arrow keys go to the others.

    Qt does so only once one of them has had the keyboard: until then the first one gets it.
    """

    def follow() -> None:
        chosen = any(button.isChecked() for button in buttons)
        for button in buttons:
            stops = button.isChecked() or not chosen
            policies = Qt.FocusPolicy
            button.setFocusPolicy(policies.StrongFocus if stops else policies.ClickFocus)

    for button in buttons:
        button.toggled.connect(follow)
    follow()


def in_layout_order(root: QWidget) -> None:
    """Have the Tab key go through what is in a widget as it is laid out.

    Qt goes by when it was added, which is another order where parts are made later.
    """
    controls = [w for w in _laid_out(root.layout()) if w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    for before, after in pairwise(controls):
        QWidget.setTabOrder(before, after)


def _laid_out(layout: QLayout | None) -> Iterator[QWidget]:
    """Return all widgets of a layout and those in it, each before what is in it."""
    for place in range(layout.count() if layout else 0):
        item = layout.itemAt(place) if layout else None
        if item is None:
            continue
        if widget := item.widget():
            yield widget
            yield from _laid_out(widget.layout())
        else:
            yield from _laid_out(item.layout())
