"""Finding layers by their name or kind."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gui.design.canvas.drawn_design import DrawnDesign
from gui.design.canvas.panels.fields import FindBar


class Finder(QObject):
    """Shows the layers that are looked for; the others fade.

    Args:
        design: What is searched.
        bar: What asks for them.
    """

    def __init__(self, design: DrawnDesign, bar: FindBar) -> None:
        super().__init__(design.view)
        self._design, self._bar = design, bar
        self._found: list[str] = []
        self._place = 0
        bar.wanted.connect(self._find)
        bar.stepped.connect(self._step)
        bar.closed.connect(self._end)

    def _find(self, text: str) -> None:
        """Find the layers in computing order, in what is entered, also within folded groups."""
        network, wanted = self._design.network, text.strip().casefold()
        inside = self._design.document.inside
        before = f"{inside}." if inside else ""
        self._place = 0
        self._found = [
            id_
            for id_ in network.sortable
            if wanted
            and network.by_id[id_].name.startswith(before)
            and wanted in _words(network.by_id[id_].name, network.by_id[id_].layer.title)
        ]
        self._fade(bool(wanted))
        self._show()

    def _step(self, step: int) -> None:
        if self._found:
            self._place = (self._place + step) % len(self._found)
            self._show()

    def _show(self) -> None:
        self._bar.show_count(self._place + 1, len(self._found))
        if self._found:
            self._design.document.reveal(self._found[self._place])

    def _fade(self, wanted: bool) -> None:
        found = set(self._found)
        cards = self._design.picture.cards.items() if wanted else ()
        faint = [key for key, card in cards if found.isdisjoint(card.face.members)]
        self._design.scene.show_faint(faint)

    def _end(self) -> None:
        self._found = []
        self._fade(False)
        self._design.view.setFocus()


def _words(name: str, kind: str) -> str:
    return f"{name} {kind}".casefold()
