"""``svyaz batch``: folders of articles on many machines."""

from __future__ import annotations

import datetime
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from svyaz.cli.common import (
    check_types,
    is_terminal,
    no_text_option,
    published_option,
    relations_option,
    say_failure,
)
from svyaz.cli.progress import shown

if TYPE_CHECKING:
    from svyaz.batch.work import Done, Undone


@click.command()
@click.argument("source", metavar="INPUT")
@click.argument("output")
@click.option("--scheduler", metavar="ADDRESS", help="A running Dask scheduler, as in tcp://node7:8786.")
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Without --scheduler: so many processes on this machine, 0 for all cores.",
)
@click.option("--to", type=click.Choice(["jsonl", "parquet"]), default="jsonl", show_default=True)
@click.option(
    "--part-bytes", type=click.IntRange(min=1), default=4_000_000, show_default=True, help="Of a JSONL file."
)
@click.option(
    "--part-rows", type=click.IntRange(min=1), default=1000, show_default=True, help="Of a Parquet file."
)
@published_option
@no_text_option
@click.option("-q", "--quiet", is_flag=True, help="No progress on a terminal.")
@relations_option
def batch(
    source: str,
    output: str,
    scheduler: str | None,
    workers: int,
    to: Any,
    part_bytes: int,
    part_rows: int,
    published: datetime.date | None,
    no_text: bool,
    quiet: bool,
    own: tuple[Path, ...],
) -> None:
    """Read all articles in INPUT and write the results to OUTPUT in parts, on a Dask cluster.

    INPUT is a folder (or one file) of .jsonl, .jsonl.gz or .parquet, OUTPUT a folder; both are local paths or what
    fsspec takes (s3://bucket/news). A part is written whole or not at all; called again, it goes on where it was
    stopped. What could not be read is said on stderr and kept in OUTPUT/_failures.
    """
    if find_spec("distributed") is None or find_spec("pyarrow") is None:
        raise click.ClickException("svyaz batch needs Dask: pip install 'svyaz[dask]'")
    from svyaz.batch.parts import BatchError, Sizes
    from svyaz.batch.run import cluster, plan, run
    from svyaz.batch.work import FAILURES, Job
    from svyaz.parallel import cores
    from svyaz.sources import Options

    if not source or not output:  # of an unset variable; it would be the working folder
        raise click.UsageError(f"{'OUTPUT' if source else 'INPUT'} is empty; name a folder")
    check_types((), own)
    files = tuple(str(f.resolve()) for f in own)
    job = Job(_absolute(output), to, no_text, Options(published=published), files)
    report = _Report()
    try:
        todo = plan(_absolute(source), job, Sizes(part_bytes, part_rows))
        if todo.skipped:
            click.echo(f"svyaz: parts that are there already: {todo.skipped}", err=True)
        if todo.incomplete:
            report.failed += todo.incomplete
            said = f"something in {todo.incomplete} of these could not be read; {FAILURES} there names it"
            say_failure(output, None, said)
        if todo.todo:
            wanted = not quiet and is_terminal(sys.stderr)
            with (
                cluster(scheduler, workers or cores()) as client,
                shown(wanted, lambda: len(todo.todo), "parts") as progress,
            ):
                run(client, todo, lambda outcome: progress.done(report(outcome)))
    except BatchError as error:
        raise click.UsageError(str(error)) from None
    except KeyboardInterrupt:
        click.echo("svyaz: interrupted; the same command goes on from here", err=True)
        sys.exit(130)
    click.echo(
        f"svyaz: parts written: {report.parts}, articles: {report.articles}, facts: {report.relations}",
        err=True,
    )
    sys.exit(1 if report.failed else 0)


def _absolute(url: str) -> str:
    """A local path from the root on: a worker has a working folder of its own."""
    return url if "://" in url else str(Path(url).resolve())


class _Report:
    """Tells of each part as it ends, and counts; gives the characters that were read."""

    def __init__(self) -> None:
        self.parts = self.articles = self.relations = self.failed = 0

    def __call__(self, outcome: Done | Undone) -> int:
        from svyaz.batch.work import Undone

        if isinstance(outcome, Undone):
            self.failed += 1
            say_failure(outcome.source, None, f"part {outcome.part} was not done: {outcome.reason}")
            return 0
        self.parts += 1
        self.articles += outcome.articles
        self.relations += outcome.relations
        for failure in outcome.failures:
            self.failed += 1
            say_failure(failure.name, failure.line, failure.message)
        return outcome.characters
