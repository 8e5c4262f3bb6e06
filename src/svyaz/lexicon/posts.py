"""Posts of the lexicon as typed entries, looked up by lemma."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from svyaz.lexicon import listed, load
from svyaz.morph import KEPT_WORDS, fold, parses

# «экс-министр», «вице-губернатор»: what a head noun may have before it, with a hyphen or without.
_RANKS = ("экс", "вице", "врио")
_RANK = re.compile(rf"({'|'.join(_RANKS)})-?(?=\w{{3}})")
_EX = re.compile(r"экс(-|(?=\w{4}))")


@dataclass(frozen=True, slots=True)
class PostEntry:
    """A head noun of posts; see the header of ``posts.yaml`` for what the fields mean."""

    lemma: str
    kind: str
    takes: tuple[str, ...] = ()
    represents: bool = False
    member: bool = False
    same_as: str | None = None
    tie: str | None = None
    bare: bool = True
    phrase: bool = False
    gender: str | None = None
    indeclinable: bool = False


@cache
def heads() -> dict[str, PostEntry]:
    """All head nouns by folded lemma."""
    lists = load("posts")
    table = {
        fold(word): PostEntry(lemma=word, kind=kind, bare=False)
        for kind, words_ in lists["callings"].items()
        for word in words_
    }
    return table | {fold(k): PostEntry(lemma=k, **_tuples(v)) for k, v in lists["heads"].items()}


def _tuples(fields: dict[str, Any]) -> dict[str, Any]:  # lists of YAML as tuples
    return {k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()}


@lru_cache(maxsize=KEPT_WORDS)
def entry(lemma: str) -> PostEntry | None:
    """The entry of a lemma, also under «экс-», «вице-», «врио-», and of compounds."""
    found = heads().get(lemma)
    if found is None and (match := _RANK.match(lemma)):
        found = heads().get(lemma[match.end() :].lstrip("-"))
    return found or _compound(lemma)


def _compound(lemma: str) -> PostEntry | None:
    """«режиссёр-постановщик», «рок-певица», «кинопродюсер»: a word made with a head is a post of its kind.

    In a pair with a hyphen the other half denotes a person too, or a listed field: «магазин-партнёр» and
    «президент-отель» are no posts, and «соучастник» is a role.
    """
    first, hyphen, second = lemma.partition("-")
    if hyphen and "-" not in second:
        joined = first in words("hyphened") or _animate(first)
        found = (heads().get(second) if joined else None) or (
            heads().get(first) if _animate(second) else None
        )
    else:
        if not lemma.startswith(_prefixes()):
            return None
        cut = next((len(p) for p in _prefixes() if lemma.startswith(p) and lemma[len(p) :] in heads()), 0)
        found = heads()[lemma[cut:]] if cut and not heads()[lemma[cut:]].member else None
    return replace(found, lemma=lemma, bare=False, same_as=None) if found else None


def _animate(word: str) -> bool:
    return any(p.animate and p.pos == "NOUN" and p.known for p in parses(word)[:2])


@cache
def _prefixes() -> tuple[str, ...]:
    return tuple(fold(p) for p in load("posts")["prefixes"])


def may_turn(word: str) -> bool:
    """Whether a form of a word can be an entry's, so that its nominative is worth making: «управляющему».

    Also true for what the dictionary does not know, and for words made with a prefix or a hyphen.
    """
    made = "-" in word or fold(word).startswith((*_RANKS, *_prefixes()))
    return made or _may_be_one_of(word, _lemmas_of_heads())


@cache
def _lemmas_of_heads() -> frozenset[str]:
    return _lemmas(heads())


def _lemmas(words_: Iterable[str]) -> frozenset[str]:
    """The lemmas of all readings: of «управляющий» also «управлять»."""
    return frozenset(p.lemma for word in words_ for p in parses(word))


def _may_be_one_of(word: str, lemmas: frozenset[str]) -> bool:
    """Whether the dictionary lets a word be a form of one that has one of the lemmas, or does not know the word."""
    return any(p.lemma in lemmas or not p.known for p in parses(word))


def ex(lemma: str) -> bool:
    """Whether the word itself says «former»: «экс-премьер», «экспрезидент»."""
    return bool(_EX.match(lemma)) and lemma != "эксперт" and entry(lemma) is not None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A post of several words («главный редактор», «глава государства») with what sets it off its head."""

    before: tuple[str, ...]  # folded words before the head, compared with lemmas
    after: tuple[str, ...]  # folded words behind it, compared with the words as they stand
    fields: dict[str, object]


@cache
def compounds() -> dict[str, tuple[Phrase, ...]]:
    """Phrases of several words by the folded lemma of their head, the longest first."""
    table: dict[str, list[Phrase]] = {}
    for text, fields in load("posts")["phrases"].items():
        parts, head = fold(text).split(), fold(fields["head"])
        at = parts.index(head)
        rest = _tuples({k: v for k, v in fields.items() if k != "head"})
        table.setdefault(head, []).append(Phrase(tuple(parts[:at]), tuple(parts[at + 1 :]), rest))
    return {k: tuple(sorted(v, key=lambda p: -len(p.before) - len(p.after))) for k, v in table.items()}


def words(key: str) -> frozenset[str]:
    """A list of single words of ``posts.yaml`` (``modifiers``, ``acting`` …), folded."""
    return listed("posts", key)


@cache
def phrases(key: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """A list of phrases by their first word, as tuples of folded words, the longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    entries = load("posts")[key]
    for phrase in entries.values() if isinstance(entries, dict) else entries:
        parts = tuple(fold(phrase).split())
        table.setdefault(parts[0], []).append(parts)
    return {k: tuple(sorted(v, key=len, reverse=True)) for k, v in table.items()}


def longest(key: str, following: Sequence[str]) -> int:
    """How many of the ``following`` words (folded) a phrase of the list ``key`` covers; 0 for none."""
    if not following:
        return 0
    for phrase in phrases(key).get(following[0], ()):
        if tuple(following[: len(phrase)]) == phrase:
            return len(phrase)
    return 0


@cache
def phases() -> dict[str, str]:
    """Adjectives that set the phase: «бывший» end, «нынешний» ongoing, «новый» start, «будущий» future."""
    return {fold(k): v for k, v in load("posts")["phase_modifiers"].items()}


@lru_cache(maxsize=KEPT_WORDS)
def may_set_phase(word: str) -> bool:
    """Whether a form of a word can be one of ``phases``: «назначенного» that of «назначенный»."""
    return _may_be_one_of(word, _lemmas_of_phases())


@cache
def _lemmas_of_phases() -> frozenset[str]:
    return _lemmas(phases())


@cache
def general() -> dict[str, tuple[str, ...]]:
    """Words by which holders of posts of a kind may be called: a goalkeeper «спортсмен», a singer «артистка»."""
    return {kind: tuple(fold(w) for w in words_) for kind, words_ in load("posts")["general"].items()}


@cache
def troops() -> frozenset[str]:
    """The lemmas of every word of the list ``troops``: «войсками», «воздушно-десантными»."""
    return frozenset(r.lemma for p in load("posts")["troops"] for w in p.split() for r in parses(w)[:1])


@cache
def _canonical() -> dict[str, str]:
    return {fold(p): fold(group[0]) for group in reversed(load("posts")["equal"]) for p in group}


def canonical(phrase: str) -> str | None:
    """The first of the phrases that name the same office: «глава посольства» → «посол»; None if unlisted."""
    return _canonical().get(fold(phrase))
