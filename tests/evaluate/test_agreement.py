"""Labels scored against labels."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from svyaz.evaluate import brat
from svyaz.evaluate.agreement import agreement, as_result
from svyaz.evaluate.tally import rows
from svyaz.relations.frames import registry

GOLD = Path(__file__).parent.parent.parent / "gold"
TYPES = {t.name: t for t in registry()}
ARTICLE = brat.document(GOLD / "dev" / "kirov_minister.ann")


def f1(first, second) -> dict[str, float | None]:
    return {r.measure: r.f1 for r in rows(agreement(first, second, TYPES).tallies) if r.type == "all"}


def test_labels_agree_with_themselves() -> None:
    assert set(f1(ARTICLE, ARTICLE).values()) == {1.0}


def test_a_missing_relation_lowers_the_agreement_the_same_from_either_side() -> None:
    poorer = replace(ARTICLE, relations=ARTICLE.relations[2:])
    assert f1(ARTICLE, poorer)["relations"] == f1(poorer, ARTICLE)["relations"]
    assert (f1(ARTICLE, poorer)["relations"] or 1) < 1
    assert f1(ARTICLE, poorer)["mentions"] == 1.0


def test_labels_as_a_result_keep_what_they_say() -> None:
    result = as_result(ARTICLE)
    assert [m.text for m in result.mentions] == [m.text for m in ARTICLE.mentions]
    assert [r.type for r in result.relations] == [r.type for r in ARTICLE.relations]


def test_every_article_but_the_model_is_labelled_twice() -> None:
    """``port_stake`` was the finished example that the second pass had before it."""
    first = {p.stem for split in ("dev", "test") for p in (GOLD / split).glob("*.ann")}
    assert first - {"port_stake"} == {p.stem for p in (GOLD / "second").glob("*.ann")}
