"""``svyaz extract`` and ``svyaz schema``: articles in, results out."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from svyaz.cli.common import check_types, day, extractor, relations_option, screen

if TYPE_CHECKING:
    from svyaz.model import Result
    from svyaz.pipeline import Extractor
    from svyaz.sources import Options


def _encoding(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    from svyaz.decoding import is_encoding

    if value is not None and not is_encoding(value):
        raise click.BadParameter(
            f"{value!r} is not an encoding that Python knows; try cp1251, koi8-r, utf-16."
        )
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
@click.option(
    "--published",
    callback=day,
    metavar="DATE",
    help="Day of publication, for articles that do not state theirs.",
)
@click.option("--no-text", is_flag=True, help="Leave the article's text out of the results.")
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
    own: tuple[Path, ...],
) -> None:
    """Print what each ARTICLE says: files, folders, or - for standard input.

    Reads .txt, .html and .jsonl files, also packed with gzip. A line of JSONL is an object with "text"
    and, where known, "id", "title", "published" and "source". Results come out one by one, in input order.
    """
    from svyaz import sources

    _check_output(output, articles)
    check_types(types, own)
    options = sources.Options(format=format_, encoding=encoding, published=published)
    failures: list[sources.Failure] = []
    results = _shaped(_results(extractor(own), articles, options, failures.append), types, no_text)
    terminal = output is None and sys.stdout.isatty()
    to = to or ("table" if terminal else "jsonl")
    try:
        with _writer(output) as write:
            for piece in _pieces(
                to, results, many=not sources.is_single(articles, options), terminal=terminal
            ):
                write(piece)
    except BrokenPipeError:
        raise  # the reader has seen enough; click ends quietly
    except OSError as error:
        raise click.ClickException(f"cannot write the results: {error.strerror or error}") from None
    sys.exit(1 if failures else 0)


@click.command()
def schema() -> None:
    """Print the JSON Schema of a result."""
    import json

    from svyaz.export.schema import schema as result_schema

    click.echo(json.dumps(result_schema(), ensure_ascii=False, indent=2))


def _check_output(output: Path | None, articles: Sequence[str]) -> None:
    """Raise BadParameter when the results would overwrite an input or be read as one."""
    if output is None:
        return
    target = output.resolve()
    for article in articles:
        source = Path(article).resolve()
        if article != "-" and (source == target or (source.is_dir() and target.is_relative_to(source))):
            raise click.BadParameter(f"{str(output)!r} is, or lies in, an input.", param_hint="-o")


def _results(
    reader: Extractor, articles: Sequence[str], options: Options, failed: Callable[[Any], None]
) -> Iterator[Result]:
    """Read and extract one article after the other; what fails goes to stderr and to ``failed``."""
    from svyaz.sources import Failure, Notice, read

    for found in read(articles, options):
        if isinstance(found, Notice):
            click.echo(f"svyaz: {found.name}: note: {found.message}", err=True)
            continue
        if not isinstance(found, Failure):
            try:
                result = reader.extract(found.article, warnings=found.warnings)
            except Exception as error:  # noqa: BLE001 - a fault in one article must not stop the others
                found = Failure(found.name, f"internal error, {type(error).__name__}: {error}", found.line)
            else:
                yield result
                continue
        failed(found)
        line = f":{found.line}" if found.line is not None else ""
        click.echo(f"svyaz: {found.name}{line}: {found.message}", err=True)


def _shaped(results: Iterable[Result], types: Sequence[str], no_text: bool) -> Iterator[Result]:
    """Keep the relations of ``types`` (all, if none is named) and drop the text where it is not wanted."""
    for result in results:
        update: dict[str, Any] = {"text": None} if no_text else {}
        if types:
            update["relations"] = tuple(r for r in result.relations if r.type in types)
        yield result.model_copy(update=update) if update else result


def _pieces(to: str, results: Iterable[Result], *, many: bool, terminal: bool) -> Iterator[str]:
    """The results as text in the format ``to``, each as soon as it is there."""
    from svyaz.export import json, jsonl

    if to == "json":
        return json.pieces(results, many=many)
    if to == "jsonl":
        return jsonl.pieces(results)
    from svyaz.export import table

    width, colour = screen(terminal)
    return table.pieces(results, width=width, colour=colour)


@contextmanager
def _writer(output: Path | None) -> Iterator[Callable[[str], None]]:
    """Give a function that writes text as UTF-8 at once: a reader sees each result when it is there.

    A file is written in place, not renamed at the end: of a long run that is stopped, what was done stays.
    """
    if output is None:
        yield partial(_write, sys.stdout.buffer)
        return
    try:
        file = output.open("wb")
    except OSError as error:
        raise click.BadParameter(f"{str(output)!r}: {error.strerror}", param_hint="-o") from None
    with file:
        yield partial(_write, file)


def _write(out: BinaryIO, piece: str) -> None:
    out.write(piece.encode())
    out.flush()
