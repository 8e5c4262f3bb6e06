"""``--resume``: an output file that an interrupted run has left is held against the inputs and gone on with.

Line by line the file must be about the articles that the inputs hold, in their order: ids may come twice, or be
missing, and still nothing is done again or left out. Some articles are read again, since no line tells all options
that it was written with. Nothing is changed before the whole file has proved right.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from pathlib import Path
from typing import Any, BinaryIO, get_args, get_type_hints

import click

from svyaz import parallel
from svyaz.cli.progress import Progress
from svyaz.cli.reading import Processes, Report, Shape
from svyaz.decoding import plain
from svyaz.model import SCHEMA_VERSION, Result
from svyaz.pipeline import article_id
from svyaz.sources import Item
from svyaz.worker import Lost

_BEGINNING = f'{{"schema_version":"{SCHEMA_VERSION}","id":"'.encode()
_FIELDS = Result.model_fields.keys()
# So many articles are read again, of at most so many characters: a second or two.
_AGAIN = 5
_LONGEST = 10_000
_LOST = frozenset(get_args(get_type_hints(Lost)["code"]))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file, and the article that it is about."""

    item: Item
    line: bytes
    where: str
    mentions: int


def rest(
    articles: Iterator[Item],
    out: BinaryIO,
    name: Path,
    shape: Shape,
    processes: Processes,
    report: Report,
    progress: Progress,
) -> Iterator[Item]:
    """The articles that have no line in ``out`` yet; it is cut off after its last whole line, where it is left.

    Raises ClickException for a file that these inputs and options do not give.
    """
    out.seek(0)
    end = 0
    fullest: list[_Line] = []
    for number, line in enumerate(out, start=1):
        where = f"{name}:{number}"
        if not line.endswith(b"\n"):
            if not (line.startswith(_BEGINNING) or _BEGINNING.startswith(line)):
                raise click.ClickException(f"{where}: no line that svyaz has begun; --resume leaves it alone")
            break
        record = _record(line, where)
        item = next(articles, None)
        if item is None:
            raise click.ClickException(f"{where}: a result of an article that the inputs do not hold")
        _compare(record, item, shape, where)
        if failed := [w["message"] for w in record["warnings"] if w["code"] in _LOST]:
            report.failure(item.name, item.line, f"{failed[0]} (in the run before)")
        elif len(item.article.text) <= _LONGEST:
            found = _Line(item, line, where, len(record["mentions"]))
            fullest = nlargest(_AGAIN, [*fullest, found], key=lambda one: one.mentions)
        progress.skip()
        end += len(line)
    _read_again(fullest, shape, processes)
    out.seek(end)
    out.truncate()
    yield from articles


def _read_again(done: Sequence[_Line], shape: Shape, processes: Processes) -> None:
    """Raise ClickException when an article does not give the line that is there."""
    again = parallel.run(
        shape.line,
        [one.item for one in done],
        warm_up=shape.reader.warm_up,
        workers=processes.workers,
        timeout=processes.timeout,
    )
    for one, (_, answer) in zip(done, again, strict=True):
        if not isinstance(answer, Lost) and answer.encode() != one.line:
            raise click.ClickException(
                f"{one.where}: read again, this article gives another result; --resume needs the same options"
                " (--relations and --type, too) and the same svyaz"
            )


def _record(line: bytes, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError:
        record = None
    if not line.startswith(_BEGINNING) or not isinstance(record, dict) or not record.keys() >= _FIELDS:
        raise click.ClickException(
            f"{where}: no result of this svyaz in JSON Lines; --resume leaves it alone"
        )
    return record


def _compare(record: dict[str, Any], item: Item, shape: Shape, where: str) -> None:
    """Raise ClickException when a result is not about this article or was shaped in another way."""
    article = item.article.model_copy(update={"text": plain(item.article.text).text})
    given = article.model_dump(mode="json") | {"id": article_id(article)}
    if (record["text"] is None) != shape.no_text:
        raise click.ClickException(
            f"{where}: written {'without' if shape.no_text else 'with'} --no-text; --resume needs the same options"
        )
    if shape.types and any(r["type"] not in shape.types for r in record["relations"]):
        raise click.ClickException(f"{where}: written with another --type; --resume needs the same options")
    other = [k for k, v in given.items() if record[k] != v and not (k == "text" and shape.no_text)]
    if other:
        place = item.name if item.line is None else f"{item.name}:{item.line}"
        raise click.ClickException(
            f"{where}: the result of {record['id']!r}, but the input there is {given['id']!r} ({place}) and differs in"
            f" {', '.join(other)}; --resume needs the same inputs in the same order"
        )
