"""The grammar of dates: patterns over the letters of date_words, each with a function that reads the term.

At every atom the longest pattern wins whose reader accepts; ``phrases`` then joins neighbours that are one date:
«вторник, 12 января», «2010 года по 2014 год». Words that licence a bare word («в сентябре», «до среды») stand
before the phrase and stay outside of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from svyaz.mentions import date_readers as read
from svyaz.mentions.date_terms import Calendar, Shift, Span, Term, Weekday
from svyaz.mentions.date_words import Atom, atoms, listed
from svyaz.morph import fold
from svyaz.parse import Sentence

Reader = Callable[[read.Found], Term | None]

DAY = r"(?:d(?:-?e)?|NO|O)"
YEAR = r"(?:y(?:-?e)?G?|LG|LjG|TjG|TG|s\.G)"
PART = r"(?:B|OP)?"
CENTURY = r"(?:[RO]|d(?:-?e)?)C"
COUNT = r"(?:N{1,2}|[dot])?"

_PATTERNS: tuple[tuple[str, Reader], ...] = (
    (r"#", read.numeric),  # 12.01.2024
    (rf"{DAY}M{YEAR}?", read.calendar),  # 12 января прошлого года
    (r"dm(?:\.?yG?|(?=\.?(?:[-/(,]|$)))", read.calendar),  # 12 янв 2024
    (rf"{DAY}-{DAY}M{YEAR}?", read.days),  # 3–5 мая
    (rf"(?<=s){DAY}[pfl]{DAY}M{YEAR}?", read.days),  # (с) 3 по 5 мая, (с) 3 на 4 июня
    (rf"d(?:-?e)?(?:,d(?:-?e)?)*i{DAY}M{YEAR}?", read.days),  # 3 и 7 мая
    (r"d(?:-?e)?c", read.day_of_month),  # 15 числа
    (rf"{PART}M{YEAR}", read.calendar),  # конце октября 2018 года
    (r"B?LM|BM|OPM", read.calendar),  # прошлом сентябре, конца мая
    (r"(?<=[vslkpfb])M|(?<=[vk]L)M", read.calendar),  # (в) сентябре
    (rf"M[-i]M{YEAR}|(?<=[vsl])M-M", read.months),  # январе-феврале 2021 года
    (rf"B?S{YEAR}|B?LS|BS|(?<=[lks])S", read.calendar),  # весной 2019-го, этим летом
    (r"S", read.bare_season),  # летом
    (r"Sy[-/][yod](?:-?e)?G?", read.winter),  # зимой 2019/20 года
    (rf"(?:O|R|d(?:-?e)?)[KH]{YEAR}?", read.quarter),  # первом квартале 2021 года
    (r"B?LG|B?LjG|B?TjG|TG|BG", read.year),  # начале прошлого года, том же году
    (rf"OP(?:{YEAR}|G)", read.year),  # первой половине 2019 года
    (r"B?y(?:G|-?eG?)|By|(?<=[vslkp])y|(?<=\()y(?=[-),])", read.year),  # 2020 году, (в) 2014
    (r"(?<=v)tG", read.year),  # (в) 988 году
    (r"y-y(?:-?e)?G|y(?:,y)*iy(?:-?e)?G|(?<=[vslk(])y-y", read.years),  # 2019–2021 годах
    (r"y/[yod]G?", read.season_years),  # 2020/21
    (rf"{PART}[dyo]-?eG?(?:{CENTURY}|LC)?", read.decade),  # конце 1980-х
    (rf"{PART}OG(?:{CENTURY}|LC)?|(?<=[vslk])O", read.decade),  # девяностые годы
    (r"[dyo]-?e?-[dyo]-?eG?", read.decades),  # 1960–1970-х годов
    (rf"{PART}(?:{CENTURY}|LC)", read.century),  # конце XIX века
    (r"R[-i]RC", read.centuries),  # XVI–XVII веках
    (r"LW|(?<=[vslkpf])W|(?<=W[i,])W|(?<=[DU])W|(?<=:[do])W", read.weekday),  # (во) вторник
    (r"Q|JU", read.relative),  # накануне, сегодняшний день
    (r"B?LU|B?LjU|TjU|TU|B?LA|BU|(?<=[vlfs])A", read.period),  # прошлой неделе, тот же день
    (rf"{COUNT}[UG]T?z|[xX]{COUNT}[UG]|{COUNT}[UG][Xrq]", read.shift),  # два года назад
    (rf"(?<=b){COUNT}[UG]l[LT]?", read.shift),  # (за) день до этого
)
_COMPILED = tuple((re.compile(pattern), reader) for pattern, reader in _PATTERNS)
_QUOTES = frozenset("«»\"“”„'")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens ``first`` to ``last`` (inclusive) that state a date; ``letters`` are its atoms ``begin`` to ``end``."""

    begin: int
    end: int
    first: int
    last: int
    term: Term


def phrases(sentence: Sentence) -> tuple[Phrase, ...]:
    """The date phrases of a sentence in order; none overlaps another."""
    pieces = atoms(sentence)
    letters = "".join(a.letter for a in pieces)
    if not letters.strip("_.,-():/ivspklfbj"):
        return ()
    return tuple(_joined(tuple(_simple(sentence, pieces, letters)), pieces, letters))


def _simple(sentence: Sentence, pieces: Sequence[Atom], letters: str) -> Iterator[Phrase]:
    at = 0
    while at < len(letters):
        phrase = _longest(sentence, pieces, letters, at) if letters[at] != "_" else None
        if phrase:
            yield phrase
        at = phrase.end if phrase else at + 1


def _longest(sentence: Sentence, pieces: Sequence[Atom], letters: str, at: int) -> Phrase | None:
    matches = [(m.end(), reader) for pattern, reader in _COMPILED if (m := pattern.match(letters, at))]
    for end, reader in sorted(matches, key=lambda m: -m[0]):
        if not _aligned(pieces, at, end) or _named(sentence, pieces, at, end):
            continue
        term = reader(read.Found(sentence, tuple(pieces), at, end))
        if term:
            return Phrase(at, end, pieces[at].token, pieces[end - 1].token, term)
    return None


def _aligned(pieces: Sequence[Atom], begin: int, end: int) -> bool:
    """A date has whole tokens: «Евро-2020» is none."""
    starts = begin == 0 or pieces[begin - 1].token != pieces[begin].token
    ends = end == len(pieces) or pieces[end - 1].token != pieces[end].token
    return starts and ends


def _named(sentence: Sentence, pieces: Sequence[Atom], begin: int, end: int) -> bool:
    """A name that holds a date: «улица 8 Марта», «стадион «9 Мая»», «площадь 1905 года», «газета «Завтра»»."""
    tokens = sentence.tokens
    first, last = pieces[begin].token, pieces[end - 1].token
    quoted = first > 0 and tokens[first - 1].text in _QUOTES
    if quoted and last + 1 < len(tokens) and tokens[last + 1].text in _QUOTES:
        return True
    before = first - 1 - quoted
    while before >= 0 and tokens[before].text in {".", "-"}:
        before -= 1
    if before < 0 or not {tokens[before].lemma, fold(tokens[before].text)} & listed("named_after_dates"):
        return False
    capital = any(p.letter == "M" and p.text[0].isupper() for p in pieces[begin:end])
    return quoted or capital or pieces[begin].letter == "y"


def _joined(found: Sequence[Phrase], pieces: Sequence[Atom], letters: str) -> Iterator[Phrase]:
    current: Phrase | None = None
    for phrase in found:
        if current is None:
            current = phrase
            continue
        gap = letters[current.end : phrase.begin]
        term = _join(current, phrase, gap, letters, pieces)
        if term:
            current = Phrase(current.begin, phrase.end, current.first, phrase.last, term)
            continue
        yield _with_year_of(current, phrase, gap)
        current = phrase
    if current:
        yield current


def _join(a: Phrase, b: Phrase, gap: str, letters: str, pieces: Sequence[Atom]) -> Term | None:
    if isinstance(a.term, Weekday) and isinstance(b.term, Calendar) and b.term.day and gap in {"", ",", "("}:
        return replace(b.term, weekday=a.term.number)
    if isinstance(b.term, Weekday) and isinstance(a.term, Calendar) and a.term.day and gap in {",", ",v"}:
        return replace(a.term, weekday=b.term.number)
    if isinstance(a.term, Shift) and letters[a.begin] == "Q" and isinstance(b.term, Calendar) and b.term.day:
        return b.term if gap in {"", ","} else None
    if not (isinstance(a.term, Calendar) and isinstance(b.term, Calendar) and _alike(a.term, b.term)):
        return None
    if gap == "-" or (gap in {"p", "l"} and a.begin and letters[a.begin - 1] == "s"):
        return Span((a.term, b.term))
    if gap == "i" and a.term.day is None and (a.term.month is None or a.term.year is None) and b.term.year:
        plural = read.is_plural(pieces[b.end - 1])
        return Span((a.term, b.term), interval=False) if plural or a.term.month else None
    return None


def _alike(a: Calendar, b: Calendar) -> bool:
    """Of one precision, so that the two can be the ends of an interval."""
    if a.part or b.part or (a.year and not a.year.digits):
        return False
    return (a.day is None) == (b.day is None) and (a.month is None) == (b.month is None)


def _with_year_of(a: Phrase, b: Phrase, gap: str) -> Phrase:
    """«27 июля и 29 июля 2019 года»: the year is said once."""
    if gap != "i" or not isinstance(a.term, Calendar) or not isinstance(b.term, Calendar):
        return a
    if a.term.year is None and a.term.day and b.term.day and b.term.year:
        return replace(a, term=replace(a.term, year=b.term.year))
    return a
