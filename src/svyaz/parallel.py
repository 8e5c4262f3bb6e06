"""The same work on many articles, in order, by several processes; what goes wrong with one stops no other.

concurrent.futures' pool is lost as a whole when one of its processes dies, and it cannot end a call that takes too
long. Here each process has a pipe of its own and answers article by article, so that the first one without an
answer is to blame for a death or a delay; the process is replaced, and the rest of its batch is done by another.

Processes are spawned, never forked: a fork would inherit the threads of the matrix library half-way. They run one
thread each, do not hear Ctrl-C, which their parent answers for them, and end with their parent however it ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, Literal, TypeVar

Job = TypeVar("Job")
Answer = TypeVar("Answer")

# Batches a process that may be read, answered and not yet taken: room for one slow article before the others wait.
READ_AHEAD = 4
# Read by the libraries for matrices when they load; several processes with many threads each crawl.
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
# A process that is killed while it starts is tried again so often.
STARTS = 3
_OUT_OF_MEMORY = 71  # the status of a process that gives up for want of memory


class WorkerError(RuntimeError):
    """No process can be started that does the work; the message says why."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Why an article has no answer: a code, and a message for people."""

    code: Literal["timeout", "worker_died", "internal_error"]
    message: str


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
    batch_size: int = 8,
    timeout: float | None = None,
) -> Iterator[tuple[Job, Answer | Lost]]:
    """Each job with its answer, in order. ``work`` and ``warm_up``, which a process calls first, must be picklable.

    One worker without ``timeout`` (seconds a job) is this process itself, and it reads no job before the last one's
    answer was taken; 0 workers are as many as there are cores. Jobs go out ``batch_size`` at a time, and at most
    READ_AHEAD batches a worker are read ahead. What ``jobs`` raises is raised when the jobs before it are answered.
    Raises ValueError for a number that makes no sense and WorkerError when no process can be started.
    """
    if workers < 0 or batch_size < 1 or (timeout is not None and timeout <= 0):
        raise ValueError("workers: 0 or more; batch_size: 1 or more; timeout: more than 0 seconds")
    if workers == 1 and timeout is None:
        return ((job, attempt(work, job)) for job in jobs)
    return _apart(_Pool(work, warm_up, workers or cores(), timeout), _Source(jobs, batch_size))


def attempt(
    work: Callable[[Job], Answer], job: Job, fatal: tuple[type[Exception], ...] = ()
) -> Answer | Lost:
    """The answer to a job, or the fault in the program that prevented it; raises what is ``fatal``."""
    try:
        return work(job)
    except fatal:
        raise
    except Exception as error:  # noqa: BLE001 - a fault in one article must not stop the others
        return Lost("internal_error", f"internal error, {type(error).__name__}: {error}")


@dataclass(slots=True, eq=False)
class _Slot(Generic[Job, Answer]):
    """The place of a job in the order."""

    job: Job
    answer: Answer | Lost | None = None
    done: bool = False

    def settle(self, answer: Answer | Lost) -> None:
        self.answer, self.done = answer, True


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


def _apart(pool: _Pool[Job, Answer], source: _Source[Job]) -> Iterator[tuple[Job, Any]]:
    slots: deque[_Slot[Job, Answer]] = deque()
    room = READ_AHEAD * pool.size * source.batch_size
    with closing(pool):
        while True:
            while slots and slots[0].done:
                slot = slots.popleft()
                yield slot.job, slot.answer
            while pool.idle() and len(slots) < room and (jobs := source.batch()):
                batch = [_Slot[Job, Answer](job) for job in jobs]
                slots += batch
                pool.give(batch)
            if not slots:
                break
            pool.listen()
    if source.error is not None:
        raise source.error


@dataclass(slots=True, eq=False)
class _Worker:
    """A process; ``batch`` are the jobs that it has and has not answered, the first is in hand ``since`` a time."""

    process: BaseProcess
    pipe: Connection
    ready: bool = False
    batch: deque[_Slot[Any, Any]] = field(default_factory=deque)
    since: float | None = None


class _Pool(Generic[Job, Answer]):
    """The processes, and the batches that wait for one."""

    def __init__(
        self,
        work: Callable[[Job], Answer],
        warm_up: Callable[[], object],
        size: int,
        timeout: float | None,
    ) -> None:
        self.size = size
        self._work, self._warm_up, self._timeout = work, warm_up, timeout
        self._workers: list[_Worker] = []
        self._waiting: deque[deque[_Slot[Job, Answer]]] = deque()
        self._failed_starts = 0

    def idle(self) -> bool:
        """Whether a process, there or to be started, would have nothing to do."""
        busy = sum(bool(w.batch) for w in self._workers)
        return busy + len(self._waiting) < self.size

    def give(self, batch: Iterable[_Slot[Job, Answer]]) -> None:
        """Take over a batch."""
        self._waiting.append(deque(batch))
        self._hand_out()

    def listen(self) -> None:
        """Wait until a process says something, ends, or has to be ended."""
        pipes = {w.pipe: w for w in self._workers}
        heard = connection.wait(list(pipes), self._patience())
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
        return None if least == float("inf") else max(least, 0)

    def _hear(self, worker: _Worker) -> None:
        try:
            said = worker.pipe.recv()
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
        process = context.Process(target=_serve, args=(other, self._work, self._warm_up), daemon=True)
        with other, _inherited():
            process.start()
        return _Worker(process, pipe)


@contextmanager
def _inherited() -> Iterator[None]:
    """What a process has from its first moment: one thread for matrices, before it loads numpy; no Ctrl-C."""
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
    if status == _OUT_OF_MEMORY:
        return "the process that read it ran out of memory"
    if status is not None and status < 0:
        return f"the process that read it was ended by {signal.Signals(-status).name}"
    return f"the process that read it ended with status {status}"


# In the worker


def _serve(pipe: Connection, work: Callable[[Any], Any], warm_up: Callable[[], object]) -> None:
    """Answer batch after batch: None says «ready», then «begun» for each batch; answers come in tuples of one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        warm_up()
    except Exception as error:  # noqa: BLE001 - told to the parent
        pipe.send(WorkerError(f"a worker process could not start: {type(error).__name__}: {error}"))
        return
    try:
        pipe.send(None)
        while True:
            batch = pipe.recv()
            pipe.send(None)
            for job in batch:
                _say(pipe, attempt(work, job, fatal=(MemoryError,)))
    except (EOFError, OSError):
        return  # the parent has closed the pipe
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)  # a process without memory is better replaced than used on


def _say(pipe: Connection, answer: Any) -> None:
    try:
        pipe.send((answer,))
    except (MemoryError, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - it was not written in part: pickling comes first
        pipe.send((Lost("internal_error", f"internal error, {type(error).__name__}: {error}"),))


def _end_with_parent() -> None:
    """Also in the middle of an article that never ends."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
