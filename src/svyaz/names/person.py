"""Names of people: their parts, their gender, and the nominative.

«Семёном Григорьевым» → first Семён, last Григорьев; «Ангелой Меркель» keeps the surname that no woman's
name turns; «В. В. Путина» keeps its initials.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from svyaz import morph
from svyaz.lexicon import listed
from svyaz.model import PersonName
from svyaz.parse import Token

Part = Literal["last", "first", "middle", "nickname", "initial"]

_INITIAL = re.compile(r"^[А-ЯЁA-Z](?:[а-яё])?\.?$")
# One to three syllables as Russian writes Chinese, Korean and Vietnamese, with or without a case ending.
_SYLLABLES = re.compile(
    r"^(?:(?:цз|чж|дж|кх|чх|тх|нг|[бпмфвдтнлгкхцсчшжр])?[аоэиуюяыёе]{1,3}(?:йн|нь|нг|ль|[нйкмп])?){1,3}"
    r"(?:ом|ем|[уюяае])?$"
)
_EASTERN_ENDING = re.compile("(?<=[бвгдзйклмнпрст])(?:ом|ем|[уае])$")  # «Ким Чен Ына»
_LOWER = re.compile("[а-яё]")
_PATRONYMIC = re.compile(r"(?:ович|евич|ич|овна|евна|ична|инична)$", re.IGNORECASE)


class _Word(NamedTuple):
    """What is looked at of a word or sign in a name."""

    text: str
    case: str | None
    gender: str | None
    is_sign: bool
    spaced: bool  # a space stands before it


# So many names are remembered with their parts: most are there again and again, in an article and in the news.
_KEPT_NAMES = 1 << 12


def read(tokens: Sequence[Token]) -> tuple[str, PersonName] | None:
    """The nominative and the parts of a person's name; None when no word of a name is left.

    ``tokens`` are the words of one mention, in the order of the text («Путин Владимир» is told apart by the
    dictionary's marks).
    """
    return _read(tuple(_words(tokens)))


def _words(tokens: Sequence[Token]) -> Iterator[_Word]:
    end = tokens[0].start if tokens else 0
    for token in tokens:
        feats = token.feats
        yield _Word(
            token.text, feats.get("Case"), feats.get("Gender"), token.pos == "PUNCT", token.start > end
        )
        end = token.end


@lru_cache(maxsize=_KEPT_NAMES)
def _read(written: tuple[_Word, ...]) -> tuple[str, PersonName] | None:
    words = [w for w in written if not w.is_sign or _INITIAL.match(w.text)]
    eastern = _eastern([w.text for w in words])
    parts = _parts(words, eastern=eastern)
    if not parts:
        return None
    gender = _gender(words, parts)
    cases = [w.case for w in words if w.case and not _INITIAL.match(w.text)]
    forms = [
        _nominative(w, _case(w, cases), part, gender, eastern) for w, part in zip(words, parts, strict=True)
    ]
    return _joined(written, forms), _name(parts, forms, gender)


def _name(parts: Sequence[Part], forms: Sequence[str], gender: Literal["m", "f"] | None) -> PersonName:
    """The name that the words' ``forms`` make; initials stand for the first name and the patronymic."""
    fields: dict[str, str] = {}
    for form, part in zip(forms, parts, strict=True):
        key = {"initial": "first" if "first" not in fields else "middle"}.get(part, part)
        fields[key] = (
            f"{fields[key]} {form}" if key in fields and part != "initial" else fields.get(key, form)
        )
    return PersonName(
        last=fields.get("last"),
        first=fields.get("first"),
        middle=fields.get("middle"),
        nickname=fields.get("nickname"),
        gender=gender,
    )


def _joined(written: Sequence[_Word], forms: Sequence[str]) -> str:
    """The name with its signs as they stand, and its words in the ``forms`` given."""
    out, turned = "", iter(forms)
    for word in written:
        kept = word.is_sign and not _INITIAL.match(word.text)
        out += (" " if word.spaced else "") + (word.text if kept else next(turned))
    return out


def _marks(word: _Word, mark: str) -> float:
    """The best score of a reading with the dictionary mark Name, Surn or Patr; 0 without one."""
    return _scores(word.text).get(mark, 0.0)


# First names are met again and again beside new surnames.
@lru_cache(maxsize=morph.KEPT_WORDS)
def _scores(word: str) -> Mapping[str, float]:
    """The best score of a word's readings for each of their dictionary marks."""
    best: dict[str, float] = {}
    for reading in morph.parses(word):
        for mark in reading.marks:
            best[mark] = max(best.get(mark, 0.0), reading.score)
    return best


def _parts(words: Sequence[_Word], *, eastern: bool) -> list[Part]:
    if not words:
        return []
    if eastern:
        return ["last" if w is words[0] else "first" for w in words]
    initials = [bool(_INITIAL.match(w.text)) and len(w.text.rstrip(".")) <= 2 for w in words]
    full = [i for i, initial in enumerate(initials) if not initial]
    if not full:
        return []
    parts: list[Part] = ["initial" if initial else "last" for initial in initials]
    if len(full) == 1 or any(initials):
        if len(full) == 1 and not any(initials):
            parts[full[0]] = _alone(words[full[0]])
        return parts
    return _several(words, parts, full)


def _alone(word: _Word) -> Part:
    """One word: a first name only when the dictionary knows it as one and as nothing else."""
    if _marks(word, "Patr") and not _marks(word, "Surn"):
        return "middle"
    known = any("Name" in p.marks and p.known for p in morph.parses(word.text))
    return "first" if known and _marks(word, "Surn") == 0 else "last"


def _several(words: Sequence[_Word], parts: list[Part], full: list[int]) -> list[Part]:
    two = len(full) == 2  # «Олег Мазуркевич»: the second of two is a patronymic only if it is known as one
    middle = next((i for i in full[1:] if _is_patronymic(words[i], known=two)), None)
    if middle is not None and middle - 1 in full:
        parts[middle] = "middle"
        parts[middle - 1] = "first"
        return parts
    first, last = full[0], full[-1]
    if len(full) == 2 and morph.fold(words[first].text) in listed("persons", "leading_particles"):
        return parts  # «Ван Гог», «Де Ниро»: a surname of two words
    if len(full) == 2 and _surname_first(words[first], words[last]):
        parts[last] = "first"
        return parts
    parts[first] = "first"
    for i in full[1:-1]:  # «Джордж Уокер Буш»; particles stay with the surname: «Урсула фон дер Ляйен»
        parts[i] = (
            "last"
            if any(morph.fold(words[k].text) in listed("persons", "particles") for k in full[1 : i + 1])
            else "middle"
        )
    return parts


def _is_patronymic(word: _Word, *, known: bool) -> bool:
    return any("Patr" in p.marks and (p.known or not known) for p in morph.parses(word.text)) or bool(
        _PATRONYMIC.search(word.text)
        and word.text[:1].isupper()
        and _marks(word, "Surn") == 0
        and len(word.text) > 6
        and not word.text.endswith("ич")
    )


def _eastern(words: Sequence[str]) -> bool:
    """«Си Цзиньпин», «Мун Чжэ Ин»: a Chinese, Korean or Vietnamese surname, then a name of its syllables."""
    if len(words) < 2 or (len(words) > 2 and max(map(len, words[1:])) < 2):  # «Ким А. И.» has initials
        return False
    known = morph.fold(words[0]) in listed("persons", "eastern_surnames")
    return known and all(w[:1].isupper() and _SYLLABLES.match(morph.fold(w)) for w in words[1:])


def _surname_first(first: _Word, last: _Word) -> bool:
    """«Путин Владимир»: the first word is a surname and no name, the second a name and no surname."""
    return (
        _marks(last, "Name") > 0.1
        and _marks(first, "Name") == 0
        and _marks(first, "Surn") > 0
        and _marks(last, "Surn") < _marks(last, "Name")
    )


def _gender(words: Sequence[_Word], parts: Sequence[Part]) -> Literal["m", "f"] | None:
    """From the patronymic, else the first name, else what the tagger says of most words."""
    for part, mark in (("middle", "Patr"), ("first", "Name")):
        for word, own in zip(words, parts, strict=True):
            if own == part:
                found = _dictionary_gender(word, mark)
                if found:
                    return found
    votes = [w.gender for w, p in zip(words, parts, strict=True) if p != "initial"]
    masculine, feminine = votes.count("Masc"), votes.count("Fem")
    if masculine == feminine:
        return None
    return "m" if masculine > feminine else "f"


def _dictionary_gender(word: _Word, mark: str) -> Literal["m", "f"] | None:
    readings = [p for p in morph.parses(word.text) if mark in p.marks and p.number == "Sing"]
    agreeing = [p for p in readings if p.case == word.case] or readings
    genders = {p.gender for p in agreeing}
    if len(genders) == 1:
        return {"Masc": "m", "Fem": "f"}.get(genders.pop() or "")  # type: ignore[return-value]
    tagged = {"Masc": "m", "Fem": "f"}.get(word.gender or "")
    return tagged if agreeing and tagged else None  # type: ignore[return-value]


def _nominative(word: _Word, case: str | None, part: Part, gender: str | None, eastern: bool) -> str:
    if part == "initial" or case is None or case == "Nom" or not _LOWER.search(word.text):
        return word.text
    if morph.fold(word.text) in listed("persons", "particles"):
        return word.text
    mark = {"first": "Name", "middle": "Patr", "last": "Surn"}.get(part, "Surn")
    form = morph.name_nominative(word.text, case, gender, mark)
    if form is None and part == "first" and eastern:
        return _EASTERN_ENDING.sub("", word.text)
    return form or word.text


def _case(word: _Word, cases: Sequence[str]) -> str | None:
    """The case that most words of the name have: one slip of the tagger does not tear a name apart."""
    if len(cases) < 2:
        return cases[0] if cases else None
    return max(dict.fromkeys(cases), key=lambda c: (cases.count(c), c != "Nom", c == word.case))
