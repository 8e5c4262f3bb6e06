"""The grammar of dates: patterns over the letters of date_words, each with a function that reads the term.

At every atom the longest pattern wins whose reader accepts; ``phrases`` then joins neighbours that are one
date: «вторник, 12 января», «2010 года по 2014 год». Words that license a bare word («в сентябре», «до среды»)
stand before the phrase and stay outside of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from svyaz.mentions import date_calendar as calendar
from svyaz.mentions import date_relative as relative
from svyaz.mentions import date_years as years
from svyaz.mentions.date_match import Match, is_plural
from svyaz.mentions.date_terms import Calendar, Shift, Span, Term, Weekday, Year
from svyaz.mentions.date_words import Atom, atoms, listed, may_hold
from svyaz.morph import fold
from svyaz.parse import Sentence

Reader = Callable[[Match], Term | None]

DAY = r"(?:d(?:-?e)?|NO|O)"
YEAR = r"(?:y(?:-?e)?G?|LG|LjG|TjG|TG|s\.G)"
PART = r"(?:B|OP)?"
CENTURY = r"(?:O|R(?:-?e)?|d(?:-?e)?)C"
COUNT = r"(?:N{1,2}|[dot])?(?:sP)?"

_PATTERNS: tuple[tuple[str, Reader], ...] = (
    (r"#", calendar.numeric),  # 12.01.2024
    (rf"{DAY}M{YEAR}?", calendar.calendar),  # 12 января прошлого года
    (r"dm(?:\.?yG?|(?=\.|[-/(,]|$))", calendar.calendar),  # 12 янв 2024
    (rf"{DAY}-{DAY}M{YEAR}?", calendar.days),  # 3–5 мая
    (rf"(?<=s){DAY}[pfl]{DAY}M{YEAR}?", calendar.days),  # (с) 3 по 5 мая, (с) 3 на 4 июня
    (rf"d(?:-?e)?(?:,d(?:-?e)?){{0,9}}i{DAY}M{YEAR}?", calendar.days),  # 3 и 7 мая
    (r"d(?:-?e)?c", calendar.day_of_month),  # 15 числа
    (rf"(?:[OE]|[do]-?e)[cU]M{YEAR}?", calendar.days_within),  # первых числах мая, последней неделе марта
    (rf"[OE]gM{YEAR}?", calendar.ten_days),  # второй декаде мая
    (r"F|V|Y", calendar.adjective),  # декабрьском (заседании), субботней, прошлогоднем
    (r"ZG", years.new_year),  # (до) Нового года, (в) новом году
    (rf"{PART}M{YEAR}", calendar.calendar),  # конце октября 2018 года
    (r"B?LM|BM|OPM", calendar.calendar),  # прошлом сентябре, конца мая
    (r"(?<=[vslkpfbrq])M|(?<=[vk]L)M", calendar.calendar),  # (в) сентябре
    (rf"M[-i]M{YEAR}|S[-i]S{YEAR}|(?<=[vsl])M-M", calendar.months),  # январе-феврале 2021 года
    (rf"B?S{YEAR}|B?LS|BS|(?<=[lksrq])S", calendar.calendar),  # весной 2019-го, этим летом
    (r"S", calendar.bare_season),  # летом, (запланирован на) осень
    (r"Sy[-/][yod](?:-?e)?G?", calendar.winter),  # зимой 2019/20 года
    (rf"(?:O|R|d(?:-?e)?)[KH]{YEAR}?", calendar.quarter),  # первом квартале 2021 года
    (r"B?LG|B?LjG|B?TjG|TG|BG", years.year),  # начале прошлого года, том же году
    (rf"OP(?:{YEAR}|G)", years.year),  # первой половине 2019 года
    (
        r"B?y(?:G|-?eG?)|By|(?<=[vslkprq])y|(?<=\()y(?=[-),])|(?<=[,-])y(?=\))",
        years.year,
    ),  # 2020 году, (в) 2014
    (r"(?<=v)tG", years.year),  # (в) 988 году
    (r"y(?:-[yo])?", years.beside_event),  # (чемпионате мира) 2003, (сезоне) 2017—2018
    (r"y-y(?:-?e)?G|y(?:,y){0,9}iy(?:-?e)?G|(?<=[vslk(])y-y", years.years),  # 2019–2021 годах
    (r"y/[yod]G?", years.season_years),  # 2020/21
    (rf"{PART}[dyo]-?eG?(?:{CENTURY}|LC)?", years.decade),  # конце 1980-х
    (rf"{PART}OG(?:{CENTURY}|LC)?|(?<=[vslk])O|BO", years.decade),  # девяностые годы, начале нулевых
    (r"[dyo]-?e?-[dyo]-?eG?", years.decades),  # 1960–1970-х годов
    (rf"{PART}(?:{CENTURY}|LC|Rv(?=\.))|BC", years.century),  # конце XIX века, середине века
    (r"R[-i]RC|B?R-B?RC", years.centuries),  # XVI–XVII веках, конце XVIII — начале XIX века
    (
        r"LW|(?<=[vslkpfrq])W|(?<=W[i,])W|(?<=[DU])W|(?<=:[do])W|W(?=[,(]?dM)",
        relative.weekday,
    ),  # (во) вторник
    (r"TjW|W\(d[.]d\)", relative.weekday),  # тот же понедельник, понедельник (22.01)
    (r"Q|JU?", relative.relative),  # накануне, сегодняшний день, вчерашней (встрече)
    (r"B?LU|B?LjU|TjU|TU|B?LA|BU|(?<=[vlfs])A", relative.period),  # прошлой неделе, тот же день
    (rf"{COUNT}[UG]T?z|[xX]a?{COUNT}[UG]|{COUNT}[UG][Xrq]", relative.shift),  # два года назад
    (r"[UG][Ndo]z", relative.shift),  # лет десять назад
    (rf"[EL]{COUNT}[UG]|(?:N{{1,2}}|[dot])[EL][UG]", relative.stretch),  # последние три года
    (r"B?Lh", relative.season),  # текущем сезоне
    (r"LD", relative.part_of_day),  # прошлой ночью
    (rf"(?<=b){COUNT}[UG](?:l[LT]|(?=l))", relative.shift),  # (за) день до этого
)
_COMPILED = tuple((re.compile(pattern), reader) for pattern, reader in _PATTERNS)
# Where any of them may begin: one search in place of a trial of each at every word, and that only at the letters
# with which one of them begins.
_BEGINNING = "(?=[#dotNOEFVYZBMSLRTyWQJAUGxX]|sP)"
_ANY = re.compile(_BEGINNING + "(?:" + "|".join(f"(?:{pattern})" for pattern, _ in _PATTERNS) + ")")
_QUOTES = frozenset("«»\"“”„'")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens ``first`` to ``last`` (inclusive) that state a date: its atoms ``begin`` to ``end`` (exclusive).

    ``stop`` is the clean offset behind the last atom.
    """

    begin: int
    end: int
    first: int
    last: int
    stop: int
    term: Term


def phrases(sentence: Sentence) -> tuple[Phrase, ...]:
    """The date phrases of a sentence in order; none overlaps another."""
    if not may_hold(sentence):
        return ()
    pieces = atoms(sentence)
    letters = "".join(a.letter for a in pieces)
    return tuple(_joined(tuple(_simple(sentence, pieces, letters)), pieces, letters))


def _simple(sentence: Sentence, pieces: Sequence[Atom], letters: str) -> Iterator[Phrase]:
    at = 0
    while match := _ANY.search(letters, at):
        phrase = _longest(sentence, pieces, letters, match.start())
        if phrase:
            yield phrase
        at = phrase.end if phrase else match.start() + 1


def _longest(sentence: Sentence, pieces: Sequence[Atom], letters: str, at: int) -> Phrase | None:
    matches = [(m.end(), reader) for pattern, reader in _COMPILED if (m := pattern.match(letters, at))]
    for end, reader in sorted(matches, key=lambda m: -m[0]):
        numbered = at > 0 and pieces[at - 1].text == "№"
        if numbered or not _aligned(pieces, at, end) or _named(sentence, pieces, at, end):
            continue
        term = reader(Match(sentence, tuple(pieces), at, end))
        if term:
            return Phrase(at, end, pieces[at].token, pieces[end - 1].token, pieces[end - 1].end, term)
    return None


def _aligned(pieces: Sequence[Atom], begin: int, end: int) -> bool:
    """A date has whole tokens («Евро-2020» is none), but for a comma: «1994,» in a list may be one token."""
    starts = begin == 0 or pieces[begin - 1].token != pieces[begin].token
    rest = (p.letter for p in pieces[end : end + 4] if p.token == pieces[end - 1].token)
    return starts and all(letter in ",." for letter in rest)


def _named(sentence: Sentence, pieces: Sequence[Atom], begin: int, end: int) -> bool:
    """A name that holds a date: «улица 8 Марта», «стадион «9 Мая»», «площадь 1905 года», «газета «Завтра»».

    ``begin`` and ``end`` are atoms.
    """
    tokens = sentence.tokens
    first, last = pieces[begin].token, pieces[end - 1].token
    quoted = first > 0 and tokens[first - 1].text in _QUOTES
    if quoted and last + 1 < len(tokens) and tokens[last + 1].text in _QUOTES:
        return True
    before = first - 1 - quoted
    while before >= 0 and tokens[before].text in {".", "-"}:
        before -= 1
    if before < 0:
        return False
    words = {tokens[before].lemma, fold(tokens[before].text)}
    if words & listed("streets") and pieces[begin].letter == "y":
        return True
    capital = any(p.letter == "M" and p.text[0].isupper() for p in pieces[begin:end])
    return (quoted or capital) and bool(words & (listed("streets") | listed("named_after_dates")))


def _joined(found: Sequence[Phrase], pieces: Sequence[Atom], letters: str) -> Iterator[Phrase]:
    current: Phrase | None = None
    for phrase in found:
        if current is None:
            current = phrase
            continue
        gap = letters[current.end : phrase.begin]
        term = _join(current, phrase, gap, letters, pieces)
        if term:
            current = replace(phrase, begin=current.begin, first=current.first, term=term)
            continue
        yield _with_year_of(current, phrase, gap)
        current = phrase
    if current:
        yield current


def _join(a: Phrase, b: Phrase, gap: str, letters: str, pieces: Sequence[Atom]) -> Term | None:
    """The one date that two phrases state with ``gap`` (letters) between them, None when they state two."""
    if not isinstance(b.term, Calendar):
        stated_twice = isinstance(b.term, Weekday) and isinstance(a.term, Calendar) and a.term.day
        return _same_day(b.term, a.term, gap) if stated_twice and gap in {",", ",v"} else None
    if isinstance(a.term, Calendar):
        gap = gap.removeprefix(".") if letters[a.end - 1] == "G" else gap  # «с июня 2004 г. по май 2008 г.»
        if gap in {"p", "l"} and a.begin and letters[a.begin - 1] == "s":
            return Span((a.term, b.term)) if _alike(a.term, b.term, ranged=True) else None
        return _listed(a.term, b.term, gap, is_plural(pieces[b.end - 1]))
    if isinstance(a.term, Shift) and letters[a.begin] != "Q":
        return replace(b.term, year=Year(step=a.term.count)) if _is_year_ago(a.term, b.term, gap) else None
    return _same_day(a.term, b.term, gap) if b.term.day and gap in {"", ",", "(", "-"} else None


def _same_day(other: Term, date: Term, gap: str) -> Term | None:
    """«вторник, 9 января», «9 января, во вторник», «вчера, 9 января»: the date says more than the other word."""
    if isinstance(other, Weekday) and isinstance(date, Calendar):
        return replace(date, weekday=other.number)
    return date if isinstance(other, Shift) and gap in {"", ","} else None


def _listed(a: Calendar, b: Calendar, gap: str, plural: bool) -> Term | None:
    """«3 мая – 5 июня» an interval, «январе и марте 2021 года», «2018 и 2021 годах» a set."""
    if not _alike(a, b):
        return None
    if gap == "-":
        return Span((a, b))
    open_year = a.day is None and (a.month is None or a.year is None) and b.year is not None
    return Span((a, b), interval=False) if gap == "i" and open_year and (plural or a.month) else None


def _is_year_ago(shift: Shift, date: Calendar, gap: str) -> bool:
    """«год назад, 12 января»."""
    years = shift.unit == "year" and shift.anchor == "published" and not shift.approximate
    return years and gap in {"", ","} and date.month is not None and date.year is None


def _alike(a: Calendar, b: Calendar, ranged: bool = False) -> bool:
    """Whether the two can be the ends of an interval.

    That takes one precision, but not between «с» and «по» when both name the year («с мая 2003 года по 5 июня 2004
    года»).
    """
    if a.part or b.part or (a.year and not a.year.digits):
        return False
    if ranged and a.year and b.year and b.year.digits:
        return True
    return (a.day is None) == (b.day is None) and (a.month is None) == (b.month is None)


def _with_year_of(a: Phrase, b: Phrase, gap: str) -> Phrase:
    """«27 июля и 29 июля 2019 года»: the year is said once."""
    if gap != "i" or not isinstance(a.term, Calendar) or not isinstance(b.term, Calendar):
        return a
    if a.term.year is None and a.term.day and b.term.day and b.term.year:
        return replace(a, term=replace(a.term, year=b.term.year))
    return a
