"""Sentences, tokens, tags, trees and names. The only module that touches razdel, slovnet and navec.

The models come with natasha's wheel, which is used as a data package: natasha itself is never imported,
for its own ``__init__`` pulls in pymorphy2, which current Pythons cannot run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from navec import Navec
from razdel import sentenize, tokenize
from slovnet import NER, Morph, Syntax

from svyaz import morph
from svyaz.layout import Block

NameType = Literal["PER", "LOC", "ORG"]

# The tree's cost grows with the square of the length; 400 tokens keep a sentence under a tenth of a second.
MAX_TREE_TOKENS = 400
# Pieces of this many characters, cut at sentence borders, give the tagger the context that it was trained on.
NER_CHUNK = 4000
# razdel is superlinear on unbroken runs («слово-слово-…»); no word of prose is as long.
MAX_WORD = 2000
# Without a full stop for so long it is no prose; such a run is cut at a space.
MAX_SENTENCE = 5_000


@dataclass(frozen=True, slots=True)
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
    """A sentence with its tagged tokens; ``section`` is its block's, ``number`` its place in the article."""

    number: int
    start: int
    end: int
    section: int
    tokens: tuple[Token, ...]

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indices of its dependents, in order."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head >= 0:
                below[token.head].append(token.index)
        return tuple(tuple(b) for b in below)

    def at(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that lie in ``[start, end)``."""
        return tuple(t for t in self.tokens if t.start >= start and t.end <= end)


@dataclass(frozen=True, slots=True)
class NameSpan:
    """What the tagger takes for a name; offsets are clean."""

    start: int
    end: int
    type: NameType


@dataclass(frozen=True)
class Models:
    """The three taggers; all share one table of word vectors."""

    ner: Any
    morph: Any
    syntax: Any


def data_folder() -> Path:
    """The folder of models in natasha's wheel; raises ModuleNotFoundError when it is not installed."""
    spec = find_spec("natasha")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(
            "natasha is not installed: its wheel holds the models (pip install natasha)"
        )
    return Path(spec.origin).parent / "data"


@cache
def models() -> Models:
    """Load the models; once a process, about half a second."""
    data = data_folder()
    vectors = Navec.load(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
    taggers = (
        NER.load(data / "model" / "slovnet_ner_news_v1.tar"),
        Morph.load(data / "model" / "slovnet_morph_news_v1.tar", batch_size=8),
        Syntax.load(data / "model" / "slovnet_syntax_news_v1.tar", batch_size=8),
    )
    for tagger in taggers:
        tagger.navec(vectors)
    return Models(*taggers)


def sentences(text: str, blocks: Sequence[Block]) -> tuple[Sentence, ...]:
    """Split the body blocks of a clean text into tagged sentences with trees."""
    plain = [s for block in blocks if block.kind == "body" for s in _split(text, block)]
    return tuple(_tag([Sentence(i, s.start, s.end, s.section, s.tokens) for i, s in enumerate(plain)]))


def _split(text: str, block: Block) -> Iterator[Sentence]:
    for start, end in _pieces(text, block):
        for found in sentenize(text[start:end]):
            at = start + found.start
            yield Sentence(-1, at, start + found.stop, block.section, _tokens(found.text, at))


def _pieces(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Cut a block into pieces that razdel can take: no word over MAX_WORD, no piece over MAX_SENTENCE."""
    start = block.start
    while block.end - start > MAX_SENTENCE:
        cut = max(text.rfind(mark, start, start + MAX_SENTENCE) for mark in (". ", "! ", "? ", " "))
        cut = cut + 1 if cut > start else start + MAX_SENTENCE
        yield start, cut
        start = cut
    yield start, block.end


def _tokens(text: str, at: int) -> tuple[Token, ...]:
    spans: list[tuple[int, int]] = []
    for run in re.finditer(rf"\S{{1,{MAX_WORD}}}(?:\s+\S{{1,{MAX_WORD}}})*", text):
        spans += ((run.start() + t.start, run.start() + t.stop) for t in tokenize(run.group()))
    return tuple(Token(i, at + s, at + e, text[s:e]) for i, (s, e) in enumerate(spans))


def _tag(plain: Sequence[Sentence]) -> Iterator[Sentence]:
    words = [[t.text for t in s.tokens] for s in plain]
    tagged = models().morph.map(words)
    trees = iter(models().syntax.map([w for w in words if len(w) <= MAX_TREE_TOKENS]))
    for sentence, marks in zip(plain, tagged, strict=True):
        tree = next(trees).tokens if len(sentence.tokens) <= MAX_TREE_TOKENS else None
        tokens = tuple(
            _token(t, marks.tokens[t.index], tree[t.index] if tree else None) for t in sentence.tokens
        )
        yield Sentence(sentence.number, sentence.start, sentence.end, sentence.section, tokens)


def _token(token: Token, mark: Any, node: Any) -> Token:
    feats = dict(mark.feats)
    pos = mark.pos
    if voice := morph.participle(token.text, pos, feats):
        feats |= {"VerbForm": "Part"} | voice
        pos = "VERB" if pos in {"NOUN", "PROPN"} else pos
    head = int(node.head_id) - 1 if node else -1
    return Token(
        token.index,
        token.start,
        token.end,
        token.text,
        pos=pos,
        feats=feats,
        lemma=morph.lemma(token.text, pos, feats),
        head=-1 if head == token.index else head,
        rel=node.rel if node else "dep",
    )


def names(text: str, found: Sequence[Sentence]) -> tuple[NameSpan, ...]:
    """Names of people, places and organisations in the sentences, in order, never across sentences."""
    spans: list[NameSpan] = []
    for start, end in _chunks(found):
        for span in models().ner(text[start:end]).spans:
            spans.append(NameSpan(start + span.start, start + span.stop, span.type))
    return tuple(spans)


def _chunks(found: Iterable[Sentence]) -> Iterator[tuple[int, int]]:
    start = end = -1
    section = -1
    for s in found:
        if start >= 0 and (s.end - start > NER_CHUNK or s.section != section or s.start - end > 40):
            yield start, end
            start = -1
        if start < 0:
            start = s.start
        end, section = s.end, s.section
    if start >= 0:
        yield start, end
