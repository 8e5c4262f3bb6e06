"""Work for the processes of tests/test_parallel.py, which import this module, and the command as a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from svyaz import Article, Extractor, Result, Warning


def work(job: str) -> Any:
    """«a» → «a!»; some jobs end badly."""
    bad: dict[str, Callable[[], Any]] = {
        "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
        "segfault": lambda: os.kill(os.getpid(), signal.SIGSEGV),
        "exit": lambda: os._exit(3),
        "hang": lambda: time.sleep(600),
        "slow": lambda: time.sleep(1),
        "fault": lambda: 1 / 0,
        "memory": lambda: bytearray(1 << 62),
    }
    if job == "lambda":
        return lambda: job
    if job == "process":
        return os.getpid()
    if job in bad:
        bad[job]()
    return os.environ.get(job, f"{job}!")


def nothing() -> None:
    """There is nothing to load."""


def broken() -> None:
    raise OSError("no model")


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Bulky:
    """Does not fit into the pipe with which a process is started."""

    def __init__(self) -> None:
        self.data = bytes(1_000_000)

    def work(self, job: str) -> str:
        return job


class Fragile(Extractor):
    """Dies of an article with the id «kill» and hangs on «hang»."""

    def extract(self, article: Article | str, *, warnings: Sequence[Warning] = ()) -> Result:
        if isinstance(article, Article) and article.id in {"kill", "hang"}:
            work(article.id)
        return super().extract(article, warnings=warnings)


def command(*arguments: object, **pipes: Any) -> subprocess.Popen[bytes]:
    """The command in a process group of its own, which hears Ctrl-C even where the tests run in the background."""
    line = [sys.executable, "-m", "svyaz", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    return subprocess.Popen(line, env=environment, start_new_session=True, preexec_fn=hear_ctrl_c, **pipes)


def hear_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupted(process: subprocess.Popen[bytes], begun: Callable[[], bool]) -> bytes:
    """Ctrl-C once the work has begun, as a terminal gives it: to all processes of the group. Gives what stderr says."""
    while not begun():
        assert process.poll() is None
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    process.wait(30)
    assert process.stderr
    return process.stderr.read()
