"""What a job is, and the reporter it speaks through wherever it runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from core.errors import Stopped
from core.jobs.messages import Log, Progress

Result_co = TypeVar("Result_co", covariant=True)

REPORT_INTERVAL = 0.05
"""Seconds between two progress messages of one phase: 20 a second is what a window can use."""


class Job(Protocol[Result_co]):
    """Work that takes long: a frozen record of what to do, sent to wherever it is done."""

    @property
    def title(self) -> str:
        """Say in a few words what the job does ("Train: quick")."""
        ...

    def run(self, report: Reporter) -> Result_co:
        """Do the work in this process.

        Raises:
            LayerloomError: It cannot be done.
            Stopped: `report` was told that the user wants to stop.
        """
        ...


class Reporter:
    """Passes on how far a job is, and raises `Stopped` in it when the user wants that.

    Args:
        send: Receives `Progress` (at most 20 a second) and `Log`.
        stop_requested: Asked at every report.
    """

    def __init__(
        self,
        send: Callable[[Progress | Log], None] = lambda _: None,
        stop_requested: Callable[[], bool] = lambda: False,
    ) -> None:
        self._send = send
        self._stop_requested = stop_requested
        self._phase = ""
        self._phase_began = 0.0
        self._last_sent = 0.0

    def progress(self, phase: str, done: int, total: int) -> None:
        """Report that `done` of `total` are done in `phase`.

        Raises:
            Stopped: The user asked to stop.
        """
        now = time.monotonic()
        if phase != self._phase:
            self._phase, self._phase_began, self._last_sent = phase, now, 0.0
        if now - self._last_sent < REPORT_INTERVAL and done < total:
            return
        self._last_sent = now
        self.check()
        elapsed = now - self._phase_began
        rate = done / elapsed if elapsed > 0 and done else 0.0
        left = (total - done) / rate if rate else None
        self._send(Progress(phase, done, total, rate, left))

    def log(self, text: str) -> None:
        """Report a sentence worth keeping."""
        self._send(Log(text))

    def check(self) -> None:
        """Raise `Stopped` if the user asked to stop."""
        if self._stop_requested():
            raise Stopped
