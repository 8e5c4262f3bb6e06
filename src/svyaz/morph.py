"""Russian morphology by dictionary: lemmas, cases, inflection. The only module that touches pymorphy3.

Cases and genders have the names of Universal Dependencies here as everywhere (``Nom``, ``Gen``, ``Dat``,
``Acc``, ``Ins``, ``Loc``; ``Masc``, ``Fem``, ``Neut``); pymorphy3's own tags (OpenCorpora) stay inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import pymorphy3

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


@dataclass(frozen=True, slots=True)
class Parse:
    """One reading of a word form. ``marks`` are dictionary marks: Name, Surn, Patr, Geox, Orgn, Fixd …; they stand
    among the ``grammemes``, all that OpenCorpora's tag says."""

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


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


def fold(word: str) -> str:
    """Lower case with ё written as е: the form in which words are compared («Пётр» → «петр»)."""
    return word.lower().replace("ё", "е")


def _key(word: str) -> str:
    """«Москва» as «москва», so that it is read once; pymorphy3 minds capitals in initials and roman numbers."""
    return word.lower() if len(word) > 2 and word.istitle() else word


def _raw_parses(word: str) -> tuple[pymorphy3.analyzer.Parse, ...]:
    return _raw_readings(_key(word))


# A word takes about a kilobyte as pymorphy3 gives it, and little as svyaz keeps it.
@lru_cache(maxsize=4_000)
def _raw_readings(word: str) -> tuple[pymorphy3.analyzer.Parse, ...]:
    try:
        return tuple(_analyzer().parse(word))
    except (ValueError, UnicodeEncodeError):  # unnamed code points, lone surrogates
        return ()


def parses(word: str) -> tuple[Parse, ...]:
    """All readings of ``word``, the likeliest first; empty for what no dictionary can read."""
    return _readings(_key(word))


@lru_cache(maxsize=KEPT_WORDS)
def _readings(word: str) -> tuple[Parse, ...]:
    return tuple(_parse(p) for p in _raw_readings(word))


def forms(word: str) -> frozenset[str]:
    """All forms that ``word``, a lemma, has as a noun or a numeral, in lower case: «май» → «мая», «маю», …"""
    found = (p for p in _raw_parses(word) if p.normal_form == word and p.tag.POS in {"NOUN", "NUMR"})
    return frozenset(f.word for p in found for f in p.lexeme)


def _parse(p: pymorphy3.analyzer.Parse) -> Parse:
    return Parse(fold(p.normal_form), *_tag(str(p.tag)), known=bool(p.is_known), score=float(p.score))


@cache
def _tag(
    text: str,
) -> tuple[str, str | None, str | None, str | None, bool, frozenset[str], frozenset[str]]:
    """What a tag («NOUN,anim,masc,Surn sing,gent») says of a reading, in the order of Parse's fields; there are
    some thousand tags and millions of readings."""
    tag = _analyzer().TagClass(text)
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


def _fit(p: Parse, pos: str, feats: Mapping[str, str]) -> float:
    """How well a reading agrees with the tagger's part of speech and features."""
    fit = 3.0 if p.pos in _POS.get(pos, ()) else 0.0
    fit += 1.5 * (p.case is not None and p.case == feats.get("Case"))
    fit += 1.0 * (p.number is not None and p.number == feats.get("Number"))
    fit += 0.5 * (p.gender is not None and p.gender == feats.get("Gender"))
    fit += 0.5 * (p.animate == (feats.get("Animacy") == "Anim"))
    return fit + p.score


@lru_cache(maxsize=KEPT_WORDS)
def _best(word: str, pos: str, feats: tuple[tuple[str, str], ...]) -> int:
    readings = parses(word)
    table = dict(feats)
    return max(range(len(readings)), key=lambda i: (_fit(readings[i], pos, table), -i))


def best(word: str, pos: str, feats: Mapping[str, str]) -> Parse | None:
    """The reading of ``word`` that agrees best with the tagger; None when there is no reading."""
    if not parses(word):
        return None
    return parses(word)[_best(word, pos, tuple(sorted(feats.items())))]


def lemma(word: str, pos: str, feats: Mapping[str, str]) -> str:
    """The dictionary form, folded; participles give the infinitive («подписавший» → «подписать»)."""
    reading = best(word, pos, feats)
    return reading.lemma if reading else fold(word)


def participle(word: str, pos: str, feats: Mapping[str, str]) -> dict[str, str]:
    """The features of a passive participle that the tagger took for another part of speech; empty for others.

    «Освобождённый» at the start of a sentence passes for a name, «введён» for an adjective.
    """
    if (
        pos not in {"ADJ", "NOUN", "PROPN"}
        or "VerbForm" in feats
        or (pos != "ADJ" and not word[:1].isalpha())
    ):
        return {}
    if pos != "ADJ" and any(p.pos in {"NOUN", "ADJF"} for p in parses(word)):
        return {}
    reading = best(word, pos, feats)
    if reading is None or reading.pos not in {"PRTF", "PRTS"} or "pssv" not in reading.grammemes:
        return {}
    short = {"Variant": "Short"} if reading.pos == "PRTS" else {}
    return {
        "Voice": "Pass",
        "Aspect": "Perf" if "perf" in reading.grammemes else "Imp",
        "Tense": "Past" if "past" in reading.grammemes else "Pres",
    } | short


def can_be(word: str, case: str) -> bool:
    """Whether a reading of a word of the dictionary stands in the UD case: «поставки» can be Gen."""
    return any(p.case == case and p.known for p in parses(word))


@lru_cache(maxsize=KEPT_WORDS)
def _verb_reading(word: str, case: str | None, number: str | None) -> tuple[tuple[str, str], ...] | None:
    readings = _raw_parses(word)
    if not readings or any(not p.is_known or str(p.tag.POS) not in _VERB_FORMS for p in readings):
        return None
    best_ = max(
        readings,
        key=lambda p: (
            2 * (p.tag.case == CASES.get(case or "")) + (p.tag.number == NUMBERS.get(number or "")),
            p.score,
        ),
    )
    tag = best_.tag
    feats = {"VerbForm": _VERB_FORMS[str(tag.POS)], "Aspect": "Perf" if tag.aspect == "perf" else "Imp"}
    if tag.tense:
        feats["Tense"] = {"past": "Past", "pres": "Pres", "futr": "Fut"}[str(tag.tense)]
    if tag.POS == "PRTS":
        feats["Variant"] = "Short"
    if tag.person:
        feats["Person"] = str(tag.person)[0]
    reflexive = fold(word).endswith(("ся", "сь"))
    feats["Voice"] = "Pass" if tag.voice == "pssv" else "Mid" if reflexive and tag.POS == "VERB" else "Act"
    for key, value in (
        ("Case", _UD_CASE.get(str(tag.case))),
        ("Number", _UD_NUMBER.get(str(tag.number))),
        ("Gender", _UD_GENDER.get(str(tag.gender))),
    ):
        if value:
            feats[key] = value
    return tuple(sorted(feats.items()))


_VERB_FORMS = {"VERB": "Fin", "INFN": "Inf", "PRTF": "Part", "PRTS": "Part", "GRND": "Conv"}


def verb_form(word: str, case: str | None = None, number: str | None = None) -> dict[str, str] | None:
    """The UD features of a word that the dictionary knows only as a form of a verb; None for any other.

    ``case`` and ``number`` choose among the forms of a participle that look alike («подписавшие»).
    """
    found = _verb_reading(word, case, number)
    return dict(found) if found else None


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


@lru_cache(maxsize=KEPT_WORDS)
def _inflect(word: str, index: int, grammemes: frozenset[str]) -> str | None:
    found = _raw_parses(word)[index].inflect(grammemes)
    return str(found.word) if found else None


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
    if not parses(word):
        return None
    index = _best(word, pos, tuple(sorted((feats or {}).items())))
    wanted = {CASES[case]}
    if number:
        wanted.add(NUMBERS[number])
    if gender and number != "Plur":
        wanted.add(GENDERS[gender])
    form = _inflect(word, index, frozenset(wanted))
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


@lru_cache(maxsize=KEPT_WORDS)
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
    wanted = {"m": "Masc", "f": "Fem"}.get(gender or "")
    best_form: tuple[float, str] | None = None
    for index, p in enumerate(parses(word)):
        if (
            p.pos not in {"NOUN", "ADJF"}
            or p.number == "Plur"
            or (p.gender and wanted and p.gender != wanted)
        ):
            continue
        if p.case != case and not (p.gender == "Masc" and {p.case, case} == {"Gen", "Acc"}):
            continue  # animate masculines have one form for both; unknown names are read as inanimate
        form = _inflect(
            word,
            index,
            frozenset({"nomn", "sing"} | ({GENDERS[wanted]} if wanted and p.pos == "ADJF" else set())),
        )
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
