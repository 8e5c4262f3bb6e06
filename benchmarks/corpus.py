"""What the benchmarks read: news articles, as many and as long as are asked for."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORD = re.compile(r"[а-яё]{6,}")


def articles(data: Path | None) -> list[str]:
    """The public corpora below ``data`` where they are there, else the project's own gold articles."""
    folders = [data / "nerel" / "train", data / "nerel" / "dev", data / "factrueval-dev"] if data else []
    if not folders or not all(f.is_dir() for f in folders):
        folders = [ROOT / "gold" / "dev", ROOT / "gold" / "test"]
    paths = (path for folder in folders for path in sorted(folder.glob("*.txt")))
    return [path.read_text("utf-8") for path in paths]


def stream(texts: Sequence[str], count: int, seed: int = 1) -> Iterator[str]:
    """So many articles, again and again the same but for every tenth longer word, in which two letters change
    places: a stream of real news brings new words without end, and what is kept for each word must not grow."""
    chance = random.Random(seed)

    def swap(match: re.Match[str]) -> str:
        word = match.group()
        if chance.random() > 0.1:
            return word
        at = chance.randrange(1, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    for text in islice(cycle(texts), count):
        yield WORD.sub(swap, text)


def long(texts: Sequence[str], size: int) -> str:
    """One article of so many bytes of UTF-8, put together from the others."""
    parts, left = [], size
    for text in cycle(texts):
        data = text.encode()[:left]
        parts.append(data.decode(errors="ignore"))
        left -= len(data) + 2
        if left <= 0:
            return "\n\n".join(parts)
    raise ValueError("no texts")
