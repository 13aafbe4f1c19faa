"""A card with one plot: accuracy or loss, of one training or of several runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QImage, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from core.network.family import Family
from gui.look.appearance import colour, scaled
from gui.look.numbers import decimal, percent
from gui.look.theme import CLASS_COLOURS
from gui.train.curve_data import CurveData
from gui.train.curves.curve_legend import CurveLegend
from gui.train.curves.curve_window import CurveWindow
from gui.widgets.card import PageCard, row
from gui.widgets.texts import text

if TYPE_CHECKING:
    from gui.train.curves.curve_lines import CurveLine, Mark
    from gui.train.curves.curve_plot import CurveAxis, CurvePlot

VALIDATION = Family.POOLING.colour
"""Colour of the validation curve; that of the training is the accent."""

PARTS = ("training", "validation")

FINE = 2
"""Pixels of a picture that is saved for each on the screen, so that it can be printed."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A training's curve with its name."""

    name: str
    curve: CurveData


class CurveCard(PageCard):
    """Shows training and validation of one curve, or the validation of several.

    Args:
        measure: "accuracy" or "loss".
        title: As shown.
        window: What is in sight, and which place is read.

    Attributes:
        title: As shown.
        shown: What is drawn.
    """

    menu_wanted = Signal(QPoint)
    """The menu of the plot is to be shown, where on the screen."""

    def __init__(
        self, measure: str, title: str, window: CurveWindow, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self._measure = measure
        self.title = title
        self._window = window
        self.shown: tuple[Shown, ...] = ()
        self._live = False
        self._plot: CurvePlot | None = None
        self._legend, self._names_below = CurveLegend(), CurveLegend()
        head = row(spacing=12)
        head.addWidget(text(title, "name"))
        head.addStretch()
        head.addWidget(self._legend)
        self._empty = text("", "muted", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMinimumHeight(scaled(170))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self.body.addLayout(head)
        self.body.addWidget(self._names_below)
        self.body.addWidget(self._stack, 1)
        window.moved.connect(self._draw)
        window.read_changed.connect(self._read)

    def use_plot(self, plot_class: type[CurvePlot]) -> None:
        """Draw from now on: the plot's library has been imported."""
        self._plot = plot_class(self._window, percent=self._measure == "accuracy")
        self._plot.setAccessibleName(self.title)
        self._plot.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._plot.customContextMenuRequested.connect(self._ask_for_menu)
        self._stack.addWidget(self._plot)
        self._draw()

    def show_nothing(self, sentence: str) -> None:
        """Say why there is no curve."""
        self.shown = ()
        self._empty.setText(sentence)
        self._draw()

    def show_curves(self, shown: Sequence[Shown], *, live: bool = False) -> None:
        """Show a curve, or compare several.

        Args:
            shown: What to draw.
            live: Whether it still trains.
        """
        self.shown, self._live = tuple(shown), live
        self._draw()

    def dress(self) -> None:
        """Take on the theme in use."""
        if self._plot:
            self._plot.dress()
        self._draw()

    def summary(self) -> str:
        """Say what the plot shows, for those who do not see it."""
        if not self.shown:
            return self._empty.text()
        return " ".join(self._summary_of(shown) for shown in self.shown)

    def picture(self) -> QImage:
        """Return the plot with its title and legend, fine enough to be printed."""
        image = QImage(self.size() * FINE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(FINE)
        image.fill(colour("surface"))
        self.render(image)
        return image

    def _ask_for_menu(self, place: QPoint) -> None:
        if self._plot is not None:
            self.menu_wanted.emit(self._plot.mapToGlobal(place))

    def _summary_of(self, shown: Shown) -> str:
        curve = shown.curve
        if not curve.last:
            return self.tr("{0}: no epoch is finished yet.").format(shown.name)
        words = self.tr("{0}, {1} after {2}: training {3}, validation {4}.").format(
            shown.name,
            self.title.lower(),
            self._place(curve, curve.last),
            *self._figures(curve, curve.last),
        )
        if curve.best is None:
            return words
        value = self._figures(curve, curve.best)[1]
        best = self.tr("Best in {0}: {1}.").format(self._place(curve, curve.best), value)
        return f"{words} {best}"

    def _place(self, curve: CurveData, place: int) -> str:
        if curve.strengths:
            return self.tr("strength {0}").format(_strength(curve, place))
        return self.tr("epoch {0}").format(place)

    def _figures(self, curve: CurveData, place: int) -> list[str]:
        """Return training and validation at a place, in words."""
        values = [curve.value(self._measure, part, place) for part in PARTS]
        return ["–" if value is None else self._figure(value) for value in values]

    def _figure(self, value: float) -> str:
        return percent(value) if self._measure == "accuracy" else decimal(value, 3)

    def _draw(self) -> None:
        """Bring the plot up to date, if anybody can see it."""
        several = len(self.shown) > 1
        self._legend.show_lines([] if several else self._names())
        self._names_below.show_lines(self._names() if several else [])
        if not self.shown or self._plot is None:
            self._stack.setCurrentWidget(self._empty)
            return
        if not self.isVisible():
            return
        lines = [line for number in range(len(self.shown)) for line in self._lines(number)]
        self._plot.draw(lines, self._best(), self._axis())
        self._stack.setCurrentWidget(self._plot)
        self._read()

    def _read(self) -> None:
        """Write the values of the place that is read."""
        if self._plot and self.shown:
            reading = self._reading()
            self._plot.read(reading)
            self._plot.setAccessibleDescription(reading or self.summary())

    def _lines(self, number: int) -> list[CurveLine]:
        from gui.train.curves.curve_lines import CurveLine

        curve = self.shown[number].curve
        if curve.fit and not self._same_places():  # it holds for all epochs
            level = getattr(curve.fit, f"validation_{self._measure}")
            ends = np.array(self._window.span)
            return [CurveLine(ends, np.full(2, level), self._tint(number), dashed=True)]
        validation = curve.line(self._measure, "validation")
        if len(self.shown) > 1:
            return [CurveLine(*validation, self._tint(number), marked=True)]
        accent = colour("accent")
        return [
            CurveLine(*curve.batches(self._measure), accent, faint=True),
            CurveLine(*curve.line(self._measure, "training"), accent, marked=bool(curve.strengths)),
            CurveLine(*validation, self._tint(0), marked=True),
        ]

    def _same_places(self) -> bool:
        """Return whether all curves go over strengths, or all over epochs."""
        return len({bool(shown.curve.strengths) for shown in self.shown}) == 1

    def _axis(self) -> CurveAxis:
        """Return what the axis says where its places are not epochs."""
        from gui.train.curves.curve_plot import CurveAxis

        curve = self.shown[0].curve
        if not curve.strengths or not self._same_places():
            return CurveAxis()
        places = range(1, curve.last + 1)
        names = {place: _strength(curve, place) for place in places}
        return CurveAxis(
            names,
            self.tr("Inverse strength of the penalty: larger values constrain the weights less"),
        )

    def _tint(self, number: int) -> QColor:
        if len(self.shown) > 1:
            return QColor(CLASS_COLOURS[number % len(CLASS_COLOURS)])
        return QColor(VALIDATION)

    def _best(self) -> Mark | None:
        """Return the place whose weights are kept, to be marked."""
        from gui.train.curves.curve_lines import Mark

        curve = self.shown[0].curve if len(self.shown) == 1 else None
        if curve is None or curve.best is None:
            return None
        value = curve.value(self._measure, "validation", curve.best)
        if value is None:
            return None
        chosen = self.tr("chosen") if curve.strengths else self.tr("best")
        words = self.tr("best so far") if self._live else chosen
        return Mark(curve.best, value, words, self._tint(0))

    def _reading(self) -> str:
        """Return the values at the place that is read, in the order of the legend."""
        place = self._window.read
        if place is None or not self.shown:
            return ""
        if len(self.shown) == 1:
            curve = self.shown[0].curve
            figures = self._figures(curve, place)
        else:
            curve = max((shown.curve for shown in self.shown), key=lambda one: one.epoch)
            figures = [self._compared(shown.curve, place) for shown in self.shown]
        return f"{self._place(curve, place)}: {' / '.join(figures)}"

    def _compared(self, curve: CurveData, place: int) -> str:
        if curve.fit and not self._same_places():
            return self._figure(getattr(curve.fit, f"validation_{self._measure}"))
        return self._figures(curve, place)[1]

    def _names(self) -> list[tuple[str, QColor]]:
        """Return what the legend says: name and colour of each line."""
        if len(self.shown) > 1:
            return [(shown.name, self._tint(i)) for i, shown in enumerate(self.shown)]
        if not self.shown:
            return []
        validation = self.tr("validation")
        if self.shown[0].curve.strengths:
            validation = self.tr("cross-validation")
        return [(self.tr("training"), colour("accent")), (validation, self._tint(0))]

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came while nobody could see it."""
        super().showEvent(event)
        self._draw()


def _strength(curve: CurveData, place: int) -> str:
    return f"{curve.strengths[place - 1].strength:g}"
