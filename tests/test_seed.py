"""What the seed article must give, asserted on the contract's output."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from marked import extractor
from svyaz import Article, Relation, Result

SEED = next((Path(__file__).parents[1] / "seeds").glob("*.txt"))


@cache
def result() -> Result:
    article = {"text": SEED.read_text("utf-8"), "published": "2024-01-15"}
    return extractor().extract(Article.model_validate(article))


def names() -> dict[str, str]:
    return {e.id: e.name for e in result().entities}


def relations(name: str) -> list[Relation]:
    return [r for r in result().relations if r.type == name]


def roles(relation: Relation) -> set[tuple[str, str]]:
    return {(a.role, names()[a.entity]) for a in relation.args}


def sentences(relation: Relation) -> list[str]:
    text = result().text or ""
    return [text[e.start : e.end] for e in relation.evidence]


def section(offset: int) -> int:
    """How many lines «Read More» or «Related Posts» stand before a place."""
    before = (result().text or "")[:offset]
    return before.count("Read More") + before.count("Related Posts")


def test_the_meeting_is_one_relation_with_both_sentences() -> None:
    (meeting,) = [r for r in relations("met_with") if ("participant", "Джамшед Табарзода") in roles(r)]
    assert {n for role, n in roles(meeting) if role == "participant"} == {
        "Джамшед Табарзода",
        "Семён Григорьев",
    }
    assert meeting.modality == "asserted"
    assert meeting.date is not None
    assert meeting.date.value == "2024-01-12"
    shown = sentences(meeting)
    assert any(s.startswith("Вице-мэр Душанбе и российский посол") for s in shown)
    assert any(s.startswith("Первый замглавы мэрии Душанбе") for s in shown)


@pytest.mark.parametrize(
    ("person", "offices", "bodies"),
    [
        ("Джамшед Табарзода", {"первый замглавы", "вице-мэр"}, {"мэрия Душанбе", "Душанбе"}),
        ("Семён Григорьев", {"руководитель", "посол"}, {"российское посольство", "посольство", "Россия"}),
        ("Евгений Кореньков", {"торговый представитель"}, {"Россия"}),
        ("Касым-Жомарт Токаев", {"президент"}, {"Казахстан"}),
    ],
)
def test_offices(person: str, offices: set[str], bodies: set[str]) -> None:
    held = [dict(sorted(roles(r))) for r in relations("holds_office") if ("person", person) in roles(r)]
    assert held
    assert all(h["office"].lower() in offices and h.get("organization") in bodies for h in held)


@pytest.mark.parametrize("person", ["Семён Григорьев", "Евгений Кореньков"])
def test_representatives(person: str) -> None:
    found = [r for r in relations("represents") if ("representative", person) in roles(r)]
    assert found
    assert all(("represented", "Россия") in roles(r) for r in found)


def test_the_trade_representative_is_given_with_his_office() -> None:
    found = [r for r in relations("represents") if ("representative", "Евгений Кореньков") in roles(r)]
    assert [a.text for r in found for a in r.args if a.role == "office"] == ["торговый представитель"]


def test_nobody_else_represents() -> None:
    people = {n for r in relations("represents") for role, n in roles(r) if role == "representative"}
    assert people == {"Семён Григорьев", "Евгений Кореньков"}


def test_the_memorandum() -> None:
    (memorandum,) = relations("memorandum_between")
    parties = {n for role, n in roles(memorandum) if role == "party"}
    assert len(parties) == 2
    assert "МегаФон Таджикистан" in parties
    (service,) = parties - {"МегаФон Таджикистан"}
    assert service.startswith("Служба связи при правительстве")
    assert memorandum.date is not None
    assert memorandum.date.value == "2020"
    assert memorandum.attributes["subject"] == "о взаимодействии"


def test_kazakhstan_and_lithuania() -> None:
    (talks,) = [r for r in relations("met_with") if ("participant", "Литва") in roles(r)]
    assert {n for role, n in roles(talks) if role == "participant"} == {"Казахстан", "Литва"}


def test_the_ambassador_is_quoted_by_the_agency() -> None:
    said = [r for r in relations("said") if ("speaker", "Семён Григорьев") in roles(r)]
    assert [names()[r.source] for r in said if r.source] == ["ТАСС"]


@pytest.mark.parametrize("word", ["Total", "Shares", "Getty", "Images", "Read", "More", "Related", "Posts"])
def test_furniture_is_no_organisation(word: str) -> None:
    assert not [m for m in result().mentions if word in m.text]


def test_no_relation_crosses_a_teaser() -> None:
    assert len(result().relations) > 8
    for relation in result().relations:
        assert len({section(e.start) for e in relation.evidence}) == 1
        assert {section(a.start) for a in relation.args} <= {section(e.start) for e in relation.evidence}


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Семёном Григорьевым", "Семён Григорьев"),
        ("Джамшед Табарзода", "Джамшед Табарзода"),
        ("Касым-Жомарт Токаев", "Касым-Жомарт Токаев"),
        ("Службой связи при правительстве государства", "Служба связи при правительстве государства"),
        ("Республике Таджикистан", "Республика Таджикистан"),
        ("Организации исламского сотрудничества", "Организация исламского сотрудничества"),
        ("Первый замглавы", "первый замглавы"),
        ("12 января", "2024-01-12"),
        ("сентябре прошедшего года", "2023-09"),
    ],
)
def test_normal_forms(text: str, normal: str) -> None:
    assert [m.normal for m in result().mentions if m.text == text] == [normal]
