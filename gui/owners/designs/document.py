"""The open design: its network, what was changed, what is selected and what is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from core.network.analysis import Analysis, analyse
from core.network.network import Network
from core.project.designs import StoredWeights


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a design came from.

    Attributes:
        title: As shown.
        path: Its file, or None while it has none.
        weights: What it came with, or None; the numbers stay in their file.
    """

    title: str = ""
    path: Path | None = None
    weights: StoredWeights | None = None


@dataclass(slots=True, eq=False)
class Opened:
    """A design that was opened; all its steps refer to it, so that undoing leaves it in its file.

    Attributes:
        origin: Where it came from; once it was saved, its file.
        network: As it was opened, or saved last; None if that is not known.
    """

    origin: Origin
    network: Network | None = None


class Document(QObject):
    """Owns the design. Views read it, connect to its signals and ask it for changes.

    Everything that is saved with the design is in `network`; what is selected, which group is
    entered and what is previewed belongs to the window alone.

    Attributes:
        opened: The design that is open, whatever is changed in it.
        network: The design as it is now.
        analysis: Of `network`, always up to date.
        selection: Ids of the selected nodes; a folded group is selected through all its nodes.
        inside: Name of the group that is entered, or "".
        preview: A network that is shown instead while the pointer rests on a fix, or None.
        undo_stack: All changes since the design was opened.
    """

    network_changed = Signal()
    """`network` and `analysis` are new; compare them with what was drawn."""

    selection_changed = Signal()
    inside_changed = Signal()
    preview_changed = Signal()
    origin_changed = Signal()

    leaving = Signal(object)
    """Another design takes the place of this one, as a step: the `Opened` to come."""

    reveal_requested = Signal(str)
    """The views are to bring this node, by its id, into sight."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.opened = Opened(Origin())
        self.network = Network()
        self.analysis: Analysis = analyse(self.network)
        self.selection: frozenset[str] = frozenset()
        self.inside = ""
        self.preview: Network | None = None
        self.undo_stack = QUndoStack(self)

    @property
    def origin(self) -> Origin:
        """Where the design came from."""
        return self.opened.origin

    @property
    def modified(self) -> bool:
        """Whether there are changes that are not in the design's file."""
        return not self.undo_stack.isClean()

    @property
    def edited(self) -> bool:
        """Whether the design is another than when it was opened, or saved last."""
        return self.network != self.opened.network

    def change(self, network: Network, text: str, merge: str = "") -> None:
        """Make `network` the design, as one step that can be undone.

        Args:
            network: The design after the change; nothing happens if it is equal.
            text: A verb and a thing: “Add convolution”.
            merge: Steps that follow each other with the same id become one (a drag, a spin box).
        """
        if network != self.network:
            self.undo_stack.push(_Change(self, network, text, merge))

    def open(self, network: Network, origin: Origin, *, unsaved: bool = False) -> None:
        """Have another design; the changes of the old one are forgotten.

        Args:
            network: The design.
            origin: Where it came from.
            unsaved: Whether it is not in its file as it is here.
        """
        self.undo_stack.clear()
        if unsaved:
            self.undo_stack.resetClean()
        self.opened = Opened(origin, None if unsaved else network)
        self._show(network)
        self.enter("")
        self.select(())
        self.origin_changed.emit()

    def replace(self, network: Network, origin: Origin, text: str) -> None:
        """Have another design as one step that can be undone."""
        if network != self.network or origin != self.origin:
            self.undo_stack.push(_Change(self, network, text, "", Opened(origin, network)))

    def saved(self, opened: Opened, network: Network, origin: Origin) -> None:
        """Remember that a design is in the file of `origin`; it may have been changed since.

        Another one may be open by now, too.
        """
        opened.origin, opened.network = origin, network
        if self.network is network:
            self.undo_stack.setClean()
        self.origin_changed.emit()

    def select(self, ids: Iterable[str]) -> None:
        """Select nodes and no others; unknown ids are left out."""
        selection = frozenset(ids) & self.network.by_id.keys()
        if selection != self.selection:
            self.selection = selection
            self.selection_changed.emit()

    def enter(self, group: str) -> None:
        """Look into a group by its name; "" looks at the whole network."""
        if group != self.inside:
            self.inside = group
            self.inside_changed.emit()

    def show_preview(self, network: Network | None) -> None:
        """Show what a network would look like, or the design again."""
        if network is not self.preview:
            self.preview = network
            self.preview_changed.emit()

    def reveal(self, node_id: str) -> None:
        """Select a node and bring it into sight."""
        self.select([node_id])
        self.reveal_requested.emit(node_id)

    def _show(self, network: Network, opened: Opened | None = None) -> None:
        """Make `network` current without an undo step."""
        self.show_preview(None)
        if opened is not None:
            self.leaving.emit(opened)
        self.network = network
        self.analysis = analyse(network, self.analysis)
        if opened is not None:
            self.opened = opened
            self.origin_changed.emit()
        self.network_changed.emit()
        self.select(self.selection)
        inside = f"{self.inside}."
        if self.inside and not any(node.name.startswith(inside) for node in network.nodes):
            self.enter("")


class _Change(QUndoCommand):
    """The one kind of step: the design before and after."""

    def __init__(
        self,
        document: Document,
        after: Network,
        text: str,
        merge: str,
        opened: Opened | None = None,
    ) -> None:
        super().__init__(text)
        self._document = document
        self._before, self._after = document.network, after
        self._opened = (document.opened, opened) if opened else (None, None)
        self._merge = merge

    def redo(self) -> None:
        """Show the design after the change."""
        self._document._show(self._after, self._opened[1])

    def undo(self) -> None:
        """Show the design before the change."""
        self._document._show(self._before, self._opened[0])

    def id(self) -> int:
        """Return what steps need in common to become one."""
        return hash(self._merge) & 0x7FFFFFFF if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over a step that goes on where this one ended."""
        if not isinstance(other, _Change) or other._merge != self._merge:
            return False
        self._after = other._after
        return True
