"""What the status bar says of the open design."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from core.network.results import BYTES_PER_NUMBER
from gui.design.inspector.figures import at_least
from gui.look.numbers import compact, count, file_size, milliseconds
from gui.owners.designs.document import Document
from gui.owners.designs.network_timer import NetworkTimer


class DesignStatus(QObject):
    """Puts the design's totals into a line.

    Args:
        document: The design.
        timer: Knows how long it takes for one image.
    """

    changed = Signal()

    def __init__(
        self, document: Document, timer: NetworkTimer, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._timer = document, timer
        for signal in (document.network_changed, document.origin_changed, timer.changed):
            signal.connect(self.changed)

    def left(self) -> str:
        """Return the totals: parameters, multiply-adds, weights, and the time if measured."""
        analysis = self._document.analysis
        if not analysis.network.nodes:
            return ""
        weights = BYTES_PER_NUMBER * (analysis.parameters + analysis.buffers)
        parts = [
            self.tr("{0} parameters").format(at_least(count(analysis.parameters), analysis)),
            self.tr("{0} multiply-adds").format(
                at_least(compact(analysis.multiply_adds), analysis)
            ),
            self.tr("{0} weights").format(at_least(file_size(weights), analysis)),
        ]
        if problems := len(analysis.problems):
            parts.append(self.tr("%n problem(s)", "", problems))
        elif self._timer.timing:
            time = milliseconds(self._timer.timing.median)
            parts.append(self.tr("≈ {0} per image on this CPU").format(time))
        elif self._timer.measuring:
            parts.append(self.tr("measuring time…"))
        return " · ".join(parts)

    def right(self) -> str:
        """Return how many parameters are frozen and how many learn."""
        analysis = self._document.analysis
        if not analysis.parameters:
            return ""
        trainable = analysis.trainable_parameters
        frozen = analysis.parameters - trainable
        if not frozen:
            return self.tr("all trainable")
        return self.tr("{0} frozen · {1} trainable").format(count(frozen), count(trainable))
