"""The same input gives the same bytes, whatever the hash seed and whatever was read before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from marked import extractor
from svyaz import Article
from svyaz.export.jsonl import pieces

ROOT = Path(__file__).parents[1]
SEED = next((ROOT / "seeds").glob("*.txt"))


def _run(hash_seed: str) -> bytes:
    command = [
        sys.executable,
        "-m",
        "svyaz",
        "extract",
        str(SEED),
        str(ROOT / "gold" / "dev"),
        "--published",
        "2024-01-15",
        "--to",
        "json",
    ]
    env = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, capture_output=True, check=True, env=env).stdout


def test_hash_seed_does_not_matter() -> None:
    first = _run("1")
    assert first.count(b'"rule"') > 300
    assert first == _run("4242")


def test_what_was_read_before_does_not_matter() -> None:
    article = Article.model_validate({"text": SEED.read_text("utf-8"), "published": "2024-01-15"})
    alone = next(pieces([extractor().extract(article)]))
    other = Article(text="Посол России Иван Петров встретился с Анной Беловой в Риме.")
    batch = list(pieces(extractor().pipe([other, article, other, article])))
    assert batch[1] == batch[3] == alone
    assert batch[0] == batch[2]
