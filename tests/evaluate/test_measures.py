"""Svyaz's own measures on a small article whose right answer is known."""

from __future__ import annotations

import pytest

from svyaz.evaluate import measures
from svyaz.evaluate.corpus import GoldArgument, GoldDocument, GoldMention, GoldRelation
from svyaz.evaluate.report import compare, make
from svyaz.model import Argument, Entity, Evidence, Mention, Relation, Result, Span
from svyaz.relations.frames import registry

TEXT = "Иванов встретился с Петровым в Москве. Иванов владеет «Орионом»."
TYPES = {t.name: t for t in registry()}
WORDS = {
    "p1": ("person", "Иванов"),
    "p2": ("person", "Петровым"),
    "l1": ("location", "Москве"),
    "o1": ("organization", "Орионом"),
}
FACTS = [
    ("met_with", [("participant", "p1"), ("participant", "p2")]),
    ("owns", [("owner", "p1"), ("property", "o1")]),
]


def span(word: str) -> tuple[int, int]:
    return TEXT.index(word), TEXT.index(word) + len(word)


def gold() -> GoldDocument:
    mentions = tuple(GoldMention(k, t, (span(w),), w, k) for k, (t, w) in WORDS.items())
    relations = tuple(
        GoldRelation(f"r{i}", kind, tuple(GoldArgument(r, e, e) for r, e in args), trigger=(7, 17))
        for i, (kind, args) in enumerate(FACTS)
    )
    return GoldDocument("one", TEXT, mentions, relations)


def answer(words: dict[str, tuple[str, str]] = WORDS, facts=FACTS, modality: str = "asserted") -> Result:
    mentions = [
        Mention(id=f"m{k}", start=span(w)[0], end=span(w)[1], text=w, type=t, form="name", normal=w, entity=k)
        for k, (t, w) in words.items()
    ]
    entities = [Entity(id=k, type=t, name=w) for k, (t, w) in words.items()]
    trigger = Span(start=7, end=17, text=TEXT[7:17])
    relations = [
        Relation(
            id=f"r{i}",
            type=kind,
            args=tuple(
                Argument(
                    role=r,
                    entity=e,
                    mention=f"m{e}",
                    start=span(words[e][1])[0],
                    end=span(words[e][1])[1],
                    text=words[e][1],
                    type=words[e][0],
                )
                for r, e in args
            ),
            modality=modality,
            confidence=0.9,
            evidence=(Evidence(start=0, end=38, trigger=trigger, rule=f"{kind}.x"),),
        )
        for i, (kind, args) in enumerate(facts)
    ]
    return Result(
        id="one", text=TEXT, mentions=tuple(mentions), entities=tuple(entities), relations=tuple(relations)
    )


def scores(result: Result, measure: str) -> tuple[float | None, float | None]:
    report = make("x", "svyaz", 1, len(TEXT), (s := measures.score(gold(), result, TYPES)).tallies, s.cases)
    return next((r.precision, r.recall) for r in report.rows if r.measure == measure and r.type == "all")


@pytest.mark.parametrize("measure", ["mentions", "entities", "relations", "modality"])
def test_a_perfect_answer_is_one(measure: str) -> None:
    assert scores(answer(), measure) == (1.0, 1.0)


@pytest.mark.parametrize("measure", ["mentions", "entities", "relations"])
def test_an_empty_answer_has_no_precision(measure: str) -> None:
    assert scores(Result(id="one", text=TEXT), measure) == (None, 0.0)


def errors(result: Result) -> dict[str, int]:
    scored = measures.score(gold(), result, TYPES)
    return make("x", "svyaz", 1, len(TEXT), scored.tallies, scored.cases).errors


def test_a_symmetric_relation_has_no_order() -> None:
    turned = [("met_with", [("participant", "p2"), ("participant", "p1")]), FACTS[1]]
    assert scores(answer(facts=turned), "relations") == (1.0, 1.0)


def test_roles_turned_round_are_told() -> None:
    turned = [FACTS[0], ("owns", [("owner", "o1"), ("property", "p1")])]
    assert errors(answer(facts=turned)) == {"relations: wrong role": 1, "relations: spurious": 1}


def test_another_entity_is_told() -> None:
    other = [("met_with", [("participant", "p1"), ("participant", "l1")]), FACTS[1]]
    assert errors(answer(facts=other)) == {"relations: wrong entity": 1, "relations: spurious": 1}


def test_border_and_type_of_mentions_are_told_apart() -> None:
    words = WORDS | {"p2": ("person", "Петровым в"), "o1": ("location", "Орионом")}
    found = errors(answer(words=words, facts=[]))
    assert found["mentions: wrong border"] == 1
    assert found["mentions: wrong type"] == 1
    assert "mentions: spurious" not in found


def test_modality_counts_on_found_relations_only() -> None:
    assert scores(answer(modality="planned"), "modality") == (0.0, 0.0)
    assert scores(answer(modality="planned"), "relations") == (1.0, 1.0)


def test_what_lies_outside_the_body_is_not_scored() -> None:
    from dataclasses import replace

    unread = replace(
        gold(), mentions=gold().mentions[:3], relations=gold().relations[:1], unread=((39, len(TEXT)),)
    )
    result = answer()
    kept = measures.score(unread, result, TYPES)
    assert not [c for c in kept.cases if c.measure == "mentions" and c.error == "spurious"]


def test_two_reports_are_compared_case_by_case() -> None:
    reports = []
    for result in (answer(facts=FACTS[:1]), answer(facts=FACTS[1:])):
        scored = measures.score(gold(), result, TYPES)
        reports.append(make("x", "svyaz", 1, len(TEXT), scored.tallies, scored.cases))
    found = compare(*reports)
    assert [c.type for c in found.gained] == ["owns"]
    assert [c.type for c in found.lost] == ["met_with"]
