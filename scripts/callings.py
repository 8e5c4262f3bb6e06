"""Other callings in the place of those that a text names, so that a tagger learns the kind of word and not the word.

«Об этом сообщил [биолог] Пётр Зимин» says as much of «гидрогеолог» as of «биолог». Which nouns of the dictionary are
callings and which are not («сторонник», «дедушка») is judged by the labelled nouns that are next to them among the word
vectors. No list of words comes from elsewhere.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from svyaz import morph
from svyaz.morph import Parse

Vectors = Callable[[Sequence[str]], NDArray[np.float32]]

# A noun is told by so many labelled nouns next to it: by the share of them, weighted, that are callings.
NEIGHBOURS = 8
LEAST_CALLING, MOST_OTHER = 0.7, 0.15
# How often a calling and another person's noun give their place to one of their kind.
SWAPPED = {True: 0.7, False: 0.3}
# Genders whose forms may change places.
GENDERS = ("Masc", "Fem")


@dataclass(frozen=True)
class Words:
    """Words of a sentence and their tags (BIO, outer layer)."""

    words: Sequence[str]
    tags: Sequence[str]


def person(word: str) -> Parse | None:
    """The likeliest reading of a word when it is a common noun for people or animals; None for any other."""
    first = next(iter(morph.parses(word)), None)
    if first is None or first.pos != "NOUN" or not first.animate or not first.known:
        return None
    return None if first.marks & {"Name", "Surn", "Patr"} or first.gender not in GENDERS else first


def _is_calling(sample: Words, index: int) -> bool | None:
    """Whether a word is a post of one word (True) or outside of all names and posts (False); None: neither."""
    tag, after = sample.tags[index], (*sample.tags[index + 1 :], "O")[0]
    if tag == "B-POST" and after != "I-POST":
        return True
    return False if tag == "O" else None


class Swap:
    """Puts nouns of the dictionary in the place of nouns of their kind."""

    def __init__(self, samples: Iterable[Words], vocabulary: Sequence[str], vectors: Vectors) -> None:
        seen: dict[str, list[bool]] = defaultdict(list)
        for sample in samples:
            for index, word in enumerate(sample.words):
                kind = _is_calling(sample, index)
                if kind is not None and (reading := person(word)):
                    seen[reading.lemma].append(kind)
        shares = {lemma: sum(kinds) / len(kinds) for lemma, kinds in seen.items() if len(kinds) > 1}
        self.kinds = _kinds(shares, _lemmas(vocabulary), vectors)

    def __call__(self, sample: Words, chance: random.Random) -> list[str]:
        """The words of a sentence with some of its nouns changed; as many as before, in the same forms."""
        return [self._swapped(sample, i, chance) for i in range(len(sample.words))]

    def _swapped(self, sample: Words, index: int, chance: random.Random) -> str:
        word = sample.words[index]
        kind = _is_calling(sample, index)
        reading = person(word) if kind is not None else None
        if kind is None or reading is None or not reading.case or chance.random() > SWAPPED[kind]:
            return word
        if not kind and reading.lemma not in self.kinds[False][reading.gender or ""]:
            return word  # labelled neither way: «президент» that stands in no post of NEREL's
        lemma = chance.choice(self.kinds[kind][reading.gender or ""])
        form = morph.inflect(lemma, case=reading.case, number=reading.number)
        return morph.recase(form, word) if form else word


def _lemmas(vocabulary: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Nouns for people and animals in their dictionary form, with their gender."""
    for word in vocabulary:
        reading = person(word) if word.isalpha() and len(word) > 3 else None
        if reading and reading.lemma == word and reading.gender:
            yield word, reading.gender


def _kinds(
    shares: Mapping[str, float], lemmas: Iterable[tuple[str, str]], vectors: Vectors
) -> dict[bool, dict[str, list[str]]]:
    """The nouns of each kind by gender."""
    known = list(shares)
    told = np.array([shares[lemma] for lemma in known], np.float32)
    near = _unit(vectors(known))
    found: dict[bool, dict[str, list[str]]] = {kind: {g: [] for g in GENDERS} for kind in (True, False)}
    nouns = list(lemmas)
    alike = _unit(vectors([noun for noun, _ in nouns])) @ near.T
    nearest = np.argsort(-alike, axis=-1)[:, :NEIGHBOURS]
    weight = np.take_along_axis(alike, nearest, -1).clip(0)
    share = (told[nearest] * weight).sum(-1) / np.maximum(weight.sum(-1), 1e-6)
    for (noun, gender), value in zip(nouns, share.tolist(), strict=True):
        if value > LEAST_CALLING or value < MOST_OTHER:
            found[value > LEAST_CALLING][gender].append(noun)
    return found


def _unit(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return values / np.maximum(np.linalg.norm(values, axis=-1, keepdims=True), 1e-6)
