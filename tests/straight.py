"""The straightforward path through the taggers: slovnet's own execution behind the face of ``svyaz.taggers``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any


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
