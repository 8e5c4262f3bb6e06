"""Train the second tagger of names and posts on NEREL: `python scripts/train_tagger.py NEREL/train NEREL/dev`.

Needs torch, which is no dependency of the project: `pip install -e . torch==2.13.0`. One thread and a fixed
seed: the same data, torch and machine give the same weights. Model card: docs/opinion.md.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch
from razdel import sentenize, tokenize
from slovnet.model.cnn import CNNEncoder
from slovnet.model.emb import Embedding, PQEmbedding, WordShapeEmbedding
from slovnet.model.tag import NERHead
from torch import nn

from svyaz import weights

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
SEED = 4


@dataclass(frozen=True)
class Sample:
    """A sentence: its words and the BIO tags of both layers."""

    words: tuple[str, ...]
    outer: tuple[str, ...]
    inner: tuple[str, ...]


@dataclass(frozen=True)
class Marked:
    start: int
    end: int
    type: str

    def holds(self, other: Marked) -> bool:
        return self.start <= other.start and other.end <= self.end and self is not other


def samples(folder: Path) -> Iterator[Sample]:
    """The sentences of all documents of a NEREL folder, in order of names."""
    for path in sorted(folder.glob("*.ann")):
        with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
        marked = list(_marked(path, text))
        for start, end in _sentences(text):
            tokens = [(start + t.start, start + t.stop) for t in tokenize(text[start:end])]
            inside = [m for m in marked if m.start >= start and m.end <= end]
            words = tuple(text[s:e] for s, e in tokens)
            yield Sample(words, _outer(tokens, inside, words), _inner(tokens, inside))


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


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        for found in sentenize(line):
            yield at + found.start, at + found.stop
        at += len(line) + 1


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


@cache
def _ner():
    """slovnet's tagger of names: its vocabularies, word vectors and weights."""
    return weights.load()[0].infer


def tag_set(types: Sequence[str]) -> list[str]:
    return ["O", *(f"{part}-{kind}" for kind in types for part in "BI")]


class Tagger(nn.Module):
    """Slovnet's tagger of names with two layers of tags."""

    def __init__(self, vectors: PQEmbedding, dims: Sequence[int], drop: float) -> None:
        super().__init__()
        shapes = _ner().encoder.shapes_vocab
        self.emb = WordShapeEmbedding(vectors, Embedding(len(shapes), 30, shapes.pad_id))
        self.encoder = CNNEncoder(self.emb.dim, list(dims), 3)
        self.heads = nn.ModuleList(NERHead(self.encoder.dim, len(tag_set(types))) for types in (OUTER, INNER))
        self.drop = nn.Dropout(drop)
        self.first_drop = nn.Dropout(0.1)

    def forward(self, word_id, shape_id, pad_mask):
        x = self.first_drop(self.emb(word_id, shape_id)).transpose(2, 1)
        gap = pad_mask.unsqueeze(1)
        for layer in self.encoder.layers:
            x = self.drop(layer(x)).masked_fill(gap, 0)
        x = x.transpose(2, 1)
        return [head(x) for head in self.heads]

    def start_from_names(self) -> None:
        """Take over what slovnet's tagger of names has learned."""
        taught = _ner().model
        self.emb.shape.weight.data = torch.tensor(taught.emb.shape.weight.array)
        for layer, known in zip(self.encoder.layers, taught.encoder.layers, strict=True):
            if layer.conv.weight.shape != known.conv.weight.array.shape:
                break
            layer.conv.weight.data = torch.tensor(known.conv.weight.array)
            layer.conv.bias.data = torch.tensor(known.conv.bias.array)
            layer.norm.weight.data = torch.tensor(known.norm.weight.array)
            layer.norm.bias.data = torch.tensor(known.norm.bias.array)
            layer.norm.running_mean.data = torch.tensor(known.norm.mean.array)
            layer.norm.running_var.data = torch.tensor(known.norm.std.array) ** 2 - layer.norm.eps


def batches(data: Sequence[Sample], size: int, shuffle: random.Random | None) -> Iterator[list[Sample]]:
    """Sentences of about one length together."""
    jitter = shuffle.random if shuffle else (lambda: 0.0)
    ordered = sorted((s for s in data if s.words), key=lambda s: len(s.words) + 3 * jitter())
    groups = [ordered[i : i + size] for i in range(0, len(ordered), size)]
    if shuffle:
        shuffle.shuffle(groups)
    yield from groups


def tensors(group: Sequence[Sample], word_drop: float):
    encoder = _ner().encoder
    given = encoder.input([encoder.item(s.words) for s in group])
    words, shapes = torch.tensor(given.word_id), torch.tensor(given.shape_id)
    gap = torch.tensor(given.pad_mask)
    if word_drop:
        lost = (torch.rand(words.shape) < word_drop) & ~gap
        words = words.masked_fill(lost, encoder.words_vocab.unk_id)
    gold = []
    for types, layer in ((OUTER, "outer"), (INNER, "inner")):
        ids = {tag: i for i, tag in enumerate(tag_set(types))}
        rows = [[ids[t] for t in getattr(s, layer)] for s in group]
        width = words.shape[1]
        gold.append(torch.tensor([row + [0] * (width - len(row)) for row in rows]))
    return words, shapes, gap, gold


def train(data: Sequence[Sample], dev: Sequence[Sample], options: argparse.Namespace) -> Tagger:
    torch.manual_seed(SEED + options.seed)
    shuffle = random.Random(SEED + options.seed)  # noqa: S311
    word = _ner().model.emb.word
    vectors = PQEmbedding(torch.tensor(word.indexes.array), torch.tensor(word.codes.array))
    model = Tagger(vectors, options.dims, options.drop)
    model.start_from_names()
    learned = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=options.rate, weight_decay=options.decay)
    steps = options.epochs * (len(data) // options.batch + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, options.rate, total_steps=steps + 10, pct_start=0.1
    )
    # The mean of the last few hundred steps' weights is steadier than the last step's.
    state = {k: v for k, v in model.state_dict().items() if v.is_floating_point() and "word" not in k}
    mean = {k: v.clone() for k, v in state.items()}
    for epoch in range(options.epochs):
        model.train()
        total = 0.0
        for group in batches(data, options.batch, shuffle):
            words, shapes, gap, gold = tensors(group, options.word_drop)
            outputs = model(words, shapes, gap)
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
        words, shapes, gap, _ = tensors(group, 0)
        for head, out, (layer, types) in zip(model.heads, model(words, shapes, gap), layers, strict=True):
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
    """Arrays in half precision; the word vectors stay where they are, in natasha's wheel."""
    arrays = {"shape": model.emb.shape.weight}
    for number, layer in enumerate(model.encoder.layers):
        arrays |= {f"conv{number}.weight": layer.conv.weight, f"conv{number}.bias": layer.conv.bias}
        arrays |= {f"norm{number}.weight": layer.norm.weight, f"norm{number}.bias": layer.norm.bias}
        arrays[f"norm{number}.mean"] = layer.norm.running_mean
        arrays[f"norm{number}.std"] = (layer.norm.running_var + layer.norm.eps).sqrt()
    for name, head in zip(("outer", "inner"), model.heads, strict=True):
        arrays |= {f"{name}.weight": head.proj.weight.T, f"{name}.bias": head.proj.bias}
        arrays[f"{name}.transitions"] = head.crf.transitions
    np.savez_compressed(path, **{k: v.detach().numpy().astype(np.float16) for k, v in arrays.items()})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/svyaz/opinion.npz"))
    parser.add_argument("--epochs", type=int, default=16)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--decay", type=float, default=0.01)
    parser.add_argument("--drop", type=float, default=0.3)
    parser.add_argument("--word-drop", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dims", type=int, nargs="+", default=[256, 128, 64])
    options = parser.parse_args()
    torch.set_num_threads(1)
    data, dev = list(samples(options.train)), list(samples(options.dev))
    print(len(data), "sentences,", sum(len(s.words) for s in data), "words")
    save(train(data, dev, options), options.out)


if __name__ == "__main__":
    main()
