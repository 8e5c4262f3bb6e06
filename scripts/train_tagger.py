"""Train the second tagger of names and posts on NEREL: `python scripts/train_tagger.py NEREL/train NEREL/dev`.

Needs torch, which is no dependency of the project: `pip install -e . torch==2.13.0`. One thread and a fixed
seed: the same data, torch and machine give the same weights. Model card: docs/opinion.md.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import torch
from callings import Swap, Words
from slovnet.model.tag import NERHead
from torch import Tensor, nn

from svyaz import layout, parse, text, weights
from svyaz.taggers import Taggers

TYPES = {
    "PERSON": "PER",
    "ORGANIZATION": "ORG",
    "PROFESSION": "POST",
    "DATE": "DATE",
    "COUNTRY": "LOC",
    "CITY": "LOC",
    "STATE_OR_PROVINCE": "LOC",
    "DISTRICT": "LOC",
    "LOCATION": "LOC",
}
OUTER = ("PER", "ORG", "BODY", "LOC", "POST", "DATE")
INNER = ("PER", "ORG", "LOC")
# «бывший министр»: the phase of a relation, no part of the post.
PHASES = re.compile(
    r"(?:бывш|нынешн|действующ|тогдашн|прежн)\w+|нов(?:ый|ая|ого|ому|ым|ом|ой|ую|ые|ых|ыми)|экс", re.I
)
# Of the training, and of the choice of other callings.
SEED, SWAP_SEED = 4, 5


# What stands beside each other of a word: slovnet's names, slovnet's morphology, the embedding.
STATES, INPUTS = 128, 330
# As much of the embedding is the vector of the word, the rest that of its shape.
VECTOR = 300


@dataclass(frozen=True)
class Sample:
    """A sentence: the BIO tags of both layers, and of each word what slovnet's encoders made of it (words × STATES)
    and its embedding (words × INPUTS)."""

    outer: tuple[str, ...]
    inner: tuple[str, ...]
    states: Tensor
    embedded: Tensor


@dataclass(frozen=True)
class Marked:
    start: int
    end: int
    type: str

    def holds(self, other: Marked) -> bool:
        return self.start <= other.start and other.end <= self.end and self is not other


@dataclass(frozen=True)
class Labelled:
    """The sentences of a chunk, which slovnet reads together: words and the tags of both layers."""

    words: tuple[tuple[str, ...], ...]
    outer: tuple[tuple[str, ...], ...]
    inner: tuple[tuple[str, ...], ...]

    def sentences(self) -> Iterator[Words]:
        """Words with their outer tags."""
        return (Words(*pair) for pair in zip(self.words, self.outer, strict=True))


def labelled(folder: Path) -> Iterator[Labelled]:
    """The chunks of all documents of a NEREL folder, in order of names, cut as svyaz cuts them."""
    for path in sorted(folder.glob("*.ann")):
        with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
            raw = file.read()
        marked, clean = list(_marked(path, raw)), text.clean(raw)
        for chunk in parse.chunks(clean.text, tuple(layout.blocks(clean.text))):
            words, outer, inner = [], [], []
            for sentence in chunk:
                tokens = [(clean.raw_start(s), clean.raw_end(e)) for s, e in sentence.words]
                inside = [m for m in marked if m.start >= tokens[0][0] and m.end <= tokens[-1][1]]
                words.append(tuple(sentence.texts(clean.text)))
                outer.append(_outer(tokens, inside, words[-1]))
                inner.append(_inner(tokens, inside))
            yield Labelled(tuple(words), tuple(outer), tuple(inner))


def samples(data: Iterable[Labelled]) -> Iterator[Sample]:
    """The sentences of the chunks with what the tagger hears of them."""
    for chunk in data:
        for outer, inner, heard in zip(chunk.outer, chunk.inner, _heard(chunk.words), strict=True):
            yield Sample(outer, inner, *heard)


def swapped(data: Sequence[Labelled], copies: int, seed: int) -> Iterator[Labelled]:
    """So many copies of the chunks with other callings in the place of theirs."""
    vocabulary = weights.load()[0].infer.encoder.words_vocab.items
    swap = Swap((s for chunk in data for s in chunk.sentences()), vocabulary, _vectors)
    chance = random.Random(seed)  # noqa: S311
    for _ in range(copies):
        for chunk in data:
            yield replace(chunk, words=tuple(tuple(swap(s, chance)) for s in chunk.sentences()))


def _vectors(words: Sequence[str]) -> np.ndarray:
    parts = [list(words[i : i + 2000]) for i in range(0, len(words), 2000)]
    return np.concatenate([v[:, :VECTOR] for v in _taggers().impressions(parts)])


def _heard(words: Sequence[Sequence[str]]) -> Iterator[tuple[Tensor, Tensor]]:
    """For each of some neighbouring sentences what the second tagger hears of it."""
    names, embedded, tagged = parse.heard(_taggers(), words)
    ends = np.cumsum([len(w) for w in words])[:-1]
    for name, word, morph in zip(np.split(names.hidden, ends), np.split(embedded, ends), tagged, strict=True):
        yield torch.tensor(np.concatenate((name, morph.hidden), axis=-1)), torch.tensor(word)


@cache
def _taggers() -> Taggers:
    """slovnet's taggers with the embedding itself in place of what is to be learned from it."""
    return Taggers(*weights.load(), lambda embedded: embedded)


def _marked(path: Path, text: str) -> Iterator[Marked]:
    """The mentions of one .ann file; a note that runs over several lines is passed over."""
    for line in path.read_text("utf-8").split("\n"):
        if found := re.match(r"T\d+\t(\w+) (\d+) (?:[\d; ]+ )?(\d+)\t", line):
            kind, start, end = found[1], int(found[2]), int(found[3])
            if kind in TYPES:
                yield Marked(start, end, _type(TYPES[kind], text[start:end]))


def _type(kind: str, text: str) -> str:
    """A body without a capital or quotes («полиция», «суд») bears no name."""
    named = any(c.isupper() or c in '«"' for c in text)
    return "BODY" if kind == "ORG" and not named else kind


def _outer(
    tokens: Sequence[tuple[int, int]], marked: Sequence[Marked], words: Sequence[str]
) -> tuple[str, ...]:
    """The widest names and the posts without the bodies, places and persons named in them."""
    names = [m for m in marked if m.type != "POST"]
    widest = [m for m in names if not any(o.holds(m) and o.type != "POST" for o in names)]
    # A body named inside a post is cut out of it; a post named inside a body stays inside.
    posts = [
        m
        for m in marked
        if m.type == "POST" and not any(o.holds(m) for o in marked if o.type in {"POST", "ORG", "BODY"})
    ]
    tags = ["O"] * len(tokens)
    for mention in widest:
        _fill(tags, [i for i, t in enumerate(tokens) if _in(t, mention)], mention.type)
    for mention in posts:
        _fill(tags, _post(tokens, mention, names, words), "POST")
    return tuple(tags)


def _post(
    tokens: Sequence[tuple[int, int]], post: Marked, names: Sequence[Marked], words: Sequence[str]
) -> list[int]:
    """«бывший [министр обороны] России», «российский [посол]»: the first run of words outside other names."""
    cut = [n for n in names if post.holds(n) and n.type in {"ORG", "LOC", "PER"}]
    run: list[int] = []
    for index, token in enumerate(tokens):
        if not _in(token, post):
            continue
        if any(_in(token, n) for n in cut):
            if run:
                break
            continue
        if not run and PHASES.fullmatch(words[index]):
            continue
        run.append(index)
    while run and words[run[-1]].lower() in _LOOSE:
        run.pop()
    return run


_LOOSE = {
    "в",
    "во",
    "на",
    "при",
    "по",
    "из",
    "от",
    "и",
    "с",
    "со",
    "«",
    '"',
    ",",
    "-",
    "—",
    "(",
    "у",
    "для",
    "города",
    "республики",
}


def _inner(tokens: Sequence[tuple[int, int]], marked: Sequence[Marked]) -> tuple[str, ...]:
    """The narrowest name over each word: «[МВД] [России]»."""
    names = sorted((m for m in marked if m.type in INNER), key=lambda m: m.start - m.end)
    tags = ["O"] * len(tokens)
    owner: list[int | None] = [None] * len(tokens)
    for number, mention in enumerate(names):
        for index, token in enumerate(tokens):
            if _in(token, mention):
                owner[index] = number
    for index, number in enumerate(owner):
        if number is not None:
            begins = index == 0 or owner[index - 1] != number
            tags[index] = f"{'B' if begins else 'I'}-{names[number].type}"
    return tuple(tags)


def _in(token: tuple[int, int], mention: Marked) -> bool:
    return mention.start < token[1] and token[0] < mention.end


def _fill(tags: list[str], run: Sequence[int], kind: str) -> None:
    for place, index in enumerate(run):
        tags[index] = f"{'I' if place else 'B'}-{kind}"


def tag_set(types: Sequence[str]) -> list[str]:
    return ["O", *(f"{part}-{kind}" for kind in types for part in "BI")]


class Tagger(nn.Module):
    """An impression of each word by itself, one convolution over it and slovnet's states, two layers of tags."""

    def __init__(self, data: Sequence[Sample], options: argparse.Namespace) -> None:
        super().__init__()
        self.impressions, self.filters = options.impressions, options.filters
        self.register_buffer("states", _deviation(s.states for s in data))
        self.register_buffer("embedding", _deviation(s.embedded for s in data))
        self.word, self.word_norm = (
            nn.Linear(INPUTS, options.impressions),
            nn.BatchNorm1d(options.impressions),
        )
        self.conv = nn.Conv1d(STATES + options.impressions, options.filters, 3, padding=1)
        self.norm = nn.BatchNorm1d(options.filters)
        self.heads = nn.ModuleList(NERHead(options.filters, len(tag_set(types))) for types in (OUTER, INNER))
        self.drop, self.first_drop = nn.Dropout(options.drop), nn.Dropout(options.first_drop)
        self.word_drop = options.word_drop

    def forward(self, states: Tensor, embedded: Tensor, gap: Tensor) -> list[Tensor]:
        """Scores (sentences × words × tags) of both layers; ``gap`` tells what is no word."""
        if self.training:
            embedded[..., :VECTOR][torch.rand(gap.shape) < self.word_drop] = _unknown()
        read = torch.relu(self.word(self.first_drop(embedded / self.embedding)))[~gap]
        words = torch.zeros(*gap.shape, self.impressions)
        words[~gap] = self.drop(self.word_norm(read))
        inputs = torch.cat((self.first_drop(states / self.states), words), -1).masked_fill(gap[..., None], 0)
        found = torch.relu(self.conv(inputs.transpose(2, 1))).transpose(2, 1)[~gap]
        values = torch.zeros(*gap.shape, self.filters)
        values[~gap] = self.drop(self.norm(found))
        return [head(values) for head in self.heads]


@cache
def _unknown() -> Tensor:
    """The vector that navec gives all words that it does not know."""
    (embedded,) = _taggers().impressions([["ъъъъ"]])
    return torch.tensor(embedded[0, :VECTOR])


def _deviation(values: Iterable[Tensor]) -> Tensor:
    return torch.cat(list(values)).std(0) + 1e-5


def batches(data: Sequence[Sample], size: int, shuffle: random.Random | None) -> Iterator[list[Sample]]:
    """Sentences of about one length together."""
    jitter = shuffle.random if shuffle else (lambda: 0.0)
    ordered = sorted(data, key=lambda s: len(s.outer) + 3 * jitter())
    groups = [ordered[i : i + size] for i in range(0, len(ordered), size)]
    if shuffle:
        shuffle.shuffle(groups)
    yield from groups


def tensors(group: Sequence[Sample]) -> tuple[Tensor, Tensor, Tensor, list[Tensor]]:
    """States, embeddings, what is no word, and the right tags of both layers."""
    states = nn.utils.rnn.pad_sequence([s.states for s in group], batch_first=True)
    embedded = nn.utils.rnn.pad_sequence([s.embedded for s in group], batch_first=True)
    width = states.shape[1]
    gap = torch.arange(width)[None] >= torch.tensor([len(s.outer) for s in group])[:, None]
    gold = []
    for types, layer in ((OUTER, "outer"), (INNER, "inner")):
        ids = {tag: i for i, tag in enumerate(tag_set(types))}
        rows = [[ids[t] for t in getattr(s, layer)] for s in group]
        gold.append(torch.tensor([row + [0] * (width - len(row)) for row in rows]))
    return states, embedded, gap, gold


def train(data: Sequence[Sample], dev: Sequence[Sample], options: argparse.Namespace) -> Tagger:
    torch.manual_seed(SEED + options.seed)
    shuffle = random.Random(SEED + options.seed)  # noqa: S311
    model = Tagger(data, options)
    learned = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=options.rate, weight_decay=options.decay)
    steps = options.epochs * (len(data) // options.batch + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, options.rate, total_steps=steps + 10, pct_start=0.1
    )
    # The mean of the last few hundred steps' weights is steadier than the last step's.
    state = {k: v for k, v in model.state_dict().items() if v.is_floating_point()}
    mean = {k: v.clone() for k, v in state.items()}
    for epoch in range(options.epochs):
        model.train()
        total = 0.0
        for group in batches(data, options.batch, shuffle):
            states, embedded, gap, gold = tensors(group)
            outputs = model(states, embedded, gap)
            loss = sum(
                head.crf(out, tags, ~gap) for head, out, tags in zip(model.heads, outputs, gold, strict=True)
            )
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learned, 5.0)
            optimizer.step()
            schedule.step()
            for key, value in state.items():
                mean[key].lerp_(value, 0.002)
            total += float(loss.detach())
        if epoch % 4 == 3:
            print(epoch + 1, f"loss {total:.0f}", score(model, dev), flush=True)
    model.load_state_dict(mean, strict=False)
    print("mean of the last steps:", score(model, dev))
    return model


def spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """BIO tags to (first, last, type)."""
    out: set[tuple[int, int, str]] = set()
    start = 0
    for index, tag in enumerate([*tags, "O"]):
        if index and tags[index - 1] != "O" and (tag[:2] != "I-" or tag[2:] != tags[index - 1][2:]):
            out.add((start, index - 1, tags[index - 1][2:]))
        if tag != "O" and (tag[:1] == "B" or index == 0 or tags[index - 1][2:] != tag[2:]):
            start = index
    return out


@torch.no_grad()
def score(model: Tagger, dev: Sequence[Sample]) -> str:
    """F1 of spans by layer and type."""
    model.eval()
    counts: dict[str, list[int]] = {}
    layers = (("outer", OUTER), ("inner", INNER))
    for group in batches(dev, 64, None):
        states, embedded, gap, _ = tensors(group)
        for head, out, (layer, types) in zip(model.heads, model(states, embedded, gap), layers, strict=True):
            names = tag_set(types)
            for sample, found in zip(group, head.crf.decode(out, ~gap), strict=True):
                gold, got = spans(getattr(sample, layer)), spans([names[i] for i in found.tolist()])
                for kind in types:
                    row = counts.setdefault(f"{layer}.{kind}", [0, 0, 0])
                    g = {s for s in gold if s[2] == kind}
                    f = {s for s in got if s[2] == kind}
                    row[0] += len(g & f)
                    row[1] += len(f)
                    row[2] += len(g)
    return " ".join(
        f"{k}={2 * a / max(b + c, 1):.3f}({a / max(b, 1):.2f}/{a / max(c, 1):.2f})"
        for k, (a, b, c) in counts.items()
    )


def save(model: Tagger, path: Path) -> None:
    """Arrays in half precision, with the deviations put into the weights."""
    deviations = torch.cat((model.states, torch.ones(model.impressions)))
    arrays = {
        "word.weight": (model.word.weight / model.embedding).T,
        "word.bias": model.word.bias,
        **_folded("word", model.word_norm),
        "conv.weight": (model.conv.weight / deviations[:, None]).permute(2, 1, 0),
        "conv.bias": model.conv.bias,
        **_folded("conv", model.norm),
    }
    for name, head in zip(("outer", "inner"), model.heads, strict=True):
        arrays |= {f"{name}.weight": head.proj.weight.T, f"{name}.bias": head.proj.bias}
        arrays[f"{name}.transitions"] = head.crf.transitions
    np.savez_compressed(path, **{k: v.detach().numpy().astype(np.float16) for k, v in arrays.items()})


def _folded(name: str, norm: nn.BatchNorm1d) -> dict[str, Tensor]:
    """What a norm does in the end: scale and shift."""
    scale = norm.weight / (norm.running_var + norm.eps).sqrt()
    return {f"{name}.scale": scale, f"{name}.shift": norm.bias - norm.running_mean * scale}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/svyaz/opinion.npz"))
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--decay", type=float, default=0.01)
    parser.add_argument("--drop", type=float, default=0.2)
    parser.add_argument("--word-drop", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first-drop", type=float, default=0.2)
    parser.add_argument("--impressions", type=int, default=64)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--filters", type=int, default=72)
    options = parser.parse_args()
    torch.set_num_threads(1)
    articles = list(labelled(options.train))
    data = list(samples([*articles, *swapped(articles, options.copies, SWAP_SEED)]))
    dev = list(samples(labelled(options.dev)))
    print(len(data), "sentences,", sum(len(s.outer) for s in data), "words")
    save(train(data, dev, options), options.out)


if __name__ == "__main__":
    main()
