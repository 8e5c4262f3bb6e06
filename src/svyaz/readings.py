"""Tags of single words that the dictionary contradicts: «Подписали» is no name, «торгпредом» no accusative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from svyaz import morph
from svyaz.parse import Token

NOMINAL = frozenset({"NOUN", "PROPN"})
_VERBAL = frozenset({"VERB", "AUX"})
_NEVER_VERBAL = frozenset({"PUNCT", "ADP", "CCONJ", "SCONJ", "PART", "PRON"})
_VERB_FORMS = frozenset({"VERB", "INFN", "PRTF", "PRTS", "GRND"})


def verbal(token: Token) -> Token:
    """A word that the dictionary knows only as a verb form: «Подписали» (a name?), «посещён» (a noun?)."""
    if len(token.text) < 4 or token.pos in _NEVER_VERBAL or not _is_verb_only(token.text):
        return token
    reading = morph.verb_form(token.text, token.feats.get("Case"), token.feats.get("Number"))
    if reading is None or _agrees(token, reading):
        return token
    participle = reading.get("VerbForm") == "Part" and "Variant" not in reading
    reflexive = morph.fold(token.text).endswith(("ся", "сь"))
    if participle and token.pos not in _VERBAL and not (reflexive or token.rel in {"acl", "acl:relcl"}):
        return token  # «обвиняемый», «объединённый» may be nouns and adjectives
    if reflexive and token.feats.get("Voice") == "Pass" and reading["Aspect"] == "Imp":
        reading["Voice"] = "Pass"  # «обсуждающийся» is discussed by others
    pos = token.pos if token.pos in _VERBAL else "VERB"
    return replace(token, pos=pos, feats=reading, lemma=morph.lemma(token.text, pos, reading))


@lru_cache(maxsize=morph.KEPT_WORDS)
def _is_verb_only(word: str) -> bool:
    """Whether ``morph.verb_form`` has anything to say of a word: of most it has not."""
    readings = morph.parses(word)
    return bool(readings) and all(p.known and p.pos in _VERB_FORMS for p in readings)


def _agrees(token: Token, reading: dict[str, str]) -> bool:
    if token.pos not in _VERBAL or token.feats.get("VerbForm") != reading.get("VerbForm"):
        return False
    if reading["VerbForm"] == "Fin":
        return token.feats.get("Tense") == reading.get("Tense") or reading.get("Tense") != "Past"
    if reading["VerbForm"] == "Part":
        return token.feats.get("Voice") == reading.get("Voice")
    return True


def only_case(token: Token) -> Token:
    """A noun whose form has one case only: «[торгпредом]» is no accusative, «Семёном» no nominative."""
    if token.pos not in NOMINAL or token.case is None or token.feats.get("Foreign") == "Yes":
        return token
    only = _case_of(token.text)
    if only is None or only["Case"] == token.case:
        return token
    return replace(token, feats={**token.feats, **only})


@lru_cache(maxsize=morph.KEPT_WORDS)
def _case_of(word: str) -> Mapping[str, str] | None:
    """The one case of a form of a noun that the dictionary knows, and its number if it has but one."""
    readings = morph.parses(word)
    cases = {p.case for p in readings if p.pos == "NOUN"}
    case = next(iter(cases)) if len(cases) == 1 and all(p.known for p in readings) else None
    if case is None or case == "Loc":
        return None
    numbers = {p.number for p in readings}
    number = next(iter(numbers)) if len(numbers) == 1 else None
    return {"Case": case, "Number": number} if number else {"Case": case}
