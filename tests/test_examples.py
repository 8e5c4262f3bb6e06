"""Every row of every table of examples beside the relation types."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from marked import extractor
from svyaz import Article
from svyaz.relations import examples
from svyaz.relations.examples import Example
from svyaz.relations.frames import registry

ROWS = list(examples.shipped())
TYPES = sorted(t.name for t in registry())
FRAMES = [(t.name, frame.name) for t in registry() for frame in t.frames]


def _params() -> list[object]:
    strict = {
        "~": pytest.mark.xfail(strict=True, reason="marked ~: a known miss"),
        "!": pytest.mark.xfail(strict=True, reason="marked !: a known false alarm"),
    }
    return [
        pytest.param(
            row,
            marks=[strict[row.mark]] if row.mark in strict else [],
            id=f"{row.file}:{row.line} {row.text}",
        )
        for row in ROWS
    ]


@pytest.mark.parametrize("row", _params())
def test_row(row: Example) -> None:
    assert examples.problems(extractor(), row) == []


@pytest.mark.parametrize("name", TYPES)
def test_enough_rows(name: str) -> None:
    marks = Counter(row.mark for row in ROWS if row.type == name)
    assert marks["+"] >= 12
    assert marks["-"] >= 8


@cache
def _rules(name: str) -> frozenset[str]:
    """The rules that saw something in the hits of a type's table."""
    found = set()
    for row in ROWS:
        if row.type == name and row.mark == "+":
            result = extractor().extract(Article(text=row.text, published=examples.PUBLISHED))
            found |= {e.rule for r in result.relations if r.type == name for e in r.evidence}
    return frozenset(found)


@pytest.mark.parametrize(("name", "frame"), FRAMES, ids=[f"{name}.{frame}" for name, frame in FRAMES])
def test_every_frame_has_a_hit(name: str, frame: str) -> None:
    assert f"{name}.{frame}" in _rules(name)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Лавров уехал.", "t.examples:2: a line begins with"),
        ("+ Лавров уехал.", "t.examples:2: a hit has marked arguments"),
        ("- [participant: Лавров] уехал.", "t.examples:2: a hit has marked arguments"),
        ("+ [participant: Лавров уехал.", "t.examples:2: «[participant: …» has no closing bracket"),
        ("+ [participant: Лавров] уехал. | asserted", "t.examples:2: «asserted» is no key=value"),
    ],
)
def test_a_faulty_line_is_named(line: str, message: str) -> None:
    with pytest.raises(examples.ExampleError) as caught:
        list(examples.read(Path("t.examples"), f"# a table\n{line}\n"))
    assert str(caught.value).startswith(message)
