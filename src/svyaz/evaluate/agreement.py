"""How well two people who labelled the same articles agree: one's labels are scored against the other's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from svyaz.evaluate.corpus import GoldDocument, GoldMention, GoldRelation
from svyaz.evaluate.measures import Scored, score
from svyaz.model import Argument, Entity, Evidence, Mention, Relation, Result, Span
from svyaz.relations.frames import RelationType


def agreement(first: GoldDocument, second: GoldDocument, types: dict[str, RelationType]) -> Scored:
    """Score the second labels against the first: F1 is the agreement, the same whichever is called gold.

    Dates are compared as spans only: who labels without the date of publication cannot know the year.
    """
    return score(
        replace(first, relations=tuple(replace(r, date=None) for r in first.relations)),
        as_result(second),
        types,
    )


def as_result(gold: GoldDocument) -> Result:
    """Labels in the form of the extractor's output, with the confidence of a person: 1."""
    mentions = tuple(_mention(m) for m in gold.mentions)
    first = {m.entity: m for m in reversed(gold.mentions)}
    entities = tuple(
        Entity.model_validate({"id": key, "type": m.type, "name": m.normal or m.text})
        for key, m in sorted(first.items(), key=lambda e: e[1].start)
    )
    relations = tuple(_relation(gold, i, r) for i, r in enumerate(gold.relations))
    return Result(id=gold.id, text=gold.text, mentions=mentions, entities=entities, relations=relations)


def _relation(gold: GoldDocument, index: int, relation: GoldRelation) -> Relation:
    start, end = relation.trigger or (0, 0)
    trigger = Span(start=start, end=end, text=gold.text[start:end])
    return Relation.model_validate(
        {
            "id": f"r{index}",
            "type": relation.type,
            "args": tuple(_argument(a.role, gold.mention(a.mention)) for a in relation.args if a.mention),
            "modality": relation.modality,
            "phase": relation.phase,
            "confidence": 1,
            "evidence": (Evidence(start=start, end=end, trigger=trigger, rule=f"{relation.type}.label"),),
        }
    )


def _mention(m: GoldMention) -> Mention:
    return Mention.model_validate(_span(m) | {"id": m.id, "form": m.form, "normal": m.normal or m.text})


def _argument(role: str, m: GoldMention) -> Argument:
    return Argument.model_validate(_span(m) | {"role": role, "mention": m.id})


def _span(m: GoldMention) -> dict[str, object]:
    return {"start": m.start, "end": m.end, "text": m.text, "type": m.type, "entity": m.entity}


def both(
    first: Iterable[GoldDocument], second: Iterable[GoldDocument]
) -> Iterable[tuple[GoldDocument, GoldDocument]]:
    """The articles that both have labelled, by id."""
    other = {d.id: d for d in second}
    return [(d, other[d.id]) for d in first if d.id in other]
