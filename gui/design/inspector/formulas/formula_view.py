"""How sizes and counts come about, as panels of formulas whose numbers lead to their source."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from core.network.layers.base.formula import Formula, Quantity
from gui.design.inspector.formulas.formula_text import Sections, brief_html, formula_html
from gui.look.appearance import colour, scaled, sized_font
from gui.look.core_texts import translated
from gui.look.term_tips import meaning
from gui.widgets.card import column, line
from gui.widgets.texts import text


def formula_label(name: str) -> QLabel:
    """Make a label of rich text whose links work with the mouse and the keyboard."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setFont(sized_font(12, mono=True))
    label.setWordWrap(True)
    flags = Qt.TextInteractionFlag
    label.setTextInteractionFlags(
        flags.TextSelectableByMouse | flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard
    )
    label.setAccessibleName(name)
    return label


class FormulaFrame(QFrame):
    """A rounded panel of formulas that is laid out anew only when its height changes.

    In a layout, each change of the text would measure the whole inspector: 4 ms a keystroke.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formula")
        self.label = formula_label(name)
        self.label.setParent(self)

    def show_html(self, html: str, spoken: str) -> None:
        """Show rich text; a screen reader hears `spoken`."""
        if html != self.label.text():
            self.label.setText(html)
            self.label.setAccessibleDescription(spoken)
            self._fit()

    def _fit(self) -> None:
        edge = scaled(10)
        width = max(self.width() - 2 * edge, scaled(80))
        height = self.label.heightForWidth(width)
        self.label.setGeometry(edge, edge, width, height)
        if self.height() != height + 2 * edge:
            self.setFixedHeight(height + 2 * edge)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._fit()


class FormulaPanel(QWidget):
    """A heading and, in a rounded panel, the formulas below it."""

    followed = Signal(str)
    """The link of a number that was clicked."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = FormulaFrame(heading)
        self._frame.label.linkActivated.connect(self.followed)
        box = column(self, spacing=8)
        box.addWidget(text(heading, "section", wrap=True))
        box.addWidget(self._frame)

    def show_formulas(self, formulas: tuple[Formula, ...]) -> None:
        """Show formulas; without any, the panel is not there."""
        self.setVisible(bool(formulas))
        alone = all(formula.of is not Quantity.OUTPUT_HEIGHT for formula in formulas)
        html = "<br><br>".join(
            formula_html(formula, alone and formula.of is Quantity.OUTPUT_WIDTH)
            for formula in formulas
        )
        self._frame.show_html(html, ". ".join(f"{f.name}: {f}" for f in formulas))

    def take_keyboard(self) -> None:
        """Put the keyboard onto the formulas."""
        self._frame.label.setFocus(Qt.FocusReason.OtherFocusReason)


class RowButton(QPushButton):
    """A name at the left and a figure at the right, as one button.

    Attributes:
        figure: What stands at the right; painted, so that another needs no new layout.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._name, self.figure = name, ""
        self.setProperty("kind", "row")
        self.setAutoDefault(False)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_figure(self, figure: str) -> None:
        """Show another figure."""
        if figure != self.figure:
            self.figure = figure
            self.setAccessibleName(f"{self._name}: {figure}")
            self._fit_name()
            self.update()

    def _fit_name(self) -> None:
        """Leave the figure its room: a name too long for the rest is cut short."""
        figure = QFontMetrics(sized_font(13, mono=True)).horizontalAdvance(self.figure)
        room = self.width() - figure - scaled(24)
        name = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        if name != self.text():
            self.setText(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the name to the new width."""
        super().resizeEvent(event)
        self._fit_name()

    def minimumSizeHint(self) -> QSize:
        """Return no width: it takes what there is."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the figure beside the name."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(sized_font(13, mono=True))
        painter.setPen(colour("text"))
        room = self.rect().adjusted(0, 0, -scaled(8), 0)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, side, self.figure)
        painter.end()


class CostRow(QWidget):
    """A figure that opens into its formula."""

    followed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = RowButton(name)
        self.button.setToolTip(" ".join((meaning(name), self.tr("Show the formula."))).strip())
        self._formula = formula_label(name)
        self._formula.setContentsMargins(scaled(8), scaled(2), scaled(8), scaled(8))
        self._formula.hide()
        self._formula.linkActivated.connect(self.followed)
        box = column(self, spacing=0)
        box.addWidget(self.button)
        box.addWidget(self._formula)
        box.addWidget(line())
        self.button.toggled.connect(self._formula.setVisible)

    def show_formula(self, formula: Formula, figure: str) -> None:
        """Show a result and, opened, its formula."""
        self.button.show_figure(figure)
        html = brief_html(formula)
        if html != self._formula.text():
            self._formula.setText(html)
            self._formula.setAccessibleDescription(f"{formula.name}: {formula}")

    def open(self) -> None:
        """Show the formula and give it the keyboard."""
        self.button.setChecked(True)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)


class CostTable(QWidget):
    """The cost of a layer, figure by figure."""

    followed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[Quantity, CostRow] = {}
        self._box = column(self, spacing=0)
        self._box.addWidget(text(self.tr("Cost of this layer"), "section"))
        self._box.addSpacing(scaled(4))

    def show_formulas(self, formulas: tuple[Formula, ...], figures: dict[Quantity, str]) -> None:
        """Show the figures, shortened where `figures` says so; without any, nothing is there."""
        self.setVisible(bool(formulas))
        there = {formula.of for formula in formulas}
        for formula in formulas:
            if formula.of not in self._rows:
                made = self._rows[formula.of] = CostRow(translated(formula.name))
                made.followed.connect(self.followed)
                self._box.addWidget(made)
            figure = figures.get(formula.of, formula.result)
            self._rows[formula.of].show_formula(formula, figure)
        for of, shown in self._rows.items():
            shown.setVisible(of in there)

    def open(self, of: Quantity) -> None:
        """Show the formula of one figure."""
        if of in self._rows:
            self._rows[of].open()


class Explanations(QWidget):
    """All formulas of one layer."""

    followed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.size_panel = FormulaPanel(self.tr("How the size is computed"))
        self.parameters_panel = FormulaPanel(self.tr("How the parameters are counted"))
        self.cost = CostTable()
        box = column(self, spacing=16)
        for part in (self.size_panel, self.parameters_panel, self.cost):
            part.followed.connect(self.followed)
            box.addWidget(part)

    def show_sections(self, parts: Sections, figures: dict[Quantity, str]) -> None:
        """Show a layer's formulas, and some results in a shorter form."""
        self.size_panel.show_formulas(parts.size)
        self.parameters_panel.show_formulas(parts.parameters)
        self.cost.show_formulas(parts.cost, figures)
