"""The fast path through slovnet's three networks: the same answers in less time.

slovnet runs its networks one after the other over padded batches of eight sentences. Here the sentences stand in
one row with an empty place between them, so that nothing is padded, and the first convolution, two thirds of the
multiplications, is a look-up: it is linear in the embedding of a word and its shape, so a word's products with the
filters are computed once and kept («в» and «России» come thousands of times). What differs from slovnet is the
order of float additions alone; ``tests/test_taggers.py`` holds both paths side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from slovnet.shape import word_shape

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]
Words = Sequence[str]

# Words whose products are kept, 3 KB each a network; those not seen for longest make room for new ones.
KEPT_WORDS = 12288
# Words that go through a network at once: enough for good matrix products; they must fit into the table together.
BATCH_WORDS = 2048


class Tagged(NamedTuple):
    """The tags of a list of words and what the network made of each word before it chose (words × filters)."""

    tags: list[str]
    hidden: Floats


@dataclass(frozen=True)
class Convolution:
    """A convolution of width three and what follows it: relu, then scale and shift (the batch norm, folded)."""

    weight: Floats  # place (before, here, after) × inputs × filters
    bias: Floats
    scale: Floats
    shift: Floats

    @classmethod
    def of(cls, layer: Any) -> Convolution:
        """From slovnet's layer, whose weight is filters × inputs × place."""
        scale = layer.norm.weight.array / layer.norm.std.array
        shift = layer.norm.bias.array - layer.norm.mean.array * scale
        weight = np.ascontiguousarray(layer.conv.weight.array.transpose(2, 1, 0))
        return cls(weight, layer.conv.bias.array, scale, shift)

    def __call__(self, values: Floats, empty: Ints) -> Floats:
        """Values (words × inputs) to values (words × filters); ``empty`` are the places between sentences."""
        before, here, after = (values @ weight for weight in self.weight)
        return self.finish(before, here, after, empty)

    def finish(self, before: Floats, here: Floats, after: Floats, empty: Ints) -> Floats:
        """Add up the products of each word with its neighbours' and apply relu and norm; changes ``here``."""
        here[1:] += before[:-1]
        here[:-1] += after[1:]
        here += self.bias
        np.maximum(here, 0, out=here)
        here *= self.scale
        here += self.shift
        here[empty] = 0
        return here


class _Table:
    """Words to slots, for each network the products of the words with the filters of its first layer, and what
    ``impression`` makes of the first network's embedding of each word."""

    def __init__(
        self,
        encoder: Any,
        embeddings: Sequence[Any],
        layers: Sequence[Convolution],
        impression: Callable[[Floats], Floats],
    ) -> None:
        self._encoder, self._embeddings, self._impression = encoder, embeddings, impression
        self._weights = [layer.weight for layer in layers]
        filters = self._weights[0].shape[2]
        # Slot 0 stands between sentences and stays at nought.
        self._products = np.zeros((len(layers), 3, KEPT_WORDS, filters), np.float32)
        width = impression(np.zeros((1, self._weights[0].shape[1]), np.float32)).shape[1]
        self._impressions = np.zeros((KEPT_WORDS, width), np.float32)
        self._slots: dict[str | None, int] = {None: 0}
        self._free = np.arange(1, KEPT_WORDS)
        # For each slot the number of the batch that had its word last.
        self._used = np.zeros(KEPT_WORDS, np.int64)
        self._batches = 0

    def slots(self, words: Sequence[str | None]) -> Ints:
        """The slot of each word of a batch, 0 for None."""
        self._batches += 1
        new = [w for w in dict.fromkeys(words) if w is not None and w not in self._slots]
        if len(new) > len(self._free):
            self._used[[self._slots[w] for w in words if w in self._slots]] = self._batches
            self._forget(len(new))
        if new:
            self._add(new)
        found = np.fromiter(map(self._slots.__getitem__, words), np.intp, len(words))
        self._used[found] = self._batches
        return found

    def _forget(self, needed: int) -> None:
        """Free slots for new words: those of words that were not seen for longest, and none of this batch."""
        old = 1 + np.flatnonzero(self._used[1:] < self._batches)
        self._free = old[np.argsort(self._used[old], kind="stable")][: max(needed, KEPT_WORDS // 4)]
        free = set(self._free.tolist())
        self._slots = {w: slot for w, slot in self._slots.items() if slot not in free}

    def _add(self, words: Words) -> None:
        slots, self._free = np.split(self._free, [len(words)])
        vocabulary, shapes = self._encoder.words_vocab, self._encoder.shapes_vocab
        word_ids = np.array([vocabulary.encode(w.lower()) for w in words], np.intp)
        shape_ids = np.array([shapes.encode(word_shape(w)) for w in words], np.intp)
        shared = self._embeddings[0].word(word_ids)
        for network, (embedding, weight) in enumerate(zip(self._embeddings, self._weights, strict=True)):
            vectors = np.concatenate((shared, embedding.shape(shape_ids)), axis=-1)
            self._products[network][:, slots] = vectors @ weight
            if network == 0:
                self._impressions[slots] = self._impression(vectors)
        self._slots.update(zip(words, slots.tolist(), strict=True))

    def products(self, network: int, slots: Ints) -> tuple[Floats, Floats, Floats]:
        """Of each word with the filters for the place before, here and after (words × filters)."""
        before, here, after = (table[slots] for table in self._products[network])
        return before, here, after

    def impressions(self, slots: Ints) -> Floats:
        """The impressions of the words (words × values)."""
        found: Floats = self._impressions[slots]
        return found


@dataclass(frozen=True)
class _Row:
    """Sentences side by side: a slot for each word, an empty place before, between and after the sentences."""

    slots: Ints
    empty: Ints
    spans: tuple[tuple[int, int], ...]


class Taggers:
    """slovnet's NER, morphology and syntax over lists of words; they share vocabulary and word vectors. ``impression``
    is what the second tagger (``opinion.py``) makes of words by themselves: embeddings (words × inputs) to values."""

    def __init__(self, ner: Any, morph: Any, syntax: Any, impression: Callable[[Floats], Floats]) -> None:
        networks = [tagger.infer.model for tagger in (ner, morph, syntax)]
        layers = [[Convolution.of(layer) for layer in n.encoder.layers] for n in networks]
        self._deeper = [ls[1:] for ls in layers]
        self._first = [ls[0] for ls in layers]
        self._table = _Table(ner.infer.encoder, [n.emb for n in networks], self._first, impression)
        self._ner, self._morph, self._syntax = networks
        self._name_tags = ner.infer.decoder.tags_vocab.items
        self._morph_tags = morph.infer.decoder.tags_vocab.items
        self._rels = syntax.infer.decoder.rels_vocab.items

    def names(self, texts: Iterable[Words]) -> Iterator[Tagged]:
        """For each list of words the BIO tag of each word («B-PER», «O»)."""
        head = self._ner.head
        for row, hidden in self._encoded(0, texts):
            emissions = hidden @ head.proj.weight.array + head.proj.bias.array
            for start, end in row.spans:
                path = _viterbi(emissions[start:end], head.crf.transitions.array)
                yield Tagged([self._name_tags[i] for i in path], hidden[start:end])

    def morphology(self, sentences: Iterable[Words]) -> Iterator[Tagged]:
        """For each list of words the tag of each word («NOUN|Animacy=Inan|Case=Loc|…»)."""
        proj = self._morph.head.proj
        for row, hidden in self._encoded(1, sentences):
            best = (hidden @ proj.weight.array + proj.bias.array).argmax(-1).tolist()
            for start, end in row.spans:
                yield Tagged([self._morph_tags[i] for i in best[start:end]], hidden[start:end])

    def trees(self, sentences: Iterable[Words]) -> Iterator[list[tuple[int, str]]]:
        """For each list of words the head of each word (its index, -1 for none) and its relation to it."""
        for row, hidden in self._encoded(2, sentences):
            heads = _heads(self._syntax.head, hidden, row.spans)
            rels = _rels(self._syntax.rel, hidden, row.spans, heads)
            for (start, end), above in zip(row.spans, heads, strict=True):
                names = (self._rels[i] for i in rels[start:end])
                yield [(int(h) - 1, rel) for h, rel in zip(above, names, strict=True)]

    def impressions(self, texts: Iterable[Words]) -> Iterator[Floats]:
        """For each list of words the second tagger's impression of each word by itself (words × values)."""
        for batch in _batches(texts):
            row = self._row(batch)
            values = self._table.impressions(row.slots)
            yield from (values[start:end] for start, end in row.spans)

    def _encoded(self, network: int, sentences: Iterable[Words]) -> Iterator[tuple[_Row, Floats]]:
        for batch in _batches(sentences):
            row = self._row(batch)
            values = self._first[network].finish(*self._table.products(network, row.slots), row.empty)
            for layer in self._deeper[network]:
                values = layer(values, row.empty)
            yield row, values

    def _row(self, batch: Sequence[Words]) -> _Row:
        words: list[str | None] = [None]
        spans, empty = [], [0]
        for sentence in batch:
            spans.append((len(words), len(words) + len(sentence)))
            words += sentence
            empty.append(len(words))
            words.append(None)
        return _Row(self._table.slots(words), np.array(empty, np.intp), tuple(spans))


def _batches(sentences: Iterable[Words]) -> Iterator[list[Words]]:
    batch: list[Words] = []
    size = 0
    for sentence in sentences:
        if batch and size + len(sentence) > BATCH_WORDS:
            yield batch
            batch, size = [], 0
        batch.append(sentence)
        size += len(sentence)
    if batch:
        yield batch


def _viterbi(emissions: Floats, transitions: Floats) -> list[int]:
    """The best path of tags through the CRF (words × tags; from tag × to tag)."""
    if not len(emissions):
        return []
    # What hangs on no earlier word is computed for all words at once: only the score goes from word to word.
    steps = transitions + emissions[1:, None, :]
    scores = np.empty((*emissions.shape, 1), np.float32)
    scores[0, :, 0] = emissions[0]
    for step, score, following in zip(steps, scores, scores[1:], strict=False):
        np.maximum.reduce(step + score, 0, None, following[:, 0])
    history = (steps + scores[:-1]).argmax(1).tolist()
    path = [int(scores[-1].argmax())]
    for before in reversed(history):
        path.append(before[path[-1]])
    return path[::-1]


def _linear(layer: Any, values: Floats) -> Floats:
    """A feed-forward layer with relu, as slovnet's syntax uses it."""
    rectified: Floats = np.maximum(values @ layer.proj.weight.array + layer.proj.bias.array, 0)
    return rectified


def _heads(layer: Any, hidden: Floats, spans: Sequence[tuple[int, int]]) -> list[Ints]:
    """For each sentence the head of each word, counted from 1; 0 is the root."""
    heads, tails = _linear(layer.head, hidden), _linear(layer.tail, hidden)
    root = _linear(layer.tail, layer.root.array.reshape(1, -1))
    heads = heads @ layer.kernel.array
    return [
        (heads[start:end] @ np.concatenate((root, tails[start:end])).T).argmax(-1) for start, end in spans
    ]


def _rels(layer: Any, hidden: Floats, spans: Sequence[tuple[int, int]], heads: Sequence[Ints]) -> list[int]:
    """For each word of the row the number of its relation; what stands between the sentences means nothing."""
    above = np.zeros(len(hidden), np.intp)
    for (start, end), found in zip(spans, heads, strict=True):
        # The root's vector is put at place 0, which no sentence has.
        above[start:end] = np.where(found > 0, found - 1 + start, 0)
    values = hidden.copy()
    values[0] = layer.root.array
    head, tail = _linear(layer.head, values)[above], _linear(layer.tail, hidden)
    size, kinds = layer.kernel.shape[0], layer.kernel.shape[1] // layer.kernel.shape[0]
    scores = (head @ layer.kernel.array).reshape(-1, kinds, size) @ tail[:, :, None]
    best: list[int] = scores[:, :, 0].argmax(-1).tolist()
    return best
