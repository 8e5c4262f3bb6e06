"""Results of a part, written whole or not at all."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from typing import IO, Any, get_args

import fsspec
import pyarrow
import pyarrow.parquet

from svyaz.batch.parts import Format
from svyaz.export import jsonl
from svyaz.model import Result

FORMATS: tuple[Format, ...] = get_args(Format)
# The lists of a result are JSON texts in Parquet: every engine can open them, and a new field breaks no reader.
LISTS = ("mentions", "entities", "relations", "warnings")
TEXTS = ("schema_version", "id", "source", "title", "published", "text")
SCHEMA = pyarrow.schema([(name, pyarrow.string()) for name in (*TEXTS, *LISTS)])
# Marks a file that is being written; what an interrupted run leaves behind is named so.
UNFINISHED = ".unfinished-"


def row(result: Result) -> dict[str, str | None]:
    """A result as a flat row: the fields of the contract, its lists as JSON."""
    fields = result.model_dump(mode="json")
    lists = {name: json.dumps(fields[name], ensure_ascii=False) for name in LISTS}
    return {name: fields[name] for name in TEXTS} | lists


def write(results: Sequence[Result], url: str, to: Format) -> None:
    """Write the results to ``url`` under another name first, then give the file its name in one step."""
    whole(url, lambda file: {"jsonl": _jsonl, "parquet": _parquet}[to](results, file))


def whole(url: str, fill: Callable[[IO[bytes]], Any]) -> None:
    """Make the file ``url`` appear only when ``fill`` has written all of it."""
    system, path = fsspec.core.url_to_fs(url)
    draft = f"{path}{UNFINISHED}{uuid.uuid4().hex[:8]}"
    try:
        with system.open(draft, "wb") as file:
            fill(file)
        system.mv(draft, path)
    except BaseException:
        if system.exists(draft):
            system.rm(draft)
        raise


def _jsonl(results: Sequence[Result], file: IO[bytes]) -> None:
    for piece in jsonl.pieces(results):
        file.write(piece.encode())


def _parquet(results: Sequence[Result], file: IO[bytes]) -> None:
    rows = [row(result) for result in results]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows, SCHEMA), file, compression="zstd")
