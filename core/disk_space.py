"""Waiting for room on the disk: a training whose work took hours does not end for want of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from core.errors import NoRoomError
from core.jobs.job import Reporter

WAIT_FOR_ROOM = 2.0
"""Seconds between two looks whether the disk has room again."""

Result = TypeVar("Result")


def when_there_is_room(write: Callable[[], Result], report: Reporter) -> Result:
    """Write; while the disk is full, say so once and wait until there is room again.

    Args:
        write: Writes whole or not at all; called again after it failed.
        report: Told why it takes so long.

    Raises:
        StorageError: It cannot be written for another reason.
        Stopped: The user asked to stop meanwhile.
    """
    told = False
    while True:
        try:
            written = write()
        except NoRoomError as error:
            if not told:
                report.log(
                    f"{error.what} ({error.where}). Training waits and continues automatically "
                    "when there is space again; nothing is lost."
                )
                told = True
            time.sleep(WAIT_FOR_ROOM)
            report.check()
        else:
            if told:
                report.log("There is disk space again: training continues.")
            return written
