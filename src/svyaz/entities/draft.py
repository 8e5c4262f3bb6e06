"""The working form of entities while mentions are being joined."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from svyaz.mentions.found import Body, Found
from svyaz.model import DateValue, MentionType, PersonName


@dataclass(slots=True, eq=False)
class Draft:
    """An entity in the making; ``mentions`` are indices into the article's mentions, in order."""

    type: MentionType
    mentions: list[int] = field(default_factory=list)
    person: PersonName | None = None
    country: str | None = None
    date: DateValue | None = None
    holder: Draft | None = None
    merged: bool = False  # its mentions have gone over to another entity
    kinds: set[str] = field(default_factory=set)  # organisations: kinds and head nouns that it answers to
    place: str | None = None  # organisations: the place in its name («мэрия [Душанбе]»)
    state_body: bool = False
    cases: set[str] = field(default_factory=set)  # normal forms that are but other cases of its name
    described: str | None = None  # organisations that only a noun phrase names: «российское посольство»


@dataclass
class Book:
    """All mentions of an article with the entity of each, so far as it is known."""

    mentions: list[Found]
    sections: tuple[int, ...]  # section of each mention
    entity: list[Draft | None]
    drafts: list[Draft] = field(default_factory=list)

    def new(self, type_: MentionType, index: int) -> Draft:
        """Start an entity with one mention."""
        draft = Draft(type_)
        self.drafts.append(draft)
        self.join(draft, index)
        return draft

    def join(self, draft: Draft, index: int) -> None:
        """Add a mention to an entity."""
        insort(draft.mentions, index)
        self.entity[index] = draft

    def merge(self, kept: Draft, other: Draft) -> None:
        """Make two entities one."""
        for index in other.mentions:
            self.entity[index] = kept
        kept.mentions = sorted({*kept.mentions, *other.mentions})
        kept.kinds |= other.kinds
        kept.country = kept.country or other.country
        kept.place = kept.place or other.place
        kept.state_body = kept.state_body or other.state_body
        kept.cases |= other.cases
        other.merged = True

    @cached_property
    def by_sentence(self) -> dict[int, Sequence[Found]]:
        """The mentions of each sentence as they were found, before any was given another type."""
        table: dict[int, list[Found]] = {}
        for mention in self.mentions:
            table.setdefault(mention.sentence, []).append(mention)
        return dict(table)

    @cached_property
    def _by_type(self) -> dict[MentionType, list[tuple[int, Found]]]:
        table: dict[MentionType, list[tuple[int, Found]]] = {}
        for i, mention in enumerate(self.mentions):
            table.setdefault(mention.type, []).append((i, mention))
        return table

    def of_type(self, type_: MentionType, *forms: str) -> list[tuple[int, Found]]:
        """The mentions of a type (and of the forms, if any are named) with their indices, in order."""
        return [(i, m) for i, m in self._by_type.get(type_, ()) if not forms or m.form in forms]

    def retype(self, index: int, mention: Found) -> None:
        """Put a mention of another type in the place of one: «его» means a body."""
        self.mentions[index] = mention
        self.__dict__.pop("_by_type", None)  # made anew when it is asked for

    def entity_named(self, mention: Found) -> Draft | None:
        """The entity of the first mention that is equal to one of the book's; equal ones stand in one sentence."""
        at = bisect_left(self.mentions, mention.sentence, key=lambda m: m.sentence)
        while self.mentions[at] != mention:
            at += 1
        return self.entity[at]

    def body(self, index: int) -> Body | None:
        """What the words of an organisation mention say."""
        info = self.mentions[index].info
        return info if isinstance(info, Body) else None
