"""Which lines are the article's body, which are no prose, and where a teaser begins."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marked import TABLES
from svyaz.layout import blocks


def cases() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    title, lines = "", list[tuple[str, str]]()
    for line in (TABLES / "layout.txt").read_text("utf-8").splitlines():
        if line.startswith("== "):
            if lines:
                yield title, lines
            title, lines = line[3:], []
        elif line and not line.startswith("#"):
            sign, bar, text = line.partition("|")
            assert bar, f"layout.txt: «{line}» has no bar"
            lines.append((sign, text))
    yield title, lines


@pytest.mark.parametrize(("lines"), [lines for _, lines in cases()], ids=[title for title, _ in cases()])
def test_layout(lines: list[tuple[str, str]]) -> None:
    text = "\n".join(line for _, line in lines)
    signs, section = [], 0
    found = list(blocks(text))
    for index, (_sign, line) in enumerate(lines):
        start = sum(len(before) + 1 for _, before in lines[:index])
        block = next((b for b in found if b.start <= start and start + len(line) <= b.end), None)
        if not line.strip():
            signs.append(" ")
        elif block is None:
            signs.append("nothing")
        elif block.kind == "boilerplate":
            signs.append(">" if block.section > section else "x")
        else:
            bodies = [b for b in found if b.kind == "body"]
            signs.append("abcdefgh"[bodies.index(block)])
        section = block.section if block else section
    assert signs == [sign for sign, _ in lines]


LINES = [
    "Read More",
    "Total",
    "0",
    "",
    " ",
    "Президент прилетел в Пекин.",
    "и уехал",
    "Читайте также",
    "а" * 60,
    "Б" * 200,
]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(LINES), max_size=12).map("\n".join) | st.text(max_size=60))
def test_no_line_is_lost(text: str) -> None:
    found = list(blocks(text))
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    left = list(text)
    for block in found:
        left[block.start : block.end] = [" "] * (block.end - block.start)
    assert not "".join(left).strip()
