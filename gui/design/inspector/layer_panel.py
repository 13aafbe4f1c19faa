"""The inspector's view of the selected layers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.network.bypassing import is_end
from core.network.explanation import explain
from core.network.layers.base.formula import Quantity
from core.network.layers.base.layer import describe
from core.network.results import LayerResult
from gui.design.inspector.fields.note_field import NoteField
from gui.design.inspector.figures import Figures, kinds_of
from gui.design.inspector.formulas.formula_text import sections
from gui.design.inspector.formulas.formula_view import Explanations
from gui.design.inspector.header import Header, sentence_of
from gui.design.inspector.problem_card import ProblemCard
from gui.design.inspector.settings_form import SettingsForm
from gui.design.inspector.subject import Subject
from gui.design.problems.fix_finder import FixFinder
from gui.look.appearance import scaled
from gui.look.core_texts import translated
from gui.look.numbers import compact, count, file_size, percent
from gui.owners.designs.document import Document
from gui.widgets.card import column, row
from gui.widgets.icon_label import IconLabel
from gui.widgets.switch import Switch
from gui.widgets.texts import text


class LayerPanel(QWidget):
    """Shows what the selected layers are, what they are set to, and what follows from it.

    Attributes:
        header: Name and kind.
        form: The settings.
        frozen: Whether training leaves the layers alone.
        bypassed: Whether the signal flows past the layers.
        together: Whether a change is also made to the identical repeats.
        note: What the user wrote down.
        explanations: The formulas.
    """

    def __init__(
        self, document: Document, finder: FixFinder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.header = Header()
        self._problem = ProblemCard(document, finder)
        self.form = SettingsForm()
        self.frozen = Switch(self.tr("Frozen (weights do not change)"))
        self.bypassed = Switch(self.tr("Bypassed (passes its input on)"))
        self.together = Switch(self.tr("Also change identical repeats"))
        self._together_text = text("", wrap=True)
        self._together_line = _switch_line(None, self._together_text, self.together)
        self._together_line.hide()
        self.note = NoteField()
        self.explanations = Explanations()
        self._sums = Figures(self.tr("In total"))
        self._lay_out()

    def _lay_out(self) -> None:
        snow = IconLabel("frozen", "text", 14)
        words = text(self.frozen.accessibleName(), wrap=True)
        self._frozen_line = _switch_line(snow, words, self.frozen)
        words = text(self.bypassed.accessibleName(), wrap=True)
        self._bypassed_line = _switch_line(None, words, self.bypassed)
        box = column(self, spacing=12)
        for part in (
            self.header,
            self._problem,
            self.form,
            self._together_line,
            self._frozen_line,
            self._bypassed_line,
            self.note,
            self._sums,
            self.explanations,
        ):
            box.addWidget(part)
        box.addStretch(1)

    def show_subject(self, subject: Subject) -> None:
        """Show what is selected: one layer at least."""
        self._show_header(subject)
        self.form.show_subject(subject)
        flags = [node.frozen for node in subject.nodes]
        self.frozen.show_state(flags[0], len(set(flags)) > 1)
        self._frozen_line.setVisible(any(flags) or subject.may_learn)
        inner = [node for node in subject.nodes if not is_end(node)]
        flags = [node.bypassed for node in inner]
        self._bypassed_line.setVisible(bool(inner))
        if inner:
            self.bypassed.show_state(flags[0], len(set(flags)) > 1)
        one = len(subject.nodes) == 1
        self._sums.setVisible(not one)
        self.explanations.setVisible(one)
        if one:
            self._show_one(subject)
        else:
            self._problem.show_problem(None)
            self._sums.show_rows(self._sum_rows(subject))

    def show_note(self, note: str | None) -> None:
        """Show the note, or no field for one where None."""
        self.note.setVisible(note is not None)
        self.note.show_note(note or "")

    def show_repeats(self, others: int) -> None:
        """Say how many identical repeats would change with the selection; 0 hides the switch."""
        self._together_line.setVisible(bool(others))
        if others:
            words = self.tr("Also change %n identical repeat(s)", "", others)
            self._together_text.setText(words)
            self.together.setAccessibleName(words)

    def _show_header(self, subject: Subject) -> None:
        nodes = subject.nodes
        if len(nodes) == 1:
            layer = nodes[0].layer
            self.header.show_layer(nodes[0].name, translated(layer.title), sentence_of(layer))
        elif subject.group:
            layers = self.tr("%n layer(s)", "", len(nodes))
            self.header.show_layer(subject.group, layers, kinds_of(nodes))
        else:
            layers = self.tr("%n layer(s) selected", "", len(nodes))
            self.header.show_title(layers, "", kinds_of(nodes))

    def _show_one(self, subject: Subject) -> None:
        analysis, (result,) = subject.analysis, subject.results
        parts = sections(explain(analysis, result.node.id))
        self.explanations.show_sections(parts, short_results(result))
        here = [p for p in analysis.problems if p.node == result.node.id]
        self._problem.show_problem(here[0] if here else None)

    def _sum_rows(self, subject: Subject) -> list[tuple[str, str]]:
        analysis = subject.analysis
        results = list({result.node.name: result for result in subject.results}.values())
        parameters = sum(result.parameters for result in results)
        macs = sum(result.multiply_adds for result in subject.results)
        memory = sum(result.activation_bytes for result in subject.results)
        last = subject.results[-1]
        rows = [
            (self.tr("Layers"), count(len(subject.nodes))),
            (self.tr("Output"), describe(last.output) if last.output else "–"),
            (self.tr("Parameters"), count(parameters)),
            (self.tr("Share of parameters"), percent(parameters / max(analysis.parameters, 1))),
            (self.tr("Multiply-adds"), compact(macs)),
            (self.tr("Share of multiply-adds"), percent(macs / max(analysis.multiply_adds, 1))),
            (self.tr("Activation memory"), file_size(memory)),
            (self.tr("Receptive field"), receptive_field(last)),
        ]
        return rows if subject.group else [r for r in rows if r[0] not in self._of_last_only()]

    def _of_last_only(self) -> tuple[str, str]:
        return self.tr("Output"), self.tr("Receptive field")


def short_results(result: LayerResult) -> dict[Quantity, str]:
    """Return the figures of a layer's cost that are shortened."""
    return {
        Quantity.MULTIPLY_ADDS: compact(result.multiply_adds),
        Quantity.FLOPS: compact(result.flops),
        Quantity.ACTIVATION_MEMORY: file_size(result.activation_bytes),
        Quantity.RECEPTIVE_FIELD: receptive_field(result),
    }


def receptive_field(result: LayerResult) -> str:
    """Return a receptive field as height × width in pixels."""
    if result.measures is None:
        return "–"
    high, wide = (f"{side:.10g}" for side in result.field.size)
    return f"{high} × {wide} px"


def _switch_line(before: QWidget | None, words: QWidget, switch: Switch) -> QWidget:
    holder = QWidget()
    line = row(holder, spacing=scaled(6))
    if before:
        line.addWidget(before)
    line.addWidget(words, 1)
    line.addWidget(switch, 0, Qt.AlignmentFlag.AlignVCenter)
    return holder
