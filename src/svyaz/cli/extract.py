"""``svyaz extract`` and ``svyaz schema``: articles in, results out."""

from __future__ import annotations

import datetime
import math
import os
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from svyaz.cli.common import (
    check_types,
    extractor,
    is_terminal,
    no_text_option,
    published_option,
    relations_option,
    screen,
)

if TYPE_CHECKING:
    from svyaz.cli.progress import Progress
    from svyaz.cli.reading import Processes, Report, Shape
    from svyaz.sources import Item


def _encoding(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    from svyaz.decoding import is_encoding

    if value is not None and not is_encoding(value):
        raise click.BadParameter(
            f"{value!r} is not an encoding that Python knows; try cp1251, koi8-r, utf-16."
        )
    return value


def _seconds(_ctx: click.Context, _param: click.Parameter, value: float | None) -> float | None:
    """Raise BadParameter for «nan», which no range of click's keeps out."""
    if value is not None and math.isnan(value):
        raise click.BadParameter("nan is no number of seconds.")
    return value


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option(
    "--to", type=click.Choice(["json", "jsonl", "table"]), help="Default: table on a terminal, else jsonl."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write here, as UTF-8.",
)
@published_option
@no_text_option
@click.option(
    "--type", "types", multiple=True, metavar="TYPE", help="Only relations of this type; may be repeated."
)
@click.option(
    "--from",
    "format_",
    type=click.Choice(["text", "jsonl", "html"]),
    help="What inputs hold whose ending does not say; for - the default is text.",
)
@click.option(
    "--encoding",
    callback=_encoding,
    metavar="NAME",
    help="Default: UTF-8, else what a mark or page says, else a guess.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Read in N processes, 0 for one a core; the results and their order are the same.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    callback=_seconds,
    metavar="SECONDS",
    help="Give up an article that takes longer; the others go on.",
)
@click.option(
    "--resume", is_flag=True, help="Go on with the JSON Lines in the FILE of -o where a run was interrupted."
)
@click.option("--quiet", "-q", is_flag=True, help="No progress and no notes on stderr, failures only.")
@relations_option
def extract(
    articles: tuple[str, ...],
    to: str | None,
    output: Path | None,
    published: datetime.date | None,
    no_text: bool,
    types: tuple[str, ...],
    format_: Any,
    encoding: str | None,
    workers: int,
    timeout: float | None,
    resume: bool,
    quiet: bool,
    own: tuple[Path, ...],
) -> None:
    """Print what each ARTICLE says: files, folders, or - for standard input.

    Reads .txt, .html and .jsonl files, also packed with gzip. A line of JSONL is an object with "text"
    and, where known, "id", "title", "published" and "source". Results come out one by one, in input order.
    """
    from svyaz import sources
    from svyaz.cli import progress, reading

    _check_output(output, articles)
    terminal = output is None and is_terminal(sys.stdout)
    to = to or ("table" if terminal else "jsonl")
    if resume and (output is None or to != "jsonl"):
        raise click.UsageError("--resume goes on with a file of JSON Lines: it needs -o FILE and --to jsonl")
    check_types(types, own)
    results = sources.identity(sys.stdout) if output is None else None
    options = sources.Options(format=format_, encoding=encoding, published=published, output=results)
    many = not sources.is_single(articles, options)
    report = reading.Report(quiet)
    drawn = many and not quiet and not terminal and is_terminal(sys.stderr)
    with progress.shown(drawn, lambda: sources.count(articles, options)) as seen:
        run = _Run(
            reading.Shape(extractor(own), types, no_text),
            reading.Processes(workers, timeout),
            report,
            seen,
            resume,
        )
        _write(run, reading.items(sources.read(articles, options), report), to, output, many=many)
    sys.exit(1 if report.failed else 0)


@click.command()
def schema() -> None:
    """Print the JSON Schema of a result."""
    import json

    from svyaz.export.schema import schema as result_schema

    click.echo(json.dumps(result_schema(), ensure_ascii=False, indent=2))


def _check_output(output: Path | None, articles: Sequence[str]) -> None:
    """Raise UsageError when the results would overwrite an input or be read as one."""
    from svyaz.sources import STDIN, identity

    if output is None and sys.stdout is None:
        raise click.UsageError("standard output is closed; name a file with -o")
    target = identity(sys.stdout if output is None else output)
    for article in articles:
        source = identity(sys.stdin if article == STDIN else Path(article))
        if (target and source == target) or (output and article != STDIN and _lies_in(output, Path(article))):
            said = "standard output" if output is None else repr(str(output))
            raise click.UsageError(f"{said} is, or lies in, an input ({article}); name another file with -o")


def _lies_in(output: Path, source: Path) -> bool:
    """Whether a file would be written over the source or into it; by name, since neither need be there."""
    written, read = (Path(os.path.realpath(path)) for path in (output, source))
    return written == read or (read.is_dir() and written.is_relative_to(read))


@dataclass(frozen=True, slots=True)
class _Run:
    """How articles are read."""

    shape: Shape
    processes: Processes
    report: Report
    progress: Progress
    resume: bool


def _write(run: _Run, items: Iterator[Item], to: str, output: Path | None, *, many: bool) -> None:
    """Read the articles and write their results; raises ClickException for what ends the run as a whole."""
    from svyaz.cli.writing import target, writer
    from svyaz.worker import WorkerError

    try:
        with (
            target(output, keep=run.resume) as out,
            writer(out) as write,
            closing(_pieces(run, items, to, out, output, many=many)) as pieces,
        ):
            for piece in pieces:
                write(piece)
    except BrokenPipeError:
        raise  # the reader has seen enough; click ends quietly
    except OSError as error:
        raise click.ClickException(f"cannot write the results: {error.strerror or error}") from None
    except WorkerError as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        further = "; --resume goes on from here" if output is not None and to == "jsonl" else ""
        click.echo(f"svyaz: interrupted{further}", err=True)
        sys.exit(130)  # as a shell counts a command that SIGINT has ended


def _pieces(
    run: _Run, items: Iterator[Item], to: str, out: BinaryIO, output: Path | None, *, many: bool
) -> Generator[str]:
    """The results as text in the format ``to``, each as soon as it is there."""
    from svyaz.cli import reading
    from svyaz.export import json

    how = (run.processes, run.report, run.progress)
    if run.resume and output is not None:
        from svyaz.cli.resume import rest

        items = rest(items, out, output, run.shape, *how)
    if to == "jsonl":
        yield from reading.lines(run.shape, items, *how)
        return
    results = reading.results(run.shape, items, *how)
    if to == "json":
        yield from json.pieces(results, many=many)
        return
    from svyaz.export import table

    width, colour = screen(output is None and is_terminal(sys.stdout))
    yield from table.pieces(results, width=width, colour=colour)
