"""Place adjectives: «российский», «российско-китайский»; each half of a compound is a mention of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from svyaz.lexicon import places
from svyaz.mentions.found import Found, Place, found
from svyaz.parse import Sentence, Token

# Nouns after a place adjective that make it no place: «французский язык», «московское время».
_NO_PLACE = frozenset({"язык", "время", "кухня", "акцент", "алфавит", "рулетка", "горка"})

# What the tagger takes «российско-китайский» for.
_COMPOUND = frozenset({"ADJ", "PROPN", "NOUN", "X"})


def adjectives(sentence: Sentence, taken: set[int]) -> Iterator[Found]:
    for token in sentence.tokens:
        entry = places.by_adjective(token.lemma) if token.pos == "ADJ" else None
        if entry is None and ("-" not in token.text or token.pos not in _COMPOUND):
            continue
        following = sentence.tokens[token.index + 1 : token.index + 2]
        if token.index in taken or (following and following[0].lemma in _NO_PLACE):
            continue
        if entry:
            yield adjective_mention(sentence, token, entry)
        else:
            yield from _compound_adjective(sentence, token)


def adjective_mention(sentence: Sentence, token: Token, entry: places.PlaceEntry) -> Found:
    info = Place(entry.kind, entry.country)
    return found(sentence, [token], "location", entry.name, form="adjective", info=info)


def _compound_adjective(sentence: Sentence, token: Token) -> Iterator[Found]:
    """«российско-китайские»: two places in one word, each half a mention of its own."""
    *stems, _ = token.text.split("-")
    last = places.by_adjective(token.lemma.rsplit("-", 1)[-1])
    entries = [places.by_stem(s) for s in stems] + [last]
    if last is None or any(e is None for e in entries):
        return
    start = token.start
    for half, entry in zip(token.text.split("-"), entries, strict=True):
        if entry:
            mention = adjective_mention(sentence, token, entry)
            yield replace(mention, start=start, end=start + len(half))
        start += len(half) + 1
