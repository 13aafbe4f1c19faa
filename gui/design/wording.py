"""Words with a number in them, for what is no Qt object and cannot translate a plural itself."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gui.look.numbers import count


class Wording(QObject):
    """Says how many."""

    def layers(self, number: int) -> str:
        """Return "1 layer", "2 layers", "1,000 layers"."""
        return self.tr("%n layer(s)", "", number).replace(str(number), count(number), 1)

    def wires_cut(self, number: int) -> str:
        """Return what undoing calls the cutting of wires."""
        return self.tr("Cut %n wire(s)", "", number)
