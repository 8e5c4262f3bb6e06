"""What a word is under the tagger's tag: its part of speech, features and lemma, with what the dictionary contradicts
put right. «Подписали» is no name, «посещён» no adjective, «торгпредом» no accusative.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from svyaz import morph
from svyaz.morph import Parse

# Words under a tag that are remembered.
KEPT_READINGS = 1 << 14

NOMINAL = frozenset({"NOUN", "PROPN"})
_VERBAL = frozenset({"VERB", "AUX"})
_NEVER_VERBAL = frozenset({"PUNCT", "ADP", "CCONJ", "SCONJ", "PART", "PRON"})
_NEVER_NOUNS = frozenset({"ADJ", "ADV", "DET", "VERB"})
_VERB_FORMS = {"VERB": "Fin", "INFN": "Inf", "PRTF": "Part", "PRTS": "Part", "GRND": "Conv"}
_TENSES = {"past": "Past", "pres": "Pres", "futr": "Fut"}


class Word(NamedTuple):
    """What a word is; the features and their values have the names of Universal Dependencies."""

    pos: str
    feats: Mapping[str, str]
    lemma: str


@lru_cache(maxsize=KEPT_READINGS)
def read(text: str, tag: str, clause: bool) -> Word:
    """A word under a tag («NOUN|Case=Loc|…»); ``clause`` tells that the tree hangs it on a noun as a clause.

    Participles have the infinitive for their lemma («подписавший» → «подписать»).
    """
    return _only_case(text, _noun(text, _verbal(text, _tagged(text, tag), clause)))


@cache
def _features(tag: str) -> tuple[str, Mapping[str, str]]:
    pos, *pairs = tag.split("|")
    return pos, dict(pair.split("=", 1) for pair in pairs)


def _tagged(text: str, tag: str) -> Word:
    """The word as the tagger takes it, but for passive participles."""
    pos, feats = _features(tag)
    chosen = morph.best(text, pos, feats)
    if chosen is None:
        return Word(pos, feats, morph.fold(text))
    if not _is_hidden_participle(text, pos, feats, chosen):
        return Word(pos, feats, chosen.lemma)
    feats = {**feats, **_passive(chosen)}
    pos = "VERB" if pos in NOMINAL else pos
    return Word(pos, feats, _lemma(text, pos, feats))


def _lemma(text: str, pos: str, feats: Mapping[str, str]) -> str:
    chosen = morph.best(text, pos, feats)
    return chosen.lemma if chosen else morph.fold(text)


def _is_hidden_participle(text: str, pos: str, feats: Mapping[str, str], chosen: Parse) -> bool:
    """Whether a word is a passive participle that the tagger took for another part of speech.

    «Освобождённый» at the start of a sentence passes for a name, «введён» for an adjective.
    """
    if chosen.pos not in {"PRTF", "PRTS"} or "pssv" not in chosen.grammemes or "VerbForm" in feats:
        return False
    if pos in NOMINAL:
        return text[:1].isalpha() and not any(p.pos in {"NOUN", "ADJF"} for p in morph.parses(text))
    return pos == "ADJ"


def _passive(participle: Parse) -> dict[str, str]:
    """The features of a passive participle that an adjective has not."""
    feats = {
        "VerbForm": "Part",
        "Voice": "Pass",
        "Aspect": "Perf" if "perf" in participle.grammemes else "Imp",
        "Tense": "Past" if "past" in participle.grammemes else "Pres",
    }
    return feats | {"Variant": "Short"} if participle.pos == "PRTS" else feats


def _verbal(text: str, word: Word, clause: bool) -> Word:
    """A word that the dictionary knows only as a verb form: «Подписали» (a name?), «посещён» (a noun?)."""
    if len(text) < 4 or word.pos in _NEVER_VERBAL:
        return word
    form = _verb_form(text, word.feats.get("Case"), word.feats.get("Number"))
    if form is None or _agrees(word, form):
        return word
    participle = form.get("VerbForm") == "Part" and "Variant" not in form
    reflexive = _is_reflexive(text)
    active = (
        word.pos == "PROPN" and form.get("Voice") == "Act"
    )  # «[Сменивший] Савина на посту директора Громов»
    if participle and word.pos not in _VERBAL and not (reflexive or clause or active):
        return word  # «обвиняемый», «объединённый» may be nouns and adjectives
    if reflexive and word.feats.get("Voice") == "Pass" and form["Aspect"] == "Imp":
        form = {**form, "Voice": "Pass"}  # «обсуждающийся» is discussed by others
    pos = word.pos if word.pos in _VERBAL else "VERB"
    return Word(pos, form, _lemma(text, pos, form))


def _is_reflexive(text: str) -> bool:
    return morph.fold(text).endswith(("ся", "сь"))


def _verb_form(text: str, case: str | None, number: str | None) -> Mapping[str, str] | None:
    """The features of a word that the dictionary knows only as a form of a verb; None for any other.

    ``case`` and ``number`` choose among the forms of a participle that look alike («подписавшие»).
    """
    forms = morph.parses(text)
    if not forms:
        return None
    for p in forms:
        if not p.known or p.pos not in _VERB_FORMS:
            return None
    case, number = case if case in morph.CASES else None, number if number in morph.NUMBERS else None
    chosen = max(forms, key=lambda p: (2 * (p.case == case) + (p.number == number), p.score))
    reflexive = chosen.pos == "VERB" and _is_reflexive(text)
    return _verb_feats(chosen.pos, chosen.case, chosen.number, chosen.gender, chosen.grammemes, reflexive)


@cache
def _verb_feats(
    pos: str,
    case: str | None,
    number: str | None,
    gender: str | None,
    grammemes: frozenset[str],
    reflexive: bool,
) -> Mapping[str, str]:
    """The UD features of a verb's form; one for all words that stand in it."""
    feats = {
        "VerbForm": _VERB_FORMS[pos],
        "Aspect": "Perf" if "perf" in grammemes else "Imp",
        "Tense": next((name for tense, name in _TENSES.items() if tense in grammemes), None),
        "Variant": "Short" if pos == "PRTS" else None,
        "Person": next((person[0] for person in ("1per", "2per", "3per") if person in grammemes), None),
        "Voice": "Pass" if "pssv" in grammemes else "Mid" if reflexive else "Act",
        "Case": case,
        "Number": number,
        "Gender": gender,
    }
    return {name: value for name, value in sorted(feats.items()) if value}


def _agrees(word: Word, form: Mapping[str, str]) -> bool:
    if word.pos not in _VERBAL or word.feats.get("VerbForm") != form.get("VerbForm"):
        return False
    if form["VerbForm"] == "Fin":
        return word.feats.get("Tense") == form.get("Tense") or form.get("Tense") != "Past"
    if form["VerbForm"] == "Part":
        return word.feats.get("Voice") == form.get("Voice")
    return True


def _noun(text: str, word: Word) -> Word:
    """A word that the dictionary knows only as a noun: «[Главврач] больницы» is no adjective."""
    if word.pos not in _NEVER_NOUNS or len(text) < 4:
        return word
    forms = morph.parses(text)
    if not forms or not all(p.known and p.pos == "NOUN" for p in forms):
        return word
    case = word.feats.get("Case")
    chosen = max(forms, key=lambda p: (p.case == case, p.score))
    animacy = "Anim" if chosen.animate else "Inan"
    feats = {"Animacy": animacy, "Case": chosen.case, "Gender": chosen.gender, "Number": chosen.number}
    return Word("NOUN", {name: value for name, value in feats.items() if value}, chosen.lemma)


def _only_case(text: str, word: Word) -> Word:
    """A noun whose form has one case only: «[торгпредом]» is no accusative, «Семёном» no nominative."""
    case = word.feats.get("Case")
    if word.pos not in NOMINAL or case is None or word.feats.get("Foreign") == "Yes":
        return word
    only = _case_of(text)
    if only is None or only["Case"] == case:
        return word
    return word._replace(feats={**word.feats, **only})


def _case_of(text: str) -> Mapping[str, str] | None:
    """The one case of a form of a noun that the dictionary knows, and its number if it has but one."""
    readings = morph.parses(text)
    cases = {p.case for p in readings if p.pos == "NOUN"}
    if len(cases) != 1 or not all(p.known for p in readings):
        return None
    case = cases.pop()
    if case is None or case == "Loc":
        return None
    numbers = {p.number for p in readings}
    number = numbers.pop() if len(numbers) == 1 else None
    return {"Case": case, "Number": number} if number else {"Case": case}
