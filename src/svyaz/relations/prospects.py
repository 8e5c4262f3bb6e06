"""Whether a frame can state anything in a sentence: told by its words and mentions before any path is followed.

Most trigger words stand where the rest of their frame cannot be, so that these tests spare most of the work. They
only ever say no to what the paths would find nothing for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from svyaz.mentions.found import Found, Post
from svyaz.model import MentionType
from svyaz.parse import Sentence, plain_preposition
from svyaz.relations.frames import Frame, RelationType
from svyaz.relations.slots import SlotPath


@dataclass(frozen=True, eq=False)
class Demand:
    """What a frame needs of a sentence: for each role that must be filled the mention types and the paths, of each
    condition one path, and so many different entities."""

    roles: tuple[tuple[frozenset[MentionType], tuple[SlotPath, ...]], ...]
    conditions: tuple[tuple[SlotPath, ...], ...]
    arity: int


def demand(relation: RelationType, frame: Frame) -> Demand:
    """What the frame of a relation needs."""
    roles = tuple(
        (_leading_to(frame.types.get(name, role.types)), _paths(frame, name))
        for name, role in relation.roles.items()
        if relation.least(frame, name)
    )
    return Demand(roles, frame.with_, relation.arity)


def _paths(frame: Frame, name: str) -> tuple[SlotPath, ...]:
    return tuple(path for alternatives in frame.slots.get(name, ()) for path in alternatives)


def _leading_to(types: Sequence[MentionType]) -> frozenset[MentionType]:
    """The types of the mentions that a filler of ``types`` can be found by: «[глава МИД] сказал» gives a person,
    «принял [в Кремле]» and «[российский]» a place."""
    more: set[MentionType] = set(types)
    if "person" in types:
        more.add("office")
    if "location" in types:
        more.add("organization")
    return frozenset(more)


@dataclass(frozen=True)
class Prospects:
    """What a sentence offers: its words, its prepositions and its mentions."""

    sentence: Sentence
    mentions: Sequence[Found]
    entities: int  # how many different ones its mentions may stand for, none less

    def meet(self, wanted: Demand) -> bool:
        """Whether the words and mentions for all that a frame needs are there."""
        if self.entities < wanted.arity:
            return False
        for types, paths in wanted.roles:
            if self.types.isdisjoint(types) or not any(map(self.reach, paths)):
                return False
        return all(any(map(self.reach, paths)) for paths in wanted.conditions)

    def reach(self, path: SlotPath) -> bool:
        """Whether the words that a path asks for stand in the sentence."""
        for step in path.listed:
            if self.words.isdisjoint(step.lemmas) and self.marks.isdisjoint(step.marks):
                return False
        return self.prepositions.issuperset(path.prepositions)

    @cached_property
    def types(self) -> frozenset[str]:
        """The types of the mentions; an adjective of any type may name a place."""
        adjective = any(m.form == "adjective" for m in self.mentions)
        return frozenset(m.type for m in self.mentions) | ({"location"} if adjective else frozenset())

    @cached_property
    def words(self) -> frozenset[str]:
        """Lemmas and forms in lower case."""
        tokens = self.sentence.tokens
        return frozenset([t.lemma for t in tokens] + [t.text.lower() for t in tokens])

    @cached_property
    def marks(self) -> frozenset[str]:
        """The marks of the posts."""
        return frozenset(m for f in self.mentions if isinstance(f.info, Post) for m in f.info.marks)

    @cached_property
    def prepositions(self) -> frozenset[str]:
        """Prepositions, those of the tree and those that only look like one."""
        loose = {
            plain_preposition(t.text) for t in self.sentence.tokens if t.pos == "ADP" or t.head > t.index
        }
        return frozenset(loose.union(p for p in self.sentence.prepositions if p))
