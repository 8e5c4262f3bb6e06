"""Cutting a folder of articles into parts that are read one by one, wherever they lie.

A part of a JSONL file is a range of bytes, as in Hadoop's splits: it holds the lines that begin in the range, so
that nobody has to read the whole file to cut it. A part of a Parquet file is a range of rows in a row group.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import fsspec
import pyarrow.parquet

from svyaz.decoding import SAMPLE, wide

Format = Literal["jsonl", "parquet"]

ENDINGS: Mapping[str, Format] = {".jsonl": "jsonl", ".jsonl.gz": "jsonl", ".parquet": "parquet"}


class BatchError(ValueError):
    """Something about the folders that the user has to change; the message says what."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much goes into a part: bytes of a JSONL file, rows of a Parquet file."""

    bytes: int = 4_000_000
    rows: int = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an input. ``start`` and ``end`` count bytes of a JSONL file (None: to its end) or rows of the
    row group ``group`` (None: the file could not be cut); ``name`` is the same in every run."""

    name: str
    source: str
    format: Format
    start: int
    end: int | None
    group: int = 0


@dataclass(frozen=True, slots=True)
class Input:
    """A file of articles: its URL, its path below the folder that was named, and its size in bytes."""

    source: str
    path: str
    size: int
    format: Format


def inputs(url: str) -> tuple[Input, ...]:
    """The files of a folder and the folders in it, or the one file, sorted by path.

    ``url`` is a local path or what fsspec takes («s3://bucket/news»). Raises BatchError when there are none.
    """
    try:
        system, root = fsspec.core.url_to_fs(url)
        found: Mapping[str, Any] = system.find(root, detail=True)
        there = bool(found) or system.exists(root)
    except Exception as error:  # noqa: BLE001 - each kind of storage has errors of its own
        raise BatchError(f"{url}: {error}") from None
    if not there:
        raise BatchError(f"{url}: no such file or folder")
    files = []
    for path, info in sorted(found.items()):
        below = path.removeprefix(root).lstrip("/") or path.rsplit("/", 1)[-1]
        if (format_ := _format(path)) and is_data(below):
            files.append(Input(_named(system, path), below, info["size"], format_))
    if not files:
        raise BatchError(f"{url}: no file in it ends in {', '.join(ENDINGS)}")
    return tuple(files)


def is_data(path: str) -> bool:
    """Whether a path below the folder is read: what begins with an underscore or a dot is no data, as in Hive."""
    return not any(step[:1] in {".", "_"} for step in path.split("/"))


def _named(system: Any, path: str) -> str:
    """A path as people write it: local ones without «file://»."""
    return str(system.unstrip_protocol(path)).removeprefix("file://")


def _format(path: str) -> Format | None:
    return next((f for ending, f in ENDINGS.items() if path.lower().endswith(ending)), None)


def parts(files: tuple[Input, ...], sizes: Sizes) -> Iterator[Part]:
    """Cut the files, in order."""
    for file in files:
        cut = _ranges_of_rows(file, sizes) if file.format == "parquet" else _ranges_of_bytes(file, sizes)
        for number, (start, end, group) in enumerate(cut):
            yield Part(f"{named_after(file)}-{number:05d}", file.source, file.format, start, end, group)


def named_after(file: Input) -> str:
    """What the names of all parts of a file begin with: «news-84227c37»."""
    # Two files of one name in two folders must not give parts of one name.
    mark = hashlib.sha256(file.path.encode()).hexdigest()[:8]
    stem = file.path.rsplit("/", 1)[-1].split(".")[0]
    return f"{stem}-{mark}"


def _ranges_of_bytes(file: Input, sizes: Sizes) -> Iterator[tuple[int, int | None, int]]:
    packed = file.path.lower().endswith(".gz")
    if packed or (file.size > sizes.bytes and _is_wide(file)):  # it cannot be entered in the middle
        yield 0, None, 0
        return
    for start in range(0, file.size, sizes.bytes):
        yield start, start + sizes.bytes, 0


def _is_wide(file: Input) -> bool:
    """Whether it is UTF-16 or UTF-32, where a newline is more than one byte."""
    try:
        with fsspec.open(file.source, "rb") as opened:
            return wide(opened.read(SAMPLE))
    except OSError:
        return False  # its parts will tell


def _ranges_of_rows(file: Input, sizes: Sizes) -> Iterator[tuple[int, int | None, int]]:
    try:
        with fsspec.open(file.source, "rb") as opened:
            about = pyarrow.parquet.ParquetFile(opened).metadata
    except (OSError, pyarrow.ArrowInvalid):
        yield 0, None, 0  # a part that will tell what is wrong; the other files can be read
        return
    for group in range(about.num_row_groups):
        rows = about.row_group(group).num_rows
        for start in range(0, rows, sizes.rows):
            yield start, min(start + sizes.rows, rows), group
