"""The same work on many articles, in order, by several processes; what goes wrong with one stops no other.

concurrent.futures' pool is lost as a whole when one of its processes dies, and it cannot end a call that takes too
long. Here each process has a pipe of its own and answers article by article, so that the first one without an
answer is to blame for a death or a delay; the process is replaced, and the rest of its batch is done by another.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from svyaz.worker import Lost, attempt

if TYPE_CHECKING:
    from svyaz.processes import Pool, Slot

Job = TypeVar("Job")
Answer = TypeVar("Answer")

# Batches a process that may be read, answered and not yet taken: room for one slow article before the others wait.
READ_AHEAD = 8


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(
    work: Callable[[Job], Answer],
    jobs: Iterable[Job],
    *,
    warm_up: Callable[[], object],
    workers: int = 1,
    batch_size: int = 4,
    timeout: float | None = None,
) -> Iterator[tuple[Job, Answer | Lost]]:
    """Each job with its answer, in order. ``work`` and ``warm_up``, which a process calls first, must be picklable.

    One worker reads no job before the last one's answer was taken; without ``timeout`` (seconds a job) it is this
    process itself. 0 workers are as many as there are cores. To several, jobs go out ``batch_size`` at a time, and
    at most READ_AHEAD batches a worker are read ahead. What ``jobs`` raises comes when the jobs before it are done.
    Raises ValueError for a number that makes no sense and WorkerError when no process can be started.
    """
    if workers < 0 or batch_size < 1 or (timeout is not None and not timeout > 0):
        raise ValueError("workers: 0 or more; batch_size: 1 or more; timeout: more than 0 seconds")
    if workers == 1 and timeout is None:
        return ((job, attempt(work, job)) for job in jobs)
    from svyaz.processes import Pool  # multiprocessing is slow to import, and seldom needed

    size = workers or cores()
    return _apart(Pool(work, warm_up, size, timeout), _Source(jobs, batch_size if size > 1 else 1))


class _Source(Generic[Job]):
    """Jobs in batches; an error of the one who gives them is kept until the jobs before it are done."""

    def __init__(self, jobs: Iterable[Job], batch_size: int) -> None:
        self._jobs = iter(jobs)
        self.batch_size = batch_size
        self.error: Exception | None = None

    def batch(self) -> list[Job]:
        """The next jobs; none at the end."""
        found: list[Job] = []
        try:
            while self.error is None and len(found) < self.batch_size:
                found.append(next(self._jobs))
        except StopIteration:
            self._jobs = iter(())
        except Exception as error:  # noqa: BLE001 - raised again when its turn has come
            self.error = error
        return found


def _apart(pool: Pool[Job, Answer], source: _Source[Job]) -> Iterator[tuple[Job, Any]]:
    from svyaz.processes import Slot

    slots: deque[Slot[Job, Answer]] = deque()
    room = READ_AHEAD * pool.size * source.batch_size
    with closing(pool):
        while True:
            while slots and slots[0].done:
                slot = slots.popleft()
                yield slot.job, slot.answer
            while pool.idle() and len(slots) < room and (jobs := source.batch()):
                batch = [Slot[Job, Answer](job) for job in jobs]
                slots += batch
                pool.give(batch)
            if not slots:
                break
            pool.listen()
    if source.error is not None:
        raise source.error
