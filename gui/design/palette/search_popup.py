"""The search for a layer at the cursor: a field, what fits there, and what it would give."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from core.network.editing.adding import Outcome, outcome_of
from core.network.editing.palette import PaletteEntry, matching
from core.network.family import Family
from core.network.layers.base.layer import Shape, describe
from gui.design.palette.palette_list import PaletteList
from gui.design.palette.palette_model import PaletteRow
from gui.look.appearance import scaled
from gui.look.core_texts import translated
from gui.widgets.card import column
from gui.widgets.texts import text

SHOWN = 9
"""Rows that are seen at a time."""
WIDTH = 340


class SearchPopup(QFrame):
    """A popup over the canvas; it closes itself once something is chosen or clicked elsewhere."""

    chosen = Signal(PaletteEntry)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAccessibleName(self.tr("Add a layer"))
        self._shape: Shape | None = None
        self._behind = ""
        self._outcomes: dict[str, Outcome] = {}
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search layers and blocks…"))
        self.field.setAccessibleName(self.tr("Search layers and blocks"))
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list = PaletteList(self.tr("Layers that fit"), boxed=False)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.chosen.connect(self._choose)
        self.list.clicked.connect(lambda _index: self.list.choose_current())
        self._keys = text("", "muted")
        layout = column(self, margins=10, spacing=6)
        for widget in (self.field, self.list, self._keys):
            layout.addWidget(widget)

    def open_at(self, place: QPoint, shape: Shape | None, behind: str) -> None:
        """Ask for a layer.

        Args:
            place: Of the popup's corner, on the screen.
            shape: What arrives at it, if that is known.
            behind: What it is inserted after, or "".
        """
        self._shape, self._behind = shape, behind
        self._outcomes = {}
        self._keys.setText(self._key_line())
        self.field.clear()
        self._search("")
        self.move(self._on_screen(place))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def sizeHint(self) -> QSize:
        """Return the width of the design, and the height of its rows."""
        return QSize(scaled(WIDTH), super().sizeHint().height())

    def _search(self, wanted: str) -> None:
        """List what is meant: what works here first, with the shape that it gives.

        Unasked, ends come last: a design has its input and its output already.
        """
        rows = [self._row(entry) for entry in matching(wanted)]
        rows.sort(key=lambda row: (row.dimmed, not wanted.strip() and _is_end(row)))
        self.list.show_rows(rows)
        height = sum(self.list.sizeHintForRow(number) for number in range(min(SHOWN, len(rows))))
        self.list.setFixedHeight(height + 2 * self.list.frameWidth())
        self.list.setVisible(bool(rows))
        if not rows:
            self._keys.setText(self.tr("No layer found for “{0}”.").format(wanted.strip()))
        else:
            self._keys.setText(self._key_line())
        self.adjustSize()

    def _row(self, entry: PaletteEntry) -> PaletteRow:
        if entry.name not in self._outcomes:
            self._outcomes[entry.name] = outcome_of(entry.name, self._shape)
        outcome = self._outcomes[entry.name]
        result = f"→ {describe(outcome.output)}" if outcome.output else ""
        return PaletteRow(translated(entry.title), entry, result, dimmed=not outcome.works)

    def _key_line(self) -> str:
        if self._behind:
            return self.tr("↑ ↓ select · Enter inserts after {0} · Esc closes").format(self._behind)
        return self.tr("↑ ↓ select · Enter adds it here · Esc closes")

    def _choose(self, entry: PaletteEntry) -> None:
        self.close()
        self.chosen.emit(entry)

    def _on_screen(self, place: QPoint) -> QPoint:
        """Return the nearest place at which the whole popup is on the screen."""
        self.adjustSize()
        area = self.screen().availableGeometry()
        left = max(area.left(), min(place.x(), area.right() - self.width()))
        top = max(area.top(), min(place.y(), area.bottom() - self.height()))
        return QPoint(left, top)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Enter in the field go to the list; Esc closes."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Down | Qt.Key.Key_Up:
                    self.list.step(1 if event.key() == Qt.Key.Key_Down else -1)
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self.list.choose_current()
                    return True
                case Qt.Key.Key_Escape:
                    self.close()
                    return True
        return super().eventFilter(watched, event)


def _is_end(row: PaletteRow) -> bool:
    return row.entry is not None and row.entry.section is Family.ENDS
