"""The second tagger: it loads, keeps to the words, and says the same of a sentence alone and among others."""

from __future__ import annotations

import numpy as np
import pytest

from svyaz import layout, opinion, parse

TEXTS = [
    "Об этом сообщила гидрогеолог Анна Черкасова. Министр обороны Словении посетил Нижний Тагил 5 мая 2021 года.",
    "",
    "   \n ",
    "Омск",
    "—",
    "«Ромашка»",
    "qwerty 12 ..?? \u00ad",
    "слово " * 10_000,
]


def found(text: str) -> tuple[parse.Sentence, ...]:
    return parse.sentences(text, tuple(layout.blocks(text)))


@pytest.fixture(scope="module")
def read() -> list[tuple[parse.Sentence, opinion.Opinion]]:
    return [(s, s.opinion) for text in TEXTS for s in found(text)]


def test_chances(read: list[tuple[parse.Sentence, opinion.Opinion]]) -> None:
    for sentence, seen in read:
        for layer, kinds in opinion.TYPES.items():
            chances = seen.chances[layer]
            assert chances.shape == (len(sentence.tokens), 1 + 2 * len(kinds))
            assert np.isfinite(chances).all()
            assert np.allclose(chances.sum(-1), 1, atol=1e-4)


def test_spans_keep_to_the_sentence(read: list[tuple[parse.Sentence, opinion.Opinion]]) -> None:
    for sentence, seen in read:
        for layer, kinds in opinion.TYPES.items():
            last = -1
            for span in seen.spans(layer):
                assert last < span.first <= span.last < len(sentence.tokens)
                assert span.type in kinds
                assert 0 <= seen.sure(layer, span) <= 1.001
                last = span.last


def test_alone_and_among_others(read: list[tuple[parse.Sentence, opinion.Opinion]]) -> None:
    """What is too far off to be a neighbour has no say."""
    others = found(("\n" * (parse.MAX_GAP + 1)).join(TEXTS))
    for (sentence, alone), other in zip(read, others, strict=True):
        assert [t.text for t in sentence.tokens] == [t.text for t in other.tokens]
        for layer in opinion.TYPES:
            assert np.allclose(alone.chances[layer], other.opinion.chances[layer], atol=1e-4)
            assert alone.spans(layer) == other.opinion.spans(layer)


def test_a_sentence_has_no_say_in_the_tags_of_the_next() -> None:
    """The same states and impressions give the same opinion wherever they stand among sentences of other lengths."""
    random = np.random.default_rng(5)
    sizes = [3, 1, 7, 0, 2]
    names, morphology, impressions = (
        random.normal(size=(sum(sizes), 64)).astype(np.float32) for _ in range(3)
    )
    ends = np.cumsum(sizes)[:-1]
    parted = np.split(morphology, ends)
    together = opinion.opinions(names, parted, impressions)
    for name, tags, word, seen in zip(
        np.split(names, ends), parted, np.split(impressions, ends), together, strict=True
    ):
        (alone,) = opinion.opinions(name, [tags], word)
        for layer in opinion.TYPES:
            assert np.allclose(alone.chances[layer], seen.chances[layer], atol=1e-4)


def words(sentence: parse.Sentence, seen: opinion.Opinion, layer: opinion.Layer) -> list[tuple[str, str]]:
    return [
        (" ".join(t.text for t in sentence.tokens[s.first : s.last + 1]), s.type) for s in seen.spans(layer)
    ]


def test_what_it_knows(read: list[tuple[parse.Sentence, opinion.Opinion]]) -> None:
    assert words(*read[0], "outer") == [("гидрогеолог", "POST"), ("Анна Черкасова", "PER")]
    assert words(*read[1], "inner") == [("Словении", "LOC"), ("Нижний Тагил", "LOC")]
    assert words(*read[1], "outer") == [
        ("Министр обороны", "POST"),
        ("Словении", "LOC"),
        ("Нижний Тагил", "LOC"),
        ("5 мая 2021 года", "DATE"),
    ]


def test_joining_of_tags() -> None:
    """O, B-PER, I-PER, B-PER, I-LOC, O: a new B parts two names, and so does another type."""
    tags = [0, 1, 2, 1, 6, 0]
    chances = np.full((len(tags), 7), 0.01, np.float32)
    chances[np.arange(len(tags)), tags] = 0.94
    seen = opinion.Opinion({"inner": chances}, {"inner": tags})
    assert [(s.first, s.last, s.type) for s in seen.spans("inner")] == [
        (1, 2, "PER"),
        (3, 3, "PER"),
        (4, 4, "LOC"),
    ]
    assert [round(seen.sure("inner", s), 2) for s in seen.spans("inner")] == [0.95, 0.95, 0.95]
