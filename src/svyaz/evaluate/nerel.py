"""NEREL (Loukachevitch et al., RANLP 2021): document-level pairs of relations, and mentions, end to end.

Gold entities are mentions joined by ALTERNATIVE_NAME or ABBREVIATION, by one Wikidata reference, or by equal
text. A pair is right when the type is, and each argument has a mention that overlaps one of the gold entity's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from svyaz.evaluate.brat import Standoff, standoff
from svyaz.evaluate.cases import Case, sentence_around
from svyaz.evaluate.corpus import CorpusError, GoldArgument, GoldDocument, GoldMention, GoldRelation
from svyaz.evaluate.matching import match
from svyaz.evaluate.measures import Scored
from svyaz.evaluate.tally import Tally
from svyaz.model import Mention, Relation, Result
from svyaz.morph import fold

TYPES = {
    "PERSON": "person",
    "ORGANIZATION": "organization",
    "PROFESSION": "office",
    "DATE": "date",
    "COUNTRY": "location",
    "CITY": "location",
    "STATE_OR_PROVINCE": "location",
    "DISTRICT": "location",
    "LOCATION": "location",
}
FAMILY = {"PARENT_OF", "SPOUSE", "SIBLING", "RELATIVE"}
PAIRS = {"WORKS_AS", "WORKPLACE", "MEMBER_OF", "OWNER_OF", "FOUNDED_BY", "PART_OF", "HEADQUARTERED_IN"}
SAME = {"ALTERNATIVE_NAME", "ABBREVIATION"}


def documents(folder: Path) -> Iterator[GoldDocument]:
    """All documents of a NEREL folder; raises CorpusError for a folder without any."""
    found = sorted(folder.glob("*.ann"))
    if not found:
        raise CorpusError(f"{folder}: no .ann files in it")
    for path in found:
        yield document(path)


def document(path: Path) -> GoldDocument:
    """One document; persons' workplaces only, family ties as one type."""
    with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    read = standoff(path)
    entity = _entities(read, text)
    mentions = tuple(
        GoldMention(key, kind, spans, " ".join(text[s:e] for s, e in spans), entity[key])
        for key, (kind, spans) in read.bound.items()
    )
    kinds = {m.id: m.type for m in mentions}
    relations = []
    for key, kind, first, second in read.pairs:
        if kind == "WORKPLACE" and kinds.get(first) != "PERSON":
            continue
        name = "FAMILY" if kind in FAMILY else kind
        if name in PAIRS | {"FAMILY"}:
            args = (
                GoldArgument("first", entity[first], first),
                GoldArgument("second", entity[second], second),
            )
            relations.append(GoldRelation(key, name, args))
    return GoldDocument(path.stem, text, mentions, tuple(relations))


def _entities(read: Standoff, text: str) -> dict[str, str]:
    """Join mentions (union-find over the three kinds of link)."""
    parent = {key: key for key in read.bound}

    def root(key: str) -> str:
        while parent[key] != key:
            key = parent[key]
        return key

    seen: dict[tuple[str, str], str] = {}
    links = [(a, b) for _, kind, a, b in read.pairs if kind in SAME]
    for key, (kind, spans) in read.bound.items():
        words = fold(" ".join(text[s:e] for s, e in spans))
        for mark in ((kind, words), ("reference", read.references.get(key, key))):
            links.append((key, seen.setdefault(mark, key)))
    for a, b in links:
        if a in parent and b in parent:
            parent[root(a)] = root(b)
    return {key: root(key) for key in read.bound}


@dataclass(frozen=True)
class _Pair:
    """A system pair: type and the mentions of either argument."""

    type: str
    first: tuple[Mention, ...]
    second: tuple[Mention, ...]
    relation: Relation
    told: str


def score(gold: GoldDocument, result: Result) -> Scored:
    """Mentions by overlap, and pairs of relations."""
    mentions, pairs = _mentions(gold, result), _pairs(gold, result)
    return Scored((*mentions.tallies, *pairs.tallies), (*mentions.cases, *pairs.cases))


def _mentions(gold: GoldDocument, result: Result) -> Scored:
    tallies, cases = [], []
    for kind in sorted(set(TYPES.values())):
        labelled = [m for m in gold.mentions if TYPES.get(m.type) == kind]
        found = [m for m in result.mentions if m.type == kind and m.form != "pronoun"]
        hit = {m.id for m in labelled if any(m.overlaps(f.start, f.end) for f in found)}
        right = [f for f in found if any(m.overlaps(f.start, f.end) for m in labelled)]
        counts = (float(len(hit)), float(len(labelled)), float(len(found)), float(len(right)))
        tallies.append(Tally("mentions", kind, gold.id, *counts))
        for mention in labelled:
            error = None if mention.id in hit else "missed"
            cases.append(_mention_case(gold, "gold", kind, mention.start, mention.end, mention.text, error))
        cases += [
            _mention_case(gold, "system", kind, f.start, f.end, f.text, "spurious")
            for f in found
            if f not in right
        ]
    return Scored(tuple(tallies), tuple(cases))


def _mention_case(
    gold: GoldDocument, side: str, kind: str, start: int, end: int, text: str, error: str | None
) -> Case:
    key = f"{gold.id}:mention:{side}:{kind}:{start}-{end}"
    return Case(
        key, gold.id, "mentions", kind, error is None, error, text, sentence_around(gold.text, start, end)
    )


def _system_pairs(result: Result) -> Iterator[_Pair]:
    by_entity: dict[str, list[Mention]] = {}
    for mention in result.mentions:
        if mention.entity:
            by_entity.setdefault(mention.entity, []).append(mention)
    for relation in result.relations:
        if relation.modality == "denied":
            continue
        roles: dict[str, list[str]] = {}
        for arg in relation.args:
            roles.setdefault(arg.role, []).append(arg.entity)
        for kind, first, second in _told_as(relation.type, roles):
            told = f"{by_entity[first][0].text} – {by_entity[second][0].text}"
            yield _Pair(kind, tuple(by_entity[first]), tuple(by_entity[second]), relation, told)


def _told_as(kind: str, roles: dict[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    """NEREL's relation, its first and its second argument, for each pair that a relation of svyaz states."""
    table = {
        "holds_office": (("WORKS_AS", "person", "office"), ("WORKPLACE", "person", "organization")),
        "represents": (
            ("WORKS_AS", "representative", "office"),
            ("WORKPLACE", "representative", "represented"),
        ),
        "member_of": (("MEMBER_OF", "member", "organization"),),
        "owns": (("OWNER_OF", "owner", "property"),),
        "founded": (("FOUNDED_BY", "organization", "founder"),),
        "part_of": (("PART_OF", "part", "whole"),),
        "located_in": (("HEADQUARTERED_IN", "organization", "location"),),
    }
    for name, first, second in table.get(kind, ()):
        for a in roles.get(first, ()):
            for b in roles.get(second, ()):
                yield name, a, b
    if kind == "relative_of":
        people = roles.get("person", [])
        yield from (("FAMILY", a, b) for i, a in enumerate(people) for b in people[i + 1 :])


def _pairs(gold: GoldDocument, result: Result) -> Scored:
    labelled = list({(r.type, *(a.entity for a in r.args)): r for r in gold.relations}.values())
    found = list({(p.type, p.first, p.second): p for p in _system_pairs(result)}.values())

    def quality(relation: GoldRelation, pair: _Pair) -> float:
        if relation.type != pair.type:
            return 0.0
        a, b = (gold.of_entity(arg.entity) for arg in relation.args)
        straight = _overlap(a, pair.first) and _overlap(b, pair.second)
        turned = pair.type == "FAMILY" and _overlap(b, pair.first) and _overlap(a, pair.second)
        return float(straight or turned)

    pairs = match(labelled, found, quality)
    hit, used = {g for g, _, _ in pairs}, {s for _, s, _ in pairs}
    kinds = sorted({*(r.type for r in labelled), *(p.type for p in found)})
    tallies = [
        Tally(
            "pairs",
            kind,
            gold.id,
            float(sum(labelled[g].type == kind for g in hit)),
            float(sum(r.type == kind for r in labelled)),
            float(sum(p.type == kind for p in found)),
        )
        for kind in kinds
    ]
    cases = [_pair_case(gold, r, i in hit) for i, r in enumerate(labelled)]
    cases += [_false_case(gold, p) for i, p in enumerate(found) if i not in used]
    return Scored(tuple(tallies), tuple(cases))


def _overlap(gold: Sequence[GoldMention], own: Sequence[Mention]) -> bool:
    return any(g.overlaps(m.start, m.end) for g in gold for m in own)


def _pair_case(gold: GoldDocument, relation: GoldRelation, right: bool) -> Case:
    words = [gold.mention(a.mention).text for a in relation.args if a.mention]
    at = gold.mention(relation.args[0].mention or "")
    key = f"{gold.id}:pair:gold:{relation.id}"
    text = f"{relation.type}({' – '.join(words)})"
    error = None if right else "missed"
    return Case(
        key, gold.id, "pairs", relation.type, right, error, text, sentence_around(gold.text, at.start, at.end)
    )


def _false_case(gold: GoldDocument, pair: _Pair) -> Case:
    at = pair.relation.evidence[0]
    key = f"{gold.id}:pair:system:{pair.type}:{pair.told}"
    return Case(
        key, gold.id, "pairs", pair.type, False, "spurious", f"{pair.type}({pair.told})",
        gold.text[at.start : at.end], at.rule, pair.relation.confidence,
    )  # fmt: skip
