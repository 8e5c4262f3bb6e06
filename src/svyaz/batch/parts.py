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
    row group ``group``; ``name`` is the same in every run."""

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
    except (OSError, ValueError, ImportError) as error:
        raise BatchError(f"{url}: {error}") from None
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
        # Two files of one name in two folders must not give parts of one name.
        mark = hashlib.sha256(file.path.encode()).hexdigest()[:8]
        stem = file.path.rsplit("/", 1)[-1].split(".")[0]
        cut = _ranges_of_rows(file, sizes) if file.format == "parquet" else _ranges_of_bytes(file, sizes)
        for number, (start, end, group) in enumerate(cut):
            name = f"{stem}-{mark}-{number:05d}"
            yield Part(name, file.source, file.format, start, end, group)


def _ranges_of_bytes(file: Input, sizes: Sizes) -> Iterator[tuple[int, int | None, int]]:
    if file.path.lower().endswith(".gz"):  # it cannot be entered in the middle
        yield 0, None, 0
        return
    for start in range(0, file.size, sizes.bytes):
        yield start, start + sizes.bytes, 0


def _ranges_of_rows(file: Input, sizes: Sizes) -> Iterator[tuple[int, int | None, int]]:
    try:
        with fsspec.open(file.source, "rb") as opened:
            about = pyarrow.parquet.ParquetFile(opened).metadata
    except (OSError, pyarrow.ArrowInvalid) as error:
        raise BatchError(f"{file.source}: {error}") from None
    for group in range(about.num_row_groups):
        rows = about.row_group(group).num_rows
        for start in range(0, rows, sizes.rows):
            yield start, min(start + sizes.rows, rows), group
