"""A second opinion on names and posts: a light tagger over what slovnet's networks make of the words, trained on NEREL.

Slovnet's tagger knows people, places and organisations; this one knows the words of a post as well («[поп-дива]
Мария Орлова») and says how sure it is of each word. See docs/opinion.md for the data and the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import numpy as np

from svyaz.taggers import Convolution, Floats, Ints

Layer = Literal["outer", "inner"]

# The widest names with posts and dates, and the narrowest names: «[МВД России]» and «[МВД] [России]».
TYPES: Mapping[Layer, tuple[str, ...]] = {
    "outer": ("PER", "ORG", "BODY", "LOC", "POST", "DATE"),
    "inner": ("PER", "ORG", "LOC"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """Tokens ``first`` to ``last`` (inclusive) taken for a ``type``."""

    first: int
    last: int
    type: str


@dataclass(frozen=True)
class Opinion:
    """What the tagger thinks of one sentence: for each layer the chance of each tag (tokens x tags), and the
    likeliest tag of each token."""

    chances: Mapping[Layer, Floats]
    tags: Mapping[Layer, Sequence[int]]

    def chance(self, layer: Layer, kind: str, token: int) -> float:
        """The chance of a token to be of a type: to begin one and to go on with one."""
        begins = 1 + 2 * TYPES[layer].index(kind)
        chances = self.chances[layer]
        return float(chances[token, begins] + chances[token, begins + 1])

    def sure(self, layer: Layer, seen: Seen) -> float:
        """How sure the tagger is of what it sees: the chance of the least sure word."""
        return min(self.chance(layer, seen.type, i) for i in range(seen.first, seen.last + 1))

    def spans(self, layer: Layer) -> tuple[Seen, ...]:
        """The likeliest tag of each token, joined."""
        return self._spans[layer]

    @cached_property
    def _spans(self) -> Mapping[Layer, tuple[Seen, ...]]:
        return {layer: tuple(self._joined(layer)) for layer in self.chances}

    def _joined(self, layer: Layer) -> Iterator[Seen]:
        start = goes_on = 0  # the tag that a span goes on with; 0, as that of other words, outside of any
        for at, tag in enumerate((*self.tags[layer], 0)):
            if tag == goes_on:
                continue
            if goes_on:
                yield Seen(start, at - 1, TYPES[layer][goes_on // 2 - 1])
            start, goes_on = at, tag + tag % 2


@cache
def _arrays() -> Mapping[str, Floats]:
    with (files("svyaz") / "opinion.npz").open("rb") as file, np.load(file) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def impression(vectors: Floats) -> Floats:
    """What the tagger makes of words by themselves: embeddings (words × inputs) to values (words × impressions)."""
    stored = _arrays()
    values: Floats = np.maximum(vectors @ stored["word.weight"] + stored["word.bias"], 0)
    return values * stored["word.scale"] + stored["word.shift"]


@cache
def _convolution() -> Convolution:
    return Convolution(*(_arrays()[f"conv.{part}"] for part in ("weight", "bias", "scale", "shift")))


@cache
def _transitions() -> Floats:
    """Factors, not logarithms, from tag × to tag, of the chains that are computed side by side: each layer read
    forwards, then each read backwards; a layer with fewer tags has noughts for the rest."""
    tags = max(_tags(layer) for layer in TYPES)
    forward = np.zeros((len(TYPES), tags, tags), np.float32)
    for number, layer in enumerate(TYPES):
        forward[number, : _tags(layer), : _tags(layer)] = np.exp(_arrays()[f"{layer}.transitions"])
    return np.concatenate((forward, forward.swapaxes(1, 2)))


def _tags(layer: Layer) -> int:
    return 1 + 2 * len(TYPES[layer])


def opinions(names: Floats, morphology: Sequence[Floats], impressions: Floats) -> Iterator[Opinion]:
    """An opinion for each of some neighbouring sentences. ``names`` is what slovnet's tagger of names made of all their
    words (words × filters), ``morphology`` what that of morphology made of them sentence by sentence."""
    places, empty, spans = _row([len(m) for m in morphology])
    inputs = np.zeros((len(places) + len(empty), _convolution().weight.shape[1]), np.float32)
    inputs[places] = np.concatenate((names, np.concatenate(morphology), impressions), axis=-1)
    values = _convolution()(inputs, empty)
    factors = np.zeros((len(TYPES), len(values), _transitions().shape[-1]), np.float32)
    for number, layer in enumerate(TYPES):
        scores = values @ _arrays()[f"{layer}.weight"] + _arrays()[f"{layer}.bias"]
        factors[number, :, : _tags(layer)] = np.exp(scores - scores.max(-1, keepdims=True))
    chances = _marginals(factors, spans)
    likeliest = chances.argmax(-1).tolist()
    for start, end in spans:
        yield Opinion(
            {layer: chances[i, start:end, : _tags(layer)] for i, layer in enumerate(TYPES)},
            {layer: likeliest[i][start:end] for i, layer in enumerate(TYPES)},
        )


def _row(sizes: Sequence[int]) -> tuple[Ints, Ints, list[tuple[int, int]]]:
    """Sentences of so many words side by side, an empty place before, between and after them: the places of the
    words, the empty places, and where each sentence starts and ends."""
    ends = np.cumsum(np.array(sizes, np.intp) + 1)
    starts = ends - sizes
    places = np.arange(sum(sizes)) + np.repeat(np.arange(1, len(sizes) + 1), sizes)
    return places, np.concatenate(([0], ends)), list(zip(starts.tolist(), ends.tolist(), strict=True))


def _marginals(factors: Floats, spans: Sequence[tuple[int, int]]) -> Floats:
    """Posterior chances (layers × words × tags) of linear chains, one a layer and sentence, from what each word
    says by itself: forward-backward. Backwards is forwards from the last word with the transitions turned, so all
    chains go in step, both ways at once."""
    starts, ends = np.array(spans, np.intp).reshape(-1, 2).T
    places = np.arange(max((end - start for start, end in spans), default=0))[:, None]
    there = places < ends - starts
    ahead, back = np.where(there, starts + places, 0), np.where(there, ends - 1 - places, 0)
    own = np.concatenate((factors[:, ahead], factors[:, back])).swapaxes(
        0, 1
    )  # place × chain × sentence × tag
    before = _brought(np.ascontiguousarray(own), _transitions()).swapaxes(0, 1)
    chances = factors.copy()
    half = len(factors)
    chances[:, ahead[there]] *= before[:half, there]
    chances[:, back[there]] *= before[half:, there]
    chances /= np.maximum(chances.sum(-1, keepdims=True), np.finfo(np.float32).tiny)
    return chances


def _brought(own: Floats, transitions: Floats) -> Floats:
    """What the words before a place say of its tag, for each place; scaled at each step so that nothing overflows."""
    found = np.ones_like(own)
    for word, here, following in zip(own, found, found[1:], strict=False):
        state = here * word
        state /= state.sum(-1, keepdims=True)
        np.matmul(state, transitions, out=following)
    return found
