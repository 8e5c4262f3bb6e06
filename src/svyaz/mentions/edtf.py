"""Values of dates as EDTF strings (ISO 8601-2, levels 0 to 2) and the days that they may mean.

Used here: day 2024-01-12 («12 января 2024»), month 2024-01, year 2024, decade 199X, century 19XX, seasons
2024-21 to -24 (spring to winter), quarters -33 to -36, half-years -40 and -41, approximate ``~``, interval
``a/b``, several ``{a,b}``, unknown parts ``X``. Years run from 1 to 9999.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

UNKNOWN_DAY, UNKNOWN_MONTH, UNKNOWN_YEAR = "XXXX-XX-XX", "XXXX-XX", "XXXX"

Bounds = tuple[date | None, date | None]

_SINGLE = re.compile(r"([0-9X]{4})(?:-([0-9]{2}|XX))?(?:-([0-9]{2}|XX))?[~?%]?")
_SEPARATOR = re.compile(r"[/,]")
_UNKNOWN_FIRST = re.compile(r"(?:^|[-/{,])X")
# First and last month of the codes in the place of a month; winter crosses the year's end.
_PERIODS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
_PERIODS |= {40: (1, 6), 41: (7, 12)}
WINTER = 24
# News names the same days and years again and again.
_KEPT_VALUES = 1 << 12


def write(year: int | str | None, month: int | None = None, day: int | None = None) -> str:
    """``write(2024, 1, 12)`` is 2024-01-12; ``write(None, 1, 12)`` is XXXX-01-12."""
    digits = UNKNOWN_YEAR if year is None else f"{year:04d}" if isinstance(year, int) else year
    rest = [f"{month:02d}"] if month is not None else []
    if day is not None:
        rest = [*(rest or ["XX"]), f"{day:02d}"]
    return "-".join([digits, *rest])


def is_day(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has the day; a year that is not known is taken to be a leap year."""
    if not 1 <= month <= 12 or (year is not None and not 1 <= year <= 9999):
        return False
    return 1 <= day <= days_in(year or 2000, month)


def days_in(year: int, month: int) -> int:
    """How many days the month has."""
    return calendar.monthrange(year, month)[1]


def resolved(value: str) -> bool:
    """Whether the value stands for known days: 199X does, XXXX-01-12 does not."""
    return not _UNKNOWN_FIRST.search(value)


@lru_cache(maxsize=_KEPT_VALUES)
def bounds(value: str) -> Bounds:
    """First and last day that the value may mean; (None, None) when it is not resolved.

    ``bounds("2024-05")`` is 1 to 31 May 2024. A ``~`` is not widened. Raises ValueError for no such value.
    """
    parts = _SEPARATOR.split(value.strip("{}"))
    spans = [_single(part) for part in parts]
    starts = [start for start, _ in spans if start]
    ends = [end for _, end in spans if end]
    if len(starts) < len(spans) or len(ends) < len(spans):
        return None, None
    return min(starts), max(ends)


def _single(value: str) -> Bounds:
    match = _SINGLE.fullmatch(value)
    if not match:
        raise ValueError(f"no EDTF date: {value!r}")
    year, month, day = match.groups()
    if not resolved(value):
        return None, None
    low, high = max(1, int(year.replace("X", "0"))), int(year.replace("X", "9"))
    rest = (int(month) if month else None, int(day) if day else None)
    return span(low, *rest)[0], span(high, *rest)[1]


def span(year: int, month: int | None = None, day: int | None = None) -> tuple[date, date]:
    """First and last day of a year, a month (or season, quarter, half-year by its code) or a day.

    «Зимой 2020 года» may be January and February as well as the winter that begins in December.
    Raises ValueError for a day that the calendar does not have.
    """
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is not None:
        return date(year, month, day), date(year, month, day)
    if month == WINTER:
        end = date(year + 1, 2, days_in(year + 1, 2)) if year < 9999 else date.max
        return date(year, 1, 1), end
    first, last = _PERIODS.get(month, (month, month))
    return date(year, first, 1), date(year, last, days_in(year, last))


def narrow(days: Bounds, part: str | None) -> Bounds:
    """The half that a word may mean: ``start`` («в начале 2019 года») the first, ``end`` the second half."""
    start, end = days
    if part not in {"start", "middle", "end"} or start is None or end is None:
        return days
    length = (end - start).days
    if part == "start":
        return start, start + timedelta(length // 2)
    if part == "end":
        return start + timedelta(length // 2), end
    return start + timedelta(length // 4), end - timedelta(length // 4)


def half(value: str, second: bool) -> str:
    """«Первая половина 2019 года» 2019-40; of a month, decade or century an interval (1955/1959)."""
    if re.fullmatch(r"[0-9]{4}", value):
        return f"{value}-{41 if second else 40}"
    if re.fullmatch(r"[0-9]{2}(?:[0-9]X|XX)", value):
        step = 5 if value[2] != "X" else 50
        low = int(value.replace("X", "0")) + step * second
        return f"{low:04d}/{low + step - 1:04d}"
    month = re.fullmatch(r"([0-9]{4}|XXXX)-(0[1-9]|1[0-2])", value)
    if month:
        last = days_in(int(month[1]) if resolved(value) else 2000, int(month[2]))
        return f"{value}-16/{value}-{last}" if second else f"{value}-01/{value}-15"
    return value


def shift(day: date, unit: str, count: int) -> date | None:
    """``count`` days, weeks, months or years from ``day``; None beyond the years 1 to 9999.

    The day is cut to the month's length: a month after 31 January is 28 or 29 February.
    """
    try:
        if unit in {"day", "week"}:
            return day + timedelta(days=count * (7 if unit == "week" else 1))
        month = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
        year, month = month // 12, month % 12 + 1
        return date(year, month, min(day.day, days_in(year, month)))
    except (OverflowError, ValueError):
        return None
