"""The command line. The only module that prints."""

from __future__ import annotations

import datetime
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from svyaz import __version__

if TYPE_CHECKING:
    from svyaz.model import Result
    from svyaz.pipeline import Extractor
    from svyaz.relations.frames import RelationType
    from svyaz.sources import Options

# Where no terminal says how wide it is; the same everywhere, so that output in files and pipes is.
WIDTH = 110

_relations_option = click.option(
    "--relations",
    "own",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A relation type of your own, as YAML; may be repeated.",
)


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> datetime.date | None:
    if value is None:
        return None
    try:
        return datetime.datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a date; write it as 2024-01-15.") from None


def _encoding(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    from svyaz.decoding import is_encoding

    if value is not None and not is_encoding(value):
        raise click.BadParameter(
            f"{value!r} is not an encoding that Python knows; try cp1251, koi8-r, utf-16."
        )
    return value


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="svyaz")
def main() -> None:
    """Read Russian news offline: people, offices, organisations, places, dates and what ties them.

    Exit status: 0 all went well, 1 some items could not be read (stderr names them), 2 wrong usage.
    """
    # More threads cost twice the CPU for little; and several processes with many threads each crawl.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # The page parser's own complaints; a page that cannot be read is reported by name below.
    for noisy in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)


@main.command()
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
    callback=_day,
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
@_relations_option
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
    _check_types(types, own)
    options = sources.Options(format=format_, encoding=encoding, published=published)
    failures: list[sources.Failure] = []
    results = _shaped(_results(_extractor(own), articles, options, failures.append), types, no_text)
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


@main.command()
def schema() -> None:
    """Print the JSON Schema of a result."""
    import json

    from svyaz.export.schema import schema as result_schema

    click.echo(json.dumps(result_schema(), ensure_ascii=False, indent=2))


@main.group(invoke_without_command=True)
@click.option("--to", type=click.Choice(["json", "table"]), default="table", show_default=True)
@_relations_option
@click.pass_context
def relations(ctx: click.Context, to: str, own: tuple[Path, ...]) -> None:
    """List the relation types with their roles."""
    if ctx.invoked_subcommand is not None:
        return
    from svyaz.export import types

    registry = _registry(own)
    if to == "json":
        click.echo(types.as_json(registry))
    else:
        width, colour = _screen(sys.stdout.isatty())
        click.echo(types.as_table(registry, width=width, colour=colour), nl=False)


@relations.command("test")
@click.argument("tables", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE...")
@_relations_option
def test_relations(tables: tuple[Path, ...], own: tuple[Path, ...]) -> None:
    """Run example tables: those that come with svyaz, or FILE... of your own (<type>.examples).

    Exit status 1 when a row is not as marked. Rows marked ~ and ! are known to fail and must.
    """
    from svyaz.relations import examples

    _registry(own)
    extractor = _extractor(own)
    try:
        rows = [e for t in tables for e in examples.read_file(t)] if tables else list(examples.shipped())
    except examples.ExampleError as error:
        raise click.UsageError(str(error)) from None
    wrong = 0
    for row in rows:
        found = examples.verdict(extractor, row)
        wrong += bool(found)
        for problem in found:
            click.echo(f"{row.file}:{row.line}: {problem}\n    {row.text}")
    click.echo(f"{len(rows)} rows, {wrong} not as marked")
    sys.exit(1 if wrong else 0)


def _extractor(own: Sequence[Path]) -> Extractor:
    from svyaz.pipeline import Extractor

    return Extractor(own)


def _registry(own: Sequence[Path]) -> tuple[RelationType, ...]:
    from svyaz.relations.frames import registry

    try:
        return registry(tuple(own))
    except (OSError, ValueError) as error:
        raise click.UsageError(str(error)) from None


def _check_types(types: Sequence[str], own: Sequence[Path]) -> None:
    """Raise UsageError for a type that is none, and for a file of the user's own types that is wrong."""
    if not types and not own:
        return
    known = [relation.name for relation in _registry(own)]
    for wrong in (t for t in types if t not in known):
        raise click.BadParameter(f"{wrong!r} is none of {', '.join(known)}.", param_hint="--type")


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
    extractor: Extractor, articles: Sequence[str], options: Options, failed: Callable[[Any], None]
) -> Iterator[Result]:
    """Read and extract one article after the other; what fails goes to stderr and to ``failed``."""
    from svyaz.sources import Failure, Notice, read

    for found in read(articles, options):
        if isinstance(found, Notice):
            click.echo(f"svyaz: {found.name}: note: {found.message}", err=True)
            continue
        if not isinstance(found, Failure):
            try:
                result = extractor.extract(found.article, warnings=found.warnings)
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

    width, colour = _screen(terminal)
    return table.pieces(results, width=width, colour=colour)


def _screen(terminal: bool) -> tuple[int, bool]:
    """Columns, and whether to use colours."""
    if not terminal:
        return WIDTH, False
    return shutil.get_terminal_size((WIDTH, 24)).columns, "NO_COLOR" not in os.environ


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
