"""Measures how long the design takes for one image, in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from core.jobs.messages import Finished, Outcome
from core.jobs.supervision import Supervisor
from core.network.network import Network
from core.network.results import BYTES_PER_NUMBER
from core.network.running.timing_job import TimeNetworkJob
from gui.owners.designs.document import Document
from gui.owners.job_owner import JobOwner

if TYPE_CHECKING:
    from core.network.running.timing import NetworkTiming

IDLE = 2500
"""Milliseconds without a change of the design before it is measured unasked."""

REST = 20_000
"""Milliseconds after which the idle process is ended: it holds 100 MB."""

SMALL = 300_000_000
"""Bytes of weights up to which a design is measured unasked: larger ones take many seconds."""


class NetworkTimer(QObject):
    """Knows the measured time of the design as it is, if there is one.

    The worker process of the project is left to the project's jobs, and while one runs nothing is
    measured unasked: it would slow the job down and itself be wrong.

    Args:
        document: The design.
        jobs: The jobs of the project.

    Attributes:
        timing: Of the design as it is now, or None.
        failure: Why it could not be measured, as a sentence, or "".
    """

    changed = Signal()

    def __init__(self, document: Document, jobs: JobOwner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._jobs = document, jobs
        self._own = JobOwner(Supervisor(), self)
        self._measured: object = None
        self._wanted: object = None
        self._unasked = True
        self.timing: NetworkTiming | None = None
        self.failure = ""
        self._idle = QTimer(self, singleShot=True, interval=IDLE)
        self._idle.timeout.connect(self._measure_unasked)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._own.close)
        document.network_changed.connect(self._forget)
        jobs.changed.connect(self._look_at_jobs)

    @property
    def measuring(self) -> bool:
        """Whether a measurement is under way."""
        return self._own.busy

    def measure_when_idle(self, wanted: bool) -> None:
        """Say whether the design is to be measured unasked, as while its page is in sight."""
        self._unasked = wanted
        if wanted and self.timing is None:
            self._idle.start()
        else:
            self._idle.stop()

    def measure(self) -> None:
        """Measure now; nothing happens while a measurement runs or the design has problems."""
        if self._document.analysis.problems or self._own.busy:
            return
        self.failure = ""
        self._rest.stop()
        self._wanted = _computed(self._document.network)
        self._own.start(TimeNetworkJob(self._document.network), self._take)
        self.changed.emit()

    def close(self) -> None:
        """End the process."""
        self._idle.stop()
        self._rest.stop()
        self._own.close()

    def _forget(self) -> None:
        """Drop a time that the design no longer has; names and places do not count."""
        computed = _computed(self._document.network)
        if computed == self._measured:
            return
        if self.timing is not None or self.failure:
            self.timing, self.failure, self._measured = None, "", None
            self.changed.emit()
        if self._own.busy and computed != self._wanted:
            self._own.stop()
        if self._unasked:
            self._idle.start()

    def _measure_unasked(self) -> None:
        analysis = self._document.analysis
        weights = BYTES_PER_NUMBER * (analysis.parameters + analysis.buffers)
        if self._unasked and self.timing is None and not self._jobs.busy and weights <= SMALL:
            self.measure()

    def _take(self, outcome: Outcome[NetworkTiming]) -> None:
        """Keep the time, if the design is still what was measured, or why there is none."""
        if isinstance(outcome, Finished) and self._wanted == _computed(self._document.network):
            self.timing, self._measured = outcome.result, self._wanted
        if failure := self._own.status.failure:
            self.failure = failure.what or failure.details
        self._rest.start()
        self.changed.emit()

    def _look_at_jobs(self) -> None:
        """Give way to a job that starts, and measure when it has ended."""
        if self._jobs.busy and self._own.busy:
            self._own.stop()
        elif not self._jobs.busy and self._unasked and self.timing is None:
            self._idle.start()


def _computed(network: Network) -> Any:
    """Return what the time of a network depends on: layers, which of them count, and wires."""
    return tuple((n.id, n.layer, n.bypassed) for n in network.nodes), network.edges
