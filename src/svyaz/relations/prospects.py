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
from svyaz.morph import fold
from svyaz.parse import Sentence
from svyaz.relations.frames import Frame, RelationType
from svyaz.relations.slots import SlotPath


@dataclass(frozen=True, slots=True)
class Demand:
    """What a frame needs of a sentence: mentions of certain types for each role that must be filled, one of certain
    words for each such role and each condition, and so many different entities."""

    types: tuple[frozenset[str], ...]
    words: tuple[frozenset[str], ...]
    arity: int


NOTHING = Demand((), (), 0)


def demand(relation: RelationType, frame: Frame) -> Demand:
    """What the frame of a relation needs."""
    needed = [name for name in relation.roles if relation.least(frame, name)]
    types = {_leading_to(frame.types.get(name, relation.roles[name].types)) for name in needed}
    alternatives = [*(_paths(frame, name) for name in needed), *frame.with_]
    return Demand(tuple(types), tuple(map(_one_of, filter(_bound, alternatives))), relation.arity)


def _bound(paths: Sequence[SlotPath]) -> bool:
    """Whether each of several paths needs some word; what one without such needs leads to may stand anywhere."""
    return all(path.needs for path in paths)


def _one_of(paths: Sequence[SlotPath]) -> frozenset[str]:
    """Words without one of which none of several paths leads anywhere."""
    return frozenset().union(*(path.needs[0] for path in paths))


def _paths(frame: Frame, name: str) -> tuple[SlotPath, ...]:
    return tuple(path for alternatives in frame.slots.get(name, ()) for path in alternatives)


def _leading_to(types: Sequence[MentionType]) -> frozenset[str]:
    """The types of the mentions that a filler of ``types`` can be found by: «[глава МИД] сказал» gives a person,
    «принял [в Кремле]» and «[российский]» a place."""
    more: set[str] = set(types)
    if "person" in types:
        more.add("office")
    if "location" in types:
        more.update(("organization", _ADJECTIVE))
    return frozenset(more)


_ADJECTIVE = "adjective"


@dataclass(frozen=True)
class Prospects:
    """What a sentence offers: its words and its mentions."""

    sentence: Sentence
    mentions: Sequence[Found]
    entities: int  # how many different ones its mentions may stand for, at most

    def meet(self, wanted: Demand) -> bool:
        """Whether there are mentions and words for all that a frame needs; that there are entities enough is known."""
        if any(map(self.types.isdisjoint, wanted.types)):
            return False
        return not any(map(self.words.isdisjoint, wanted.words))

    def reach(self, path: SlotPath) -> bool:
        """Whether the words that a path needs stand in the sentence."""
        return not any(map(self.words.isdisjoint, path.needs))

    @cached_property
    def types(self) -> frozenset[str]:
        """The types of the mentions, with a sign for adjectives, which may name a place whatever their type."""
        adjective = any(m.form == "adjective" for m in self.mentions)
        return frozenset([m.type for m in self.mentions] + [_ADJECTIVE] * adjective)

    @cached_property
    def words(self) -> frozenset[str]:
        """Lemmas and forms in lower case, also with е for ё, and the marks of posts behind «@»."""
        forms = {word.lower() for word in self.sentence.words}
        words = {*self.sentence.lemmas, *forms, *[fold(f) for f in forms if "ё" in f]}
        for mention in self.mentions:
            if isinstance(mention.info, Post):
                words.update(f"@{mark}" for mark in mention.info.marks)
        return frozenset(words)
