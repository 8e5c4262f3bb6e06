"""The fast path through the networks gives what slovnet's own execution gives."""

from __future__ import annotations

import pathlib

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


@pytest.mark.parametrize("what", ["names", "morphology", "trees"])
def test_words_are_tagged_as_slovnet_tags_them(
    straight: Straight, sentences: list[list[str]], what: str
) -> None:
    assert list(getattr(parse.models(), what)(sentences)) == list(getattr(straight, what)(sentences))


def test_results_are_those_of_the_straightforward_path(
    straight: Straight, monkeypatch: pytest.MonkeyPatch
) -> None:
    fast = [extractor().extract(text) for text in ARTICLES[::3]]
    monkeypatch.setattr(parse, "models", lambda: straight)
    assert fast == [extractor().extract(text) for text in ARTICLES[::3]]


@pytest.mark.parametrize("what", ["names", "morphology", "trees"])
def test_a_sentence_reads_the_same_alone_and_in_a_row(sentences: list[list[str]], what: str) -> None:
    tag = getattr(parse.models(), what)
    together = list(tag(sentences))
    assert [next(tag([words])) for words in sentences[::20]] == together[::20]


def test_the_networks_have_one_list_of_words() -> None:
    lists = []
    for path in (weights.data_folder() / "model").glob("*.tar"):
        with weights.Pack(path) as pack:
            lists.append(pack.load_vocab(weights.WORD).items)
    assert len(lists) == 3
    assert lists[0] == lists[1] == lists[2]


def test_a_full_table_of_words_is_begun_anew(
    sentences: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = list(parse.models().morphology(sentences))
    monkeypatch.setattr(taggers, "KEPT_WORDS", 2600)
    ner, morph, syntax = weights.load()
    small = taggers.Taggers(ner, morph, syntax, opinion.network(ner.infer.model.emb.word))
    assert list(small.morphology(sentences)) == expected
    assert list(small.morphology(sentences)) == expected


@pytest.mark.parametrize("words", [[], ["—"], ["а"] * 5000])
def test_odd_sentences(words: list[str]) -> None:
    models = parse.models()
    assert [len(t) for t in models.morphology([words])] == [len(words)]
    assert [len(t) for t in models.names([words])] == [len(words)]
    assert [len(t) for t in models.trees([words[:400]])] == [len(words[:400])]
