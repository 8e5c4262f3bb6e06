"""A second opinion on names and posts: a small tagger of the same build as slovnet's, trained on NEREL.

Slovnet's tagger knows people, places and organisations; this one knows the words of a post as well («[поп-дива]
Мария Орлова») and says how sure it is of each word. See docs/opinion.md for the data and the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from slovnet.exec.model import (
    NER,
    BatchNorm1d,
    CNNEncoder,
    CNNEncoderLayer,
    Conv1d,
    Embedding,
    Linear,
    ReLU,
    Weight,
    WordShapeEmbedding,
)

Floats = NDArray[np.float32]
Layer = Literal["outer", "inner"]

# The widest names with posts and dates, and the narrowest names: «[МВД России]» and «[МВД] [России]».
TYPES: Mapping[Layer, tuple[str, ...]] = {
    "outer": ("PER", "ORG", "BODY", "LOC", "POST", "DATE"),
    "inner": ("PER", "ORG", "LOC"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """Tokens ``first`` to ``last`` (inclusive) taken for a ``type``; ``sure`` is the least sure word's chance."""

    first: int
    last: int
    type: str
    sure: float


@dataclass(frozen=True)
class Opinion:
    """What the tagger thinks of one sentence: for each layer the chance of each tag (tokens x tags)."""

    chances: Mapping[Layer, Floats]

    def of(self, layer: Layer, kind: str) -> Floats:
        """The chance of each token to be of a type."""
        at = 1 + 2 * TYPES[layer].index(kind)
        return self.chances[layer][:, at] + self.chances[layer][:, at + 1]

    def spans(self, layer: Layer) -> tuple[Seen, ...]:
        """The likeliest tag of each token, joined."""
        chances = self.chances[layer]
        best = chances.argmax(-1).tolist()
        kinds = [None if b == 0 else TYPES[layer][(b - 1) // 2] for b in best]
        out: list[Seen] = []
        start = 0
        for at, kind in enumerate(kinds):
            if at == 0 or kind != kinds[at - 1] or best[at] % 2 == 1:
                start = at
            following = at + 1
            ends = following == len(kinds) or kinds[following] != kind or best[following] % 2 == 1
            if kind and ends:
                sure = float(self.of(layer, kind)[start:following].min())
                out.append(Seen(start, at, kind, sure))
        return tuple(out)


@dataclass(frozen=True)
class _Head:
    proj: Linear
    transitions: Floats  # factors, not logarithms: from tag × to tag


@cache
def _arrays() -> Mapping[str, Floats]:
    with (files("svyaz") / "opinion.npz").open("rb") as file, np.load(file) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def _weight(name: str) -> Weight:
    array = _arrays()[name]
    return Weight(array.shape, "float32", array)


def network(words: Any) -> Any:
    """The embedding and the encoder, without heads; ``words`` is the embedding that slovnet's taggers share."""
    count = sum(name.startswith("conv") for name in _arrays()) // 2
    layers = [
        CNNEncoderLayer(
            Conv1d(_weight(f"conv{i}.weight"), _weight(f"conv{i}.bias"), 1),
            ReLU(),
            BatchNorm1d(*(_weight(f"norm{i}.{part}") for part in ("weight", "bias", "mean", "std"))),
        )
        for i in range(count)
    ]
    return NER(WordShapeEmbedding(words, Embedding(_weight("shape"))), CNNEncoder(layers), None)


@cache
def _heads() -> Mapping[Layer, _Head]:
    return {
        layer: _Head(
            Linear(_weight(f"{layer}.weight"), _weight(f"{layer}.bias")),
            np.exp(_arrays()[f"{layer}.transitions"]),
        )
        for layer in TYPES
    }


def opinions(values: Floats, spans: Sequence[tuple[int, int]]) -> Iterator[Opinion]:
    """An opinion for each sentence; ``values`` (words × filters) are the encoder's, ``spans`` its sentences'."""
    lengths = np.array([end - start for start, end in spans], np.intp)
    places = np.arange(lengths.max(initial=0))
    there = places < lengths[:, None]
    rows = np.where(there, np.array([start for start, _ in spans], np.intp)[:, None] + places, 0)
    chances = {
        layer: _marginals(head.proj(values)[rows], head.transitions, there)
        for layer, head in _heads().items()
    }
    for number, length in enumerate(lengths.tolist()):
        yield Opinion({layer: found[number, :length] for layer, found in chances.items()})


def _marginals(scores: Floats, transitions: Floats, there: NDArray[np.bool_]) -> Floats:
    """Posterior chances of a linear chain (sentences × words × tags): forward-backward, scaled at each step so that
    nothing overflows."""
    factors = np.exp(scores - scores.max(-1, keepdims=True)).swapaxes(0, 1)
    inside = there.T[:, :, None]
    forward, backward = factors.copy(), np.ones_like(factors)
    for at in range(1, len(factors)):
        step = (forward[at - 1] @ transitions) * factors[at]
        forward[at] = step / step.sum(-1, keepdims=True)
    for at in range(len(factors) - 2, -1, -1):
        step = (backward[at + 1] * factors[at + 1]) @ transitions.T
        backward[at] = np.where(inside[at + 1], step / step.sum(-1, keepdims=True), 1.0)
    chances = forward * backward
    chances /= chances.sum(-1, keepdims=True)
    return np.ascontiguousarray(chances.swapaxes(0, 1), dtype=np.float32)
