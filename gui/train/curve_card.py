"""A card with one plot: accuracy or loss, of one training or of several runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from core.training.narration import best_epoch
from gui.shell.appearance import colour, scaled, sized_font
from gui.shell.theme import CLASS_COLOURS, FAMILIES
from gui.train.curve_data import CurveData
from gui.widgets.card import Card, clear, row
from gui.widgets.numbers import decimal, percent
from gui.widgets.texts import text

if TYPE_CHECKING:
    from gui.train.curve_plot import CurvePlot, Line

VALIDATION = FAMILIES["pooling"]
"""Colour of the validation curve; that of the training is the accent."""

LEGEND_ROOM = 360
"""Width in pixels of the design that the names of all lines share."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A training's curve with its name."""

    name: str
    curve: CurveData


class CurveCard(Card):
    """Shows training and validation of one curve, or the validation of several.

    Args:
        measure: "accuracy" or "loss".
        title: As shown.
    """

    def __init__(self, measure: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._measure = measure
        self._title = title
        self._shown: tuple[Shown, ...] = ()
        self._planned = 0
        self._live = False
        self._cursor: int | None = None
        self._plot: CurvePlot | None = None
        self._plot_class: type[CurvePlot] | None = None
        self._legend = row(spacing=12)
        self._legend_names: tuple[str, ...] = ()
        self._reading = text("", "muted")
        self._reading.setMinimumWidth(0)
        head = row(spacing=12)
        head.addWidget(text(title, "name"))
        head.addWidget(self._reading, 1)
        head.addLayout(self._legend)
        self._empty = text("", "muted", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMinimumHeight(scaled(170))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self.body.addLayout(head)
        self.body.addWidget(self._stack, 1)

    def use_plot(self, plot_class: type[CurvePlot]) -> None:
        """Draw from now on: the plot's library has been imported."""
        self._plot_class = plot_class
        self._draw()

    def show_nothing(self, sentence: str) -> None:
        """Say why there is no curve."""
        self._shown = ()
        self._empty.setText(sentence)
        self._draw()

    def show_curves(self, shown: Sequence[Shown], planned: int, *, live: bool = False) -> None:
        """Show a curve, or compare several.

        Args:
            shown: What to draw.
            planned: Epochs that the axis goes to at least.
            live: Whether it goes on.
        """
        self._shown, self._planned, self._live = tuple(shown), planned, live
        self._draw()

    def dress(self) -> None:
        """Take on the theme in use."""
        if self._plot:
            self._plot.dress()
        self._legend_names = ()
        self._draw()

    def summary(self) -> str:
        """Say what the plot shows, for those who do not see it."""
        if not self._shown:
            return self._empty.text()
        return " ".join(self._summary_of(shown) for shown in self._shown)

    def _summary_of(self, shown: Shown) -> str:
        epochs = shown.curve.epochs
        if not epochs:
            return self.tr("{0}: no epoch is done yet.").format(shown.name)
        newest, best = epochs[-1], best_epoch(epochs)
        words = self.tr("{0}, {1} after epoch {2}: training {3}, validation {4}.").format(
            shown.name,
            self._title.lower(),
            newest.epoch,
            self._figure(getattr(newest, f"training_{self._measure}")),
            self._figure(getattr(newest, f"validation_{self._measure}")),
        )
        if best is None:
            return words
        value = self._figure(getattr(best, f"validation_{self._measure}"))
        return f"{words} " + self.tr("Best in epoch {0}: {1}.").format(best.epoch, value)

    def _figure(self, value: float) -> str:
        return percent(value) if self._measure == "accuracy" else decimal(value, 3)

    def _draw(self) -> None:
        """Bring the plot up to date, if anybody can see it."""
        self._show_legend()
        if not self._shown or self._plot_class is None:
            self._stack.setCurrentWidget(self._empty)
            self._reading.setText("")
            return
        if not self.isVisible():
            return
        plot = self._made_plot(self._plot_class)
        lines = [line for number in range(len(self._shown)) for line in self._lines(number)]
        plot.draw(lines, self._planned)
        self._mark_best(plot)
        plot.setAccessibleName(self._title)
        plot.setAccessibleDescription(self.summary())
        self._stack.setCurrentWidget(plot)
        self._show_reading()

    def _made_plot(self, plot_class: type[CurvePlot]) -> CurvePlot:
        if self._plot is None:
            self._plot = plot_class(percent=self._measure == "accuracy")
            self._plot.stepped.connect(self._step)
            self._stack.addWidget(self._plot)
        return self._plot

    def _lines(self, number: int) -> list[Line]:
        from gui.train.curve_plot import Line

        curve = self._shown[number].curve
        validation = curve.line(self._measure, "validation")
        if len(self._shown) > 1:
            return [Line(*validation, self._tint(number), marked=True)]
        training = curve.line(self._measure, "training")
        accent = colour("accent")
        return [
            Line(*curve.batches(self._measure), accent, faint=True),
            Line(*training, accent),
            Line(*validation, self._tint(0), marked=True),
        ]

    def _tint(self, number: int) -> QColor:
        if len(self._shown) > 1:
            return QColor(CLASS_COLOURS[number % len(CLASS_COLOURS)])
        return QColor(VALIDATION)

    def _mark_best(self, plot: CurvePlot) -> None:
        """Mark the epoch whose weights are kept."""
        epochs = self._shown[0].curve.epochs if len(self._shown) == 1 else []
        best = best_epoch(epochs)
        if best is None:
            plot.mark_best(None, "", QColor())
            return
        value = getattr(best, f"validation_{self._measure}")
        words = self.tr("best so far") if self._live else self.tr("best")
        plot.mark_best((best.epoch, value), words, self._tint(0))

    def _step(self, by: int) -> None:
        """Read the values of the next or previous epoch."""
        epochs = self._shown[0].curve.epochs if self._shown else []
        if epochs:
            place = len(epochs) - 1 if self._cursor is None else self._cursor + by
            self._cursor = min(len(epochs) - 1, max(0, place))
            self._show_reading()

    def _show_reading(self) -> None:
        """Write the values of the epoch that the keys lead to."""
        epochs = self._shown[0].curve.epochs if len(self._shown) == 1 else []
        at = None if self._cursor is None or self._cursor >= len(epochs) else epochs[self._cursor]
        if self._plot:
            self._plot.point_at(at.epoch if at else None)
        if at is None:
            self._reading.setText("")
            return
        values = [getattr(at, f"{part}_{self._measure}") for part in ("training", "validation")]
        figures = " / ".join(map(self._figure, values))
        self._reading.setText(self.tr("epoch {0}: {1}").format(at.epoch, figures))
        if self._plot:
            self._plot.setAccessibleDescription(self._reading.text())

    def _show_legend(self) -> None:
        """Name the lines, each beside its colour."""
        if len(self._shown) > 1:
            names = tuple(shown.name for shown in self._shown)
            tints = [self._tint(number) for number in range(len(names))]
        elif self._shown:
            names = (self.tr("training"), self.tr("validation"))
            tints = [colour("accent"), self._tint(0)]
        else:
            names, tints = (), []
        if names == self._legend_names:
            return
        self._legend_names = names
        clear(self._legend)
        room = scaled(LEGEND_ROOM // max(1, len(names)))
        for name, tint in zip(names, tints, strict=True):
            self._legend.addWidget(_LegendEntry(name, tint, room))

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came while nobody could see it."""
        super().showEvent(event)
        self._draw()


class _LegendEntry(QWidget):
    """A dash in a line's colour, and the line's name."""

    def __init__(self, name: str, tint: QColor, room: int) -> None:
        super().__init__()
        layout = row(self, spacing=6)
        layout.addWidget(_Dash(tint), 0, Qt.AlignmentFlag.AlignVCenter)
        metrics = QFontMetrics(sized_font(13))
        label = text(metrics.elidedText(name, Qt.TextElideMode.ElideRight, room), "muted")
        self.setToolTip(name)
        self.setAccessibleName(name)
        layout.addWidget(label)


class _Dash(QWidget):
    """A short thick line."""

    def __init__(self, tint: QColor) -> None:
        super().__init__()
        self._tint = tint
        fixed = QSizePolicy.Policy.Fixed
        self.setSizePolicy(fixed, fixed)

    def sizeHint(self) -> QSize:
        """Return the size of a dash."""
        return QSize(scaled(16), scaled(3))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dash."""
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tint)
        painter.drawRoundedRect(QRectF(self.rect()), scaled(1), scaled(1))
        painter.end()
