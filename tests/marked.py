"""Reading the tables of tests/tables: rows of cells, sentences with their answers in brackets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from svyaz import Extractor, Mention, Result

TABLES = Path(__file__).parent / "tables"
_MARK = re.compile(r"\[(?:(?P<label>\d+): )?(?P<words>[^\]]*)\]")


class Span(NamedTuple):
    """A marked piece of a plain sentence; ``label`` is the number before the colon, "" without one."""

    start: int
    end: int
    label: str


@cache
def extractor() -> Extractor:
    """One extractor for the whole run: its models load once."""
    return Extractor()


@cache
def read(text: str) -> Result:
    """The result of a text without a date of publication."""
    return extractor().extract(text)


def rows(name: str) -> Iterator[tuple[int, bool, list[str]]]:
    """Line number, whether the row must fail, and the cells of each row of a table."""
    for number, line in enumerate((TABLES / name).read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            failing = line.startswith("~ ")
            yield number, failing, [cell.strip() for cell in line.removeprefix("~ ").split(" | ")]


def table(
    name: str, width: int, *, optional: int = 0
) -> Callable[[Callable[..., None]], pytest.MarkDecorator]:
    """Parametrise a test by the rows of a table; a row marked ~ is a strict expected failure."""
    params = []
    for number, failing, cells in rows(name):
        assert width - optional <= len(cells) <= width, (
            f"{name}:{number}: {len(cells)} cells instead of {width}"
        )
        marks = [pytest.mark.xfail(strict=True, reason=f"{name}:{number} is marked ~")] if failing else []
        params.append(
            pytest.param(cells + [""] * (width - len(cells)), marks=marks, id=f"{number} {cells[0]}")
        )
    return pytest.mark.parametrize("cells", params)  # type: ignore[return-value]


def unmark(marked: str) -> tuple[str, list[Span]]:
    """Take the brackets out of a marked sentence."""
    plain, spans, at = "", [], 0
    for match in _MARK.finditer(marked):
        plain += marked[at : match.start()]
        spans.append(Span(len(plain), len(plain) + len(match["words"]), match["label"] or ""))
        plain += match["words"]
        at = match.end()
    return plain + marked[at:], spans


def mark(text: str, mentions: list[Mention]) -> str:
    """Put brackets around mentions that do not overlap."""
    for mention in sorted(mentions, key=lambda m: -m.start):
        text = text[: mention.start] + "[" + text[mention.start : mention.end] + "]" + text[mention.end :]
    return text


def listed(cell: str) -> list[str]:
    """The items of a cell; «-» is none."""
    return [] if cell in {"", "-"} else cell.split("; ")
