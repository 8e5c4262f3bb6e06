"""Cutting inputs into parts: every line and row in one part, once."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from svyaz.batch import reading
from svyaz.batch.parts import BatchError, Sizes, inputs, parts
from svyaz.sources import Failure, Item, Options


def articles(folder: Path, sizes: Sizes) -> list[str]:
    """What stands in all parts of a folder, one after the other: an article's text, or «line: message»."""
    found = []
    for part in parts(inputs(str(folder)), sizes):
        for read in reading.read(part, Options()):
            if isinstance(read, Item):
                found.append(read.article.text)
            elif isinstance(read, Failure):
                found.append(f"{read.line}: {read.message}")
    return found


@given(
    texts=st.lists(st.text("аяёz 1", min_size=1, max_size=30), min_size=1, max_size=12),
    size=st.integers(1, 200),
)
def test_every_line_stands_in_one_part(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], size: int
) -> None:
    folder = tmp_path_factory.mktemp("lines")
    lines = "\n".join(json.dumps({"text": t}, ensure_ascii=False) for t in texts)
    (folder / "news.jsonl").write_text(lines, "utf-8")
    assert articles(folder, Sizes(bytes=size)) == texts


@pytest.mark.parametrize("size", [1, 20, 40, 10_000])
def test_a_faulty_line_is_named_by_its_number_in_the_file(tmp_path: Path, size: int) -> None:
    (tmp_path / "news.jsonl").write_text(
        '{"text": "а"}\n\n{"text": "б"}\n{"text": 3}\n{"text": "в"}\n', "utf-8"
    )
    assert articles(tmp_path, Sizes(bytes=size)) == ["а", "б", "4: text: not a string", "в"]


def test_a_packed_file_is_one_part(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl.gz").write_bytes(gzip.compress(b'{"text": "a"}\n{"text": "b"}\n'))
    assert len(list(parts(inputs(str(tmp_path)), Sizes(bytes=3)))) == 1
    assert articles(tmp_path, Sizes(bytes=3)) == ["a", "b"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_a_file_whose_newlines_are_several_bytes_is_one_part(tmp_path: Path, encoding: str) -> None:
    lines = [
        json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in ("Кошка спит.", "Собака лает.")
    ]
    (tmp_path / "news.jsonl").write_bytes("".join(lines).encode(encoding))
    assert articles(tmp_path, Sizes(bytes=20)) == ["Кошка спит.", "Собака лает."]


@pytest.mark.parametrize("rows", [1, 2, 3, 100])
def test_every_row_stands_in_one_part(tmp_path: Path, rows: int) -> None:
    table = pyarrow.table({"text": ["а", "б", None, "г", "д"], "other": [1, 2, 3, 4, 5]})
    pyarrow.parquet.write_table(table, tmp_path / "news.parquet", row_group_size=2)
    assert articles(tmp_path, Sizes(rows=rows)) == ["а", "б", "3: text: missing", "г", "д"]


def test_names_of_parts_differ_and_stay(tmp_path: Path) -> None:
    for folder in ("2023", "2024"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.jsonl").write_text('{"text": "а"}\n' * 3, "utf-8")
    names = [p.name for p in parts(inputs(str(tmp_path)), Sizes(bytes=20))]
    assert len(set(names)) == len(names) == 6
    assert names == [p.name for p in parts(inputs(str(tmp_path)), Sizes(bytes=20))]


def test_hidden_files_and_those_of_an_earlier_run_are_no_input(tmp_path: Path) -> None:
    for name in ("_svyaz.jsonl", ".news.jsonl", "news.txt"):
        (tmp_path / name).write_text("{}", "utf-8")
    with pytest.raises(BatchError, match=r"no file in it ends in .jsonl"):
        inputs(str(tmp_path))
