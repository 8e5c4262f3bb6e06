"""The contract's invariants, on texts that nobody wrote: spliced, cut, and spoilt in every way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marked import extractor
from svyaz import Article, Result
from svyaz.export.jsonl import pieces
from svyaz.relations import examples

ROOT = Path(__file__).parents[1]
ARTICLES = sorted([*(ROOT / "seeds").glob("*.txt"), *(ROOT / "gold" / "dev").glob("*.txt")])
TEXTS = [path.read_text("utf-8") for path in ARTICLES]
SENTENCES = [example.text for example in examples.shipped()]


# What may tell a year: «2024», «12.01.24», «24 г.», «90-х», «девяностые», «XX век», «двухтысячный».
YEAR = re.compile(
    r"\d{4}|\d\d[./-]\d\d[./-]\d\d|\d\d\W{0,2}г|\d0-|[’']\d\d|[IVXХ]{2}|тысяч|век|столети|десят|девян|сорок",
    re.IGNORECASE,
)


def examples_of(count: int) -> settings:
    return settings(
        max_examples=count, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
    )


ODD = [
    "\x00",
    "\ud83d",
    "\udc00",
    "\ufeff",
    "\u0301",
    "\u0306",
    "\u0308",
    "\u00ad",
    "\u200b",
    "\u202e",
    "\u00a0",
]
ODD += [
    "\r\n",
    "\r",
    "\u2028",
    "\x85",
    "\x1b[31m",
    "🙂",
    "👨‍👩‍👧",
    "🇷🇺",
    "﷽",
    "ﬁ",
    "Ⅻ",
    "½",
    "中国",
    "א",
    "а" * 3000,
    "-" * 500,
]
ODD += [
    "слово-" * 200,
    "«" * 20,
    "(" * 20,
    "[",
    "]",
    "|",
    ".",
    "...",
    "?!",
    "\t",
    "\n\n",
    " " * 50,
    "1" * 400,
    "0",
    "№",
]
ODD += [
    "Read More",
    "Total",
    "он",
    "её",
    "12 января",
    "в прошлом году",
    "накануне",
    "посол",
    "президенты России и США",
]
ODD += [
    "И.о.",
    "и.о. главы",
    "врио",
    "А.",
    "А. А.",
    "МИДом",
    "ООО",
    "«ООО",
    "российско-",
    "-китайский",
    "экс-",
    "бывший",
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A piece of a real text or of several sentences with something cut out and something odd put in."""
    if draw(st.booleans()):
        text = draw(st.sampled_from(TEXTS))
        start = draw(st.integers(0, max(len(text) - 10, 0)))
        text = text[start : start + draw(st.integers(1, 1500))]
    else:
        text = draw(st.sampled_from([" ", "\n", "\n\n", ""])).join(
            draw(st.lists(st.sampled_from(SENTENCES), max_size=5))
        )
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.sampled_from([0, 0, 1, 2, 7, 40]))
        put = draw(st.sampled_from(ODD) | st.characters() | st.text(max_size=8))
        text = text[:at] + put + text[at + cut :]
    return text


def hold(text: str, result: Result) -> None:
    """All invariants of one result."""
    _spans(text, result)
    _ids(result)
    _order(result)
    _round_trip(result)
    _dates(text, result)


def _spans(text: str, result: Result) -> None:
    spans = [*result.mentions, *(a for r in result.relations for a in r.args)]
    spans += [e.trigger for r in result.relations for e in r.evidence]
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    for relation in result.relations:
        for place in relation.evidence:
            assert 0 <= place.start <= place.trigger.start < place.trigger.end <= place.end <= len(text)


def _ids(result: Result) -> None:
    mentions = {m.id: m for m in result.mentions}
    entities = {e.id: e for e in result.entities}
    ids = [*mentions, *entities, *(r.id for r in result.relations)]
    assert len(ids) == len(set(ids)) == len(result.mentions) + len(result.entities) + len(result.relations)
    assert {m.entity for m in result.mentions if m.entity} == set(entities)
    for mention in result.mentions:
        assert (
            mention.entity is None
            or entities[mention.entity].type == mention.type
            or mention.form == "pronoun"
        )
    for entity in result.entities:
        assert entity.name.strip()
        assert entity.holder is None or entities[entity.holder].type == "person"
        assert (entity.date is None) == (entity.type != "date")
    for relation in result.relations:
        assert relation.args
        assert relation.evidence
        assert relation.source is None or relation.source in entities
        assert relation.date is None or mentions[relation.date.mention].type == "date"
        for arg in relation.args:
            assert arg.entity in entities
            mention = mentions[arg.mention]
            assert (mention.start, mention.end, mention.type) == (arg.start, arg.end, arg.type)


def _order(result: Result) -> None:
    starts = [m.start for m in result.mentions]
    assert starts == sorted(starts)
    first = {e: i for i, e in reversed(list(enumerate(m.entity for m in result.mentions)))}
    assert [first[e.id] for e in result.entities] == sorted(first[e.id] for e in result.entities)
    evidence = [r.evidence[0].start for r in result.relations]
    assert evidence == sorted(evidence)
    for relation in result.relations:
        assert [e.start for e in relation.evidence] == sorted(e.start for e in relation.evidence)


def _round_trip(result: Result) -> None:
    assert Result.model_validate_json(result.model_dump_json()) == result
    assert Result.model_validate(result.model_dump()) == result


def _dates(text: str, result: Result) -> None:
    """Without a date of publication and without a number of a year in the text no year is known."""
    if result.published is not None or YEAR.search(text):
        return
    for entity in result.entities:
        if entity.date:
            assert not re.search(r"\d{3}", entity.date.value), entity.date
            assert not entity.date.resolved


def check(text: str, published: str | None = None) -> None:
    article = Article.model_validate({"text": text, "published": published})
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)  # which no output can hold
    first, second = extractor().extract(article), extractor().extract(article)
    assert first.text == text
    hold(text, first)
    assert list(pieces([first])) == list(pieces([second]))


@pytest.mark.parametrize("path", ARTICLES, ids=[path.stem for path in ARTICLES])
@pytest.mark.parametrize("published", [None, "2024-01-15"])
def test_articles(path: Path, published: str | None) -> None:
    check(path.read_text("utf-8"), published)


@examples_of(400)
@given(mutated(), st.sampled_from([None, "2024-01-15"]))
def test_mutated_texts(text: str, published: str | None) -> None:
    check(text, published)


@examples_of(150)
@given(st.text(max_size=300) | st.lists(st.sampled_from(ODD), max_size=12).map(" ".join))
def test_noise(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "\x00",
        "\ufeff",
        "\ud83d",
        "а",
        ".",
        "«",
        "-",
        "🙂" * 100,
        "а" * 100_000,
        "\u0301" * 50,
        "а\r\n" * 200,
    ],
    ids=repr,
)
def test_nearly_nothing(text: str) -> None:
    check(text)


@examples_of(200)
@given(st.sampled_from(SENTENCES))
def test_no_year_without_a_reason(text: str) -> None:
    plain = re.sub(r"\d{4}", "", text)
    _dates(plain, extractor().extract(plain))
