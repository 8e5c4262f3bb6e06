"""factRuEval's tracks on one small document, with the costs that the track's own scorer is known to give."""

from __future__ import annotations

from pathlib import Path

import pytest

from svyaz.evaluate import factrueval, factrueval_tracks
from svyaz.evaluate.report import make
from svyaz.evaluate.tally import rows
from svyaz.model import Argument, Entity, Evidence, Mention, PersonName, Relation, Result, Span

TEXT = "Директор Ориона Иван Котов и Марс."
FILES = {
    ".txt": TEXT,
    ".spans": "1 org_name 9 6 0 1 # Ориона\n2 name 16 4 0 1 # Иван\n3 surname 21 5 0 1 # Котов\n"
    "4 job 0 8 0 1 # Директор\n5 org_name 29 4 0 1 # Марс\n",
    ".objects": "10 Org 1 # Ориона\n11 Person 2 3 # Иван Котов\n12 Org 5 # Марс\n",
    ".coref": "20 10\nname Орион\n\n21 11\nfirstname Иван\nlastname Котов\n\n22 12\nname Марс\n",
    ".facts": "0-0 Occupation\nWho obj21 Котов Иван\nWhere obj20 Орион\nPosition span4 Директор\n",
}


def document(folder: Path, **changed: str):
    for suffix, content in FILES.items():
        (folder / f"book_0{suffix}").write_text(changed.get(suffix[1:], content), "utf-8")
    return next(factrueval.documents(folder))


def mention(key: str, kind: str, word: str, form: str = "name") -> Mention:
    start = TEXT.index(word)
    return Mention(
        id=key,
        start=start,
        end=start + len(word),
        text=word,
        type=kind,
        form=form,
        normal=word,
        entity=f"e{key}",
    )


def answer(*roles: str) -> Result:
    """A result with the arguments named: person, office, organization, wrong (another organisation)."""
    words = {
        "person": ("person", "Иван Котов"),
        "office": ("office", "Директор"),
        "organization": ("organization", "Ориона"),
        "wrong": ("organization", "Марс"),
    }
    mentions = [mention(k, *w) for k, w in words.items()]
    entities = [Entity(id=f"e{k}", type=w[0], name=w[1]) for k, w in words.items()]
    entities[0] = Entity(
        id="eperson", type="person", name="Иван Котов", person_name=PersonName(last="Котов", first="Иван")
    )
    args = [
        Argument(
            role="organization" if r == "wrong" else r,
            entity=f"e{r}",
            mention=r,
            start=m.start,
            end=m.end,
            text=m.text,
            type=m.type,
        )
        for r in roles
        for m in mentions
        if m.id == r
    ]
    trigger = Span(start=0, end=8, text="Директор")
    evidence = (Evidence(start=0, end=len(TEXT), trigger=trigger, rule="holds_office.post"),)
    relation = Relation(id="r1", type="holds_office", args=tuple(args), confidence=0.9, evidence=evidence)
    return Result(
        id="book_0",
        text=TEXT,
        mentions=tuple(mentions),
        entities=tuple(entities),
        relations=(relation,) if roles else (),
    )


def fact_score(gold, result: Result) -> float | None:
    scored = factrueval_tracks.score(gold, result)
    rows = make("x", "factrueval", 1, len(TEXT), scored.tallies, scored.cases).rows
    return next(r.f1 for r in rows if r.measure == "track 3 facts" and r.type == "Occupation")


COSTS = [
    (("person", "office", "organization"), 1.0),
    (("person", "organization"), 0.8),  # a missing position costs 0.2
    (("person", "office"), 0.6),  # a missing body costs 0.4
    (("person", "office", "wrong"), 1.5 / 3.5),  # a wrong body costs 0.57
]


@pytest.mark.parametrize(("roles", "expected"), COSTS)
def test_weights_of_arguments(tmp_path: Path, roles: tuple[str, ...], expected: float) -> None:
    assert fact_score(document(tmp_path), answer(*roles)) == pytest.approx(expected)


def test_difficult_facts_match_for_free(tmp_path: Path) -> None:
    difficult = FILES[".facts"] + "Сложность повышенная\n"
    assert fact_score(document(tmp_path, facts=difficult), answer("person", "office")) is None


def test_perfect_mentions_and_entities(tmp_path: Path) -> None:
    scored = factrueval_tracks.score(document(tmp_path), answer())
    rows = {
        (r.measure, r.type): r.f1 for r in make("x", "factrueval", 1, 1, scored.tallies, scored.cases).rows
    }
    assert rows["track 1 mentions", "all"] == 1.0
    assert rows["track 2 entities", "all"] == 1.0


CLOSE = [
    ("Котов", "котов", True),
    ("Пётр Котов", "Петр Котов", True),
    ("Котова", "Котов", True),
    ("Кот", "Код", False),
    ("Котов", "Попов", False),
    ("«Орион»", "Орион", True),
    ("Министерство обороны", "Министерства обороне", True),
    ("Министерство обороны", "Министерства оборонами", False),
]


@pytest.mark.parametrize(("a", "b", "same"), CLOSE)
def test_values_may_differ_by_a_letter(a: str, b: str, same: bool) -> None:
    assert factrueval_tracks.close(a, b) is same


def test_partial_overlap_has_its_quality(tmp_path: Path) -> None:
    """«Иван Котов» against «Котов»: five letters of nine."""
    gold = document(tmp_path)
    result = answer().model_copy(update={"mentions": (mention("person", "person", "Котов"),)})
    tallies = [
        t
        for t in factrueval_tracks.score(gold, result).tallies
        if (t.measure, t.type) == ("track 1 mentions", "per")
    ]
    assert tallies[0].matched == pytest.approx(5 / 9)


DESCRIBED = "Газета «Труд» и компания."
DESCRIPTORS = {
    "txt": DESCRIBED,
    "spans": "1 org_descr 0 6 0 1 # Газета\n2 org_name 8 4 0 1 # Труд\n3 org_descr 16 8 0 1 # компания\n",
    "objects": "10 Org 1 2 # Газета Труд\n11 Org 3 # компания\n",
    "coref": "20 10\nname Труд\n",
    "facts": "",
}


@pytest.mark.parametrize("words", [("Труд",), ("Газета «Труд",), ("Труд", "компания")])
def test_descriptors_are_free(tmp_path: Path, words: tuple[str, ...]) -> None:
    """A descriptor may be there or not; a mention of descriptors alone counts on neither side."""
    mentions = [
        Mention(
            id=w,
            start=(start := DESCRIBED.index(w)),
            end=start + len(w),
            text=w,
            type="organization",
            form="name",
            normal=w,
            entity="e1",
        )
        for w in words
    ]
    result = Result(
        id="book_0",
        text=DESCRIBED,
        mentions=mentions,
        entities=[Entity(id="e1", type="organization", name="Труд")],
        relations=(),
    )
    tallies = factrueval_tracks.score(document(tmp_path, **DESCRIPTORS), result).tallies
    f1 = {r.measure: r.f1 for r in rows(tallies) if r.type == "org"}
    assert f1["track 1, descriptors free"] == 1.0
    assert f1["track 1 mentions"] < 1.0
