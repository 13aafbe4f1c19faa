"""Running a function over many items on all cores, in order and within bounded memory.

Threads, not processes: decoding, hashing and ONNX Runtime all release the interpreter's lock.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def core_count() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows have no affinity call
        return os.cpu_count() or 1


def map_in_order(
    function: Callable[[Item], Result], items: Iterable[Item], threads: int | None = None
) -> Iterator[Result]:
    """Yield `function(item)` for each item, in order, computed on several threads.

    At most four results a thread wait to be taken, however many items there are. Closing the
    generator drops what has not begun.

    Args:
        function: Called on the threads; what it raises is raised here.
        items: Read as needed.
        threads: How many; all cores by default.
    """
    threads = threads or core_count()
    remaining = iter(items)
    pool = ThreadPoolExecutor(threads)
    try:
        waiting: deque[Future[Result]] = deque(
            pool.submit(function, item) for item in islice(remaining, 4 * threads)
        )
        while waiting:
            result = waiting.popleft().result()
            for item in islice(remaining, 1):
                waiting.append(pool.submit(function, item))
            yield result
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
