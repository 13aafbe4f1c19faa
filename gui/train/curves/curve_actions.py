"""The menu of a plot: what is in sight, and taking picture and values along."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QMenu, QWidget

from core.atomic import write_atomically
from core.runs.curve import CurvePoint
from core.runs.run_export import curves_table
from gui.owners.session import Session
from gui.train.curves.curve_card import CurveCard
from gui.train.curves.curve_window import CurveWindow
from gui.widgets.dialogs.save_question import ask_where_to_save


class CurveActions(QObject):
    """Zooms plots, copies and saves them.

    Args:
        session: The window's state.
        window: What is in sight of the curves.
        parent: Parent of menus and dialogs.
    """

    def __init__(self, session: Session, window: CurveWindow, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._window = window
        self._parent = parent

    def menu(self, card: CurveCard) -> QMenu:
        """Return the menu of a plot."""
        menu = QMenu(self._parent)
        menu.setToolTipsVisible(True)
        window = self._window
        epochs = any(shown.curve.last for shown in card.shown)
        no_values = "" if epochs else self.tr("No epoch is done yet.")
        all_in_sight = "" if window.zoomed else self.tr("All is in sight.")
        _add(menu, self.tr("Zoom in"), lambda: window.zoom(1, window.read), keys="+")
        _add(menu, self.tr("Zoom out"), lambda: window.zoom(-1, window.read), all_in_sight, "−")
        _add(menu, self.tr("Show all"), window.show_all, all_in_sight, "0")
        menu.addSeparator()
        _add(menu, self.tr("Copy picture"), partial(self.copy_picture, card))
        _add(menu, self.tr("Save as picture…"), partial(self.save_picture, card))
        _add(menu, self.tr("Export values (CSV)…"), partial(self.save_values, card), no_values)
        return menu

    def copy_picture(self, card: CurveCard) -> None:
        """Put a plot with its legend into the clipboard."""
        QGuiApplication.clipboard().setImage(card.picture())
        self._session.notices.tell(self.tr("The picture was copied."))

    def save_picture(self, card: CurveCard) -> None:
        """Ask for a file, and write a plot with its legend into it."""
        picture = card.picture()
        asked, kinds = self.tr("Save the curves as a picture"), self.tr("PNG files (*.png)")
        self._save(asked, f"{card.title}.png", kinds, lambda: _as_png(picture))

    def save_values(self, card: CurveCard) -> None:
        """Ask for a file, and write all that is known of each epoch into it."""
        curves: list[tuple[str, list[CurvePoint]]] = [
            (shown.name, [*shown.curve.epochs, *shown.curve.strengths]) for shown in card.shown
        ]
        asked, kinds = self.tr("Export the values of the curves"), self.tr("Tables (*.csv)")
        self._save(asked, self.tr("Curves") + ".csv", kinds, lambda: curves_table(curves))

    def _save(self, asked: str, name: str, kinds: str, content: Callable[[], bytes]) -> None:
        """Ask for a file, and write it on a thread."""
        suffix = name[name.rindex(".") :]
        chosen = ask_where_to_save(self._parent, asked, name, kinds, suffix)
        if chosen is None:
            return
        told = self.tr("Saved as {0}.").format(chosen)
        self._session.background.run(
            lambda: write_atomically(chosen, content()),
            lambda _: self._session.notices.tell(told),
            self._session.notices.tell_error,
        )


def _as_png(picture: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(picture)
    return bytes(data.data())


def _add(
    menu: QMenu, text: str, do: Callable[[], object], blocked: str = "", keys: str = ""
) -> None:
    action = menu.addAction(f"{text}\t{keys}" if keys else text)
    action.setEnabled(not blocked)
    action.setToolTip(blocked or text)
    action.triggered.connect(lambda _checked=False: do())
