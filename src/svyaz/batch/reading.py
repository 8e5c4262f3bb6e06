"""The articles of a part."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

import fsspec
import pyarrow.parquet

from svyaz.batch.parts import Part
from svyaz.sources import FIELDS, Failure, Notice, Options, Read, jsonl


def read(part: Part, options: Options) -> Iterator[Read]:
    """Read a part's articles; what is no article comes out as a Failure that names its line or row."""
    if part.format == "parquet":
        yield from _rows(part, options)
        return
    with fsspec.open(part.source, "rb", compression="infer") as file:
        for found in jsonl(_lines(file, part), part.source, options):
            yield _placed(found, part)


def _lines(file: IO[bytes], part: Part) -> Iterator[bytes]:
    """The lines that begin in the part's range of bytes."""
    at = part.start
    if at:
        # The line that the byte before the range belongs to is the neighbour's.
        file.seek(at - 1)
        at += len(file.readline()) - 1
    while part.end is None or at < part.end:
        line = file.readline()
        if not line:
            return
        at += len(line)
        yield line


def _placed(found: Read, part: Part) -> Read:
    """A failure with the number of its line in the whole file; the lines before are counted only for this."""
    if isinstance(found, Notice) or found.line is None or not part.start:
        return found
    if isinstance(found, Failure):
        return Failure(found.name, found.message, found.line + _lines_before(part))
    return found


def _lines_before(part: Part) -> int:
    with fsspec.open(part.source, "rb") as file:
        at, count = 0, 0
        for line in file:
            at += len(line)
            count += 1
            if at >= part.start:
                break
    return count


def _rows(part: Part, options: Options) -> Iterator[Read]:
    with fsspec.open(part.source, "rb") as file:
        table = pyarrow.parquet.ParquetFile(file)
        if part.end is None:
            raise ValueError("it could not be read when the run began; call again")
        known = [name for name in table.schema_arrow.names if name in FIELDS]
        before = sum(table.metadata.row_group(i).num_rows for i in range(part.group)) + part.start
        rows = table.read_row_group(part.group, columns=known).slice(part.start, part.end - part.start)
    records = (json.dumps(_plain(row), ensure_ascii=False).encode() for row in rows.to_pylist())
    yield from jsonl(records, part.source, options, first=before + 1)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row with what JSON knows: a day or a time as ISO text, nothing for an empty cell."""
    return {
        k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in row.items() if v is not None and v == v
    }
