"""Over how many articles the fast path gives other results than slovnet's own execution; prints JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import corpus
from straight import Straight
from svyaz import Extractor, parse, weights


def main(data: str) -> None:
    """Read all articles on both paths and count."""
    texts = corpus.articles(Path(data) if data else None)
    fast = [Extractor().extract(text) for text in texts]
    straight = Straight(*weights.load())
    parse.models = lambda: straight  # type: ignore[assignment,return-value]
    slow = (Extractor().extract(text) for text in texts)
    different = sum(a != b for a, b in zip(fast, slow, strict=True))
    print(json.dumps({"articles": len(texts), "different": different}))


if __name__ == "__main__":
    main(sys.argv[1])
