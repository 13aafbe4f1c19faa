"""The size in which a dialog opens."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from gui.look.appearance import scaled


def open_size(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog its size, but not more than the window it lies over.

    Args:
        dialog: The dialog, its parent known.
        width: In pixels of the design.
        height: The same.
    """
    wide, tall = scaled(width), scaled(height)
    parent = dialog.parentWidget()
    if parent is not None:
        window = parent.window()
        wide, tall = min(wide, window.width()), min(tall, window.height())
    dialog.resize(wide, tall)
