"""The worker process: waits for jobs, runs one at a time, reports over a pipe.

This module is what the spawned process imports first, so it stays light: a job's own imports
happen when the job arrives.
"""

from __future__ import annotations

import contextlib
import importlib
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from core.errors import LayerloomError, Paused, Stopped
from core.jobs import messages
from core.jobs.job import Job, Reporter
from core.jobs.messages import Cancelled, Failed, Finished, Outcome, Result, Wish


@dataclass(frozen=True, slots=True)
class Start:
    """Asks the worker to run a job."""

    job: Job[Any]


ToWorker = Start | Wish


def work(connection: Connection, warm_up: tuple[str, ...] = ()) -> None:
    """Serve jobs until the other end of the pipe is closed.

    Args:
        connection: The worker's end of a duplex pipe.
        warm_up: Modules to import while waiting for the first job.
    """
    for module in warm_up:
        if connection.poll():
            break
        with contextlib.suppress(ImportError):  # the job that needs it will say so
            importlib.import_module(module)
    with contextlib.suppress(EOFError, ConnectionError, KeyboardInterrupt):
        while True:
            message = connection.recv()
            if isinstance(message, Start):
                connection.send(_run(message.job, connection))


def _run(job: Job[Result], connection: Connection) -> Outcome[Result]:
    """Run one job to its last message; a window that is gone counts as a wish to stop."""
    report = Reporter(connection.send, lambda: _wish(connection))
    try:
        return Finished(job.run(report))
    except Paused as paused:
        return messages.Paused(paused.folder) if paused.folder else Cancelled()
    except Stopped:
        return Cancelled()
    except LayerloomError as error:
        return Failed(error.what, error.where, error.hint)
    except MemoryError:
        return Failed("There is not enough memory for this", hint="Close other programs first.")
    except (ConnectionError, EOFError):
        raise
    except Exception as error:  # noqa: BLE001 - the last line of defence: it reaches the user as a sentence
        what = f"An unexpected error occurred: {error or type(error).__name__}"
        return Failed(what, details=traceback.format_exc())


def _wish(connection: Connection) -> Wish | None:
    message = connection.recv() if connection.poll() else None
    return message if isinstance(message, Wish) else None
