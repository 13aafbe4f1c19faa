"""The two formulas of a convolution's gradient, with the numbers of one tap written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QWidget

from gui.look.appearance import sized_font
from gui.look.numbers import count
from gui.widgets.card import column, row
from gui.widgets.spin_box import SpinBox
from gui.widgets.texts import set_role, text

if TYPE_CHECKING:
    from core.training.inside.inside_view import ConvolutionGradients, TapSum

AGREES = 1e-3
"""Difference of two 32-bit sums, as a share of the largest value, up to which they agree."""


class TapView(QWidget):
    """Lets one choose a filter, a channel and a tap, and writes their sum out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gradients: ConvolutionGradients | None = None
        self._formulas = text("", "code", wrap=True)
        self._formulas.setFont(sized_font(13, mono=True))
        self._agreement = text("", "ok", wrap=True)
        self._sum = text("", "code")
        self._sum.setFont(sized_font(13, mono=True))
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        self._sum.setTextInteractionFlags(selectable)
        self._none = text(
            self.tr("Select a convolution to see the formulas for the gradients of its weights."),
            "muted",
            wrap=True,
        )
        names = (self.tr("Filter"), self.tr("Channel"), self.tr("Tap row"), self.tr("Tap column"))
        self._places = [_number_field(name) for name in names]
        self._choosers = QWidget()
        line = row(self._choosers, spacing=8)
        for name, field in zip(names, self._places, strict=True):
            label = text(name, "muted")
            label.setBuddy(field)
            line.addWidget(label)
            line.addWidget(field)
            field.valueChanged.connect(self._write)
        line.addStretch()
        layout = column(self, spacing=12)
        for widget in (self._none, self._formulas, self._agreement, self._choosers, self._sum):
            layout.addWidget(widget)
        layout.addStretch()
        self.show_gradients(None)

    def show_gradients(self, gradients: ConvolutionGradients | None) -> None:
        """Show another convolution, or none."""
        self._gradients = gradients
        self._none.setVisible(gradients is None)
        for widget in (self._formulas, self._agreement, self._choosers, self._sum):
            widget.setVisible(gradients is not None)
        if gradients is None:
            return
        for field, size in zip(self._places, gradients.weight.shape, strict=True):
            field.blockSignals(True)
            field.setRange(0, size - 1)
            field.setToolTip(self.tr("0 to {0}").format(size - 1))
            field.blockSignals(False)
        self._formulas.setText(self._formula_texts(gradients))
        self._show_agreement(gradients.difference)
        self._write()

    def choose_filter(self, number: int) -> None:
        """Write out a tap of another filter."""
        self._places[0].setValue(number)

    def _formula_texts(self, gradients: ConvolutionGradients) -> str:
        use = gradients.uses[0]
        taken, given, weight = (
            " × ".join(map(str, array.shape))
            for array in (use.taken, use.gradient, gradients.weight)
        )
        lines = [
            "∂L/∂W = Conv(X, ∂L/∂Z)",
            f"X: {taken}   ∂L/∂Z: {given}   ∂L/∂W: {weight}",
        ]
        if gradients.bias is not None:
            lines += ["∂L/∂b = Sum(∂L/∂Z)", f"∂L/∂b: {gradients.bias.shape[0]}"]
        else:
            lines.append(self.tr("This convolution has no bias b."))
        return "\n".join(lines)

    def _show_agreement(self, difference: float) -> None:
        agrees = difference < AGREES
        set_role(self._agreement, "ok" if agrees else "error")
        words = (
            self.tr(
                "✓ Computed by the formulas, it equals autograd: largest difference {0} of the "
                "largest value."
            )
            if agrees
            else self.tr("✗ The formulas differ from autograd by {0} of the largest value.")
        )
        self._agreement.setText(words.format(_written(difference)))

    def _write(self) -> None:
        """Write out the chosen tap's sum."""
        if self._gradients is None:
            return
        place = tuple(field.value() for field in self._places)
        number, channel, tap_row, tap_column = place
        tap = self._gradients.tap(number, channel, tap_row, tap_column)
        lines = self._tap_lines(tap, ", ".join(map(str, place)))
        if self._gradients.bias is not None and self._gradients.autograd_bias is not None:
            formula = _written(float(self._gradients.bias[number]))
            reference = _written(float(self._gradients.autograd_bias[number]))
            lines += ["", f"∂L/∂b[{number}] = Σ ∂L/∂z = {formula}"]
            lines.append(self.tr("autograd: {0}").format(reference))
        self._sum.setText("\n".join(lines))

    def _tap_lines(self, tap: TapSum, place: str) -> list[str]:
        positions = self.tr("over %n position(s)", "", tap.count)
        lines = [f"∂L/∂W[{place}] = Σ x · ∂L/∂z   {positions}"]
        for term in tap.terms:
            at = f"({term.row}, {term.column})".rjust(10)
            product = f"{_padded(term.taken)} × {_padded(term.gradient)} = {_padded(term.product)}"
            lines.append(f"{at}   {product}")
        rest = tap.count - len(tap.terms)
        if rest:
            others = tap.total - sum(term.product for term in tap.terms)
            smaller = self.tr("{0} smaller products").format(count(rest))
            lines.append(f"           + {smaller}: {_written(others)}")
        lines.append(self.tr("sum: {0}").format(_written(tap.total)))
        lines.append(self.tr("autograd: {0}").format(_written(tap.autograd)))
        return lines


def _number_field(name: str) -> SpinBox:
    field = SpinBox()
    field.setAccessibleName(name)
    return field


def _written(number: float) -> str:
    return QLocale().toString(float(number), "g", 5).replace("-", "−")


def _padded(number: float) -> str:
    return _written(number).rjust(12)
