"""The straightforward path through the taggers: slovnet's own execution behind the face of ``svyaz.taggers``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from svyaz import opinion
from svyaz.taggers import Floats, Tagged


class Straight:
    """slovnet's NER, morphology and syntax, each called as slovnet means it, with what Taggers gives."""

    def __init__(self, ner: Any, morph: Any, syntax: Any) -> None:
        self._ner, self._morph, self._syntax = ner.infer, morph, syntax

    def names(self, texts: Iterable[Sequence[str]]) -> Iterator[Tagged]:
        """BIO tags for each list of words."""
        for words in texts:
            inputs = self._ner.encoder([words] if words else [])
            tags = next(iter(self._ner.decoder(self._ner.process(inputs))), [])
            yield Tagged(tags, _encoded(self._ner, words))

    def morphology(self, sentences: Iterable[Sequence[str]]) -> Iterator[Tagged]:
        """Tags for each list of words."""
        for words in sentences:
            (found,) = self._morph.map([words])
            tags = ["|".join([t.pos, *(f"{k}={v}" for k, v in t.feats.items())]) for t in found.tokens]
            yield Tagged(tags, _encoded(self._morph.infer, words))

    def trees(self, sentences: Iterable[Sequence[str]]) -> Iterator[list[tuple[int, str]]]:
        """Heads and relations for each list of words."""
        for found in self._syntax.map(sentences):
            yield [(int(t.head_id) - 1, t.rel) for t in found.tokens]

    def impressions(self, texts: Iterable[Sequence[str]]) -> Iterator[Floats]:
        """The second tagger's impression of each word by itself."""
        for words in texts:
            embedded = np.zeros((0, self._ner.model.encoder.layers[0].conv.weight.shape[1]), np.float32)
            for given in self._ner.encoder([words] if words else []):
                embedded = self._ner.model.emb(given.word_id, given.shape_id)[0]
            yield opinion.impression(embedded)


def _encoded(tagger: Any, words: Sequence[str]) -> Floats:
    """What the encoder of slovnet's tagger makes of words, as slovnet's classes run it."""
    model = tagger.model
    hidden: Floats = np.zeros((0, model.encoder.layers[-1].conv.weight.shape[0]), np.float32)
    for given in tagger.encoder([words] if words else []):
        hidden = model.encoder(model.emb(given.word_id, given.shape_id), given.pad_mask)[0]
    return hidden
