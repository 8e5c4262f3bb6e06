"""Which fillers of a trigger make one fact together, and which a fact each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from svyaz.morph import parses
from svyaz.relations.paths import Filler, Trigger
from svyaz.relations.scene import Scene


def combine(scene: Scene, trigger: Trigger, roles: dict[str, list[Filler]]) -> Iterator[tuple[Filler, ...]]:
    """One fact takes all fillers of list roles and one of each other role."""
    relation, frame = trigger.type, trigger.frame
    if any(len(roles.get(slot.name, ())) < slot.least for slot in trigger.slots):
        return
    if frame.apart and relation.symmetric:
        yield from _across(scene, trigger, roles[relation.symmetric])
        return
    listed = [f for name, fillers in roles.items() if relation.roles[name].listed for f in fillers]
    single = [fillers for name, fillers in roles.items() if fillers and not relation.roles[name].listed]
    for choice in product(*single):
        needed_ones = {id(f.mention) for f in (*listed, *choice) if not relation.roles[f.role].optional}
        yield (
            *listed,
            *(f for f in choice if not relation.roles[f.role].optional or id(f.mention) not in needed_ones),
        )


def _across(scene: Scene, trigger: Trigger, fillers: Sequence[Filler]) -> Iterator[tuple[Filler, ...]]:
    """Each of one side with each of the other: «дочь [Мария] [Олега Бойко]»; see ``Frame.apart``."""
    one = [f for f in fillers if f.way in trigger.frame.apart]
    other = [f for f in fillers if f.way not in trigger.frame.apart]
    if len(one) == 2 and not other and one[0].mention.last + 1 == one[1].mention.first:
        one, other = one[:1], one[1:]  # «падчерица [Эдуарда Зимина] [Яна Крылова]»: Яна looks like a genitive
    word = scene.sentence.tokens[trigger.token]
    plural = "Plur" in {word.feats.get("Number"), *(p.number for p in parses(word.text)[:1])}
    if not plural:
        other = sorted(other, key=lambda f: abs(f.mention.head - trigger.token))[:1]
    elif trigger.frame.mutual and not one:
        yield tuple(other)
    yield from product(one, other)
