"""Which words are head nouns of posts, also where the tagger takes them for adjectives or participles."""

from __future__ import annotations

from functools import lru_cache

from svyaz import morph
from svyaz.lexicon import posts
from svyaz.lexicon.posts import PostEntry
from svyaz.parse import Token
from svyaz.text import QUOTES

_POSSIBLE = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "X", "DET"})


def entry_of(token: Token) -> PostEntry | None:
    """The entry of the post that a word is the head noun of: «управляющего» → управляющий; None for most."""
    if token.pos not in _POSSIBLE:
        return None
    entry, asked = _listed(token.text, token.pos, token.lemma)
    if not asked:
        return entry
    nominative = morph.as_adjective(token.text, "ADJ", token.feats)
    return _as_head(posts.entry(nominative), token.text, token.pos)


@lru_cache(maxsize=morph.KEPT_WORDS)
def _listed(text: str, pos: str, lemma: str) -> tuple[PostEntry | None, bool]:
    """The entry of a word so far as it does not hang on the word's features, and whether these must be asked."""
    if text[:1] in QUOTES:
        return None, False
    entry = posts.entry(lemma) or posts.entry(morph.fold(text))
    if entry is None and pos in {"ADJ", "VERB"}:  # «управляющий», «заведующая»: participles as nouns
        others = dict.fromkeys(p.lemma for p in morph.parses(text) if p.lemma != lemma)
        entry = next(filter(None, map(posts.entry, others)), None)
    verbal = pos == "VERB" or lemma.endswith("ть")
    asked = entry is None and verbal and _may_describe(text) and posts.may_turn(text)
    return _as_head(entry, text, pos), asked


def _as_head(entry: PostEntry | None, text: str, pos: str) -> PostEntry | None:
    """The entry, unless the word stands as an adjective and the entry's does not."""
    if entry is None or "-" in text or pos not in {"ADJ", "VERB", "DET"}:
        return entry
    if entry.lemma.endswith(("ий", "ый", "ой", "ая")):
        return entry
    return entry if pos == "ADJ" and _is_noun(text) else None  # the tagger knows no «фотожурналиста»


def _may_describe(word: str) -> bool:
    """Whether a word can be a participle or an adjective."""
    return any(p.pos in {"PRTF", "ADJF"} for p in morph.parses(word))


def _is_noun(word: str) -> bool:
    readings = morph.parses(word)
    return bool(readings) and readings[0].pos == "NOUN" and readings[0].animate
