"""How far a long run is, for the one who waits at a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta


class Progress:
    """Counts what is done, in articles or another ``unit``; ``show`` is told how many and what to say of them."""

    def __init__(
        self,
        total: int | None = None,
        show: Callable[[int, str], object] | None = None,
        unit: str = "articles",
    ) -> None:
        self._total, self._show, self._unit = total, show, unit
        self._skipped = self._done = self._characters = 0
        self._start = time.monotonic()

    def skip(self) -> None:
        """One that an earlier run has done: it took no time, and says nothing of the time left."""
        self._skipped += 1
        self._start = time.monotonic()

    def done(self, characters: int) -> None:
        """One of so many characters."""
        self._done += 1
        self._characters += characters
        if self._show:
            self._show(self._skipped + self._done, self.said())

    def said(self) -> str:
        """«120 of 1,000 articles · 150,000 characters a second · 0:00:21 left»."""
        passed = max(time.monotonic() - self._start, 1e-6)
        done = self._skipped + self._done
        parts = [f"{done:,} of {self._total:,} {self._unit}" if self._total else f"{done:,} {self._unit}"]
        parts.append(f"{self._characters / passed:,.0f} characters a second")
        if self._total and self._done:
            left = max(self._total - done, 0) * passed / self._done
            parts.append(f"{timedelta(seconds=round(left))} left")
        return " · ".join(parts)


@contextmanager
def shown(wanted: bool, count: Callable[[], int | None], unit: str = "articles") -> Iterator[Progress]:
    """A progress that is drawn on stderr if ``wanted``; only then it is counted how many there are."""
    if not wanted:
        yield Progress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Drawing

    total = count()
    columns = (BarColumn(), TextColumn("{task.description}"))
    # What is said on stderr meanwhile comes out above; results may go to stdout as they are.
    with Drawing(*columns, console=Console(stderr=True), refresh_per_second=4, redirect_stdout=False) as bar:
        task = bar.add_task("loading the models", total=total)
        yield Progress(total, lambda done, said: bar.update(task, completed=done, description=said), unit)
