"""From the stages' values to the contract: ids, offsets in the text as given, order."""

from __future__ import annotations

from collections.abc import Sequence

from svyaz.entities import Draft, Resolution
from svyaz.mentions.found import Found
from svyaz.model import (
    Argument,
    Article,
    Entity,
    Evidence,
    Mention,
    Relation,
    RelationDate,
    Result,
    Span,
    Warning,
)
from svyaz.parse import Sentence
from svyaz.relations.facts import Merged, Statement
from svyaz.text import CleanText


class _Numbering:
    """Ids and offsets of one article."""

    def __init__(self, clean: CleanText, resolution: Resolution) -> None:
        self.clean = clean
        self.resolution = resolution
        self.mention_ids = {id(m): f"m{i + 1}" for i, m in enumerate(resolution.mentions)}
        self.entity_ids = {id(d): f"e{i + 1}" for i, d in enumerate(resolution.drafts)}

    def span(self, start: int, end: int) -> tuple[int, int, str]:
        """Clean offsets to the given text's, with the text there."""
        raw_start, raw_end = self.clean.raw_start(start), self.clean.raw_end(end)
        return raw_start, raw_end, self.clean.raw[raw_start:raw_end]

    def entity(self, draft: Draft | None) -> str | None:
        return self.entity_ids[id(draft)] if draft is not None else None


def assemble(
    article_id: str,
    article: Article,
    clean: CleanText,
    resolution: Resolution,
    merged: Sequence[Merged],
    warnings: Sequence[Warning],
) -> Result:
    """Make the result of one article."""
    numbering = _Numbering(clean, resolution)
    return Result(
        id=article_id,
        source=article.source,
        title=article.title,
        published=article.published,
        text=article.text,
        mentions=tuple(_mention(numbering, m) for m in resolution.mentions),
        entities=tuple(_entity(numbering, d) for d in resolution.drafts),
        relations=tuple(_relation(numbering, i, m) for i, m in enumerate(in_order(merged))),
        warnings=tuple(warnings),
    )


def in_order(merged: Sequence[Merged]) -> list[Merged]:
    """Relations by their first evidence, as a result lists them."""
    return sorted(merged, key=_order)


def _order(merged: Merged) -> tuple[int, int, str]:
    first = min(merged.statements, key=_trigger_start)
    return (_sentence(first).start, _trigger_start(first), first.fact.type.name)


def _sentence(statement: Statement) -> Sentence:
    return statement.fact.scene.sentence


def _trigger_start(statement: Statement) -> int:
    return _sentence(statement).tokens[statement.fact.trigger].start


def _mention(numbering: _Numbering, mention: Found) -> Mention:
    start, end, text = numbering.span(mention.start, mention.end)
    return Mention(
        id=numbering.mention_ids[id(mention)],
        start=start,
        end=end,
        text=text,
        type=mention.type,
        form=mention.form,
        normal=mention.normal,
        entity=numbering.entity(numbering.resolution.of(mention)),
    )


def _entity(numbering: _Numbering, draft: Draft) -> Entity:
    mentions = [numbering.resolution.mentions[i] for i in draft.mentions]
    name = _name(draft, mentions)
    return Entity(
        id=numbering.entity_ids[id(draft)],
        type=draft.type,
        name=name,
        aliases=_aliases(draft, mentions, name),
        person_name=draft.person if draft.type == "person" else None,
        country=draft.country if draft.type == "location" or draft.state_body else None,
        date=draft.date,
        holder=numbering.entity(draft.holder),
    )


def _aliases(draft: Draft, mentions: Sequence[Found], name: str) -> tuple[str, ...]:
    found = dict.fromkeys(m.normal for m in mentions if m.form == "name")
    return tuple(a for a in found if a != name and a not in draft.cases)


def _name(draft: Draft, mentions: Sequence[Found]) -> str:
    """The fullest normal form: of names, the longest that is no adjective's; of persons, the fullest parts."""
    forms = [m.normal for m in mentions if m.form == "name" and m.normal not in draft.cases] or [
        draft.described or m.normal for m in mentions
    ]
    if draft.type == "person" and draft.person:
        last = draft.person.last
        forms = [f for f in forms if last and last in f] or forms
    return max(forms, key=lambda f: (len(f.split()), len(f)))


def _relation(numbering: _Numbering, index: int, merged: Merged) -> Relation:
    first = merged.first
    circumstances = first.fact.circumstances
    day = merged.date()
    source = next((s.source for s in (first, *merged.statements) if s.source is not None), None)
    return Relation(
        id=f"r{index + 1}",
        type=first.fact.type.name,
        args=tuple(
            _argument(numbering, filler.role, filler.mention, draft) for filler, draft in merged.args()
        ),
        modality=circumstances.modality,
        phase=circumstances.phase,
        date=RelationDate(value=day.value, mention=numbering.mention_ids[id(day.mention)]) if day else None,
        source=numbering.entity(source),
        attributes=merged.values(),
        confidence=merged.confidence(),
        evidence=_evidence(numbering, merged),
    )


def _argument(numbering: _Numbering, role: str, mention: Found, draft: Draft) -> Argument:
    start, end, text = numbering.span(mention.start, mention.end)
    return Argument(
        role=role,
        entity=numbering.entity_ids[id(draft)],
        mention=numbering.mention_ids[id(mention)],
        text=text,
        start=start,
        end=end,
        type=mention.type,
    )


def _evidence(numbering: _Numbering, merged: Merged) -> tuple[Evidence, ...]:
    found: dict[tuple[int, int], Evidence] = {}
    for statement in sorted(merged.statements, key=_trigger_start):
        sentence, fact = _sentence(statement), statement.fact
        token = sentence.tokens[fact.trigger]
        start, end, _ = numbering.span(sentence.start, sentence.end)
        at, to, text = numbering.span(token.start, token.end)
        rule = f"{fact.type.name}.{fact.frame.name}"
        found.setdefault(
            (start, at), Evidence(start=start, end=end, trigger=Span(start=at, end=to, text=text), rule=rule)
        )
    return tuple(found.values())
