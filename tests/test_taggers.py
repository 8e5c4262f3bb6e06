"""The fast path through the networks gives what slovnet's own execution gives."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence

import numpy as np
import pytest

from marked import extractor
from straight import Straight
from svyaz import layout, opinion, parse, taggers, weights

ROOT = pathlib.Path(__file__).parent.parent
ARTICLES = [p.read_text("utf-8") for p in sorted((ROOT / "gold" / "dev").glob("*.txt"))]
ODD = ["", " ", "—", "а", "Путин", "qwerty абв 12 ..??", "слово " * 3000, "Ё\u0301жик и\u00adдёт"]


@pytest.fixture(scope="module")
def straight() -> Straight:
    return Straight(*weights.load())


@pytest.fixture(scope="module")
def sentences() -> list[list[str]]:
    found = [parse.sentences(text, tuple(layout.blocks(text))) for text in [*ARTICLES, *ODD]]
    return [[t.text for t in s.tokens] for article in found for s in article if len(s.tokens) < 400]


@pytest.mark.parametrize("what", ["names", "morphology"])
def test_words_are_tagged_as_slovnet_tags_them(
    straight: Straight, sentences: list[list[str]], what: str
) -> None:
    for fast, slow in zip(
        getattr(parse.models(), what)(sentences), getattr(straight, what)(sentences), strict=True
    ):
        assert fast.tags == slow.tags
        assert np.allclose(fast.hidden, slow.hidden, atol=1e-3)


def test_trees_are_those_of_slovnet(straight: Straight, sentences: list[list[str]]) -> None:
    assert list(parse.models().trees(sentences)) == list(straight.trees(sentences))


def test_words_are_taken_by_their_embedding(straight: Straight, sentences: list[list[str]]) -> None:
    for fast, slow in zip(
        parse.models().impressions(sentences), straight.impressions(sentences), strict=True
    ):
        assert np.allclose(fast, slow, atol=1e-3)


def test_results_are_those_of_the_straightforward_path(
    straight: Straight, monkeypatch: pytest.MonkeyPatch
) -> None:
    fast = [extractor().extract(text) for text in ARTICLES[::3]]
    monkeypatch.setattr(parse, "models", lambda: straight)
    assert fast == [extractor().extract(text) for text in ARTICLES[::3]]


@pytest.mark.parametrize("what", ["names", "morphology", "trees"])
def test_a_sentence_reads_the_same_alone_and_in_a_row(sentences: list[list[str]], what: str) -> None:
    tag = getattr(parse.models(), what)
    together = [tags(found) for found in tag(sentences)]
    assert [tags(next(tag([words]))) for words in sentences[::20]] == together[::20]


def tags(found: taggers.Tagged | list[tuple[int, str]]) -> Sequence[object]:
    return found.tags if isinstance(found, taggers.Tagged) else found


def test_the_networks_have_one_list_of_words() -> None:
    lists = []
    for path in (weights.data_folder() / "model").glob("*.tar"):
        with weights.Pack(path) as pack:
            lists.append(pack.load_vocab(weights.WORD).items)
    assert len(lists) == 3
    assert lists[0] == lists[1] == lists[2]


def test_the_words_not_seen_for_longest_leave_a_full_table(
    sentences: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = list(map(tags, parse.models().morphology(sentences)))
    impressions = np.concatenate(list(parse.models().impressions(sentences)))
    monkeypatch.setattr(taggers, "KEPT_WORDS", 2600)
    small = taggers.Taggers(*weights.load(), opinion.impression)
    for _ in range(2):
        assert list(map(tags, small.morphology(sentences))) == expected
        assert np.allclose(np.concatenate(list(small.impressions(sentences))), impressions, atol=1e-4)


@pytest.mark.parametrize("words", [[], ["—"], ["а"] * 5000])
def test_odd_sentences(words: list[str]) -> None:
    models = parse.models()
    assert [len(t.tags) for t in models.morphology([words])] == [len(words)]
    assert [len(t.tags) for t in models.names([words])] == [len(words)]
    assert [len(t) for t in models.impressions([words])] == [len(words)]
    assert [len(t) for t in models.trees([words[:400]])] == [len(words[:400])]
