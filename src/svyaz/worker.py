"""What a worker process does: answer job after job, until its parent closes the pipe or ends."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Job = TypeVar("Job")
Answer = TypeVar("Answer")

# The status of a process that gives up for want of memory.
OUT_OF_MEMORY = 71


class WorkerError(RuntimeError):
    """No process can be started that does the work; the message says why."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Why an article has no answer: a code, and a message for people."""

    code: Literal["timeout", "worker_died", "internal_error"]
    message: str


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


def serve(pipe: Connection) -> None:
    """Answer batch after batch.

    None says «there», to which the parent sends what is to be done; then «ready», and «begun» for each batch.
    Answers come in tuples of one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        pipe.send(None)
        work = _ready(pipe.recv_bytes())
        if isinstance(work, WorkerError):
            pipe.send(work)
            return
        pipe.send(None)
        while True:
            batch = pipe.recv()
            pipe.send(None)
            for job in batch:
                _say(pipe, attempt(work, job, fatal=(MemoryError,)))
    except (EOFError, OSError):
        return  # the parent has closed the pipe
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # a process without memory is better replaced than used on


def _ready(program: bytes) -> Callable[[Any], Any] | WorkerError:
    """What is to be done with each job, when all is loaded that it needs."""
    from multiprocessing.reduction import ForkingPickler

    try:
        work: Callable[[Any], Any]
        work, warm_up = ForkingPickler.loads(program)
        warm_up()
    except Exception as error:  # noqa: BLE001 - told to the parent
        return WorkerError(f"a worker process could not start: {type(error).__name__}: {error}")
    return work


def _say(pipe: Connection, answer: Any) -> None:
    try:
        pipe.send((answer,))
    except (MemoryError, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - it was not written in part: pickling comes first
        pipe.send((Lost("internal_error", f"internal error, {type(error).__name__}: {error}"),))


def _end_with_parent() -> None:
    """Also in the middle of an article that never ends."""
    import multiprocessing

    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
