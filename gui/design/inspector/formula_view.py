"""How sizes and counts come about, as panels of formulas whose numbers lead to their source."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from core.network.layers.formula import Formula
from gui.design.inspector.formula_text import Sections, brief_html, formula_html
from gui.shell.appearance import scaled, sized_font
from gui.widgets.card import column, line, row
from gui.widgets.texts import mono, text


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


class FormulaPanel(QWidget):
    """A heading and, in a rounded panel, the formulas below it."""

    followed = Signal(str)
    """The link of a number that was clicked."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = heading
        self._frame = QFrame()
        self._frame.setObjectName("formula")
        self._body = column(self._frame, margins=10, spacing=8)
        self._labels: list[QLabel] = []
        box = column(self, spacing=8)
        box.addWidget(text(heading, "section", wrap=True))
        box.addWidget(self._frame)

    def show_formulas(self, formulas: tuple[Formula, ...]) -> None:
        """Show formulas; without any, the panel is not there."""
        self.setVisible(bool(formulas))
        while len(self._labels) < len(formulas):
            label = formula_label(self._heading)
            label.linkActivated.connect(self.followed)
            self._labels.append(label)
            self._body.addWidget(label)
        for number, label in enumerate(self._labels):
            label.setVisible(number < len(formulas))
            if number < len(formulas):
                self._put(label, formulas[number], formulas)

    def take_keyboard(self) -> None:
        """Put the keyboard onto the first formula."""
        if self._labels:
            self._labels[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, label: QLabel, formula: Formula, formulas: tuple[Formula, ...]) -> None:
        alone = all(other.name != "Output height" for other in formulas)
        html = formula_html(formula, formula.name == "Output width" and alone)
        if html != label.text():
            label.setText(html)
            label.setAccessibleDescription(f"{formula.name}: {formula}")


class CostRow(QWidget):
    """A figure that opens into its formula."""

    followed = Signal(str)
    opened = Signal(str, bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._button = QPushButton(name)
        self._button.setProperty("kind", "row")
        self._button.setAutoDefault(False)
        self._button.setCheckable(True)
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.setToolTip(self.tr("Show how it is computed"))
        self._figure = mono()
        self._figure.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        inside = row(self._button)
        inside.setContentsMargins(0, 0, scaled(8), 0)
        inside.addStretch(1)
        inside.addWidget(self._figure)
        self._formula = formula_label(name)
        self._formula.setContentsMargins(scaled(8), scaled(2), scaled(8), scaled(8))
        self._formula.hide()
        self._formula.linkActivated.connect(self.followed)
        box = column(self, spacing=0)
        box.addWidget(self._button)
        box.addWidget(self._formula)
        box.addWidget(line())
        self._button.toggled.connect(self._formula.setVisible)

    def show_formula(self, formula: Formula, figure: str) -> None:
        """Show a result and, opened, its formula."""
        self._figure.setText(figure)
        self._button.setAccessibleName(f"{self._name}: {figure}")
        html = brief_html(formula)
        if html != self._formula.text():
            self._formula.setText(html)
            self._formula.setAccessibleDescription(f"{formula.name}: {formula}")

    def open(self) -> None:
        """Show the formula and give it the keyboard."""
        self._button.setChecked(True)
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)


class CostTable(QWidget):
    """The cost of a layer, figure by figure."""

    followed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, CostRow] = {}
        self._box = column(self, spacing=0)
        self._box.addWidget(text(self.tr("Cost of this layer"), "section"))
        self._box.addSpacing(scaled(4))

    def show_formulas(self, formulas: tuple[Formula, ...], figures: dict[str, str]) -> None:
        """Show the figures, shortened where `figures` says so; without any, nothing is there."""
        self.setVisible(bool(formulas))
        there = {formula.name for formula in formulas}
        for formula in formulas:
            if formula.name not in self._rows:
                made = self._rows[formula.name] = CostRow(self._title(formula.name))
                made.followed.connect(self.followed)
                self._box.addWidget(made)
            self._rows[formula.name].show_formula(
                formula, figures.get(formula.name, formula.result)
            )
        for name, shown in self._rows.items():
            shown.setVisible(name in there)

    def open(self, name: str) -> None:
        """Show the formula of one figure."""
        if name in self._rows:
            self._rows[name].open()

    def _title(self, name: str) -> str:
        return self.tr("Sees (receptive field)") if name == "Receptive field" else name


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

    def show_sections(self, parts: Sections, figures: dict[str, str]) -> None:
        """Show a layer's formulas, and some results in a shorter form."""
        self.size_panel.show_formulas(parts.size)
        self.parameters_panel.show_formulas(parts.parameters)
        self.cost.show_formulas(parts.cost, figures)
