"""Where articles come from: files, folders, gzip, JSON Lines, HTML pages and standard input.

What cannot be read comes out as a Failure among the others, so that one bad item stops nothing.
A text is the decoded file with its newlines as they are; a byte order mark is no part of it.
"""

from __future__ import annotations

import datetime
import gzip
import io
import json
import os
import re
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal, get_args

from pydantic import ValidationError

from svyaz import pages
from svyaz.decoding import Decoded, decode, plain, wide
from svyaz.model import Article, Warning

Format = Literal["text", "jsonl", "html"]

FORMATS: tuple[Format, ...] = get_args(Format)
STDIN = "-"
_ENDINGS: dict[str, Format] = {".txt": "text", ".jsonl": "jsonl", ".html": "html", ".htm": "html"}
FIELDS = ("id", "title", "text", "published", "source")


@dataclass(frozen=True, slots=True)
class Item:
    """An article that was read, with where it stood (``line`` in a JSONL file) and what was odd about it."""

    article: Article
    name: str
    line: int | None = None
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An item that could not be read; lines count from 1."""

    name: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the user should know and that is no failure: files that were passed over."""

    name: str
    message: str


Read = Item | Failure | Notice


@dataclass(frozen=True, slots=True)
class Options:
    """``format`` is for names whose ending says none, ``published`` for articles that give no date; the file
    ``output`` (as ``identity`` tells it) is where results go, and is not read."""

    format: Format | None = None
    encoding: str | None = None
    published: datetime.date | None = None
    output: tuple[int, int] | None = None


def identity(file: Path | IO[Any] | None) -> tuple[int, int] | None:
    """What tells a regular file under whatever name; None for a pipe, a terminal and what is not there."""
    try:
        found = file.stat() if isinstance(file, Path) else os.fstat(file.fileno()) if file else None
    except (OSError, ValueError):  # a stream that is no file has no number
        return None
    return (found.st_dev, found.st_ino) if found and stat.S_ISREG(found.st_mode) else None


def is_single(names: Sequence[str], options: Options) -> bool:
    """Whether the inputs hold one article by their nature: one text or one page, no folder, no JSONL."""
    if len(names) != 1 or os.path.isdir(names[0]):  # noqa: PTH112 - never raises, Path.is_dir does
        return False
    return (_ending(names[0]) or options.format) != "jsonl"


def read(
    names: Sequence[str], options: Options | None = None, stdin: IO[bytes] | None = None
) -> Iterator[Read]:
    """Read the files, folders and ``-`` in ``names`` in order, each article when it is asked for."""
    options = options or Options()
    for name in names:
        if name == STDIN and stdin is None and sys.stdin is None:
            yield Failure(name, "standard input is closed")
        elif name == STDIN:
            yield from _open(name, options.format or "text", options, stdin or sys.stdin.buffer)
        elif os.path.isdir(name):  # noqa: PTH112
            yield from _folder(Path(name), options)
        else:
            yield from _file(name, options)


def count(names: Sequence[str], options: Options) -> int | None:
    """How many articles the inputs hold; None where only reading them can tell: pipes, packed JSONL."""
    total = 0
    for name in names:
        if os.path.isdir(name):  # noqa: PTH112
            files = [f for f in _walk(Path(name), [], options) if not isinstance(f, Failure)]
        elif os.path.isfile(name):  # noqa: PTH113
            files = [(name, _ending(name) or options.format or "text")]
        else:
            return None
        for file, format_ in files:
            if format_ == "jsonl" and file.lower().endswith(".gz"):
                return None
            total += _filled_lines(file) if format_ == "jsonl" else 1
    return total


def _filled_lines(name: str) -> int:
    try:
        with Path(name).open("rb") as file:
            return sum(not line.isspace() for line in file)
    except OSError:
        return 0


def _ending(name: str) -> Format | None:
    """The format that the ending says: «news.jsonl.gz» is jsonl."""
    return _ENDINGS.get(Path(name.lower().removesuffix(".gz")).suffix)


def _file(name: str, options: Options) -> Iterator[Read]:
    found = _ending(name)
    if found and options.format and found != options.format:
        yield Notice(
            name, f"read as {found}, as its ending says; --from is for inputs whose ending says nothing"
        )
    # A pipe such as /dev/fd/63 has no ending; it is read like standard input.
    special = os.path.exists(name) and not os.path.isfile(name)  # noqa: PTH110, PTH113
    format_ = found or options.format or ("text" if special else None)
    if format_ is None and os.path.lexists(name):
        endings = ", ".join(_ENDINGS)
        yield Failure(name, f"its ending is none of {endings}; say --from {'|'.join(FORMATS)}")
        return
    yield from _open(name, format_ or "text", options)


def _folder(folder: Path, options: Options) -> Iterator[Read]:
    """Read a folder and those in it, sorted by name; say once how many files were passed over."""
    skipped: list[str] = []
    empty = True
    for found in _walk(folder, skipped, options):
        empty = False
        if isinstance(found, Failure):
            yield found
        else:
            yield from _open(*found, options)
    if skipped:
        kinds = ", ".join(sorted(set(skipped)))
        yield Notice(str(folder), f"{len(skipped)} entries passed over: {kinds}")
    if empty:
        yield Failure(
            str(folder), f"no file in this folder ends in {', '.join(_ENDINGS)} (or one of these and .gz)"
        )


def _walk(folder: Path, skipped: list[str], options: Options) -> Iterator[tuple[str, Format] | Failure]:
    """The files to be read with their formats; what is passed over goes to ``skipped``."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Failure(str(folder), _reason(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            skipped.append("hidden")
        elif entry.is_dir() and entry.is_symlink():  # it may lead back up
            skipped.append("linked folder")
        elif entry.is_dir():
            yield from _walk(entry, skipped, options)
        elif entry.is_fifo():  # to open it waits for a writer, who may never come
            skipped.append("pipe")
        elif format_ := _ending(entry.name) or options.format:
            yield str(entry), format_
        else:
            skipped.append(entry.suffix or "no ending")


def _open(name: str, format_: Format, options: Options, stdin: IO[bytes] | None = None) -> Iterator[Read]:
    readers: dict[Format, Callable[[IO[bytes], str, Options], Iterator[Read]]]
    readers = {"text": _text, "jsonl": jsonl, "html": _html}
    reader = readers[format_]
    try:
        if stdin is not None:
            yield from reader(stdin, name, options)
            return
        with Path(name).open("rb") as file:
            if options.output is not None and identity(file) == options.output:
                yield Failure(name, "the results are written to this file; it was not read")
                return
            packed = name.lower().endswith(".gz")
            yield from reader(
                io.BufferedReader(gzip.GzipFile(fileobj=file)) if packed else file, name, options
            )
    except (OSError, EOFError, zlib.error) as error:
        yield Failure(name, _reason(error))


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _text(file: IO[bytes], name: str, options: Options) -> Iterator[Read]:
    decoded = decode(file.read(), options.encoding)
    article = Article(text=decoded.text, id=_stem(name), published=options.published)
    yield Item(article, name, warnings=decoded.warnings)


def _stem(name: str) -> str | None:
    """The file's name without folder and endings («a/news.txt.gz» → «news»); None for standard input."""
    if name == STDIN:
        return None
    stem = Path(name).name
    stem = stem[:-3] if stem.lower().endswith(".gz") else stem
    return plain(Path(stem).stem).text


def jsonl(lines: Iterable[bytes], name: str, options: Options, first: int = 1) -> Iterator[Read]:
    """The articles of the lines of ``name``; ``first`` is the number of the first line."""
    for number, decoded in enumerate(_lines(iter(lines), options.encoding), start=first):
        if not decoded.text.strip():
            continue
        try:
            yield _item(decoded, name, number, options)
        except RecursionError:
            yield Failure(name, "nested too deeply", number)
        except ValueError as error:
            yield Failure(name, str(error), number)


def _lines(lines: Iterator[bytes], encoding: str | None) -> Iterator[Decoded]:
    """The lines of a JSONL file as they come; UTF-16 has to be read whole, its newlines are two bytes."""
    first = next(lines, b"")
    if not wide(first, encoding):
        yield decode(first, encoding)
        for line in lines:
            yield decode(line, encoding)
        return
    whole = decode(first + b"".join(lines), encoding)
    for text in whole.text.split("\n"):
        yield Decoded(text, whole.warnings)


def _item(decoded: Decoded, name: str, line: int, options: Options) -> Item:
    """Make an article of a line of JSONL; raises ValueError when it is none."""
    try:
        record = json.loads(decoded.text)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} (column {error.colno})") from None
    except ValueError:  # the other one that there is: Python counts the digits
        raise ValueError("not JSON: a number of too many digits") from None
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    article, warnings = article_of(record, options.published)
    return Item(article, name, line, decoded.warnings + warnings)


def article_of(
    record: Mapping[str, Any], published: datetime.date | None = None
) -> tuple[Article, tuple[Warning, ...]]:
    """The article that a record holds, and what is odd about it; ``published`` is for one that gives no date.

    Fields that an article does not have are passed over. Raises ValueError, naming the field, when it is none.
    """
    if not isinstance(record.get("text"), str):
        raise ValueError("text: missing" if record.get("text") is None else "text: not a string")
    text = plain(record["text"])
    known = {key: _field(key, record[key]) for key in FIELDS if record.get(key) not in (None, "")}
    try:
        article = Article.model_validate({"published": published, **known, "text": text.text})
    except ValidationError as error:
        fault = error.errors()[0]
        raise ValueError(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}") from None
    return article, text.warnings


def _field(key: str, value: Any) -> Any:
    if key == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if key == "published":
        return _day(value)
    return plain(value).text if isinstance(value, str) else value


def _day(value: object) -> datetime.date:
    """The day of an ISO 8601 date or time («2024-01-15T09:30:00+03:00»); raises ValueError for any other."""
    if isinstance(value, datetime.date):
        return value.date() if isinstance(value, datetime.datetime) else value
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d(?:$|[T ])", value):
        try:
            return datetime.datetime.fromisoformat(value).date()
        except ValueError:
            pass
    raise ValueError(f"published: not an ISO date, as 2024-01-15 is: {str(value)[:40]!r}")


def _html(file: IO[bytes], name: str, options: Options) -> Iterator[Read]:
    decoded = decode(file.read(), options.encoding, markup=True)
    try:
        page = pages.read(decoded.text)
    except ValueError as error:
        yield Failure(name, str(error))
        return
    article = Article(
        text=page.text,
        id=_stem(name),
        source=page.source,
        title=page.title,
        published=page.published or options.published,
    )
    yield Item(article, name, warnings=decoded.warnings)
