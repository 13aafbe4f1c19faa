"""The window's side of the worker process: starts it, asks it to stop, notices its death."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from core.jobs.job import Job
from core.jobs.messages import (
    Cancelled,
    Died,
    Failed,
    Finished,
    FromWorker,
    Paused,
    Wish,
)
from core.jobs.worker import Start, ToWorker, work

STOP_PATIENCE = 5.0
"""Seconds a worker has to answer a wish to stop before it is killed."""


class Supervisor:
    """Owns at most one worker process and the one job that runs in it.

    Nothing here blocks: `poll` is called from a timer and returns what has arrived.

    Args:
        warm_up: Modules the worker imports while it waits, so that the first job starts at once.
    """

    def __init__(self, warm_up: tuple[str, ...] = ()) -> None:
        self._warm_up = warm_up
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._busy = False
        self._kill_at: float | None = None

    @property
    def busy(self) -> bool:
        """Whether a job is running."""
        return self._busy

    @property
    def process_id(self) -> int | None:
        """The worker's process id, or None while there is no worker."""
        return self._process.pid if self._process else None

    def start_ahead(self) -> None:
        """Start the worker process if there is none, without a job."""
        if self._process and self._process.is_alive():
            return
        self._dismiss()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, self._warm_up), daemon=True)
        process.start()
        theirs.close()
        self._process, self._connection = process, ours

    def start(self, job: Job[Any]) -> None:
        """Run `job` in the worker.

        Raises:
            RuntimeError: A job is already running.
        """
        if self._busy:
            raise RuntimeError("one job at a time")
        self.start_ahead()
        if not self._send(Start(job)):  # it died while idle: a fresh one takes its place
            self._dismiss()
            self.start_ahead()
            self._send(Start(job))
        self._busy, self._kill_at = True, None

    def stop(self) -> None:
        """Ask the running job to stop; after `STOP_PATIENCE` seconds the worker is killed."""
        if self._busy and self._kill_at is None:
            self._send(Wish.STOP)
            self._kill_at = time.monotonic() + STOP_PATIENCE

    def pause(self) -> None:
        """Ask the running job to end so that another can go on from there; it is never killed."""
        if self._busy:
            self._send(Wish.PAUSE)

    def finish_early(self) -> None:
        """Ask the running training to stop learning and to keep the best so far."""
        if self._busy:
            self._send(Wish.FINISH)

    def poll(self) -> list[FromWorker]:
        """Return the messages that have arrived; the last one of a job ends it."""
        messages = self._received()
        ended = any(isinstance(m, Finished | Failed | Cancelled | Paused | Died) for m in messages)
        if self._busy and not ended and self._kill_at and time.monotonic() > self._kill_at:
            self._dismiss()
            messages.append(Cancelled())
            ended = True
        if ended:
            self._busy, self._kill_at = False, None
        return messages

    def close(self) -> None:
        """End the worker, whatever it is doing."""
        self._dismiss()
        self._busy = False

    def _received(self) -> list[FromWorker]:
        messages: list[FromWorker] = []
        try:
            while self._connection and self._connection.poll():
                messages.append(self._connection.recv())
        except (EOFError, OSError):
            messages += self._after_the_end()
        return messages

    def _after_the_end(self) -> list[FromWorker]:
        """Say what the end of the pipe means: nothing while idle, a death or a stop in a job."""
        was_busy, asked_to_stop = self._busy, self._kill_at is not None
        process = self._process
        if process:
            process.join(1.0)
        exit_code = process.exitcode if process else None
        self._dismiss()
        if not was_busy:
            return []
        return [Cancelled()] if asked_to_stop else [Died(exit_code)]

    def _send(self, message: ToWorker) -> bool:
        try:
            if self._connection:
                self._connection.send(message)
            return self._connection is not None
        except OSError:
            return False

    def _dismiss(self) -> None:
        if self._connection:
            self._connection.close()
        if self._process:
            self._process.kill()
            self._process.join(1.0)
        self._process = self._connection = None
