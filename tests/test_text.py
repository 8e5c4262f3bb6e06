"""The clean view: what is taken out, and the way back to the text as given."""

from __future__ import annotations

import itertools
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from marked import table
from svyaz.text import clean


def _unescape(cell: str) -> str:
    cell = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), cell)
    return cell.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t")


@table("text.txt", 3)
def test_clean(cells: list[str]) -> None:
    raw, expected = map(_unescape, cells[1:])
    view = clean(raw)
    assert view.text == expected
    assert view.raw == raw


@table("text.txt", 3)
def test_a_name_in_the_clean_view_maps_back_whole(cells: list[str]) -> None:
    raw = _unescape(cells[1])
    around = clean("Глава " + raw + " уехал.")
    start = around.text.index(clean(raw).text or " ")
    end = start + len(clean(raw).text)
    given_back = around.raw[around.raw_start(start) : around.raw_end(end)]
    assert given_back.strip("\ufeff\u200e\u202e\u202c\u200b") == raw.strip("\ufeff\u200e\u202e\u202c\u200b")


ODD = ["\u0301", "\u0306", "\u0308", "\u00ad", "\u00a0", "\u200b", "\u200d", "\ufeff", "\r", "\n"]
ODD += ["\u2028", "\x00", "\ud800"]
ODD += [
    "\udfff",
    "\U0001f642",
    "\ufe0f",
    "\uffff",
    "и",
    "И",
    "е",
    "ё",
    "й",
    "P",
    "Россия",
    "o",
    " ",
    "a",
    ".",
]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(ODD) | st.characters(), max_size=30).map("".join))
def test_offsets_map_back(raw: str) -> None:
    view = clean(raw)
    places = [(view.raw_start(i), view.raw_end(i + 1)) for i in range(len(view.text))]
    assert all(0 <= start < end <= len(raw) for start, end in places)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(places))
    assert clean(view.text).text == view.text
