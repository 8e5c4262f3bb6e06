"""What the words of a date phrase say, before anything else is known.

A term keeps what the words state: «12 января» a day and a month, «два года назад» a shift.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Direction = Literal["past", "future", "near"]
Part = Literal["start", "middle", "end", "first", "second"]


@dataclass(frozen=True, slots=True)
class Year:
    """«2019», «199X» in ``digits``; else ``step`` years from the anchor: «прошлый год» is -1."""

    digits: str | None = None
    step: int = 0
    last: bool = False  # «в том же году»: the year of the last date before
    new: bool = False  # «в новом году»: the one that begins next or has just begun
    open: bool = False  # «октябрьская революция»: no year can be read from the tense


@dataclass(frozen=True, slots=True)
class Calendar:
    """«вторник, 12 января 2024 года»; ``month`` may be the code of a season, quarter or half-year."""

    year: Year | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    step: int | None = None  # «прошлым летом» -1
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """«вторник», «минувшая пятница» (step -1); number 1 is Monday."""

    number: int
    step: int | None = None
    last: bool = False  # «в тот же понедельник»


@dataclass(frozen=True, slots=True)
class Period:
    """«прошлая неделя», «этот месяц», «тот же день», «минувшие выходные», «прошлый век»."""

    unit: Literal["day", "week", "weekend", "month", "season", "century"]
    step: int | None = None
    last: bool = False
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """«три дня назад», «через год», «днём ранее»: ``count`` units from the publication or the last date."""

    count: int
    unit: Literal["day", "week", "month", "year"]
    # "tense": the last date under a past verb; "event": nothing that is known («через два дня после взрыва»)
    anchor: Literal["published", "last", "either", "tense", "event"]
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """«Последние три года», «ближайшие десять дней»: ``count`` units that end or begin with the publication."""

    count: int
    unit: Literal["day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Span:
    """«3–5 мая» an interval, «3 и 7 мая» a set."""

    parts: tuple[Calendar, ...]
    interval: bool = True


Term = Calendar | Weekday | Period | Shift | Stretch | Span


@dataclass(frozen=True, slots=True)
class Context:
    """What a phrase resolves against; ``last`` is the value of the last date before it in the section."""

    today: date | None
    last: str | None
    direction: Direction | None  # None: the sentence has no verb
