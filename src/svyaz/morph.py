"""Russian morphology by dictionary: lemmas, cases, inflection.

Cases and genders have the names of Universal Dependencies here as everywhere (``Nom``, ``Gen``, ``Dat``,
``Acc``, ``Ins``, ``Loc``; ``Masc``, ``Fem``, ``Neut``); the dictionary's own tags (OpenCorpora) stay inside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from sys import intern

from svyaz import dictionary

# So many words are remembered with what was found out about each: more than an article has, a few MB a table.
KEPT_WORDS = 1 << 14

CASES = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
NUMBERS = {"Sing": "sing", "Plur": "plur"}
GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}

_UD_CASE = {v: k for k, v in CASES.items()} | {"gen2": "Gen", "loc2": "Loc", "acc2": "Acc", "gen1": "Gen"}
_UD_NUMBER = {v: k for k, v in NUMBERS.items()}
_UD_GENDER = {v: k for k, v in GENDERS.items()}
_POS = {
    "NOUN": {"NOUN"},
    "PROPN": {"NOUN"},
    "ADJ": {"ADJF", "ADJS", "COMP", "PRTF"},
    "VERB": {"VERB", "INFN", "PRTF", "PRTS", "GRND"},
    "AUX": {"VERB", "INFN"},
    "NUM": {"NUMR"},
    "ADV": {"ADVB", "COMP", "PRED"},
    "PRON": {"NPRO"},
    "DET": {"ADJF", "NPRO"},
    "ADP": {"PREP"},
    "CCONJ": {"CONJ", "PRCL"},
    "SCONJ": {"CONJ"},
    "PART": {"PRCL"},
}


# Never changed once made; not frozen, since that would make each of millions three times as dear.
@dataclass(slots=True)
class Parse:
    """One reading of a word form. ``marks`` are dictionary marks: Name, Surn, Patr, Geox, Orgn, Fixd …; they stand
    among the ``grammemes``, all that OpenCorpora's tag says. ``form`` is the word as the dictionary writes it, which
    knows its other forms by its ``place``."""

    lemma: str
    pos: str
    case: str | None
    number: str | None
    gender: str | None
    animate: bool
    marks: frozenset[str]
    grammemes: frozenset[str]
    known: bool
    score: float
    form: str
    place: dictionary.Place | dictionary.Guess = field(repr=False, compare=False)

    def inflected(self, grammemes: frozenset[str]) -> str | None:
        """The word's form with OpenCorpora's ``grammemes``; None when it has none."""
        return self.place.inflected(self.form, grammemes)


def fold(word: str) -> str:
    """Lower case with ё written as е: the form in which words are compared («Пётр» → «петр»)."""
    return word.lower().replace("ё", "е")


def _key(word: str) -> str:
    """«Москва» as «москва», so that it is read once; pymorphy3 minds capitals in initials and roman numbers."""
    return word.lower() if len(word) > 2 and word.istitle() else word


def parses(word: str) -> tuple[Parse, ...]:
    """All readings of ``word``, the likeliest first; empty for what no dictionary can read."""
    return _readings(_key(word))


@lru_cache(maxsize=KEPT_WORDS)
def _readings(word: str) -> tuple[Parse, ...]:
    # A lemma is one string for all its forms: half of what a word would take, and hashed once.
    return tuple(
        [
            Parse(intern(fold(lemma)), *_tag(tag), known, score, word if form == word else form, place)
            for lemma, tag, known, score, form, place in dictionary.readings(word)
        ]
    )


def forms(word: str) -> frozenset[str]:
    """All forms that ``word``, a lemma, has as a noun or a numeral, in lower case: «май» → «мая», «маю», …"""
    return dictionary.lexeme(word, frozenset({"NOUN", "NUMR"}))


@cache
def _tag(
    text: str,
) -> tuple[str, str | None, str | None, str | None, bool, frozenset[str], frozenset[str]]:
    """What a tag («NOUN,anim,masc,Surn sing,gent») says of a reading, in the order of Parse's fields; there are
    some thousand tags and millions of readings."""
    tag = dictionary.tag(text)
    grammemes = frozenset(map(str, tag.grammemes))
    return (
        str(tag.POS or "X"),
        _UD_CASE.get(str(tag.case)),
        _UD_NUMBER.get(str(tag.number)),
        _UD_GENDER.get(str(tag.gender)),
        "anim" in grammemes,
        frozenset(g for g in grammemes if g[:1].isupper() and len(g) == 4),
        grammemes,
    )


def unbent(word: str) -> bool:
    """Whether all cases of a noun look alike: «Баку», «Тбилиси»."""
    return any(p.known and "Fixd" in p.marks for p in parses(word))


# What a tagger's tag must say of a reading: part of speech, case, number, gender, animacy.
_Wanted = tuple[str, str | None, str | None, str | None, str | None]


def _wanted(pos: str, feats: Mapping[str, str]) -> _Wanted:
    return pos, feats.get("Case"), feats.get("Number"), feats.get("Gender"), feats.get("Animacy")


def _fit(p: Parse, wanted: _Wanted) -> float:
    """How well a reading agrees with the tagger's part of speech and features."""
    pos, case, number, gender, animacy = wanted
    fit = 3.0 if p.pos in _POS.get(pos, ()) else 0.0
    if p.case is not None and p.case == case:
        fit += 1.5
    if p.number is not None and p.number == number:
        fit += 1.0
    if p.gender is not None and p.gender == gender:
        fit += 0.5
    if p.animate == (animacy == "Anim"):
        fit += 0.5
    return fit + p.score


def best(word: str, pos: str, feats: Mapping[str, str]) -> Parse | None:
    """The reading of ``word`` that agrees best with the tagger; None when there is no reading."""
    return _best(word, _wanted(pos, feats))


def _best(word: str, wanted: _Wanted) -> Parse | None:
    readings = parses(word)
    if len(readings) < 2:
        return readings[0] if readings else None
    return max(readings, key=lambda p: _fit(p, wanted))  # the first of equals


def can_be(word: str, case: str) -> bool:
    """Whether a reading of a word of the dictionary stands in the UD case: «поставки» can be Gen."""
    return any(p.case == case and p.known for p in parses(word))


def recase(form: str, model: str) -> str:
    """Give ``form`` the capitals of ``model``: («служба», «Службой») → «Служба»; МИД stays in capitals."""
    if len(model) > 1 and model.isupper():
        return form.upper()
    parts, models = form.split("-"), model.split("-")
    if len(parts) != len(models):
        return form[:1].upper() + form[1:] if model[:1].isupper() else form
    return "-".join(_capitals(p, m) for p, m in zip(parts, models, strict=True))


def _capitals(form: str, model: str) -> str:
    """Capitals inside a name stay as well: («ростоклаб», «РостокЛабу») → «РостокЛаб»."""
    if fold(model[1:]) != model[1:].replace("ё", "е"):
        same = next(
            (i for i, (a, b) in enumerate(zip(form, fold(model), strict=False)) if fold(a) != b), len(model)
        )
        form = model[:same] + form[same:] if same <= len(form) else model[: len(form)]
    return form[:1].upper() + form[1:] if model[:1].isupper() else form


def restore_yo(form: str, model: str) -> str:
    """Write ё as the text writes it: never put one where ``model`` has е, never drop one that it has."""
    if len(form) > len(model) + 3:
        return form
    chars = list(form)
    for i, (a, b) in enumerate(zip(form.lower(), model.lower(), strict=False)):
        if a != b and {a, b} != {"е", "ё"}:
            break
        if a != b:
            chars[i] = model[i].upper() if form[i].isupper() else model[i].lower()
    return "".join(chars)


def inflect(
    word: str,
    *,
    case: str = "Nom",
    number: str | None = None,
    gender: str | None = None,
    pos: str = "NOUN",
    feats: Mapping[str, str] | None = None,
) -> str | None:
    """Inflect ``word`` (read as ``pos`` with ``feats``), keeping its capitals and its ё.

    Cases, numbers and genders are UD names. Returns None when the dictionary cannot form it.
    """
    return _inflected(word, _wanted(pos, feats or {}), _grammemes(case, number, gender))


@cache
def _grammemes(case: str, number: str | None, gender: str | None) -> frozenset[str]:
    """OpenCorpora's grammemes for UD names; a plural has no gender."""
    wanted = {CASES[case]}
    if number:
        wanted.add(NUMBERS[number])
    if gender and number != "Plur":
        wanted.add(GENDERS[gender])
    return frozenset(wanted)


@lru_cache(maxsize=KEPT_WORDS)
def _inflected(word: str, read_as: _Wanted, grammemes: frozenset[str]) -> str | None:
    reading = _best(word, read_as)
    form = reading.inflected(grammemes) if reading else None
    return restore_yo(recase(form, word), word) if form else None


def _known(word: str) -> bool:
    return any(p.known for p in parses(word))


def as_adjective(word: str, pos: str, feats: Mapping[str, str]) -> str:
    """The masculine nominative, folded, of a word that stands as an adjective: «назначенному» → «назначенный».

    Participles have the verb for their lemma; word lists have them as adjectives. Other words give "".
    """
    if pos not in {"VERB", "ADJ"}:
        return ""
    return fold(inflect(word, pos=pos, feats=feats, number="Sing", gender="Masc") or "")


_FINAL_CONSONANT = "бвгджзйклмнпрстфхцчшщьъ"


def _alike(form: str, word: str, known: bool) -> bool:
    """A guess keeps the first two letters; a word of the dictionary may lose its vowel («Льва», «Павла»)."""
    size = 1 if known else 2
    return fold(form)[:size] == fold(word)[:size]


# The singular of surnames in -ов and -ин, by gender and case.
_FAMILY_ENDINGS = {
    "m": {"Gen": "а", "Acc": "а", "Dat": "у", "Ins": "ым", "Loc": "е"},
    "f": {"Gen": "ой", "Dat": "ой", "Ins": "ой", "Loc": "ой", "Acc": "у"},
}
_FAMILY = re.compile(r"\w{2,}(?:[оеё]в|[иы]н)")


def _family_nominative(word: str, case: str, gender: str | None) -> str | None:
    """The nominative of a surname that the dictionary knows as no surname: «Кедровым», to it a form of «кедровый»."""
    ending = _FAMILY_ENDINGS.get(gender or "", {}).get(case)
    if ending is None or not word.endswith(ending) or any("Surn" in p.marks for p in parses(word)):
        return None
    stem = word.removesuffix(ending)
    return stem + ("а" if gender == "f" else "") if _FAMILY.fullmatch(stem) else None


def name_nominative(word: str, case: str, gender: str | None, mark: str) -> str | None:
    """The nominative singular of a word of a person's name.

    ``case`` is the UD case that it stands in, ``gender`` is m, f or None, ``mark`` the dictionary mark to
    prefer (Name, Patr, Surn). Returns None for words that do not turn («Ангелой [Меркель]»).
    """
    if "-" in word and not any(p.known for p in parses(word)):
        *front, last = word.split(
            "-"
        )  # «Касым-Жомартом»: a first half that no dictionary knows does not turn
        front = [(name_nominative(h, case, gender, mark) or h) if _known(h) else h for h in front]
        return "-".join([*front, name_nominative(last, case, gender, mark) or last])
    if mark == "Surn" and (family := _family_nominative(word, case, gender)):
        return family
    wanted = {"m": "Masc", "f": "Fem"}.get(gender or "")
    best_form: tuple[float, str] | None = None
    for p in parses(word):
        if (
            p.pos not in {"NOUN", "ADJF"}
            or p.number == "Plur"
            or (p.gender and wanted and p.gender != wanted)
        ):
            continue
        if p.case != case and not (p.gender == "Masc" and {p.case, case} == {"Gen", "Acc"}):
            continue  # animate masculines have one form for both; unknown names are read as inanimate
        form = p.inflected(_grammemes("Nom", "Sing", wanted if p.pos == "ADJF" else None))
        if form is None or not _alike(form, word, p.known):
            continue
        if wanted == "Fem" and mark == "Surn" and form[-1] in _FINAL_CONSONANT:
            continue
        score = (
            p.score + 2 * (mark in p.marks) + (p.gender == wanted) + 0.5 * p.animate + 0.2 * (p.case == case)
        )
        score -= 1.5 * (mark == "Name" and "Fixd" in p.marks)  # «Анне» is Анна before it is Анне
        if best_form is None or score > best_form[0]:
            best_form = (score, form)
    return restore_yo(recase(best_form[1], word), word) if best_form else None
