"""Threads may share an extractor: each article reads as it does alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from marked import extractor
from svyaz import parse, taggers

GOLD = Path(__file__).parents[1] / "gold" / "dev"
ARTICLES = [path.read_text("utf-8") for path in sorted(GOLD.glob("*.txt"))[:12]]


@pytest.fixture
def small_table(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A table of words that is soon full, and threads that take turns as often as they can."""
    monkeypatch.setattr(taggers, "KEPT_WORDS", 400)
    parse.models.cache_clear()
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)
    parse.models.cache_clear()


@pytest.mark.usefixtures("small_table")
def test_threads_share_an_extractor() -> None:
    expected = [extractor().extract(text) for text in ARTICLES]
    parse.models.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(extractor().extract, ARTICLES)) == expected
