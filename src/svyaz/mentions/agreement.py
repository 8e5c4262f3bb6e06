"""The case and the number that an office mention shows, where the tagger's may be wrong or another word's."""

from __future__ import annotations

from functools import lru_cache

from svyaz.lexicon import posts
from svyaz.mentions.found import Found
from svyaz.morph import KEPT_WORDS, parses
from svyaz.parse import Sentence, Token


def plural(sentence: Sentence, office: Found) -> bool:
    """Whether an office mention is of several: «[президенты] России и США»."""
    head = sentence.tokens[office.head]
    cases, all_plural = _as_noun(head.text)
    if cases and head.case not in cases:  # the tagger's case cannot be: nor need its number
        return all_plural
    return head.feats.get("Number") == "Plur"


@lru_cache(maxsize=KEPT_WORDS)
def _as_noun(word: str) -> tuple[frozenset[str | None], bool]:
    """The cases that a word's readings as a noun have, and whether all of them are plural."""
    readings = [p for p in parses(word) if p.pos == "NOUN"]
    return frozenset(p.case for p in readings), all(p.number == "Plur" for p in readings)


def case_of(sentence: Sentence, office: Found) -> str | None:
    """The case of an office mention; None when its form shows none."""
    head, first = sentence.tokens[office.head], sentence.tokens[office.first]
    if head.index != office.first and first.text.lower() in {"врио", "и", "и.о", "и.о."}:
        return None  # «врио губернатора»: the genitive is governed by «врио»
    if first.lemma in {"исполнять", "исполняющий", "временно"}:  # «исполняющий обязанности [директора]»
        return next(
            (t.case for t in sentence.tokens[office.first : office.head] if t.lemma.startswith("исполн")),
            None,
        )
    if head.text.lower().startswith("экс-"):
        return None  # the tagger does not know such words
    entry = posts.entry(head.lemma)
    return None if entry and entry.indeclinable else _true_case(head)


def _true_case(token: Token) -> str | None:
    """The tagger's case, if the word's form can have it: «[президенты] России и США» is no genitive."""
    readings, _ = _as_noun(token.text)
    if token.case is None or not readings or token.case in readings:
        return token.case
    return next(iter(readings)) if len(readings) == 1 else None


def same_case(sentence: Sentence, office: Found, person: Found) -> bool:
    """Whether a person can stand in apposition to an office by case; the tagger's gaps count as yes."""
    a = case_of(sentence, office)
    names = sentence.tokens[person.first : person.last + 1]
    cases = [c for t in names if (c := _true_case(t))]
    if a is None or not cases or a in cases:
        return True
    shown = {a} | set(cases)
    return shown <= {"Gen", "Acc"} or shown <= {"Dat", "Loc"}  # «женат на актрисе Виктории Даль»
