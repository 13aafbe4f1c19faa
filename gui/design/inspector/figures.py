"""Sums of several layers, as lines of a name and a figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QWidget

from core.network.analysis import Analysis
from core.network.network import Node
from gui.look.appearance import scaled
from gui.look.core_texts import translated
from gui.look.term_tips import meaning
from gui.widgets.card import column, line, row
from gui.widgets.texts import mono, text, unbroken


class Figures(QWidget):
    """Lines of a name at the left and a figure at the right."""

    def __init__(self, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = column(self, spacing=0)
        self._rows: dict[str, tuple[QWidget, QLabel]] = {}
        if heading:
            self._box.addWidget(text(heading, "section"))
            self._box.addSpacing(scaled(4))

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show names and figures."""
        names = [name for name, _ in rows]
        for name, figure in rows:
            if name not in self._rows:
                self._rows[name] = self._added(name)
            self._rows[name][1].setText(figure)
            self._rows[name][1].setAccessibleName(f"{name}: {figure}")
        for name, (holder, _) in self._rows.items():
            holder.setVisible(name in names)

    def _added(self, name: str) -> tuple[QWidget, QLabel]:
        holder, figure = QWidget(), mono()
        inside = row()
        inside.setContentsMargins(scaled(8), scaled(5), scaled(8), scaled(5))
        title = text(name, wrap=True)
        title.setToolTip(meaning(name))
        inside.addWidget(title, 1)
        inside.addWidget(figure)
        box = column(holder, spacing=0)
        box.addLayout(inside)
        box.addWidget(line())
        self._box.addWidget(holder)
        return holder, figure


def kinds_of(nodes: Sequence[Node]) -> str:
    """Return how many layers of which kind there are: “3 × Conv 2D, Add”."""
    counted = Counter(translated(node.layer.title) for node in nodes)
    return ", ".join(
        unbroken(f"{number} × {title}") if number > 1 else title
        for title, number in counted.most_common()
    )


def at_least(figure: str, analysis: Analysis) -> str:
    """Return a total, marked as the least it can be while some layers have no size."""
    return figure if analysis.complete else f"≥ {figure}"
