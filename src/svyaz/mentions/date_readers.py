"""Readers of date phrases: each takes what a pattern of date_grammar has found and gives its term, or None.

None says that the words are no date after all: «в среду художников», «5 веков», «в XII (палату)».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from svyaz.mentions.date_terms import Calendar, Part, Period, Shift, Span, Term, Weekday, Year
from svyaz.mentions.date_words import Atom, counts, listed, stem, words
from svyaz.morph import fold
from svyaz.parse import Sentence, Token

_PLURAL_YEARS = frozenset(("гг", "годы", "годов", "годах", "годам", "годами"))
_PLURAL_ENDINGS = frozenset(("е", "ые", "х", "ых", "ми", "ыми"))
_PLURAL_COUNTED = frozenset(("лет", "дней", "недель", "месяцев", "суток", "десятилетий"))


@dataclass(frozen=True, slots=True)
class Found:
    """Atoms ``begin`` to ``end`` (exclusive) of a sentence."""

    sentence: Sentence
    pieces: tuple[Atom, ...]
    begin: int
    end: int

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """The atoms of the phrase."""
        return self.pieces[self.begin : self.end]

    @property
    def letters(self) -> str:
        """Their letters."""
        return "".join(a.letter for a in self.atoms)

    @property
    def before(self) -> Atom | None:
        """The atom before the phrase."""
        return self.pieces[self.begin - 1] if self.begin else None

    @property
    def after(self) -> Token | None:
        """The token after the phrase."""
        index = self.pieces[self.end - 1].token + 1
        return self.sentence.tokens[index] if index < len(self.sentence.tokens) else None

    def token(self, atom: Atom) -> Token:
        """The token of an atom."""
        return self.sentence.tokens[atom.token]

    def first(self, letter: str) -> Atom | None:
        """The first atom of the phrase with one of the letters."""
        return next((a for a in self.atoms if a.letter in letter), None)

    def value(self, letter: str) -> Any:
        """Its value, None when there is none."""
        atom = self.first(letter)
        return atom.value if atom else None


def is_plural(atom: Atom) -> bool:
    """«годах», «гг» against «году»."""
    return fold(atom.text) in _PLURAL_YEARS


def _part(found: Found) -> Part | None:
    """«начале» start, «второй половине» second; None when the phrase begins with no such word."""
    if found.letters.startswith("B"):
        part: Part = found.atoms[0].value
        return part
    if found.letters.startswith("OP"):
        return {1: "first", 2: "second"}.get(found.atoms[0].value)  # type: ignore[return-value]
    return None


def _day(atoms: Sequence[Atom]) -> int | None:
    """«12», «12-го», «двадцать пятого»."""
    day = next((a.value for a in atoms if a.letter == "d"), None)
    if day is None:
        day = sum(a.value for a in atoms if a.letter in "NO") or None
    return int(day) if day is not None else None


def _year(found: Found) -> Year | None:
    number = found.value("y")
    if number is not None:
        return Year(f"{number:04d}")
    year = re.search(r"(LG|LjG|TjG|TG|s\.G|BG|OPG)$", found.letters)
    if not year or is_plural(found.atoms[-1]):
        return None
    if "T" in year[1] or "j" in year[1]:
        return Year(last=True)
    return Year(step=found.value("L") or 0)


def _is_name(found: Found) -> bool:
    """«Тереза Май», «Октавиан Август»: a month with a capital, without a number, inside a sentence."""
    month = found.first("M")
    if month is None or found.first("dyNO") or not month.text[0].isupper():
        return False
    return month.token > 0 and not all(t.text.isupper() for t in found.sentence.tokens[:2] if t.text.isalpha())


def numeric(found: Found) -> Term | None:
    """«12.01.2024», «2024-01-12», «12.01.24» (only after a preposition or in brackets)."""
    parts = [int(p) for p in re.split(r"[./-]", found.atoms[0].text)]
    if "-" in found.atoms[0].text:
        parts.reverse()
    day, month, year = parts
    if year < 100:
        if found.before is None or found.before.letter not in "vslkp(" and fold(found.before.text) != "от":
            return None
        year += 2000 if year < 50 else 1900
    return Calendar(Year(f"{year:04d}"), month, day) if 1 <= month <= 12 and 1 <= year else None


def calendar(found: Found) -> Term | None:
    """A day, month or season with what stands beside it: «конце октября 2018 года», «прошлым летом»."""
    if _is_name(found):
        return None
    year = _year(found)
    part = _part(found)
    rest = found.atoms[2:] if found.letters.startswith("OP") else found.atoms
    month = found.value("MmS")
    day = _day(rest) if found.letters[-1] not in "S" and part not in {"start", "middle", "end"} else None
    step = found.value("L") if year is None else None
    if step == -1 and month != 24 and stem((found.first("L") or found.atoms[0]).text) == "прошл":
        year, step = Year(step=-1), None  # «прошлой весной» is last year's, «минувшей» the last that has ended
    if found.letters.startswith("OP") and part is None:
        return None
    return Calendar(year, month, day, step=step, part=part)


def days(found: Found) -> Term | None:
    """«3–5 мая 2024 года», «3 по 5 мая», «3 на 4 июня» intervals; «3 и 7 мая» a set."""
    month, year = found.value("M"), _year(found)
    groups = re.split(r"[-pfli,](?!e)", found.letters[: found.letters.index("M")])
    numbers: list[int | None] = []
    at = 0
    for group in groups:
        numbers.append(_day(found.atoms[at : at + len(group)]))
        at += len(group) + 1
    parts = tuple(Calendar(year, month, number) for number in numbers if number)
    if len(parts) < 2:
        return None
    return Span(parts, interval="i" not in found.letters and len(parts) == 2)


def day_of_month(found: Found) -> Term | None:
    """«15 числа», «15-го числа»."""
    return Calendar(day=found.value("d")) if fold(found.atoms[-1].text) in {"числа", "числу", "число"} else None


def months(found: Found) -> Term | None:
    """«январе-феврале 2021 года» an interval, «январе и марте 2021 года» a set."""
    year = _year(found)
    first, last = (Calendar(year, a.value) for a in found.atoms if a.letter == "M")
    if first.month == last.month:
        return None
    if (first.month or 0) > (last.month or 0):
        first = Calendar(None, first.month)  # «ноябре-феврале»: the earlier year
    return Span((first, last), interval="i" not in found.letters)


def bare_season(found: Found) -> Term | None:
    """«летом» alone is a date in the past or future tense, never in the present («летом здесь жарко»)."""
    season = found.atoms[0]
    if found.token(season).case != "Ins":
        return None
    verbs = [t for t in found.sentence.tokens if t.pos in {"VERB", "AUX"}]
    told = any(t.feats.get("Tense") in {"Past", "Fut"} or fold(t.text).startswith("буд") for t in verbs)
    return Calendar(month=season.value) if told else None


def winter(found: Found) -> Term | None:
    """«зимой 2019/20 года», «зимой 2019–2020 годов»: the winter that begins in December 2019."""
    return Calendar(Year(f"{found.value('y'):04d}"), found.value("S")) if found.value("S") == 24 else None


def quarter(found: Found) -> Term | None:
    """«первом квартале 2021 года» 2021-33, «I полугодии» -40."""
    number, kind = found.value("ORd"), found.first("KH")
    year = _year(found)
    if found.letters.startswith("dK") and year is None or kind is None:
        return None
    if not 1 <= number <= (4 if kind.letter == "K" else 2):
        return None
    after = found.after
    if year is None and after and after.pos in {"NOUN", "ADJ", "PROPN"} and after.case == "Gen":
        return None  # «в третьем квартале новых домов»
    return Calendar(year, (32 if kind.letter == "K" else 39) + number)


def year(found: Found) -> Term | None:
    """«2020 году», «прошлом году», «том же году», «(в) 2014», «начале 2019 года», «первой половине 2019 года»."""
    part = _part(found)
    if found.letters.startswith("OP") and part is None:
        return None
    if found.letters == "tG":
        return Calendar(Year(f"{found.atoms[0].value:04d}")) if fold(found.atoms[1].text) == "году" else None
    if found.letters.lstrip("B") == "y" and not 1000 <= found.value("y") <= 2100:
        return None
    ending = found.value("e")
    if ending and found.value("y") % 10 == 0 and ending in _PLURAL_ENDINGS:
        return None
    stated = _year(found)
    return Calendar(stated, part=part) if stated else None


def years(found: Found) -> Term | None:
    """«2019–2021 годах», «1955–2010» after a bracket; «2018 и 2021 годах» a set."""
    numbers = [a.value for a in found.atoms if a.letter == "y"]
    if not all(a < b <= a + 500 for a, b in zip(numbers, numbers[1:], strict=False)) or numbers[-1] > 2200:
        return None
    if "e" in found.letters and found.value("e") in _PLURAL_ENDINGS and numbers[-1] % 10 == 0:
        return None
    parts = tuple(Calendar(Year(f"{n:04d}")) for n in numbers)
    return Span(parts, interval="i" not in found.letters)


def season_years(found: Found) -> Term | None:
    """«2020/21», «2020/2021»: two years that follow each other."""
    first, second = found.atoms[0].value, found.atoms[2]
    if second.value != ((first + 1) if second.letter == "y" else (first + 1) % 100):
        return None
    return Span((Calendar(Year(f"{first:04d}")), Calendar(Year(f"{first + 1:04d}"))))


def _decade(number: int, century: int | None) -> str | None:
    """90 → 199X; with a century («60-х годах XIX века») 186X. «20-е годы» may be 192X or 202X: XX2X."""
    if number % 10:
        return None
    if number >= 100:
        return f"{number // 10:03d}X"
    if century:
        return f"{century - 1:02d}{number // 10}X"
    return f"20{number // 10}X" if number < 20 else f"XX{number // 10}X" if number == 20 else f"19{number // 10}X"


def decade(found: Found) -> Term | None:
    """«90-х годах», «1990-е», «девяностые», «60-х годах XIX века», «второй половине 1950-х»."""
    part = _part(found)
    start = 2 if found.letters.startswith("OP") else 1 if part else 0
    rest = Found(found.sentence, found.pieces, found.begin + start, found.end)
    number, ending, own = rest.atoms[0], rest.value("e"), "G" in rest.letters
    if number.letter == "O":
        plural = own and is_plural(rest.first("G") or number) or found.token(number).feats.get("Number") == "Plur"
        if not plural or (not own and counts(found.sentence, number.token)) or number.value in range(1, 20):
            return None
    elif ending not in _PLURAL_ENDINGS or (own and not is_plural(rest.first("G") or number)):
        return None
    elif number.letter != "y" and not own:
        licensed = part or (found.before and found.before.letter in "vslkpf")
        if not licensed or number.value < 20 or counts(found.sentence, found.atoms[-1].token):
            return None
    century = None
    if rest.letters.endswith("C"):
        century = 20 if rest.letters.endswith("LC") else rest.atoms[-2 if rest.letters[-2] in "RO" else -1].value
        century = century or next((a.value for a in reversed(rest.atoms) if a.letter == "d"), None)
    digits = _decade(number.value, century)
    return Calendar(Year(digits), part=part) if digits else None


def decades(found: Found) -> Term | None:
    """«1960–1970-х годов», «60–70-х годах»."""
    if found.atoms[-1].letter == "e" and found.letters[0] != "y":
        return None
    endings = [a.value for a in found.atoms if a.letter == "e"]
    numbers = [a.value for a in found.atoms if a.letter in "dyo"]
    digits = [_decade(n, None) for n in numbers]
    if not endings or endings[-1] not in _PLURAL_ENDINGS or not all(digits) or numbers[0] >= numbers[-1]:
        return None
    return Span(tuple(Calendar(Year(d)) for d in digits))


def century(found: Found) -> Term | None:
    """«XIX веке», «двадцатом веке», «20-й век», «прошлого века»; none before Christ."""
    part = _part(found)
    start = 2 if found.letters.startswith("OP") else 0
    rest = Found(found.sentence, found.pieces, found.begin + start, found.end)
    if _before_christ(found) or fold(rest.atoms[-1].text) in {"веков", "столетий", "веками"}:
        return None
    if rest.first("L"):
        return Period("century", rest.value("L"), part=part)
    number = rest.value("ROd")
    if rest.letters.lstrip("B") == "dC" and number < 10 or number > 30 or number < 1:
        return None
    return Calendar(Year(f"{number - 1:02d}XX"), part=part)


def centuries(found: Found) -> Term | None:
    """«XVI–XVII веках»."""
    first, last = (a.value for a in found.atoms if a.letter == "R")
    if first >= last or last > 30 or _before_christ(found):
        return None
    ends = (Calendar(Year(f"{first - 1:02d}XX")), Calendar(Year(f"{last - 1:02d}XX")))
    return Span(ends)


def _before_christ(found: Found) -> bool:
    following = [fold(p.text) for p in found.pieces[found.end : found.end + 3] if p.text != "."]
    return following[:1] == ["до"] and following[1:2] in (["н"], ["нашей"], ["рождества"])


def weekday(found: Found) -> Term | None:
    """«вторник», «минувшую пятницу»; not «по вторникам», not «среду художников»."""
    day = found.atoms[-1]
    token, after = found.token(day), found.after
    if token.feats.get("Number") == "Plur" or token.text[0].isupper() and token.index and not token.text.isupper():
        return None
    if day.value == 3 and len(found.atoms) == 1:
        if found.before and found.before.letter == "v" and fold(day.text) != "среду":
            return None
        if after and after.pos in {"NOUN", "ADJ"} and after.case == "Gen":
            return None
    return Weekday(day.value, found.value("L"))


def relative(found: Found) -> Term | None:
    """«вчера», «накануне» (not «накануне выборов»), «сегодняшний день»."""
    after = found.after
    if found.letters == "JU":
        day = found.atoms[-1].value[0] == "day"
        return Shift(found.value("J"), "day", "published") if day else None
    eve = fold(found.atoms[0].text) == "накануне"
    if eve and after and after.pos in {"NOUN", "ADJ", "PROPN", "DET", "NUM"} and after.case == "Gen":
        return None
    return Shift(found.value("Q"), "day", "published")


def period(found: Found) -> Term | None:
    """«прошлой неделе», «тот же день», «минувшие выходные», «конца месяца»."""
    part, step = _part(found), found.value("L")
    unit_word = found.first("U")
    if unit_word is None:
        return Period("weekend", step, part=part)
    unit, count, lemma = unit_word.value
    if count != 1 or unit == "year" or found.token(unit_word).feats.get("Number") == "Plur":
        return None
    if fold(found.atoms[0].text) in {"сей", "сего"} or (unit == "day" and part):
        return None
    points = unit == "day" and lemma == "день" and step is not None and fold(found.atoms[0].text)[:4] not in _TODAY
    same = "T" in found.letters or "j" in found.letters
    return Period(unit, step or 0, last=same or points, part=part)


# «Нынешний день» is the day of publication; «этот», «следующий день» count from the last date.
_TODAY = frozenset(("ныне", "теку"))


def shift(found: Found) -> Term | None:
    """«два года назад», «через три дня», «неделю спустя», «днём ранее», «(за) день до этого»."""
    unit_word = found.first("UG")
    numbers = [a.value for a in found.atoms if a.letter in "Ndot"]
    if unit_word is None or _cut(found) or (not numbers and fold(unit_word.text) in _PLURAL_COUNTED | _PLURAL_YEARS):
        return None
    unit, size, lemma = unit_word.value
    amount = sum(numbers) if numbers else 1
    rounded = lemma in listed("round_units") or _about(found)
    if amount == 1.5:
        unit, amount, rounded = {"year": ("month", 18), "month": ("week", 6)}.get(unit, ("day", 11)) + (True,)
    back = found.letters[-1] in "zrLTl"
    anchor = "published" if "z" in found.letters else "either" if "r" in found.letters else "last"
    if found.letters[0] == "x":
        anchor = "tense"
    if found.letters[-1] == "l" or _after_event(found):
        anchor = "event"
    return Shift(int(amount * size) * (-1 if back else 1), unit, anchor, rounded)  # type: ignore[arg-type]


def _after_event(found: Found) -> bool:
    """«через два дня после взрыва»; «после этого» points to the last date."""
    if found.after is None or fold(found.after.text) != "после":
        return False
    following = found.sentence.tokens[found.after.index + 1 :]
    return not following or fold(following[0].text) not in {"этого", "того"}


def _about(found: Found) -> bool:
    return found.before is not None and fold(found.before.text) in listed("approximate")


def _cut(found: Found) -> bool:
    """A part of a longer amount («два-три года назад») or a comparison («на год раньше»)."""
    before = found.before.letter if found.before else ""
    after = "".join(p.letter for p in found.pieces[found.end : found.end + 2])
    return before in {"-", "N", "d", "o", "f"} or after in {"-N", "-U", "-G"}
