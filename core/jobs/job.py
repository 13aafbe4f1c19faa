"""What a job is, and the reporter it speaks through wherever it runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from core.errors import Paused, Stopped
from core.jobs.messages import Kept, Log, Measured, Metric, Progress, Result_co, Telling, Wish
from core.jobs.phases import Phase

POINT_INTERVAL, PROGRESS_INTERVAL = 0.05, 0.1
"""Seconds between two points of a frequent kind, and two reports of how far a job is.

20 points a second make curves fluid; a bar and its figures can be read at half of that. Each
message takes up to 0.25 ms of a training's time.
"""


class Job(Protocol[Result_co]):
    """Work that takes long: a frozen record of what to do, sent to wherever it is done."""

    @property
    def title(self) -> str:
        """Say in a few words what the job does ("Training: Quick")."""
        ...

    def run(self, report: Reporter) -> Result_co:
        """Do the work in this process.

        Raises:
            LayerloomError: It cannot be done.
            Stopped: `report` was told that the user wants to stop, or as `Paused` to pause.
        """
        ...


class Reporter:
    """Passes on how far a job is, and brings the user's wishes to it.

    Args:
        send: Receives `Progress` (at most 10 a second), frequent points (at most 20), `Log`,
            `Kept` and the other points.
        wish: Asked at every report; each wish is returned once.

    Attributes:
        finish_early: Whether the user wants a training to stop learning and keep the best.
        kept_in: The folder that the job can be resumed from, if any.
    """

    def __init__(
        self,
        send: Callable[[Telling], None] = lambda _: None,
        wish: Callable[[], Wish | None] = lambda: None,
    ) -> None:
        self._send = send
        self._wish = wish
        self.finish_early = False
        self.kept_in: Path | None = None
        self._last_point = 0.0
        self._phase: Phase | None = None
        self._phase_began = 0.0
        self._phase_first = 0
        self._last_sent = 0.0

    def progress(self, phase: Phase, done: int, total: int) -> None:
        """Report that `done` of `total` are done in `phase`.

        Raises:
            Stopped: The user asked to stop or to pause.
        """
        now = time.monotonic()
        if phase != self._phase:
            self._phase, self._phase_began, self._last_sent = phase, now, 0.0
            self._phase_first = done  # a training that is resumed does not begin at 0
        if now - self._last_sent < PROGRESS_INTERVAL and done < total:
            return
        self._last_sent = now
        self.check()
        elapsed = now - self._phase_began
        rate = (done - self._phase_first) / elapsed if elapsed > 0 else 0.0
        left = (total - done) / rate if rate else None
        self._send(Progress(phase, done, total, rate, left))

    def log(self, text: str) -> None:
        """Report a sentence worth keeping."""
        self._send(Log(text))

    def kept(self, folder: Path) -> None:
        """Report that the job can be resumed from this folder, however it ends."""
        self.kept_in = folder
        self._send(Kept(folder))

    def point(self, point: Measured) -> bool:
        """Report a point of the curves; return whether it was sent and not left out as too many."""
        now = time.monotonic()
        if point.frequent:
            if now - self._last_point < POINT_INTERVAL:
                return False
            self._last_point = now
        self._send(Metric(point))
        return True

    def check(self) -> None:
        """Take note of the user's wish, if there is one.

        Raises:
            Stopped: The user asked to stop.
            Paused: The user asked to pause.
        """
        match self._wish():
            case Wish.STOP:
                raise Stopped
            case Wish.PAUSE:
                raise Paused
            case Wish.FINISH:
                self.finish_early = True
