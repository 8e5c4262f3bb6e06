"""The tables of dates, the arithmetic behind them, and odd input."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svyaz.layout import blocks
from svyaz.mentions import edtf
from svyaz.mentions.date_grammar import _ANY, _COMPILED
from svyaz.mentions.date_words import TELLING
from svyaz.mentions.dates import find
from svyaz.mentions.found import Found
from svyaz.model import DateValue
from svyaz.parse import sentences

TABLE = Path(__file__).parents[1] / "tables" / "dates.txt"


class Row(NamedTuple):
    marked: str
    published: datetime.date | None
    values: list[str]
    resolved: bool


def rows() -> list[Row]:
    found = []
    for line in TABLE.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        marked, published, values, resolved = (cell.strip() for cell in line.split(" | "))
        day = None if published == "-" else datetime.date.fromisoformat(published)
        found.append(Row(marked, day, [] if values == "-" else values.split("; "), resolved == "yes"))
    return found


def read(text: str, published: datetime.date | None = None) -> tuple[Found, ...]:
    return find(sentences(text, tuple(blocks(text))), published)


def info(mention: Found) -> DateValue:
    assert isinstance(mention.info, DateValue)
    return mention.info


def mark(text: str, mentions: tuple[Found, ...]) -> str:
    for mention in reversed(mentions):
        text = text[: mention.start] + "[" + text[mention.start : mention.end] + "]" + text[mention.end :]
    return text


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.marked)
def test_table(row: Row) -> None:
    mentions = read(re.sub(r"[\[\]]", "", row.marked), row.published)
    assert mark(re.sub(r"[\[\]]", "", row.marked), mentions) == row.marked
    assert [m.normal for m in mentions] == row.values
    assert all(info(m).resolved == row.resolved for m in mentions)


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2024-01-12", "2024-01-12", "2024-01-12"),
        ("2024-01-12~", "2024-01-12", "2024-01-12"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("00XX", "0001-01-01", "0099-12-31"),
        ("2019-22", "2019-06-01", "2019-08-31"),
        ("2020-24", "2020-01-01", "2021-02-28"),
        ("2021-34", "2021-04-01", "2021-06-30"),
        ("2021-41", "2021-07-01", "2021-12-31"),
        ("2024-05-03/2024-05-05", "2024-05-03", "2024-05-05"),
        ("{2018,2021}", "2018-01-01", "2021-12-31"),
        ("9999-24", "9999-01-01", "9999-12-31"),
    ],
)
def test_bounds(value: str, start: str, end: str) -> None:
    assert edtf.bounds(value) == (datetime.date.fromisoformat(start), datetime.date.fromisoformat(end))
    assert edtf.resolved(value)


@pytest.mark.parametrize(
    "value", ["XXXX", "XXXX-01-12", "XXXX-XX-XX", "XXXX-22", "XX2X", "XXXX-05-03/XXXX-05-05"]
)
def test_unknown_has_no_bounds(value: str) -> None:
    assert edtf.bounds(value) == (None, None)
    assert not edtf.resolved(value)


@pytest.mark.parametrize(
    ("day", "unit", "count", "expected"),
    [
        ("2024-01-31", "month", 1, "2024-02-29"),
        ("2024-01-12", "month", -1, "2023-12-12"),
        ("2024-02-29", "year", 1, "2025-02-28"),
        ("2024-03-01", "day", -1, "2024-02-29"),
        ("2024-01-12", "week", 2, "2024-01-26"),
    ],
)
def test_shift(day: str, unit: str, count: int, expected: str) -> None:
    assert edtf.shift(datetime.date.fromisoformat(day), unit, count) == datetime.date.fromisoformat(expected)


def test_shift_ends_with_the_calendar() -> None:
    assert edtf.shift(datetime.date.max, "day", 1) is None
    assert edtf.shift(datetime.date.min, "year", -1) is None
    assert edtf.shift(datetime.date.max, "week", 10**12) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Банк основан в начале 2019 года.", "2019-01-01", "2019-07-02"),
        ("Банк основан в конце 2019 года.", "2019-07-02", "2019-12-31"),
        ("Банк основан в середине мая 2019 года.", "2019-05-08", "2019-05-24"),
    ],
)
def test_part_narrows_the_days(text: str, start: str, end: str) -> None:
    (mention,) = read(text)
    assert (str(info(mention).start), str(info(mention).end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Договор подписан 12 января.", "name"),
        ("Договор подписан в сентябре прошедшего года.", "name"),
        ("Договор подписан весной 2019 года.", "name"),
        ("Договор подписан накануне.", "nominal"),
        ("Договор подписан во вторник.", "nominal"),
        ("Договор подписан в прошлом году.", "nominal"),
    ],
)
def test_form(text: str, form: str) -> None:
    (mention,) = read(text, datetime.date(2024, 1, 12))
    assert (mention.type, mention.form) == ("date", form)


# Those of date_words.
LETTERS = "#dotynROeNMmWDAcSKHPBGUCQJLEZTjFVYghazxXrqvslpkfbi-,./():_"

WORDS = re.findall(
    r"\S+",
    """31 29 0 99 2024 9999 0000 января февраля год года век XX в с по - — , и назад через лет прошлом
вторник неделю 99.99.9999 30.02.2024 0000-01-01 1990-х 3–1 2020/21 2010–2005 начале первой половине квартале
летом накануне числа тот же 60-х после""",
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1, max_size=12),
    st.sampled_from([None, datetime.date.min, datetime.date(2024, 2, 29), datetime.date.max]),
)
def test_odd_words_give_sound_values(lines: list[list[str]], published: datetime.date | None) -> None:
    text = "\n".join(" ".join(line) for line in lines)
    for mention in read(text, published):
        value = info(mention)
        assert edtf.resolved(value.value) == value.resolved
        assert (value.start is None) == (not value.resolved)
        if value.start and value.end:
            assert value.start <= value.end


@pytest.mark.parametrize(
    "pattern", [pattern for pattern, _ in _COMPILED], ids=lambda pattern: pattern.pattern
)
@settings(max_examples=30, deadline=None, derandomize=True)
@given(data=st.data())
def test_no_date_is_passed_over(pattern: re.Pattern[str], data: st.DataObject) -> None:
    """What a pattern matches has a letter that ``may_hold`` looks for, and begins where the search for all does."""
    letters = data.draw(st.from_regex(pattern, alphabet=st.sampled_from(LETTERS)))
    for match in pattern.finditer(letters):
        assert not TELLING.isdisjoint(match.group())
        assert _ANY.match(letters, match.start())
