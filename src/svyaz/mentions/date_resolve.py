"""The value that a date phrase has in its article.

``resolve`` adds to what the words state what the anchors allow: the day of publication, the last date before,
the tense. Nothing else adds a part: «12 января» without an anchor stays XXXX-01-12.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from svyaz.mentions import edtf
from svyaz.mentions.date_terms import (
    Calendar,
    Context,
    Direction,
    Period,
    Shift,
    Span,
    Stretch,
    Term,
    Weekday,
    Year,
)

T = TypeVar("T")

# A news item of the night may name its own day, which the calendar of the publication calls tomorrow.
_SLACK = 1


def resolve(term: Term, context: Context) -> str | None:
    """The term's EDTF value; None for a day that the calendar does not have («31 февраля»)."""
    if isinstance(term, Calendar):
        return _calendar(term, context)
    if isinstance(term, Weekday):
        return _weekday(term, context)
    if isinstance(term, Period):
        return _period(term, context)
    if isinstance(term, Shift):
        return _shift(term, context)
    if isinstance(term, Stretch):
        return _stretch(term, context.today)
    return _span(term, context)


def _calendar(term: Calendar, context: Context) -> str | None:
    if term.day is not None and not _exists(term):
        return None
    if term.year is None and term.month is None and term.day is not None:
        return _day_of_month(term.day, context)
    digits = _year(term.year, context) if term.year else _missing_year(term, context)
    value = edtf.write(digits, term.month, term.day)
    known = digits is not None and digits.isdigit()
    if known and term.day and term.month and not edtf.is_day(int(digits or 0), term.month, term.day):
        return None
    return edtf.half(value, term.part == "second") if term.part in {"first", "second"} else value


def _exists(term: Calendar) -> bool:
    digits = term.year.digits if term.year else None
    if digits and not digits.isdigit():
        return False
    return edtf.is_day(int(digits) if digits else None, term.month or 1, term.day or 1)


def _year(year: Year, context: Context) -> str | None:
    """Four digits of the year or decade, None when no anchor tells: «прошлый год» without a publication."""
    if year.digits or year.open:
        return year.digits
    if year.new:
        return f"{context.today.year + (context.today.month > 6):04d}" if context.today else None
    if year.last or (year.step > 0 and context.direction == "past"):
        base = _last_part(context, 4)
        number = int(base) + (0 if year.last else year.step) if base else None
    else:
        number = context.today.year + year.step if context.today else None
    return f"{number:04d}" if number is not None and 1 <= number <= 9999 else None


def _last_part(context: Context, length: int) -> str | None:
    """The first ``length`` characters of the last date, None when it is not known to that precision."""
    if context.last is None:
        return None
    value = context.last.strip("{}").replace(",", "/").split("/")[-1].rstrip("~")
    part = value[:length]
    return part if len(part) == length and "X" not in part and not (length == 7 and part[5:] > "12") else None


def _last_day(context: Context) -> date | None:
    part = _last_part(context, 10)
    return date.fromisoformat(part) if part else None


def _missing_year(term: Calendar, context: Context) -> str | None:
    """The year of the nearest such day, month or season on the side to which the tense points."""
    today = context.today
    if today is None or term.month is None:
        return None
    years = [y for y in range(max(1, today.year - 8), min(9998, today.year + 8) + 1) if _fits(term, y)]
    if term.step is not None:
        return _stepped(term, today, years)
    if term.weekday is not None:
        agree = [y for y in years if _bounds(term, y)[0].isoweekday() == term.weekday]
        years = [y for y in agree if abs(y - today.year) <= 2] or years
    side: Direction = context.direction or "near"
    slack = _SLACK if term.day else 0
    chosen = choose(years, lambda y: _bounds(term, y), today, side, slack)
    if chosen is None and term.weekday is not None:
        chosen = choose(years, lambda y: _bounds(term, y), today, "near")
    return f"{chosen:04d}" if chosen else None


def _fits(term: Calendar, year: int) -> bool:
    return term.day is None or term.month is None or edtf.is_day(year, term.month, term.day)


def _bounds(term: Calendar, year: int) -> tuple[date, date]:
    if term.month == edtf.WINTER:  # a winter whose year is not said is one winter: December to February
        return date(year, 12, 1), date(year + 1, 2, 28)
    return edtf.span(year, term.month, term.day)


def _stepped(term: Calendar, today: date, years: Iterable[int]) -> str | None:
    """«Минувшим летом» the last one that has ended, «этим летом» the present or this year's."""
    spans = [(year, *_bounds(term, year)) for year in years]
    if term.step == 0:
        found = [y for y, start, end in spans if start <= today <= end] or [today.year]
    elif term.step == -1:
        found = [y for y, _, end in spans if end < today][-1:]
    else:
        found = [y for y, start, _ in spans if start > today][:1]
    return f"{found[0]:04d}" if found else None


def choose(
    found: Iterable[T], bounds: Callable[[T], tuple[date, date]], today: date, side: Direction, slack: int = 0
) -> T | None:
    """The candidate nearest to ``today`` on its side; one that holds today lies on both sides.

    The past reaches ``slack`` days beyond today.
    """

    def distance(candidate: T) -> int:
        start, end = bounds(candidate)
        return max(0, (start - today).days, (today - end).days)

    def allowed(candidate: T) -> bool:
        start, end = bounds(candidate)
        return side == "near" or ((start - today).days <= slack if side == "past" else end >= today)

    return min(filter(allowed, found), key=lambda c: (distance(c), bounds(c)[0]), default=None)


def _day_of_month(day: int, context: Context) -> str:
    """«15 числа»: of the nearest month on the side to which the tense points."""
    today = context.today
    if today is None or not 1 <= day <= 31:
        return edtf.write(None, None, day)
    firsts = [edtf.shift(today.replace(day=1), "month", n) for n in (-2, -1, 0, 1, 2)]
    days = [f.replace(day=day) for f in firsts if f and day <= edtf.days_in(f.year, f.month)]
    chosen = choose(days, lambda d: (d, d), today, context.direction or "near", _SLACK)
    return chosen.isoformat() if chosen else edtf.write(None, None, day)


def _weekday(term: Weekday, context: Context) -> str:
    today = context.today
    before = _last_day(context) if term.last else None
    if before and before.isoweekday() == term.number:
        return before.isoformat()
    if today is None:
        return edtf.UNKNOWN_DAY
    back = (today.isoweekday() - term.number) % 7
    ahead = (term.number - today.isoweekday()) % 7
    if term.step == -1:
        back = back or 7
    elif term.step == 1:
        ahead = ahead or 7
    side = {-1: "past", 1: "future"}.get(term.step or 0) or context.direction or "past"
    if side == "near":
        side = "past" if back <= ahead else "future"
    found = edtf.shift(today, "day", -back if side == "past" else ahead)
    return found.isoformat() if found else edtf.UNKNOWN_DAY


def _period(term: Period, context: Context) -> str:
    ahead = (term.step or 0) > 0 and context.direction == "past"
    if term.unit == "month":
        base = (
            _last_part(context, 7) if term.last or ahead else context.today and context.today.isoformat()[:7]
        )
        day = edtf.shift(date.fromisoformat(f"{base}-01"), "month", term.step or 0) if base else None
        return day.isoformat()[:7] if day else edtf.UNKNOWN_MONTH
    if term.unit == "century":
        century = context.today.year // 100 + (term.step or 0) if context.today else -1
        if term.step is None and context.direction == "past" and term.part in {"middle", "end"}:
            century -= 1  # «в середине века построили» is told of the one before
        value = f"{century:02d}XX" if 0 <= century <= 99 else edtf.UNKNOWN_YEAR
        return edtf.half(value, term.part == "second") if term.part in {"first", "second"} else value
    if term.unit == "season":  # where it begins depends on the sport
        return f"{edtf.UNKNOWN_YEAR}/{edtf.UNKNOWN_YEAR}"
    today = _last_day(context) if term.last or ahead else context.today
    if today is None:
        return edtf.UNKNOWN_DAY
    if term.unit == "day":
        day = edtf.shift(today, "day", term.step or 0)
        return day.isoformat() if day else edtf.UNKNOWN_DAY
    return _week(term, today, context.direction or "past")


def _week(term: Period, today: date, side: Direction) -> str:
    """Monday to Sunday, or Saturday and Sunday; «(эти) выходные» lie where the tense points."""
    first, length = (5, 1) if term.unit == "weekend" else (0, 6)
    monday = edtf.shift(today, "day", 1 - today.isoweekday())
    shifts = [edtf.shift(monday, "day", first + 7 * n) for n in (-1, 0, 1)] if monday else []
    last, this, following = (d for d in shifts) if len(shifts) == 3 else (None, None, None)
    if last is None or this is None or following is None or not edtf.shift(following, "day", length):
        return edtf.UNKNOWN_DAY
    start = {-1: last, 0: this, 1: following}.get(term.step or 0, this)
    if term.unit == "weekend" and not term.step:
        start = choose((last, this, following), lambda d: (d, d + timedelta(length)), today, side) or this
    elif term.unit == "weekend" and term.step == 1 and this > today:
        start = this
    return f"{start}/{start + timedelta(length)}"


def _shift(term: Shift, context: Context) -> str:
    """A shift has the precision of its unit; «неделю назад» is to the day, but approximate."""
    length = {"year": 4, "month": 7}.get(term.unit, 10)
    unknown = edtf.UNKNOWN_DAY[:length]
    last = _last_part(context, length)
    today = context.today.isoformat()[:length] if context.today else None
    if term.anchor == "event":
        return unknown
    if term.anchor == "published" or (term.anchor == "tense" and context.direction != "past"):
        base = today
    else:
        base = last or (today if term.anchor == "either" else None)
    if base is None:
        return unknown
    found = edtf.shift(date.fromisoformat((base + "-01-01")[:10]), term.unit, term.count)
    if found is None:
        return unknown
    return found.isoformat()[:length] + ("~" if term.approximate or term.unit == "week" else "")


def _stretch(term: Stretch, today: date | None) -> str:
    """An interval between the day of publication and another day, with the precision of its unit."""
    length = {"year": 4, "month": 7}.get(term.unit, 10)
    other = edtf.shift(today, term.unit, term.count) if today else None
    if today is None or other is None:
        unknown = edtf.UNKNOWN_DAY[:length]
        return f"{unknown}/{unknown}"
    return "/".join(d.isoformat()[:length] for d in sorted((today, other)))


def _span(term: Span, context: Context) -> str | None:
    """Parts share what only one of them says: «с 29 декабря по 2 января 2024 года» begins in 2023."""
    if not term.interval:
        values = [resolve(part, context) for part in _shared(term.parts)]
        return "{" + ",".join(v for v in values if v) + "}" if all(values) else None
    first, last = term.parts
    wraps = first.year is None and (first.month or 0) > (last.month or 0)
    if first.month == last.month and first.day and last.day and first.year is None and first.day > last.day:
        return None
    start, end = resolve(first, context), resolve(last, context)
    if end and first.year is None and edtf.resolved(end):
        year = int(end[:4]) - wraps
        start = resolve(replace(first, year=Year(f"{year:04d}")), context) if year >= 1 else None
    if start is None or end is None:
        return None
    begins, ends = edtf.bounds(start)[0], edtf.bounds(end)[1]
    return None if begins and ends and begins > ends else f"{start}/{end}"


def _shared(parts: tuple[Calendar, ...]) -> list[Calendar]:
    year = parts[-1].year
    return [replace(part, year=part.year or year) for part in parts]
