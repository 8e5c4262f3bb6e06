"""Sentences, tokens, tags, trees and names. The only module that touches razdel; see weights.py and taggers.py
for slovnet's networks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from operator import attrgetter
from threading import Lock
from typing import Literal, cast

from razdel import sentenize, tokenize

from svyaz import morph, opinion, readings, weights
from svyaz.layout import Block
from svyaz.opinion import Opinion
from svyaz.taggers import Floats, Tagged, Taggers

NameType = Literal["PER", "LOC", "ORG"]

# The tree's cost grows with the square of the length; 400 tokens keep a sentence under a tenth of a second.
MAX_TREE_TOKENS = 400
# Pieces of this many characters, cut at sentence borders, give the tagger the context that it was trained on.
NER_CHUNK = 4000
# razdel is superlinear on unbroken runs («слово-слово-…»); no word of prose is as long.
MAX_WORD = 2000
# Without a full stop for so long it is no prose; such a run is cut at a space.
MAX_SENTENCE = 5_000
# Stretches of signs, digits and letters whose words are remembered: few but the most frequent come again.
KEPT_STRETCHES = 1 << 12
# More characters between two sentences mean that something was left out between them.
MAX_GAP = 40

# Prepositions as they sound before some words, and their plain form.
_PLAIN = {
    "во": "в",
    "со": "с",
    "ко": "к",
    "об": "о",
    "обо": "о",
    "изо": "из",
    "ото": "от",
    "надо": "над",
    "передо": "перед",
    "подо": "под",
}


def plain_preposition(word: str) -> str:
    """A preposition folded and in its plain form: «Со» → с."""
    folded = morph.fold(word)
    return _PLAIN.get(folded, folded)


def sounding(preposition: str) -> frozenset[str]:
    """The forms (folded) that ``plain_preposition`` may give a word for: «с» is written «с» or «со»."""
    return frozenset({preposition} | {form for form, plain in _PLAIN.items() if plain == preposition})


_START, _END = attrgetter("start"), attrgetter("end")
_LETTERS = re.compile(r"[A-Za-zА-Яа-яЁё]")


# Never changed once made; not frozen, since that would make each of millions four times as dear.
@dataclass(slots=True)
class Token:
    """A word or sign. ``index`` and ``head`` count tokens in the sentence (-1: the root); offsets are clean."""

    index: int
    start: int
    end: int
    text: str
    pos: str = "X"
    feats: Mapping[str, str] = field(default_factory=dict)
    lemma: str = ""
    head: int = -1
    rel: str = "dep"

    @property
    def case(self) -> str | None:
        """UD case, None for words without one."""
        return self.feats.get("Case")


@dataclass(frozen=True)
class Sentence:
    """A sentence with its tagged tokens; ``section`` is its block's, ``number`` its place in the article. ``names`` are
    slovnet's, in order; ``opinion`` is the second tagger's."""

    number: int
    start: int
    end: int
    section: int
    tokens: tuple[Token, ...]
    names: tuple[NameSpan, ...]
    opinion: Opinion = field(compare=False, repr=False)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indices of its dependents, in order."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head >= 0:
                below[token.head].append(token.index)
        return tuple(map(tuple, below))

    @cached_property
    def dependents(self) -> tuple[tuple[Token, ...], ...]:
        """The children as tokens."""
        below: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head >= 0:
                below[token.head].append(token)
        return tuple(map(tuple, below))

    @cached_property
    def prepositions(self) -> tuple[str | None, ...]:
        """For each token the preposition of the noun phrase that it heads, folded and in its plain form («во» → в,
        «в связи с»); None for a bare case."""
        found: list[str | None] = [None] * len(self.tokens)
        for token in reversed(self.tokens):  # the first of several counts
            if token.rel == "case" and token.head >= 0 and (token.pos == "ADP" or token.index < token.head):
                fixed = [t.text for t in self.dependents[token.index] if t.rel == "fixed"]
                word = " ".join((token.text, *fixed))
                found[token.head] = plain_preposition(word)
        return tuple(found)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words and signs of the sentence as they are written: tells at once that it has no quotes, no brackets."""
        return frozenset([t.text for t in self.tokens])

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The lemmas of the sentence: tells at once that none of a list stands in it."""
        return frozenset([t.lemma for t in self.tokens])

    @cached_property
    def capitals(self) -> tuple[Token, ...]:
        """The words that begin with a capital letter, as nearly all names do."""
        return tuple([t for t in self.tokens if t.text[0].isupper()])

    @cached_property
    def proper(self) -> tuple[Token, ...]:
        """The words that the tagger takes for proper nouns."""
        return tuple([t for t in self.tokens if t.pos == "PROPN"])

    @cached_property
    def in_capitals(self) -> bool:
        """Whether most words are in capitals, as in headlines: there, capitals say nothing of abbreviations."""
        if sum([t.text.isupper() for t in self.tokens]) < 2:
            return False  # as nearly always
        words = [t.text for t in self.tokens if _LETTERS.search(t.text)]
        return len(words) > 2 and sum(w.isupper() for w in words) > len(words) / 2

    def at(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that lie in ``[start, end)``."""
        first = bisect_left(self.tokens, start, key=_START)
        return self.tokens[first : bisect_right(self.tokens, end, lo=first, key=_END)]


@dataclass(frozen=True, slots=True)
class NameSpan:
    """What the tagger takes for a name; offsets are clean."""

    start: int
    end: int
    type: NameType


# The taggers write into the table of words that all threads of a process share.
_TAGGING = Lock()


@cache
def models() -> Taggers:
    """Load the models; once a process, about half a second."""
    ner, tags, syntax = weights.load()
    return Taggers(ner, tags, syntax, opinion.impression)


def sentences(text: str, blocks: Sequence[Block]) -> tuple[Sentence, ...]:
    """Body blocks to tagged sentences with trees, names and opinions; threads take turns."""
    found: list[Sentence] = []
    with _TAGGING:
        for chunk in chunks(text, blocks):
            found += _tagged(text, chunk, len(found))
    return tuple(found)


def _tagged(text: str, chunk: Sequence[Plain], number: int) -> Iterator[Sentence]:
    """Neighbouring sentences with all that the taggers tell of them; the first has this ``number``."""
    words = [sentence.texts(text) for sentence in chunk]
    names, impressions, tagged = heard(models(), words)
    opinions = opinion.opinions(names.hidden, [t.hidden for t in tagged], impressions)
    trees = models().trees(w for w in words if len(w) <= MAX_TREE_TOKENS)
    at = 0
    for i, (plain, texts, (tags, _), view) in enumerate(
        zip(chunk, words, tagged, opinions, strict=True), number
    ):
        tree = next(trees) if len(texts) <= MAX_TREE_TOKENS else [(-1, "dep")] * len(texts)
        tokens = tuple(_tokens(plain, texts, tags, tree))
        spans = tuple(_spans(tokens, names.tags[at : at + len(texts)]))
        yield Sentence(i, plain.start, plain.end, plain.section, tokens, spans, view)
        at += len(texts)


def heard(taggers: Taggers, chunk: Sequence[Sequence[str]]) -> tuple[Tagged, Floats, list[Tagged]]:
    """What the second tagger hears of the words of neighbouring sentences: what slovnet's tagger of names, which reads
    on from sentence to sentence, says of all of them, what they say by themselves, and the morphology by sentences."""
    together = [word for sentence in chunk for word in sentence]
    (names,), (impressions,) = taggers.names([together]), taggers.impressions([together])
    return names, impressions, list(taggers.morphology(chunk))


@dataclass(frozen=True, slots=True)
class Plain:
    """A sentence before it is tagged: the borders of its words."""

    start: int
    end: int
    section: int
    words: tuple[tuple[int, int], ...]

    def texts(self, text: str) -> list[str]:
        """The words, cut out of the article's text."""
        return [text[start:end] for start, end in self.words]


def chunks(text: str, blocks: Iterable[Block]) -> Iterator[list[Plain]]:
    """The sentences of the body blocks: neighbours of a section, NER_CHUNK characters at most."""
    chunk: list[Plain] = []
    for s in (s for block in blocks if block.kind == "body" for s in _split(text, block)):
        if chunk and (
            s.end - chunk[0].start > NER_CHUNK
            or s.section != chunk[-1].section
            or s.start - chunk[-1].end > MAX_GAP
        ):
            yield chunk
            chunk = []
        chunk.append(s)
    if chunk:
        yield chunk


def _split(text: str, block: Block) -> Iterator[Plain]:
    for start, end in _pieces(text, block):
        for found in sentenize(text[start:end]):
            at = start + found.start
            yield Plain(at, start + found.stop, block.section, tuple(_words(found.text, at)))


def _pieces(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Cut a block into pieces that razdel can take: no word over MAX_WORD, no piece over MAX_SENTENCE."""
    start = block.start
    while block.end - start > MAX_SENTENCE:
        cut = max(text.rfind(mark, start, start + MAX_SENTENCE) for mark in (". ", "! ", "? ", " "))
        cut = cut + 1 if cut > start else start + MAX_SENTENCE
        yield start, cut
        start = cut
    yield start, block.end


# Stretches without spaces, none longer than MAX_WORD, with the spaces between them.
_RUN = re.compile(rf"\S{{1,{MAX_WORD}}}(?:\s+\S{{1,{MAX_WORD}}})*")
# A Russian word with no sign or one before and after it, which razdel always parts; or any other stretch.
_STRETCH = re.compile(r"([«\"(])?([А-Яа-яЁё]+)([»\"),.:;!?])?(?!\S)|\S+")
# Signs over which razdel looks for what they join, even where a space stands in between: «2011, 2012», «кое -что».
_JOINS = frozenset("‑–—−-_.,/\\")


def _words(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The borders of the words and signs in ``text``, which stands at ``at``."""
    for run in _RUN.finditer(text):
        yield from _run_words(run.group(), at + run.start())


def _run_words(run: str, at: int) -> Iterator[tuple[int, int]]:
    """razdel's borders. None of its words has a space in it, so stretches are cut one by one, odd ones but once."""
    for stretch in _STRETCH.finditer(run):
        first, last = stretch.span()
        start, end = at + first, at + last
        opening, word, closing = stretch.groups()
        if not word:
            left = run[:first].rstrip()[-1:] if run[first] in _JOINS else ""
            right = run[last:].lstrip()[:1] if run[last - 1] in _JOINS else ""
            yield from ((start + a, start + b) for a, b in _cut(left, stretch.group(), right))
            continue
        if opening:
            yield start, start + 1
            start += 1
        if closing:
            yield start, end - 1
            start = end - 1
        yield start, end


@lru_cache(maxsize=KEPT_STRETCHES)
def _cut(left: str, stretch: str, right: str) -> tuple[tuple[int, int], ...]:
    """The borders of a stretch's words, between the characters next to it on either side; razdel sees what kind they
    are."""
    shift = len(left) + 1
    found = ((t.start - shift, t.stop - shift) for t in tokenize(f"{left} {stretch} {right}"))
    return tuple((first, last) for first, last in found if 0 <= first < len(stretch))


# Relations of a clause to the noun that it tells of: «договор, [подписанный] в Астане».
_CLAUSES = frozenset({"acl", "acl:relcl"})


def _tokens(
    sentence: Plain, texts: Sequence[str], tags: Sequence[str], tree: Sequence[tuple[int, str]]
) -> Iterator[Token]:
    for i, (text, tag, (start, end), (head, rel)) in enumerate(
        zip(texts, tags, sentence.words, tree, strict=True)
    ):
        pos, feats, lemma = readings.read(text, tag, rel in _CLAUSES)
        yield Token(i, start, end, text, pos, feats, lemma, -1 if head == i else head, rel)


def _spans(tokens: Sequence[Token], tags: Sequence[str]) -> Iterator[NameSpan]:
    """Names from BIO tags; an I without a B before it belongs to no name."""
    first = last = -1
    kind = ""
    for i, tag in enumerate((*tags, "O")):
        if tag == "O" and not kind:
            continue
        part, _, of = tag.partition("-")
        if part == "I":
            last = i
            continue
        if kind:
            yield NameSpan(tokens[first].start, tokens[last].end, cast(NameType, kind))
        kind, first, last = of, i, i
