"""Where results go: each piece written whole and at once."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click


@contextmanager
def target(output: Path | None, *, keep: bool = False) -> Iterator[BinaryIO]:
    """The file that is written, with what it holds if ``keep``; without a file stdout.

    A file is written in place, not renamed at the end: of a long run that is stopped, what was done stays.
    """
    if output is None:
        yield sys.stdout.buffer
        return
    if keep and output.exists() and not output.is_file():
        raise click.BadParameter(f"{str(output)!r} is no file that can be gone on with.", param_hint="-o")
    try:
        file = output.open("r+b" if keep and output.exists() else "w+b")
    except OSError as error:
        raise click.BadParameter(f"{str(output)!r}: {error.strerror}", param_hint="-o") from None
    with file:
        yield file


@contextmanager
def writer(out: BinaryIO) -> Iterator[Callable[[str], None]]:
    """Give a function that writes text as UTF-8 at once: a reader sees each result when it is there.

    Ctrl-C waits until the piece is out, so that no half a line stands at the end; a second one does not wait.
    """
    writing = asked = False

    def heard(_signal: int, _frame: Any) -> None:
        nonlocal asked
        if not writing or asked:
            raise KeyboardInterrupt
        asked = True

    def write(piece: str) -> None:
        nonlocal writing
        writing = True
        try:
            out.write(piece.encode())
            out.flush()
        finally:
            writing = False
        if asked:
            raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    # In the background of a shell Ctrl-C is ignored, and stays so.
    ours = threading.current_thread() is threading.main_thread() and before is signal.default_int_handler
    if not ours:
        yield write
        return
    signal.signal(signal.SIGINT, heard)
    try:
        yield write
    finally:
        signal.signal(signal.SIGINT, before)
