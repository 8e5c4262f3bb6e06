"""The fast path through the networks gives what slovnet's own execution gives."""

from __future__ import annotations

import pathlib
from typing import Any

import pytest
from slovnet.bio import bio_spans

from svyaz import layout, parse, taggers

ROOT = pathlib.Path(__file__).parent.parent
ARTICLES = [p.read_text("utf-8") for p in sorted((ROOT / "gold" / "dev").glob("*.txt"))]
ODD = ["", " ", "—", "а", "Путин", "qwerty абв 12 ..??", "слово " * 3000, "Ё\u0301жик и\u00adдёт"]


@pytest.fixture(scope="module")
def slovnet() -> tuple[Any, Any, Any]:
    return parse.slovnet_models()


@pytest.fixture(scope="module")
def sentences() -> list[list[str]]:
    found = [parse.sentences(text, tuple(layout.blocks(text))) for text in [*ARTICLES, *ODD]]
    return [[t.text for t in s.tokens] for article in found for s in article if len(s.tokens) < 400]


def test_morphology_is_slovnets(slovnet: tuple[Any, Any, Any], sentences: list[list[str]]) -> None:
    own = [
        [(tag.split("|")[0], dict(f.split("=") for f in tag.split("|")[1:])) for tag in tags]
        for tags in parse.models().morphology(sentences)
    ]
    assert own == [[(t.pos, t.feats) for t in found.tokens] for found in slovnet[1].map(sentences)]


def test_trees_are_slovnets(slovnet: tuple[Any, Any, Any], sentences: list[list[str]]) -> None:
    theirs = [[(int(t.head_id) - 1, t.rel) for t in found.tokens] for found in slovnet[2].map(sentences)]
    assert list(parse.models().trees(sentences)) == theirs


def test_names_are_slovnets(slovnet: tuple[Any, Any, Any]) -> None:
    for text in ARTICLES:
        text = text[:4000]
        found = list(parse.tokenize(text))
        tags = next(parse.models().names([[t.text for t in found]]))
        own = [(s.start, s.stop, s.type) for s in bio_spans(found, tags)]
        assert own == [(s.start, s.stop, s.type) for s in slovnet[0](text).spans]


def test_a_sentence_reads_the_same_alone_and_in_a_row(sentences: list[list[str]]) -> None:
    models = parse.models()
    together = list(
        zip(models.morphology(sentences), models.trees(sentences), models.names(sentences), strict=True)
    )
    for words, (tags, tree, names) in list(zip(sentences, together, strict=True))[::20]:
        assert next(models.morphology([words])) == tags
        assert next(models.trees([words])) == tree
        assert next(models.names([words])) == names


def test_a_full_table_of_words_is_begun_anew(
    sentences: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = list(parse.models().morphology(sentences))
    monkeypatch.setattr(taggers, "KEPT_WORDS", 2600)
    small = taggers.Taggers(*parse.slovnet_models())
    assert list(small.morphology(sentences)) == expected
    assert list(small.morphology(sentences)) == expected


@pytest.mark.parametrize("words", [[], ["—"], ["а"] * 5000])
def test_odd_sentences(words: list[str]) -> None:
    models = parse.models()
    assert [len(t) for t in models.morphology([words])] == [len(words)]
    assert [len(t) for t in models.names([words])] == [len(words)]
    assert [len(t) for t in models.trees([words[:400]])] == [len(words[:400])]
