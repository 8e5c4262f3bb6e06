"""Readers of years, decades and centuries: each takes a match of date_grammar and gives its term.

None says that the words are no date after all: «5 веков», «V век до нашей эры».
"""

from __future__ import annotations

from itertools import pairwise

from svyaz.mentions.date_match import PLURAL_ENDINGS, Match, is_plural, part_of, ranged, without_part, year_of
from svyaz.mentions.date_terms import Calendar, Period, Span, Term, Year
from svyaz.mentions.date_words import counts, listed
from svyaz.morph import fold

_THIS_CENTURY = 21  # for «60-х годов прошлого века»


def year(match: Match) -> Term | None:
    """«2020 году», «прошлом году», «том же году», «(в) 2014», «первой половине 2019 года»."""
    rest = without_part(match)
    if rest is None:
        return None
    if match.letters == "tG":  # «103 года» is an amount
        return Calendar(Year(f"{match.value('t'):04d}")) if fold(match.atoms[1].text) == "году" else None
    number = match.value("y")
    if rest.letters == "y" and not 1000 <= number <= 2100:
        return None
    if number and number > 2200 and fold(match.atoms[-1].text) == "г":
        return None  # «весит 3800 г»
    if number is not None and number % 10 == 0 and match.value("e") in PLURAL_ENDINGS:
        return None
    stated = year_of(match)
    return Calendar(stated, part=part_of(match)) if stated else None


def years(match: Match) -> Term | None:
    """«2019–2021 годах», «1955–2010» after a bracket; «2018 и 2021 годах» a set."""
    numbers = [a.value for a in match.atoms if a.letter == "y"]
    if not all(a < b <= a + 500 for a, b in pairwise(numbers)) or numbers[-1] > 2200:
        return None
    if match.value("e") in PLURAL_ENDINGS and numbers[-1] % 10 == 0:
        return None
    parts = tuple(Calendar(Year(f"{n:04d}")) for n in numbers)
    return Span(parts, interval=ranged(match) and len(parts) == 2)


def season_years(match: Match) -> Term | None:
    """«2020/21», «2020/2021»: two years that follow each other."""
    first, second = match.atoms[0].value, match.atoms[2]
    if second.value != (first + 1 if second.letter == "y" else (first + 1) % 100):
        return None
    return Span((Calendar(Year(f"{first:04d}")), Calendar(Year(f"{first + 1:04d}"))))


def beside_event(match: Match) -> Term | None:
    """«чемпионате мира 2003», «сезоне 2017—2018», «(р. 1993)»: a bare year behind what is named by its year."""
    first, *rest = (a.value for a in match.atoms if a.letter in "yo")
    if not 1800 <= first <= 2100 or not _beside_event(match):
        return None
    if not rest:
        return Calendar(Year(f"{first:04d}"))
    if rest[0] not in {first + 1, (first + 1) % 100}:
        return None
    return Span((Calendar(Year(f"{first:04d}")), Calendar(Year(f"{first + 1:04d}"))))


def _beside_event(match: Match) -> bool:
    """Up to three words that belong to the event may stand between («премию мира», «Кубке конфедераций»)."""
    tokens = match.sentence.tokens[: match.atoms[0].token]
    words = [t for t in tokens[-2:] if t.text != "."]
    if words and fold(words[-1].text).rstrip(".") in {"р", "род"}:
        return True
    for token in reversed(tokens[-4:]):
        if token.lemma in listed("events"):
            return True
        if token.pos not in {"NOUN", "ADJ", "PROPN"}:
            return False
    return False


def new_year(match: Match) -> Term | None:
    """«до Нового года» 1 January, «в новом году» the year that begins."""
    before = match.before
    if before is None or is_plural(match.atoms[-1]):
        return None
    if before.letter == "v":
        return Calendar(Year(new=True))
    turn = before.letter in "lkf" or fold(before.text) in {"под", "после", "перед"}
    return Calendar(month=1, day=1) if turn else None


def decade(match: Match) -> Term | None:
    """«90-х годах», «1990-е», «девяностые», «60-х годах XIX века», «второй половине 1950-х»."""
    rest = without_part(match)
    if rest is None or not (_word_decade(rest) if rest.letters[0] == "O" else _number_decade(rest, match)):
        return None
    century = next((a.value for a in rest.atoms[1:] if a.letter in "ROd"), None)
    if rest.letters.endswith("LC"):
        century = _THIS_CENTURY + rest.value("L")
    digits = _decade_digits(rest.atoms[0].value, century)
    return Calendar(Year(digits), part=part_of(match)) if digits else None


def _word_decade(rest: Match) -> bool:
    """«девяностые годы», «(в) нулевых»; not «второй год», «(в) девяностых домах»."""
    number, years = rest.atoms[0], rest.first("G")
    if 0 < number.value < 20:
        return False
    if years:
        return is_plural(years)
    return rest.token(number).feats.get("Number") == "Plur" and not counts(rest.sentence, number.token)


def _number_decade(rest: Match, match: Match) -> bool:
    """«1990-е», «90-х годах», «(в) 90-х»; not «90-й год», «(в) 10-х классах»."""
    number, years = rest.atoms[0], rest.first("G")
    if rest.value("e") not in PLURAL_ENDINGS or (years and not is_plural(years)):
        return False
    if years or number.letter == "y":
        return True
    licensed = part_of(match) or (match.before and match.before.letter in "vslkpf")
    return bool(licensed) and number.value >= 20 and not counts(match.sentence, match.atoms[-1].token)


def _decade_digits(number: int, century: int | None) -> str | None:
    """90 → 199X; with a century («60-х годах XIX века») 186X. «20-е годы» may be 192X or 202X: XX2X."""
    tens = number // 10
    if number % 10:
        return None
    if number >= 100:
        return f"{tens:03d}X"
    if century:
        return f"{century - 1:02d}{tens}X"
    if tens == 2:
        return "XX2X"
    return f"20{tens}X" if tens < 2 else f"19{tens}X"


def decades(match: Match) -> Term | None:
    """«1960–1970-х годов», «60–70-х годах»."""
    ending = match.atoms[-2 if match.letters.endswith("G") else -1].value
    numbers = [a.value for a in match.atoms if a.letter in "dyo"]
    digits = [d for d in (_decade_digits(n, None) for n in numbers) if d]
    bare = match.letters[0] != "y" and not match.letters.endswith("G")
    if bare or ending not in PLURAL_ENDINGS or len(digits) < 2 or numbers[0] >= numbers[-1]:
        return None
    return Span(tuple(Calendar(Year(d)) for d in digits))


def century(match: Match) -> Term | None:
    """«XIX веке», «двадцатом веке», «20-й век», «прошлого века»; none before Christ."""
    rest = without_part(match)
    if rest is None or _before_christ(match) or fold(match.atoms[-1].text) in {"веков", "столетий", "веками"}:
        return None
    if rest.first("L") or rest.letters == "C":
        return Period("century", rest.value("L"), part=part_of(match))
    number = rest.value("ROd")
    if not 1 <= number <= 30 or (rest.letters == "dC" and number < 10):
        return None
    return Calendar(Year(f"{number - 1:02d}XX"), part=part_of(match))


def centuries(match: Match) -> Term | None:
    """«XVI–XVII веках»."""
    first, last = (a.value for a in match.atoms if a.letter == "R")
    if first >= last or last > 30 or _before_christ(match):
        return None
    return Span((Calendar(Year(f"{first - 1:02d}XX")), Calendar(Year(f"{last - 1:02d}XX"))))


def _before_christ(match: Match) -> bool:
    following = [fold(p.text) for p in match.pieces[match.end : match.end + 3] if p.text != "."]
    return following[:1] == ["до"] and following[1:2] in (["н"], ["нашей"], ["рождества"])
