"""Concord: whether a participle agrees with a noun, and whether a noun can be the subject of a verb."""

from __future__ import annotations

from svyaz.parse import Token


def agrees(word: Token, noun: Token) -> bool:
    """Whether a participle agrees with a noun; the nominative and the accusative of things look alike."""
    if word.feats.get("Number") and noun.feats.get("Number") and word.feats["Number"] != noun.feats["Number"]:
        return False
    gender, other = word.feats.get("Gender"), noun.feats.get("Gender")
    if gender and other and gender != other and noun.feats.get("Number") == "Sing":
        return False
    if word.case is None or noun.case is None or word.case == noun.case:
        return True
    alike = {"Gen", "Acc"} if noun.feats.get("Animacy") == "Anim" else {"Nom", "Acc"}
    return {word.case, noun.case} <= alike


def no_subject(verb: Token, noun: Token) -> bool:
    """«министром утвердили [Цыренова]»: an accusative, or a name that does not agree in number, is no subject."""
    if (
        verb.feats.get("VerbForm") != "Fin"
        or verb.feats.get("Voice") == "Pass"
        or noun.pos not in {"NOUN", "PROPN"}
    ):
        return False
    if (
        noun.feats.get("Animacy") == "Inan"
        and noun.feats.get("Gender") in {"Masc", "Neut"}
        and noun.pos == "NOUN"
    ):
        return (
            verb.feats.get("Number") == "Plur" and noun.feats.get("Number") == "Sing"
        )  # «[вуз] присоединили»
    animate = noun.pos == "PROPN" or noun.feats.get("Animacy") == "Anim"
    if noun.case == "Acc" and noun.feats.get("Animacy") == "Anim" and verb.feats.get("Number") == "Plur":
        return noun.feats.get("Number") == "Sing"
    plural = verb.feats.get("Number") == "Plur" and noun.feats.get("Number") == "Sing"
    return animate and plural and noun.case in {"Dat", "Gen", "Acc", "Ins"}
