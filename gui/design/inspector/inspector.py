"""The inspector: what is selected, how it is set, and how every number of it comes about."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from core.network.bypassing import set_bypassed
from core.network.editing.freezing import set_frozen
from core.network.editing.grouping import with_group_note
from core.network.editing.layer_edits import with_note
from core.network.editing.repeats import counterparts
from core.network.layers.base.formula import Quantity
from core.network.layers.base.setting_types import Setting
from core.network.naming import rename, rename_group
from core.network.network import Network, NetworkError
from gui.design.inspector.fields.editors import Edit
from gui.design.inspector.formulas.links import LinkTarget, place_of
from gui.design.inspector.layer_panel import LayerPanel
from gui.design.inspector.network_panel import NetworkPanel
from gui.design.inspector.subject import Subject, subject_of, with_edit
from gui.design.problems.fix_finder import FixFinder
from gui.look.appearance import scaled
from gui.owners.designs.document import Document
from gui.widgets.arrangement.page_area import page_area
from gui.widgets.card import column

WIDTH = 316
"""In pixels of the design."""

PAUSE = 150
"""Milliseconds after the last change before repeats are looked for: not while typing."""


class Inspector(QFrame):
    """Shows the selection of a design and changes it.

    Args:
        document: The design.
        finder: Knows the fixes of problems.
    """

    def __init__(
        self, document: Document, finder: FixFinder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._subject: Subject = subject_of(document)
        self._step = 0
        self._stale = True
        self._repeats: tuple[str, ...] = ()
        self.setObjectName("inspector")
        self.setAccessibleName(self.tr("Inspector"))
        self._layers = LayerPanel(document, finder)
        self._network = NetworkPanel()
        self._stack = QStackedWidget()
        for panel in (self._network, self._layers):
            area = page_area(_padded(panel))
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._stack.addWidget(area)
        column(self, spacing=0).addWidget(self._stack)
        self._look_for_repeats = QTimer(self, singleShot=True, interval=PAUSE)
        self._look_for_repeats.timeout.connect(self._show_repeats)
        self._recolour = QTimer(self, singleShot=True, interval=0)
        self._recolour.timeout.connect(self._refresh)
        self._connect()
        self._refresh()

    def rename(self) -> None:
        """Put the keyboard into the name's field."""
        if self._subject.nodes:
            self._layers.header.name.edit()

    def focus_first(self) -> None:
        """Put the keyboard into the first setting, or the name where there is none."""
        first = self._layers.form.first_row()
        if not self._subject.nodes:
            return
        if first is None:
            self.rename()
        else:
            first.editor.focus_part(0)

    def _connect(self) -> None:
        document, panel = self._document, self._layers
        document.network_changed.connect(self._refresh)
        document.selection_changed.connect(self._show_other)
        document.origin_changed.connect(self._refresh)
        panel.form.edited.connect(self._edit)
        panel.form.begun.connect(self._begin_step)
        panel.note.begun.connect(self._begin_step)
        panel.header.name.begun.connect(self._begin_step)
        panel.header.name.renamed.connect(self._rename)
        panel.frozen.clicked.connect(self._freeze)
        panel.bypassed.clicked.connect(self._bypass)
        panel.note.edited.connect(self._write_note)
        panel.explanations.followed.connect(self._follow)

    def _refresh(self) -> None:
        """Bring what is shown up to date with the design; out of sight, this waits."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        self._subject = subject = subject_of(self._document)
        self._stack.setCurrentIndex(int(bool(subject.nodes)))
        if subject.nodes:
            self._layers.show_subject(subject)
            self._layers.show_note(self._note())
            self._look_for_repeats.start()
        else:
            self._network.show_network(self._document.origin.title, subject.analysis)

    def _show_other(self) -> None:
        """Show another selection: what is typed now is a step of its own."""
        self._begin_step()
        self._repeats = ()
        self._layers.show_repeats(0)
        self._layers.together.show_state(False)
        self._layers.header.refuse("")
        self._refresh()

    def _begin_step(self) -> None:
        self._step += 1

    def _note(self) -> str | None:
        """Return the note of the one layer or group; None where there are several."""
        if self._subject.group:
            groups = self._document.network.groups
            return next(group.note for group in groups if group.name == self._subject.group)
        return self._subject.nodes[0].note if len(self._subject.nodes) == 1 else None

    def _show_repeats(self) -> None:
        """Say how many identical repeats there are of what is selected."""
        network, subject = self._document.network, self._subject
        self._repeats, others = counterparts(network, subject.ids, subject.group)
        self._layers.show_repeats(others)

    def _chosen(self) -> tuple[str, ...]:
        """Return the ids that a change is made to."""
        return self._repeats if self._layers.together.isChecked() else self._subject.ids

    def _change(self, network: Network, text: str, what: str) -> None:
        self._document.change(network, text, f"inspector {what} {self._step}")

    def _edit(self, setting: Setting, edit: Edit) -> None:
        try:
            network = with_edit(self._document.network, self._chosen(), setting.name, edit)
        except NetworkError as error:
            self._layers.form.refuse(setting.name, str(error))
            return
        self._change(network, self.tr("Change {0}").format(setting.title.lower()), setting.name)

    def _freeze(self, frozen: bool) -> None:
        text = self.tr("Freeze layers") if frozen else self.tr("Unfreeze layers")
        self._document.change(set_frozen(self._document.network, self._chosen(), frozen), text)

    def _bypass(self, bypassed: bool) -> None:
        text = self.tr("Bypass layers") if bypassed else self.tr("Stop bypassing layers")
        changed = set_bypassed(self._document.network, self._chosen(), bypassed)
        self._document.change(changed, text)

    def _write_note(self, note: str) -> None:
        network, subject = self._document.network, self._subject
        if subject.group:
            changed = with_group_note(network, subject.group, note)
        else:
            changed = with_note(network, subject.ids[0], note)
        self._change(changed, self.tr("Edit note"), "note")

    def _rename(self, name: str) -> None:
        network, subject = self._document.network, self._subject
        try:
            if subject.group:
                changed = rename_group(network, subject.group, name)
            else:
                changed = rename(network, subject.ids[0], name)
        except NetworkError as error:
            self._layers.header.refuse(str(error))
        else:
            self._layers.header.refuse("")
            self._document.change(changed, self.tr("Rename {0}").format(name.strip()))

    def _follow(self, link: str) -> None:
        """Lead to where a number comes from."""
        place = place_of(self._document.analysis, self._subject.ids[0], link)
        if place is not None:
            self._go_to(place)

    def _go_to(self, place: LinkTarget) -> None:
        explanations = self._layers.explanations
        if place.kind == "setting":
            self._layers.form.focus_setting(place.name, place.part)
        elif place.kind == "layer":
            self._document.reveal(place.name)
        elif place.kind == "total":
            self._document.select(())
        elif place.kind == "size":
            explanations.size_panel.take_keyboard()
        elif place.name == Quantity.PARAMETERS:
            explanations.parameters_panel.take_keyboard()
        else:
            explanations.cost.open(Quantity(place.name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rename with F2 from anywhere in the inspector."""
        if event.key() == Qt.Key.Key_F2:
            self.rename()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened out of sight."""
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Write the formulas in the colours of another theme: Qt tells of it several times."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour.start()


def _padded(panel: QWidget) -> QWidget:
    holder = QWidget()
    box = column(holder, spacing=0)
    box.setContentsMargins(scaled(16), scaled(14), scaled(10), scaled(16))
    box.addWidget(panel)
    return holder
