"""Readers of weekdays and relative dates: each takes a match of date_grammar and gives its term.

None says that the words are no date after all: «по вторникам», «в среду художников», «два-три года назад».
"""

from __future__ import annotations

from typing import Literal

from svyaz.mentions.date_match import PLURAL_YEARS, Match, explained, part_of
from svyaz.mentions.date_terms import Calendar, Period, Shift, Stretch, Term, Weekday
from svyaz.mentions.date_words import listed, stem
from svyaz.morph import fold

_PLURAL_COUNTED = PLURAL_YEARS | {"лет", "дней", "недель", "месяцев", "суток", "десятилетий"}
_WEDNESDAY = 3
# The smaller unit that half of one («полтора года») is counted in.
_SMALLER: dict[str, tuple[Literal["day", "week", "month", "year"], int]] = {
    "year": ("month", 12),
    "month": ("week", 4),
    "week": ("day", 7),
}


def weekday(match: Match) -> Term | None:
    """«вторник», «минувшую пятницу»; not «по вторникам», not «среду художников»."""
    day = next(a for a in match.atoms if a.letter == "W")
    token, after = match.token(day), match.after
    title = token.text[0].isupper() and not token.text.isupper() and token.index > 0
    if title or token.feats.get("Number") == "Plur":
        return None
    if day.value == _WEDNESDAY and match.letters == "W":
        if match.before and match.before.letter == "v" and fold(day.text) != "среду":
            return None
        if after and after.pos in {"NOUN", "ADJ"} and after.case == "Gen":
            return None
    if match.first("("):  # «в понедельник (22.01)»
        number, month = (a.value for a in match.atoms if a.letter == "d")
        return Calendar(month=month, day=number, weekday=day.value) if month <= 12 else None
    return Weekday(day.value, match.value("L"), last=match.letters.startswith("T"))


def relative(match: Match) -> Term | None:
    """«вчера», «накануне», «сегодняшний день», «вчерашний»; not «накануне выборов», «Россия сегодня»."""
    if match.letters.startswith("J"):
        whole_day = match.letters == "J" or match.value("U")[0] == "day"
        return Shift(match.value("J"), "day", "published") if whole_day else None
    before, after = match.before, match.after
    if after and before and after.text in {"»", "”", '"'} and before.text[0].isupper() and before.token > 0:
        return None
    governs = (
        after is not None and after.case == "Gen" and after.pos in {"NOUN", "ADJ", "PROPN", "DET", "NUM"}
    )
    if governs and fold(match.atoms[0].text) == "накануне":
        return None
    return Shift(match.value("Q"), "day", "published")


def period(match: Match) -> Term | None:
    """«прошлой неделе», «тот же день», «минувшие выходные», «конца месяца»."""
    part, step, word = part_of(match), match.value("L"), match.first("U")
    if word is None:
        return Period("weekend", step, part=part)
    unit, count, lemma = word.value
    if count != 1 or unit == "year" or match.token(word).feats.get("Number") == "Plur":
        return None
    same = "T" in match.letters or "j" in match.letters
    modifier = fold(match.atoms[0].text)
    if (same and explained(match)) or modifier in {"сей", "сего"} or (unit == "day" and part):
        return None
    # «Нынешний день» is the day of publication; «этот», «следующий день» count from the last date.
    points = lemma == "день" and step is not None and not modifier.startswith(("нынешн", "текущ"))
    return Period(unit, step or 0, last=same or points, part=part)


def shift(match: Match) -> Term | None:
    """«два года назад», «через три дня», «неделю спустя», «днём ранее», «(за) день до этого»."""
    word = match.first("UG")
    numbers = [a.value for a in match.atoms if a.letter in "Ndot"]
    if word is None or _cut(match) or (not numbers and fold(word.text) in _PLURAL_COUNTED):
        return None
    unit, size, lemma = word.value
    amount = (sum(numbers) if numbers else 1) + (0.5 if "P" in match.letters else 0)
    about = lemma in listed("round_units") or amount != int(amount) or _is_rough(match)
    if amount != int(amount) and unit in _SMALLER:
        unit, smaller = _SMALLER[unit]
        size *= smaller
    before_event = match.letters[-1] in "UG" and match.letters[0] not in "xX"  # «за день до взрыва»
    back = before_event or match.letters[-1] in "zrLT"
    count = int(amount * size)
    return Shift(-count if back else count, unit, _anchor(match, before_event), about)


def _anchor(match: Match, before_event: bool) -> Literal["published", "last", "either", "tense", "event"]:
    if before_event or _after_event(match):
        return "event"
    if match.letters[0] == "x":
        return "tense"
    if match.letters.endswith("z"):
        return "published"
    return "either" if match.letters.endswith("r") else "last"


def _after_event(match: Match) -> bool:
    """«через два дня после взрыва»; «после этого» points to the last date."""
    if match.after is None or fold(match.after.text) != "после":
        return False
    following = match.sentence.tokens[match.after.index + 1 :]
    return not following or fold(following[0].text) not in {"этого", "того"}


def _is_rough(match: Match) -> bool:
    """«около двух лет назад», «через примерно год», «пару лет назад», «лет десять назад»."""
    words = [fold(a.text) for a in match.atoms]
    if match.before is not None:
        words.append(fold(match.before.text))
    turned = match.letters[0] in "UG" and match.letters[1:2] in set("Ndo")
    return turned or bool(listed("approximate") & set(words)) or bool(listed("round_numbers") & set(words))


def stretch(match: Match) -> Term | None:
    """«последние три года», «минувшие сутки», «ближайшие десять дней»; not «последние годы», «последний год жизни»."""
    word, pointer, after = match.first("UG"), match.first("EL"), match.after
    numbers = [a.value for a in match.atoms if a.letter in "Ndot"]
    if word is None or pointer is None or pointer.value == 0:
        return None
    unit, size, lemma = word.value
    if pointer.letter == "L" and stem(pointer.text) not in listed("bounding"):
        return None
    if not numbers and (lemma not in listed("whole_units") and (pointer.letter == "L" or unit == "day")):
        return None
    several = fold(word.text) in _PLURAL_COUNTED | {"дни", "недели", "месяцы", "десятилетия"}
    if several and not numbers and lemma != "сутки":
        return None
    if after and ((after.pos == "NOUN" and after.case == "Gen") or after.pos == "DET"):
        return None
    amount = sum(numbers) if numbers else 1
    if amount != int(amount) and unit in _SMALLER:
        unit, smaller = _SMALLER[unit]
        size *= smaller
    return Stretch(int(pointer.value * amount * size), unit)


def season(match: Match) -> Term | None:
    """«текущем сезоне», «конца прошлого сезона» of sport or theatre; not «следующий сезон сериала»."""
    after = match.after
    if after and after.pos == "NOUN" and after.case == "Gen":
        return None
    return Period("season", match.value("L"), part=part_of(match))


def part_of_day(match: Match) -> Term | None:
    """«прошлой ночью» lies on two days, «этим утром» on this one; not «эта ночь»."""
    word, step = match.atoms[1], match.atoms[0].value
    token = match.token(word)
    if token.case != "Ins" or stem(match.atoms[0].text) in {"следующ", "предыдущ"}:
        return None
    if token.lemma == "ночь":
        return Stretch(1 if step > 0 else -1, "day")
    return Shift(step, "day", "published") if step == 0 or token.lemma == "вечер" else None


def _cut(match: Match) -> bool:
    """A part of a longer amount («два-три года назад») or a comparison («на год раньше»)."""
    before = "".join(p.letter for p in match.pieces[max(0, match.begin - 2) : match.begin])
    if before.endswith(("sP", "P_")):
        return True
    after = "".join(p.letter for p in match.pieces[match.end : match.end + 2])
    longer = before.endswith(("N", "d", "o", "N-", "d-", "o-")) or after in {"-N", "-U", "-G"}
    return longer or before.endswith("f")
