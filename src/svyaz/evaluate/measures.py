"""Measures on svyaz's own kind of labels: mentions, entities, relations, modality, dates, rules, confidence.

- mentions: the same span and type;
- entities: a gold and a system entity of one type share a named mention (any mention where none is a name);
- relations: the same type and the same entities in the required roles. A symmetric relation counts as its
  unordered pairs; the sides of a deal (buyer, seller, participant) are one role.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from svyaz.evaluate.cases import Case, sentence_around
from svyaz.evaluate.corpus import GoldDocument, GoldMention, GoldRelation
from svyaz.evaluate.matching import match
from svyaz.evaluate.tally import Tally
from svyaz.model import Entity, Mention, Relation, Result
from svyaz.relations.frames import RelationType

# Roles that are told apart in the output but scored as one: who bought and who sold are both sides of a deal.
FOLDED = {"buyer": "participant", "seller": "participant"}


@dataclass(frozen=True)
class Scored:
    """What one document yields: tallies for tables and cases to look at."""

    tallies: tuple[Tally, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Item:
    """A fact as it is compared: roles with entity ids; two arguments of one role may stand in any order."""

    type: str
    args: tuple[tuple[str, str], ...]
    start: int
    end: int
    gold: GoldRelation | None = None
    system: Relation | None = None


class Alignment:
    """Which gold and system entities are the same, by the mentions that they share."""

    def __init__(self, gold: GoldDocument, result: Result) -> None:
        self.gold = gold
        self.system: dict[str, list[Mention]] = {}
        for mention in result.mentions:
            if mention.entity:
                self.system.setdefault(mention.entity, []).append(mention)
        for entity in result.entities:  # an office stands for its holder
            if entity.holder:
                self.system.setdefault(entity.holder, []).extend(
                    m for m in result.mentions if m.entity == entity.id
                )

    def same(self, gold: str, system: str) -> bool:
        """Whether the entities share a named mention, or any mention where the gold one has no name."""
        labelled = self.gold.of_entity(gold)
        named = [m for m in labelled if m.form == "name"] or list(labelled)
        return any(m.overlaps(s.start, s.end) for m in named for s in self.system.get(system, ()))

    def touches(self, mention: GoldMention, system: str) -> bool:
        """Whether a system entity has a mention at the place of a gold mention."""
        return any(mention.overlaps(s.start, s.end) for s in self.system.get(system, ()))


def score(gold: GoldDocument, result: Result, types: dict[str, RelationType]) -> Scored:
    """Compare one article's labels with its result; ``types`` is the registry by name."""
    alignment = Alignment(gold, result)
    tallies: list[Tally] = []
    cases: list[Case] = []
    for part in (
        _mentions(gold, result),
        _entities(gold, result, alignment),
        _relations(gold, result, alignment, types),
    ):
        tallies += part.tallies
        cases += part.cases
    return Scored(tuple(tallies), tuple(cases))


def _unread(gold: GoldDocument, start: int, end: int) -> bool:
    return any(s < end and start < e for s, e in gold.unread)


def _tallies(
    measure: str, document: str, cases: Sequence[Case], gold: Sequence[str], system: Sequence[str]
) -> list[Tally]:
    """One tally a type, from the types of the items on either side and the right cases."""
    right = [c.type for c in cases if c.right]
    kinds = sorted({*gold, *system})
    return [
        Tally(measure, k, document, float(right.count(k)), float(gold.count(k)), float(system.count(k)))
        for k in kinds
    ]


def _mentions(gold: GoldDocument, result: Result) -> Scored:
    labelled = list(gold.mentions)
    found = [m for m in result.mentions if not _unread(gold, m.start, m.end)]
    exact: dict[tuple[str, int, int], Mention] = {(m.type, m.start, m.end): m for m in found}
    cases, used = [], set()
    for mention in labelled:
        hit = exact.get((mention.type, mention.start, mention.end))
        if hit:
            used.add(hit.id)
        cases.append(
            _mention_case(
                gold, mention.type, mention.start, mention.end, mention.text, _missed(mention, hit, found)
            )
        )
    for other in found:
        if other.id not in used:
            error = _spurious(other, labelled)
            if error:
                cases.append(_mention_case(gold, other.type, other.start, other.end, other.text, error))
    tallies = _tallies("mentions", gold.id, cases, [m.type for m in labelled], [m.type for m in found])
    return Scored(tuple(tallies), tuple(cases))


def _mention_case(gold: GoldDocument, kind: str, start: int, end: int, text: str, error: str | None) -> Case:
    side = "gold" if error != "spurious" else "system"
    key = f"{gold.id}:mention:{side}:{kind}:{start}-{end}"
    return Case(
        key, gold.id, "mentions", kind, error is None, error, text, sentence_around(gold.text, start, end)
    )


def _missed(mention: GoldMention, hit: Mention | None, found: Sequence[Mention]) -> str | None:
    if hit:
        return None
    near = [m for m in found if mention.overlaps(m.start, m.end)]
    if any(m.type == mention.type for m in near):
        return "wrong border"
    return "wrong type" if any((m.start, m.end) == (mention.start, mention.end) for m in near) else "missed"


def _spurious(mention: Mention, labelled: Sequence[GoldMention]) -> str | None:
    """None where the labelled side already tells of the border or the type."""
    near = [m for m in labelled if m.overlaps(mention.start, mention.end)]
    return (
        None
        if any(m.type == mention.type or m.spans == ((mention.start, mention.end),) for m in near)
        else "spurious"
    )


def _entities(gold: GoldDocument, result: Result, alignment: Alignment) -> Scored:
    labelled = sorted({m.entity for m in gold.mentions})
    kind = {m.entity: m.type for m in reversed(gold.mentions)}
    own = {e.id: [m for m in result.mentions if m.entity == e.id] for e in result.entities}
    found = [e for e in result.entities if any(not _unread(gold, m.start, m.end) for m in own[e.id])]

    def quality(a: str, b: Entity) -> float:
        return float(kind[a] == b.type and alignment.same(a, b.id))

    pairs = match(labelled, found, quality)
    hit = {g for g, _, _ in pairs}
    taken = {s for _, s, _ in pairs}
    cases = []
    for i, entity in enumerate(labelled):
        first = gold.of_entity(entity)[0]
        error = None if i in hit else "missed"
        cases.append(_entity_case(gold, "gold", kind[entity], first.start, first.end, first.text, error))
    for i, other in enumerate(found):
        if i not in taken:
            at = own[other.id][0]
            cases.append(_entity_case(gold, "system", other.type, at.start, at.end, other.name, "spurious"))
    tallies = _tallies("entities", gold.id, cases, [kind[e] for e in labelled], [e.type for e in found])
    return Scored(tuple(tallies), tuple(cases))


def _entity_case(
    gold: GoldDocument, side: str, kind: str, start: int, end: int, text: str, error: str | None
) -> Case:
    key = f"{gold.id}:entity:{side}:{kind}:{start}-{end}"
    return Case(
        key, gold.id, "entities", kind, error is None, error, text, sentence_around(gold.text, start, end)
    )


def items(
    args: Sequence[tuple[str, str]], relation: RelationType | None
) -> list[tuple[tuple[str, str], ...]]:
    """The argument sets under which one relation is compared: its pairs if symmetric, else its required roles.

    Optional roles count only where nothing else would be left to compare (a deal's object).
    """
    folded = list(dict.fromkeys((FOLDED.get(role, role), entity) for role, entity in args))
    if relation is None:
        return [tuple(folded)]
    sides = [a for a in folded if a[0] == (relation.symmetric or "participant")]
    if len(sides) > 1:
        return [tuple(pair) for pair in combinations(sides, 2)]
    required = [a for a in folded if (r := relation.roles.get(a[0])) is not None and not r.optional]
    return [tuple(required)] if len(required) >= relation.arity else [tuple(folded)]


def _gold_items(gold: GoldDocument, types: dict[str, RelationType]) -> list[Item]:
    out: dict[tuple[str, frozenset[tuple[str, str]]], Item] = {}
    for relation in gold.relations:
        args = [(a.role, a.entity) for a in relation.args]
        for chosen in items(args, types.get(relation.type)):
            start, end = relation.trigger or (0, 0)
            out.setdefault(
                (relation.type, frozenset(chosen)), Item(relation.type, chosen, start, end, gold=relation)
            )
    return list(out.values())


def _system_items(gold: GoldDocument, result: Result, types: dict[str, RelationType]) -> list[Item]:
    out: dict[tuple[str, frozenset[tuple[str, str]]], Item] = {}
    for relation in result.relations:
        trigger = relation.evidence[0].trigger
        if _unread(gold, trigger.start, trigger.end):
            continue
        for chosen in items([(a.role, a.entity) for a in relation.args], types.get(relation.type)):
            item = Item(relation.type, chosen, trigger.start, trigger.end, system=relation)
            out.setdefault((relation.type, frozenset(chosen)), item)
    return list(out.values())


def _same_fact(alignment: Alignment, gold: Item, system: Item) -> float:
    """1 when the arguments pair off: same role, same entity."""
    if gold.type != system.type or len(gold.args) != len(system.args):
        return 0.0

    def quality(a: tuple[str, str], b: tuple[str, str]) -> float:
        return float(a[0] == b[0] and alignment.same(a[1], b[1]))

    return float(len(match(gold.args, system.args, quality)) == len(gold.args))


def _relations(
    gold: GoldDocument, result: Result, alignment: Alignment, types: dict[str, RelationType]
) -> Scored:
    labelled, found = _gold_items(gold, types), _system_items(gold, result, types)
    pairs = match(labelled, found, lambda a, b: _same_fact(alignment, a, b))
    by_gold = {g: s for g, s, _ in pairs}
    taken = set(by_gold.values())
    left = [item for i, item in enumerate(found) if i not in taken]
    cases, extra = [], []
    for i, item in enumerate(labelled):
        system = found[by_gold[i]] if i in by_gold else None
        error = None if system else _argument_error(gold, alignment, item, left)
        cases.append(_relation_case(gold, result, item, system, error))
        if system is not None:
            extra += list(_circumstances(gold, item, system))
    for item in left:
        cases.append(_relation_case(gold, result, item, item, "spurious"))
    tallies = _tallies("relations", gold.id, cases, [i.type for i in labelled], [i.type for i in found])
    return Scored((*tallies, *extra), tuple(cases))


def _argument_error(gold: GoldDocument, alignment: Alignment, item: Item, left: Sequence[Item]) -> str:
    """What is wrong with the nearest system fact of the same type; «missed» when there is none."""
    for other in left:
        if other.type != item.type or not _near(gold.text, item, other):
            continue
        entities = [e for _, e in other.args]
        if all(any(alignment.same(g, s) for s in entities) for _, g in item.args):
            return "wrong role" if len(item.args) == len(other.args) else "missed"
        mentions = {a.role: a.mention for a in item.gold.args} if item.gold else {}
        at = [gold.mention(m) for r, _ in item.args if (m := mentions.get(r))]
        if at and all(any(alignment.touches(m, s) for s in entities) for m in at):
            return "wrong coreference"
        if any(alignment.same(g, s) for _, g in item.args for s in entities):
            return "wrong entity"
    return "missed"


def _near(text: str, a: Item, b: Item) -> bool:
    """Whether two triggers stand in one line of the text, at most 200 code points apart."""
    start, end = min(a.start, b.start), max(a.end, b.end)
    return end - start <= 200 and "\n" not in text[start:end]


def _circumstances(gold: GoldDocument, item: Item, system: Item) -> Iterator[Tally]:
    """Modality, phase and date of a fact that was found, as right or wrong of one."""
    if item.gold is None or system.system is None:
        return
    label, relation = item.gold, system.system
    yield Tally("modality", item.type, gold.id, float(label.modality == relation.modality), 1, 1)
    if label.phase is not None:
        yield Tally("phase", item.type, gold.id, float(label.phase == relation.phase), 1, 1)
    if label.date is not None or relation.date is not None:
        same = relation.date is not None and label.date == relation.date.value
        yield Tally(
            "dates",
            item.type,
            gold.id,
            float(same),
            float(label.date is not None),
            float(relation.date is not None),
        )


def _relation_case(
    gold: GoldDocument, result: Result, item: Item, system: Item | None, error: str | None
) -> Case:
    side = "system" if item.gold is None else "gold"
    relation = system.system if system else None
    names = {e.id: e.name for e in result.entities}
    if item.gold is not None:
        told = ", ".join(f"{role}={gold.of_entity(e)[0].text}" for role, e in item.args)
    else:
        told = ", ".join(f"{role}={names.get(e, e)}" for role, e in item.args)
    key = f"{gold.id}:relation:{side}:{item.type}:{item.start}:{told}"
    return Case(
        key,
        gold.id,
        "relations",
        item.type,
        error is None,
        error,
        f"{item.type}({told})",
        sentence_around(gold.text, item.start, item.end),
        rule=relation.evidence[0].rule if relation else None,
        confidence=relation.confidence if relation else None,
    )
