"""Articles to results at the command line: in input order, by one process or several; stderr says what fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from svyaz import parallel
from svyaz.cli.common import say_failure
from svyaz.cli.progress import Progress
from svyaz.export import jsonl
from svyaz.model import Result
from svyaz.pipeline import Extractor, unread
from svyaz.sources import Failure, Item, Notice, Read
from svyaz.worker import Lost

Piece = TypeVar("Piece", str, Result)


@dataclass(frozen=True, slots=True)
class Processes:
    """How many, and how long one may take for an article, in seconds."""

    workers: int = 1
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """What is to become of an article. Goes to the processes, so that a line is made where its result is."""

    reader: Extractor
    types: tuple[str, ...] = ()
    no_text: bool = False

    def result(self, item: Item) -> Result:
        """Read an article."""
        return self.kept(self.reader.extract(item.article, warnings=item.warnings))

    def line(self, item: Item) -> str:
        """Read an article and write its result as a line of JSON."""
        return jsonl.line(self.result(item))

    def kept(self, result: Result) -> Result:
        """Only the relations of ``types`` (all, if none is named), and no text where it is not wanted."""
        update: dict[str, Any] = {"text": None} if self.no_text else {}
        if self.types:
            update["relations"] = tuple(r for r in result.relations if r.type in self.types)
        return result.model_copy(update=update) if update else result


class Report:
    """Says on stderr what cannot be read, and counts."""

    def __init__(self, quiet: bool = False) -> None:
        self.failed = 0
        self._quiet = quiet

    def failure(self, name: str, line: int | None, message: str) -> None:
        """Say what is wrong with an item."""
        self.failed += 1
        say_failure(name, line, message)

    def note(self, notice: Notice) -> None:
        """Say what is no failure, unless it is to be quiet."""
        if not self._quiet:
            click.echo(f"svyaz: {notice.name}: note: {notice.message}", err=True)


def items(found: Iterable[Read], report: Report) -> Iterator[Item]:
    """The articles among what was found; the rest is reported."""
    for one in found:
        if isinstance(one, Item):
            yield one
        elif isinstance(one, Failure):
            report.failure(one.name, one.line, one.message)
        else:
            report.note(one)


def lines(
    shape: Shape, articles: Iterable[Item], processes: Processes, report: Report, progress: Progress
) -> Iterator[str]:
    """A line of JSON an article."""
    return _read(shape, shape.line, jsonl.line, articles, processes, report, progress)


def results(
    shape: Shape, articles: Iterable[Item], processes: Processes, report: Report, progress: Progress
) -> Iterator[Result]:
    """A result an article."""
    return _read(shape, shape.result, lambda result: result, articles, processes, report, progress)


def _read(
    shape: Shape,
    work: Callable[[Item], Piece],
    written: Callable[[Result], Piece],
    articles: Iterable[Item],
    processes: Processes,
    report: Report,
    progress: Progress,
) -> Iterator[Piece]:
    done = parallel.run(
        work,
        articles,
        warm_up=shape.reader.warm_up,
        workers=processes.workers,
        timeout=processes.timeout,
    )
    for item, answer in done:
        if isinstance(answer, Lost):
            report.failure(item.name, item.line, answer.message)
            yield written(shape.kept(unread(item.article, answer, item.warnings)))
        else:
            yield answer
        progress.done(len(item.article.text))
