"""factRuEval-2016: its three tracks on svyaz's contract.

Track 1 scores mentions by their tokens, track 2 entities by their names, track 3 facts by the weight of their
arguments. In the easy mode facts marked «Сложность повышенная» match for free.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from svyaz.evaluate import factrueval_mentions
from svyaz.evaluate.cases import Case, sentence_around
from svyaz.evaluate.corpus import GoldArgument, GoldDocument, GoldEntity, GoldRelation
from svyaz.evaluate.factrueval_mentions import OWN_TYPES
from svyaz.evaluate.factrueval_mentions import case as _case
from svyaz.evaluate.matching import match
from svyaz.evaluate.measures import Scored
from svyaz.evaluate.tally import Tally
from svyaz.model import Entity, Mention, Relation, Result
from svyaz.morph import fold

# A position weighs half of any other argument.
WEIGHTS = {"Position": 0.5}
# svyaz's relation types and roles as the track's facts and arguments.
FACTS = {
    "holds_office": ("Occupation", {"person": "Who", "organization": "Where", "office": "Position"}),
    "member_of": ("Occupation", {"member": "Who", "organization": "Where"}),
    "owns": ("Ownership", {"owner": "Owner", "property": "Property"}),
    "deal_between": (
        "Deal",
        {
            "participant": "Participant",
            "buyer": "Participant",
            "seller": "Participant",
            "object": "Participant",
        },
    ),
    "met_with": ("Meeting", {"participant": "Participant"}),
}


def score(gold: GoldDocument, result: Result) -> Scored:
    """The three tracks on one document."""
    parts = [factrueval_mentions.score(gold, result), _track2(gold, result), _track3(gold, result)]
    return Scored(tuple(t for p in parts for t in p.tallies), tuple(c for p in parts for c in p.cases))


def close(a: str, b: str) -> bool:
    """Whether two values are equal but for case, ё, quotes and an edit of one letter (two from nine on)."""
    a, b = _plain(a), _plain(b)
    if a == b:
        return True
    allowed = 2 if max(len(a), len(b)) >= 9 else 1
    return abs(len(a) - len(b)) <= allowed and min(len(a), len(b)) > 3 and _edits(a, b, allowed) <= allowed


def _plain(value: str) -> str:
    kept = "".join(c if c.isalnum() else " " for c in fold(value))
    return " ".join(kept.split())


def _edits(a: str, b: str, limit: int) -> int:
    """Levenshtein distance, given up above ``limit``."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
        if min(row) > limit:
            return limit + 1
    return row[-1]


@dataclass(frozen=True)
class _Own:
    """A system entity with all the names under which it may be found."""

    entity: Entity
    type: str
    names: tuple[str, ...]
    start: int
    end: int


def _own(result: Result) -> list[_Own]:
    mentions: dict[str, list[Mention]] = {}
    for mention in result.mentions:
        if mention.entity and mention.form == "name":
            mentions.setdefault(mention.entity, []).append(mention)
    return [
        _Own(
            e,
            OWN_TYPES[e.type],
            tuple(dict.fromkeys([e.name, *e.aliases, *(m.text for m in mentions[e.id])])),
            mentions[e.id][0].start,
            mentions[e.id][0].end,
        )
        for e in result.entities
        if e.type in OWN_TYPES and e.id in mentions
    ]


def _same_entity(gold: GoldEntity, own: _Own, surfaces: Sequence[str]) -> float:
    if gold.type != own.type:
        return 0.0
    if gold.type == "per":
        return float(_same_person(gold, own, surfaces))
    return float(any(close(a, b) for a in (*gold.names, *surfaces) for b in own.names))


def _same_person(gold: GoldEntity, own: _Own, surfaces: Sequence[str]) -> bool:
    last, first = gold.parts.get("lastname"), gold.parts.get("firstname")
    name = own.entity.person_name
    if name and last and name.last and close(last, name.last):
        return not (first and name.first) or close(first, name.first) or first[:1] == name.first[:1]
    if name and not last and first and name.first:
        return close(first, name.first)
    return any(close(a, b) for a in surfaces for b in own.names)


def _track2(gold: GoldDocument, result: Result) -> Scored:
    labelled = [e for e in gold.entities if gold.of_entity(e.id) and (e.names or e.parts)]
    own = _own(result)
    surfaces = {e.id: [m.text for m in gold.of_entity(e.id)] for e in labelled}
    pairs = match(labelled, own, lambda a, b: _same_entity(a, b, surfaces[a.id]))
    hit, used = {g for g, _, _ in pairs}, {s for _, s, _ in pairs}
    cases = []
    for i, entity in enumerate(labelled):
        first = gold.of_entity(entity.id)[0]
        error = None if i in hit else "missed"
        cases.append(
            _case(gold, "track 2 entities", "gold", entity.type, first.start, first.end, first.text, error)
        )
    for i, other in enumerate(own):
        if i not in used:
            cases.append(
                _case(
                    gold,
                    "track 2 entities",
                    "system",
                    other.type,
                    other.start,
                    other.end,
                    other.entity.name,
                    "spurious",
                )
            )
    tallies = [
        Tally(
            "track 2 entities",
            kind,
            gold.id,
            float(sum(labelled[g].type == kind for g in hit)),
            float(sum(e.type == kind for e in labelled)),
            float(sum(o.type == kind for o in own)),
        )
        for kind in ("per", "loc", "org")
    ]
    return Scored(tuple(tallies), tuple(cases))


@dataclass(frozen=True)
class _Fact:
    """A system relation as a fact of the track."""

    type: str
    args: tuple[tuple[str, str], ...]  # role, entity id; for a position its words
    relation: Relation


def _system_facts(result: Result) -> list[_Fact]:
    out: dict[tuple[str, frozenset[tuple[str, str]]], _Fact] = {}
    for relation in result.relations:
        if relation.type not in FACTS or relation.modality == "denied":
            continue
        kind, roles = FACTS[relation.type]
        args = []
        for arg in relation.args:
            role = roles.get(arg.role)
            if role and not (arg.role == "object" and sum(a.role != "object" for a in relation.args) > 1):
                args.append((role, arg.text if role == "Position" else arg.entity))
        if any(r == "Who" for r, _ in args) or kind != "Occupation":
            out.setdefault((kind, frozenset(args)), _Fact(kind, tuple(args), relation))
    return list(out.values())


def _track3(gold: GoldDocument, result: Result) -> Scored:
    own = {o.entity.id: o for o in _own(result)}
    entities = {e.id: e for e in gold.entities}
    facts = [f for f in gold.relations if f.type in {k for k, _ in FACTS.values()}]
    system = _system_facts(result)

    def same(arg: GoldArgument, other: tuple[str, str]) -> float:
        if arg.role != other[0]:
            return 0.0
        if arg.role == "Position":
            return float(close(arg.entity, other[1]))
        entity, candidate = entities.get(arg.entity), own.get(other[1])
        surfaces = [m.text for m in gold.of_entity(arg.entity)]
        return float(
            entity is not None and candidate is not None and _same_entity(entity, candidate, surfaces) > 0
        )

    def quality(fact: GoldRelation, other: _Fact) -> float:
        return _fact_quality(fact, other, same) if fact.type == other.type else 0.0

    pairs = match(facts, system, quality)
    free = {s for g, s, _ in pairs if facts[g].ignored}
    kept = {g: (s, q) for g, s, q in pairs if not facts[g].ignored}
    used = {s for s, _ in kept.values()}
    tallies = []
    for kind in sorted({k for k, _ in FACTS.values()}):
        matched = sum(q for g, (_, q) in kept.items() if facts[g].type == kind)
        n_gold = sum(f.type == kind and not f.ignored for f in facts)
        n_system = sum(f.type == kind for i, f in enumerate(system) if i not in free)
        tallies.append(Tally("track 3 facts", kind, gold.id, matched, float(n_gold), float(n_system)))
    cases = [
        _fact_case(
            gold, f, None if kept.get(i, (0, 0.0))[1] > 0.99 else "wrong entity" if i in kept else "missed", i
        )
        for i, f in enumerate(facts)
        if not f.ignored
    ]
    cases += [_system_case(gold, result, f) for i, f in enumerate(system) if i not in used and i not in free]
    return Scored(tuple(tallies), tuple(cases))


def _fact_quality(
    fact: GoldRelation, other: _Fact, same: Callable[[GoldArgument, tuple[str, str]], float]
) -> float:
    """Matched weight / (matched + missed + spurious); a position in several wordings counts once."""
    positions = [a for a in fact.args if a.role == "Position"]
    plain = [a for a in fact.args if a.role in {"Who", "Where", "Owner", "Property", "Participant"}]
    args = [*plain, *positions[:1]]

    def compare(a: GoldArgument, b: tuple[str, str]) -> float:
        variants = positions if a.role == "Position" else [a]
        return max(same(v, b) for v in variants) * WEIGHTS.get(a.role, 1.0)

    pairs = match(args, other.args, compare)
    matched = sum(q for _, _, q in pairs)
    if not any(args[g].role != "Position" for g, _, _ in pairs):
        return 0.0
    missed = sum(WEIGHTS.get(a.role, 1.0) for i, a in enumerate(args) if i not in {g for g, _, _ in pairs})
    extra = sum(
        WEIGHTS.get(r, 1.0) for i, (r, _) in enumerate(other.args) if i not in {s for _, s, _ in pairs}
    )
    return matched / (matched + missed + extra)


def _fact_case(gold: GoldDocument, fact: GoldRelation, error: str | None, index: int) -> Case:
    names = {e.id: " ".join(e.parts.values()) or "/".join(e.names) for e in gold.entities}
    told = ", ".join(f"{a.role}={names.get(a.entity, a.entity)}" for a in fact.args)
    key = f"{gold.id}:fact:gold:{index}"
    places = [m for a in fact.args for m in gold.of_entity(a.entity)[:1]]
    sentence = sentence_around(gold.text, places[0].start, places[0].end) if places else ""
    return Case(
        key, gold.id, "track 3 facts", fact.type, error is None, error, f"{fact.type}({told})", sentence
    )


def _system_case(gold: GoldDocument, result: Result, fact: _Fact) -> Case:
    names = {e.id: e.name for e in result.entities}
    told = ", ".join(f"{r}={names.get(e, e)}" for r, e in fact.args)
    at = fact.relation.evidence[0]
    key = f"{gold.id}:fact:system:{fact.type}:{told}"
    sentence = gold.text[at.start : at.end]
    return Case(
        key,
        gold.id,
        "track 3 facts",
        fact.type,
        False,
        "spurious",
        f"{fact.type}({told})",
        sentence,
        at.rule,
        fact.relation.confidence,
    )
