"""Personal pronouns that may stand for a person: «он», «ей», «его» (also possessive)."""

from __future__ import annotations

from typing import Literal

from svyaz.mentions.found import Found, found
from svyaz.model import PersonName
from svyaz.morph import fold
from svyaz.parse import Sentence, Token

_MASCULINE = frozenset({"он", "его", "него", "ему", "нему", "им", "ним", "нем"})
_FEMININE = frozenset({"она", "ее", "нее", "ей", "ней", "ею", "нею"})
_PRONOUNS = _MASCULINE | _FEMININE


def find(sentence: Sentence) -> tuple[Found, ...]:
    """Third-person singular pronouns with the gender that they show, as person mentions to be resolved."""
    return tuple(
        found(sentence, [t], "person", _nominative(t), form="pronoun", info=PersonName(gender=_gender(t)))
        for t in sentence.tokens
        if t.pos in {"PRON", "DET"} and fold(t.text) in _PRONOUNS and _singular(t)
    )


def _gender(token: Token) -> Literal["m", "f"]:
    return "f" if fold(token.text) in _FEMININE else "m"


def _nominative(token: Token) -> str:
    return "она" if _gender(token) == "f" else "он"


def _singular(token: Token) -> bool:
    """«им» is also the dative of «они»."""
    return token.feats.get("Number") != "Plur" or token.pos == "DET"
