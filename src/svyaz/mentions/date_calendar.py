"""Readers of days, months, seasons and quarters: each takes a match of date_grammar and gives its term.

None says that the words are no date after all: «Тереза Май», «в третьем квартале новых домов».
"""

from __future__ import annotations

import re

from svyaz.mentions.date_match import Match, day_of, part_of, ranged, without_part, year_of
from svyaz.mentions.date_terms import Calendar, Part, Span, Term, Weekday, Year
from svyaz.mentions.date_words import listed, stem
from svyaz.mentions.edtf import WINTER, days_in
from svyaz.morph import fold
from svyaz.parse import Token


def numeric(match: Match) -> Term | None:
    """«12.01.2024», «2024-01-12»; «12.01.24» only after a preposition, for codes look the same."""
    parts = [int(p) for p in re.split(r"[./-]", match.atoms[0].text)]
    if "-" in match.atoms[0].text:
        parts.reverse()
    day, month, year = parts
    if year < 100:
        before = match.before
        if before is None or (before.letter not in "vslkp" and fold(before.text) != "от"):
            return None
        year += 2000 if year < 50 else 1900
    return Calendar(Year(f"{year:04d}"), month, day) if 1 <= month <= 12 else None


def calendar(match: Match) -> Term | None:
    """A day, month or season with what stands beside it: «конце октября 2018 года», «минувшим летом»."""
    rest = without_part(match)
    if rest is None or _is_name(match) or (match.after and match.after.lemma == "каждый"):
        return None
    year, month = year_of(match), match.value("MmS")
    step = match.value("L") if year is None else None
    modifier, noun = match.first("L"), match.first("MS")
    if step is not None and modifier and noun and match.token(modifier).case != match.token(noun).case:
        return None  # «матчи предстоящего летом чемпионата»
    if step == -1 and modifier and stem(modifier.text) == "прошл" and month != WINTER:
        # «Прошлой весной» is last year's, «минувшей весной» the last that has ended.
        year, step = Year(step=-1), None
    return Calendar(year, month, day_of(rest.atoms), step=step, part=part_of(match))


def _is_name(match: Match) -> bool:
    """«Тереза Май», «Октавиан Август»: a month with a capital, without a number, inside a sentence."""
    month = match.first("M")
    if month is None or match.first("dyNO") or month.token == 0 or not month.text[0].isupper():
        return False
    return not all(t.text.isupper() for t in match.sentence.tokens[:2] if t.text.isalpha())


def days(match: Match) -> Term | None:
    """«3–5 мая 2024 года», «3 по 5 мая», «3 на 4 июня» intervals; «3 и 7 мая» a set."""
    month, year = match.value("M"), year_of(match)
    numbers: list[int | None] = []
    at = 0
    for group in re.split(r"[-pfli,](?!e)", match.letters[: match.letters.index("M")]):
        numbers.append(day_of(match.atoms[at : at + len(group)]))
        at += len(group) + 1
    parts = tuple(Calendar(year, month, number) for number in numbers if number)
    return Span(parts, interval="i" not in match.letters) if len(parts) > 1 else None


def day_of_month(match: Match) -> Term | None:
    """«15 числа», «15-го числа»."""
    singular = fold(match.atoms[-1].text) in {"числа", "числу", "число"}
    return Calendar(day=match.value("d")) if singular else None


def months(match: Match) -> Term | None:
    """«январе-феврале 2021 года» an interval, «летом и осенью 2021 года» a set."""
    year = year_of(match)
    first, last = (a.value for a in match.atoms if a.letter in "MS")
    if first == last:
        return None
    # «Ноябре-феврале 2020 года» begins in the year before, which Span finds for a part without a year.
    start = Calendar(year if first < last else None, first)
    return Span((start, Calendar(year, last)), interval=ranged(match))


def bare_season(match: Match) -> Term | None:
    """«летом» alone is a date in the past or future tense, never in the present («летом здесь жарко»).

    «На осень» is one when something is set for it («запланирован на осень»), not in «запасы на зиму».
    """
    season = match.atoms[0]
    verbs = [t for t in match.sentence.tokens if t.pos in {"VERB", "AUX"}]
    if match.before and match.before.letter == "f":
        return Calendar(month=season.value) if any(t.lemma in listed("planned") for t in verbs) else None
    token = match.token(season)
    if token.case != "Ins":
        return None
    verbs = _governing(match, token) or verbs
    told = any(
        t.feats.get("Tense") in {"Past", "Fut"}
        or fold(t.text).startswith("буд")
        or t.lemma in listed("intent")
        for t in verbs
    )
    return Calendar(month=season.value) if told else None


def _governing(match: Match, token: Token) -> list[Token]:
    """The finite verb above a word, with the infinitives between: «[могут заключить] весной», «[живёт] зимой»."""
    tokens, found = match.sentence.tokens, []
    for _ in range(6):
        if token.head < 0:
            break
        token = tokens[token.head]
        if token.pos in {"VERB", "AUX"} or token.lemma in listed("intent"):
            found.append(token)
            found += [tokens[i] for i in match.sentence.children[token.index] if tokens[i].pos == "AUX"]
            if token.feats.get("VerbForm") != "Inf":
                break
    return found


def winter(match: Match) -> Term | None:
    """«зимой 2019/20 года», «зимой 2019–2020 годов»: the winter that begins in December 2019."""
    return Calendar(Year(f"{match.value('y'):04d}"), WINTER) if match.value("S") == WINTER else None


def quarter(match: Match) -> Term | None:
    """«первом квартале 2021 года» 2021-33, «I полугодии» -40."""
    number, year = match.value("ORd"), year_of(match)
    quarters = match.first("K") is not None
    if not 1 <= number <= (4 if quarters else 2) or (year is None and match.letters == "dK"):
        return None
    after = match.after
    if year is None and after and after.pos in {"NOUN", "ADJ", "PROPN"} and after.case == "Gen":
        return None
    return Calendar(year, (32 if quarters else 39) + number)


def days_within(match: Match) -> Term | None:
    """«первых числах мая», «20-х числах января», «последней неделе марта»: the month, and which part of it."""
    number, unit = match.atoms[0], match.first("cU")
    if unit is None or (unit.letter == "U" and unit.value[2] != "неделя"):
        return None
    if unit.letter == "c" and not fold(unit.text).startswith(("числах", "числа", "чисел")):
        return None
    last = number.letter == "E" or number.value >= (20 if unit.letter == "c" else 4)
    part: Part = "end" if last else "start" if number.value == 1 else "middle"
    return Calendar(year_of(match), match.value("M"), part=part)


def ten_days(match: Match) -> Term | None:
    """«второй декаде мая»: 11 to 20 May."""
    number, month, year = match.atoms[0], match.value("M"), year_of(match)
    third = 3 if number.letter == "E" else number.value
    if not 1 <= third <= 3:
        return None
    if third == 3 and month == 2:  # its end depends on the year
        return Calendar(year, month, part="end")
    end = days_in(2001, month) if third == 3 else third * 10
    return Span((Calendar(year, month, third * 10 - 9), Calendar(year, month, end)))


def adjective(match: Match) -> Term | None:
    """«декабрьском заседании», «субботней встрече», «прошлогодний форум»; not «Майский район», «воскресная школа».

    «Октябрьская революция» tells the month; which year, only history does.
    """
    word = match.atoms[0]
    described = (t for t in match.sentence.tokens[word.token + 1 : word.token + 4] if t.pos != "ADJ")
    noun = next(described, None)
    if not word.text.islower() or noun is None or noun.pos != "NOUN":
        return None
    if word.letter == "Y":
        return Calendar(Year(step=word.value))
    if noun.lemma in listed("recurring"):
        return None
    if word.letter == "V":
        return Weekday(word.value)
    return Calendar(Year(open=True) if noun.lemma in listed("historic") else None, word.value)
