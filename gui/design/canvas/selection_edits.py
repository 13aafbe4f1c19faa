"""What keys and menus do to the selection: each is one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from core.network.bypassing import is_end, set_bypassed
from core.network.editing.clipboard import copy_fragment, duplicate, is_fragment, paste_fragment
from core.network.editing.freezing import freeze_up_to, set_frozen
from core.network.editing.grouping import frame, group, set_folded, ungroup
from core.network.editing.layer_edits import remove
from core.network.editing.wire_edits import disconnect, remove_and_reconnect
from core.network.layout.arrange import arranged
from core.network.network import Network
from core.network.view.placing import Direction, Side, align, distribute, group_card, place
from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.framing import fit
from gui.design.canvas.panels.prompts import Prompts

DESIGN_MIME = "application/x-layerloom-design"
"""What layers are in the clipboard as; the same text is there as plain text."""

NUDGE, FAR = 4.0, 24.0
"""How far an arrow key moves cards, without and with Shift; pixels of the canvas."""


class SelectionEdits(QObject):
    """Changes the design by what is selected.

    Args:
        design: Whose selection.
        prompts: Ask for the name of what is made.
    """

    def __init__(self, design: DrawnDesign, prompts: Prompts) -> None:
        super().__init__(design.view)
        self._design, self._prompts = design, prompts
        self._document = design.document

    # Why something cannot be done now

    def nothing_selected(self) -> str:
        """Return why nothing can be done with the selection, or ""."""
        return "" if self._document.selection else self.tr("Select a layer first.")

    def nothing_to_delete(self) -> str:
        """Return why nothing can be deleted, or ""."""
        if self._design.scene.selected_wires():
            return ""
        return self.nothing_selected()

    def not_one(self) -> str:
        """Return why it is not one card that is selected, or ""."""
        one = len(self._design.scene.selected_cards()) == 1
        return "" if one else self.tr("Select one layer or group.")

    def no_name(self) -> str:
        """Return why there is nothing to rename, or ""."""
        frame_ = self._design.scene.frames.of(self._document.selection)
        return "" if frame_ else self.not_one()

    def fewer_than(self, number: int) -> str:
        """Return why too few cards are selected, or ""."""
        if len(self._design.scene.selected_cards()) >= number:
            return ""
        return self.tr("Select %n layer(s) or more.", "", number)

    def no_group(self) -> str:
        """Return why there is no group to dissolve, or ""."""
        return "" if self._groups() else self.tr("Select a group.")

    def no_fold(self) -> str:
        """Return why there is nothing to fold or unfold, or ""."""
        return "" if self._foldable() else self.tr("Select a group or a layer in one.")

    def no_entry(self) -> str:
        """Return why there is no group to enter, or ""."""
        return "" if self._folded_group() else self.tr("Select a group.")

    def nothing_copied(self) -> str:
        """Return why nothing can be pasted, or ""."""
        return "" if clipboard_layers() else self.tr("Copy layers first.")

    def nothing_drawn(self) -> str:
        """Return why there is nothing to look at, or ""."""
        return "" if self._design.picture.cards else self.tr("There is no layer yet.")

    def not_inside(self) -> str:
        """Return why no group can be left, or ""."""
        return "" if self._document.inside else self.tr("No group is open.")

    # What is done

    def delete(self) -> None:
        """Take the selected wires or layers away."""
        wires = self._design.scene.selected_wires()
        if wires and not self._document.selection:
            network = self._document.network
            for wire in wires:
                for edge in self._design.scene.edges_of(wire):
                    network = disconnect(network, edge)
            self._design.scene.select_wires(())
            self._document.change(network, self.tr("Disconnect"))
            return
        self._change(lambda network: remove(network, self._ids()), self.tr("Delete"))

    def delete_and_reconnect(self) -> None:
        """Take the selected layers away and close the gap."""
        self._change(
            lambda network: remove_and_reconnect(network, self._ids()),
            self.tr("Delete and reconnect"),
        )

    def bypass(self) -> None:
        """Have the signal flow past the selected layers, or through them again if past all."""
        nodes = [self._document.network.by_id[id_] for id_ in self._ids()]
        past = not all(node.bypassed for node in nodes if not is_end(node))
        self._change(
            lambda network: set_bypassed(network, self._ids(), past),
            self.tr("Bypass") if past else self.tr("Stop bypassing"),
        )

    def copy(self) -> None:
        """Put the selected layers into the clipboard."""
        data = copy_fragment(self._design.placed(), self._ids())
        mime = QMimeData()
        mime.setData(DESIGN_MIME, data)
        mime.setText(data.decode())
        QGuiApplication.clipboard().setMimeData(mime)

    def cut(self) -> None:
        """Put the selected layers into the clipboard and take them away."""
        self.copy()
        self._change(lambda network: remove(network, self._ids()), self.tr("Cut"))

    def paste(self) -> None:
        """Add the clipboard's layers, not wired to anything else."""
        self._paste(keep_inputs=False)

    def paste_with_inputs(self) -> None:
        """Add the clipboard's layers, fed by what fed the originals."""
        self._paste(keep_inputs=True)

    def duplicate(self) -> None:
        """Add the selected layers once more."""
        ids = self._ids()
        self._add(
            lambda network: duplicate(network, ids, inside=self._document.inside),
            self.tr("Duplicate"),
        )

    def select_all(self) -> None:
        """Select all that is seen."""
        cards = self._design.picture.cards.values()
        self._document.select(id_ for card in cards for id_ in card.face.members)

    def group(self) -> None:
        """Gather the selected layers in a group, and ask for its name."""
        made = self._design.attempt(lambda: group(self._design.placed(), self._ids(), "block"))
        if made is None:
            return
        network, name = made
        self._document.change(network, self.tr("Group"))
        self._design.focus.put_at(group_card(name))
        self._prompts.rename()

    def frame(self) -> None:
        """Draw a frame around the selected layers, and ask for its name."""
        made = self._design.attempt(lambda: frame(self._design.placed(), self._ids(), "frame"))
        if made is None:
            return
        network, name = made
        self._document.change(network, self.tr("Frame"))
        within = [node.id for node in network.nodes if node.name.startswith(f"{name}.")]
        self._document.select(within)
        self._prompts.rename()

    def ungroup(self) -> None:
        """Let the layers of the selected groups lie free again."""
        names = self._groups()
        self._change(lambda network: _each(network, ungroup, names), self.tr("Ungroup"))

    def fold(self) -> None:
        """Unfold the selected groups, or fold those around the selected layers."""
        found = self._foldable()

        def folded(network: Network) -> Network:
            for name, fold in found:
                network = set_folded(network, name, fold)
            return network

        down = bool(found) and found[0][1]
        self._change(folded, self.tr("Collapse group") if down else self.tr("Expand group"))

    def enter(self) -> None:
        """Look into the selected group."""
        name = self._folded_group()
        if name:
            self._document.enter(name)

    def leave(self) -> None:
        """Look at what is around the entered group."""
        self._document.enter(self._document.inside.rpartition(".")[0])

    def arrange(self) -> None:
        """Arrange the selected cards, or all."""
        cards = self._design.scene.selected_cards()
        only = self._ids() if len(cards) > 1 else None
        self._change(
            lambda network: arranged(network, only, self._document.inside), self.tr("Arrange")
        )
        if only is None:
            fit(self._design)

    def align(self, side: Side) -> None:
        """Bring the selected cards into one line."""
        self._change(
            lambda network: align(network, self._ids(), side, self._document.inside),
            self.tr("Align"),
        )

    def distribute(self, axis: Direction) -> None:
        """Bring equal steps between the selected cards."""
        self._change(
            lambda network: distribute(network, self._ids(), axis, self._document.inside),
            self.tr("Distribute"),
        )

    def nudge(self, right: float, down: float) -> None:
        """Move the selected cards a little; steps that follow each other are one."""
        moved = {
            card.face.key: (card.middle[0] + right, card.middle[1] + down)
            for card in self._design.scene.selected_cards()
        }
        if moved:
            network = place(self._design.placed(), moved)
            self._document.change(network, self.tr("Move"), f"nudge {sorted(moved)}")

    def freeze(self) -> None:
        """Freeze the selected layers, or let them learn again if all are frozen."""
        nodes = [self._document.network.by_id[id_] for id_ in self._ids()]
        frozen = not all(node.frozen for node in nodes)
        self._change(
            lambda network: set_frozen(network, self._ids(), frozen),
            self.tr("Freeze") if frozen else self.tr("Unfreeze"),
        )

    def freeze_up_to_here(self) -> None:
        """Freeze the selected card's last layer and all that leads to it."""
        (card,) = self._design.scene.selected_cards()
        order = self._document.network.sortable
        members = set(card.face.members)
        last = [id_ for id_ in order if id_ in members] or list(members)
        self._change(lambda network: freeze_up_to(network, last[-1]), self.tr("Freeze up to here"))

    # How

    def _ids(self) -> frozenset[str]:
        return self._document.selection

    def _change(self, make: Callable[[Network], Network], text: str) -> None:
        self._design.change(lambda: make(self._design.placed()), text)

    def _add(self, make: Callable[[Network], tuple[Network, tuple[str, ...]]], text: str) -> None:
        made = self._design.attempt(lambda: make(self._design.placed()))
        if made is None:
            return
        network, ids = made
        self._document.change(network, text)
        self._document.select(ids)

    def _paste(self, *, keep_inputs: bool) -> None:
        data, view = clipboard_layers(), self._design.view
        point = view.mapToScene(view.pointer_or_middle())
        at, inside = (point.x(), point.y()), self._document.inside
        self._add(
            lambda network: paste_fragment(network, data, at, keep_inputs, inside),
            self.tr("Paste"),
        )

    def _folded_group(self) -> str:
        cards = self._design.scene.selected_cards()
        return cards[0].face.name if len(cards) == 1 and cards[0].face.group else ""

    def _groups(self) -> list[str]:
        """Return the groups that are selected, or that the selected layers lie in."""
        known = {record.name for record in self._document.network.groups}
        found: dict[str, None] = {}
        for card in self._design.scene.selected_cards():
            name = card.face.name if card.face.group else self._around(card.face.name)
            if name in known:
                found[name] = None
        return list(found)

    def _foldable(self) -> list[tuple[str, bool]]:
        """Return the groups to unfold, or else those to fold, with whether they are to be."""
        cards = self._design.scene.selected_cards()
        folded = [(card.face.name, False) for card in cards if card.face.group]
        if folded:
            return folded
        around = {self._around(card.face.name): None for card in cards}
        return [(name, True) for name in around if name]

    def _around(self, name: str) -> str:
        """Return the prefix a layer lies in, within what is entered; "" for none."""
        prefix, inside = name.rpartition(".")[0], self._document.inside
        return "" if prefix == inside or not prefix.startswith(inside) else prefix


def clipboard_layers() -> bytes:
    """Return the layers in the clipboard as JSON, or nothing."""
    mime = QGuiApplication.clipboard().mimeData()
    if mime is None:  # the system says so while another program owns it
        return b""
    if mime.hasFormat(DESIGN_MIME):
        data = bytes(mime.data(DESIGN_MIME).data())
    else:
        data = mime.text().encode() if mime.hasText() else b""
    return data if data and is_fragment(data) else b""


def _each(network: Network, do: Callable[[Network, str], Network], names: list[str]) -> Network:
    for name in names:
        network = do(network, name)
    return network
