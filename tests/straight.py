"""The straightforward path through the taggers: slovnet's own execution behind the face of ``svyaz.taggers``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from svyaz import opinion


class Straight:
    """slovnet's NER, morphology and syntax, each called as slovnet means it, with what Taggers gives."""

    def __init__(self, ner: Any, morph: Any, syntax: Any) -> None:
        self._ner, self._morph, self._syntax = ner.infer, morph, syntax

    def names(self, texts: Iterable[Sequence[str]]) -> Iterator[list[str]]:
        """BIO tags for each list of words."""
        for words in texts:
            inputs = self._ner.encoder([words] if words else [])
            yield next(iter(self._ner.decoder(self._ner.process(inputs))), [])

    def morphology(self, sentences: Iterable[Sequence[str]]) -> Iterator[list[str]]:
        """Tags for each list of words."""
        for found in self._morph.map(sentences):
            yield ["|".join([t.pos, *(f"{k}={v}" for k, v in t.feats.items())]) for t in found.tokens]

    def trees(self, sentences: Iterable[Sequence[str]]) -> Iterator[list[tuple[int, str]]]:
        """Heads and relations for each list of words."""
        for found in self._syntax.map(sentences):
            yield [(int(t.head_id) - 1, t.rel) for t in found.tokens]

    def second(self, sentences: Iterable[Sequence[str]]) -> Iterator[tuple[Any, tuple[tuple[int, int], ...]]]:
        """What the second tagger's network makes of each list of words, run as slovnet's classes run it."""
        network = opinion.network(self._ner.model.emb.word)
        for words in sentences:
            hidden = np.zeros((0, network.encoder.layers[-1].conv.weight.shape[0]), np.float32)
            for given in self._ner.encoder([words] if words else []):
                hidden = network.encoder(network.emb(given.word_id, given.shape_id), given.pad_mask)[0]
            yield hidden, ((0, len(words)),)
