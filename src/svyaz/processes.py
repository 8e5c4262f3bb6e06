"""Worker processes seen from their parent: they are started, given batches, listened to, ended and replaced.

They are spawned, never forked: a fork would inherit the threads of the matrix library half-way. They run one thread
each, do not hear Ctrl-C, which their parent answers for them, and end with their parent however it ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import connection, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from typing import Any, Generic, TypeVar

from svyaz.worker import OUT_OF_MEMORY, Lost, WorkerError, serve

Job = TypeVar("Job")
Answer = TypeVar("Answer")

# Read by the libraries for matrices when they load; several processes with many threads each crawl.
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
# A wait that lasts so many seconds longer than it should tells that all processes stood still.
ASLEEP = 1.0
# The longest wait at once, in seconds: what waits for pipes cannot count much farther.
LONGEST_WAIT = 86_400.0
# A process that is killed while it starts is tried again so often.
STARTS = 3


@dataclass(slots=True, eq=False)
class Slot(Generic[Job, Answer]):
    """The place of a job in the order."""

    job: Job
    answer: Answer | Lost | None = None
    done: bool = False

    def settle(self, answer: Answer | Lost) -> None:
        self.answer, self.done = answer, True


@dataclass(slots=True, eq=False)
class _Worker:
    """A process; ``batch`` are the jobs that it has and has not answered, the first is in hand ``since`` a time."""

    process: BaseProcess
    pipe: Connection
    there: bool = False
    ready: bool = False
    batch: deque[Slot[Any, Any]] = field(default_factory=deque)
    since: float | None = None


class Pool(Generic[Job, Answer]):
    """The processes, and the batches that wait for one."""

    def __init__(
        self,
        work: Callable[[Job], Answer],
        warm_up: Callable[[], object],
        size: int,
        timeout: float | None,
    ) -> None:
        self.size = size
        self._timeout = timeout
        # Not among the process's arguments: Process.start would wait for ever for one that dies before it has read
        # them all, as those of a script without «if __name__ == '__main__':» do.
        self._program = ForkingPickler.dumps((work, warm_up))
        self._workers: list[_Worker] = []
        self._waiting: deque[deque[Slot[Job, Answer]]] = deque()
        self._failed_starts = 0

    def idle(self) -> bool:
        """Whether a process, there or to be started, would have nothing to do."""
        busy = sum(bool(w.batch) for w in self._workers)
        return busy + len(self._waiting) < self.size

    def give(self, batch: Iterable[Slot[Job, Answer]]) -> None:
        """Take over a batch."""
        self._waiting.append(deque(batch))
        self._hand_out()

    def listen(self) -> None:
        """Wait until a process says something, ends, or has to be ended."""
        pipes = {w.pipe: w for w in self._workers}
        patience, began = self._patience(), time.monotonic()
        heard = connection.wait(list(pipes), patience)
        if patience is not None and time.monotonic() - began > patience + ASLEEP:
            self._forgive(time.monotonic() - began)
        for pipe in heard:
            self._hear(pipes[pipe])  # type: ignore[index]  # only pipes were given to wait for
        now = time.monotonic()
        for worker in [w for pipe, w in pipes.items() if pipe not in heard and self._left(w, now) <= 0]:
            self._end(worker, Lost("timeout", f"not read within {self._timeout:g} seconds"))
        self._hand_out()

    def close(self) -> None:
        """End all processes, whatever they do."""
        while self._workers:
            _stop(self._workers.pop())

    def _left(self, worker: _Worker, now: float) -> float:
        if self._timeout is None or worker.since is None:
            return float("inf")
        return worker.since + self._timeout - now

    def _patience(self) -> float | None:
        now = time.monotonic()
        least = min(self._left(w, now) for w in self._workers)
        return None if least == float("inf") else min(max(least, 0), LONGEST_WAIT)

    def _forgive(self, seconds: float) -> None:
        """Leave out a time in which nobody worked: the run was stopped (Ctrl-Z), or the machine slept."""
        for worker in self._workers:
            worker.since = None if worker.since is None else worker.since + seconds

    def _hear(self, worker: _Worker) -> None:
        try:
            said = worker.pipe.recv()
            if said is None and not worker.there:
                worker.there = True
                worker.pipe.send_bytes(self._program)
                return
        except (EOFError, OSError):
            self._end(worker, Lost("worker_died", _fate(worker)))
            return
        if isinstance(said, WorkerError):
            raise said
        if said is not None:
            worker.batch.popleft().settle(said[0])
        elif not worker.batch:
            worker.ready, self._failed_starts = True, 0
        # After the last job nothing is in hand; before the first one the process says that it begins.
        worker.since = time.monotonic() if worker.batch else None

    def _end(self, worker: _Worker, lost: Lost) -> None:
        """Give up a process and the job that it had in hand; the rest of its batch goes first to the next one."""
        _stop(worker)
        self._workers.remove(worker)
        if not worker.ready:
            self._failed_starts += 1
            status = worker.process.exitcode or 0
            if status > 0 or self._failed_starts == STARTS:  # an exception, not a kill: it would come again
                raise WorkerError(
                    f"a worker process could not start (status {status}); a script that asks for workers must do so"
                    " under «if __name__ == '__main__':»"
                )
        if worker.since is not None:
            worker.batch.popleft().settle(lost)
        if worker.batch:
            self._waiting.appendleft(worker.batch)

    def _hand_out(self) -> None:
        for worker in [w for w in self._workers if w.ready and not w.batch]:
            if not self._waiting:
                return
            worker.batch = self._waiting.popleft()
            try:
                worker.pipe.send([slot.job for slot in worker.batch])
            except OSError:  # it died with nothing in hand: no job is to blame
                self._end(worker, Lost("worker_died", ""))
        starting = sum(not w.ready for w in self._workers)
        for _ in range(min(len(self._waiting) - starting, self.size - len(self._workers))):
            self._workers.append(self._start())

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        pipe, other = context.Pipe()
        process = context.Process(target=serve, args=(other,), daemon=True)
        with other, inherited():
            process.start()
        return _Worker(process, pipe)


@contextmanager
def inherited() -> Iterator[None]:
    """What a process has from its first moment: one thread for matrices, before it loads numpy; no Ctrl-C."""
    if os.name == "posix":  # the first process starts it, and that lets Ctrl-C through again
        resource_tracker.ensure_running()
    before = {name: os.environ.get(name) for name in THREADS}
    masks = hasattr(signal, "pthread_sigmask")
    unmasked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masks else set()
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        if masks:
            signal.pthread_sigmask(signal.SIG_SETMASK, unmasked)


def _stop(worker: _Worker) -> None:
    """End a process. One whose pipe has closed is ending by itself: it keeps the status that tells why."""
    if worker.process.is_alive():
        worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _fate(worker: _Worker) -> str:
    worker.process.join(5)
    status = worker.process.exitcode
    if status == OUT_OF_MEMORY:
        return "the process that read it ran out of memory"
    if status is not None and status < 0:
        return f"the process that read it was ended by {signal.Signals(-status).name}"
    return f"the process that read it ended with status {status}"
