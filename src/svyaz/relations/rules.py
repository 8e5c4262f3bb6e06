"""Rules: the frames of relation types with what can be worked out of each before any sentence is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from svyaz.model import MentionType
from svyaz.relations.frames import Frame, RelationType, Role
from svyaz.relations.slots import SlotPath

# Stands among the types of mentions for all adjectives, which may name a place whatever their type.
ADJECTIVE = "adjective"


@dataclass(frozen=True, slots=True)
class Slot:
    """How a frame fills a role: by which paths with mentions of which types, and the fewest that it needs."""

    name: str
    role: Role
    types: tuple[MentionType, ...]
    paths: tuple[SlotPath, ...]
    least: int
    listed: bool


@dataclass(frozen=True, slots=True)
class Demand:
    """What a frame needs of a sentence: mentions of certain types for each role that must be filled, one of certain
    words for each such role and each condition, and so many different entities."""

    types: tuple[frozenset[str], ...]
    words: tuple[frozenset[str], ...]
    arity: int


NOTHING = Demand((), (), 0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A frame of a relation type, with its slots in the order to fill them and what it needs of a sentence."""

    relation: RelationType
    frame: Frame
    slots: tuple[Slot, ...]
    demand: Demand


def rules_of(registry: Sequence[RelationType]) -> list[Rule]:
    """A rule for each frame of a registry, in order."""
    return [_rule(relation, frame) for relation in registry for frame in relation.frames]


def _rule(relation: RelationType, frame: Frame) -> Rule:
    slots = _slots(relation, frame)
    return Rule(relation, frame, slots, _demand(relation, frame, slots))


def _slots(relation: RelationType, frame: Frame) -> tuple[Slot, ...]:
    """Those first that are the least likely to have any filler, for the frame states nothing where one has too few:
    what may stay empty comes last, and before it the word that opens the frame by itself («self»)."""
    named = [name for name in relation.roles if name in frame.slots or relation.least(frame, name)]
    found = [_slot(relation, frame, name) for name in named]
    return tuple(sorted(found, key=lambda slot: (not slot.least, "self" in _ways(frame, slot.name))))


def _slot(relation: RelationType, frame: Frame, name: str) -> Slot:
    role = relation.roles[name]
    paths = tuple(path for alternatives in frame.slots.get(name, ()) for path in alternatives)
    types = frame.types.get(name, role.types)
    return Slot(name, role, types, paths, relation.least(frame, name), role.listed)


def _ways(frame: Frame, name: str) -> list[str]:
    """The last steps of the paths by which a role is filled before all others."""
    return [path.last for path in frame.slots.get(name, ((),))[0]]


def _demand(relation: RelationType, frame: Frame, slots: Sequence[Slot]) -> Demand:
    needed = [slot for slot in slots if slot.least]
    types = dict.fromkeys(_leading_to(slot.types) for slot in needed)
    alternatives = [*(slot.paths for slot in needed), *frame.with_]
    return Demand(tuple(types), tuple(map(_one_of, filter(_bound, alternatives))), relation.arity)


def _bound(paths: Sequence[SlotPath]) -> bool:
    """Whether each of several paths needs some word; what one without such needs leads to may stand anywhere."""
    return all(path.needs for path in paths)


def _one_of(paths: Sequence[SlotPath]) -> frozenset[str]:
    """Words without one of which none of several paths leads anywhere."""
    return frozenset().union(*(path.needs[0] for path in paths))


def _leading_to(types: Sequence[MentionType]) -> frozenset[str]:
    """The types of the mentions that a filler of ``types`` can be found by: «[глава МИД] сказал» gives a person,
    «принял [в Кремле]» and «[российский]» a place."""
    more: set[str] = set(types)
    if "person" in types:
        more.add("office")
    if "location" in types:
        more.update(("organization", ADJECTIVE))
    return frozenset(more)
