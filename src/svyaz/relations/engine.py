"""Matching frames: for each trigger word the slots are filled by following their paths.

The engine knows no relation type; what it does is the same for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from svyaz.mentions.found import Found
from svyaz.model import MentionType
from svyaz.relations import attributes, subjects, syntax
from svyaz.relations.attributes import Circumstances
from svyaz.relations.combine import combine
from svyaz.relations.frames import Frame, RelationType
from svyaz.relations.node import Node
from svyaz.relations.paths import Filler, Trigger, follow
from svyaz.relations.rules import Slot
from svyaz.relations.scene import Scene
from svyaz.relations.triggers import Triggers


@dataclass(frozen=True)
class Fact:
    """One statement of a relation in one sentence."""

    type: RelationType
    frame: Frame
    fillers: tuple[Filler, ...]
    scene: Scene
    trigger: int
    circumstances: Circumstances
    values: dict[str, str] = field(default_factory=dict)


class Engine:
    """The frames of a registry, ready to be matched."""

    def __init__(self, registry: Sequence[RelationType]) -> None:
        self.registry = tuple(registry)
        self._triggers = Triggers(self.registry)

    def facts(self, scene: Scene) -> Iterator[Fact]:
        """All facts that a sentence states, in order of their triggers."""
        for trigger in self._triggers.hopeful(scene):
            yield from match(scene, trigger)

    def triggers(self, scene: Scene) -> Iterator[Trigger]:
        """The trigger words of a sentence with the frames that they open, hopeless ones among them."""
        return self._triggers.all(scene)


def match(scene: Scene, trigger: Trigger) -> Iterator[Fact]:
    """The facts that a trigger states; none when a condition fails or a required role stays empty."""
    for roles in _readings(scene, trigger):
        stated = False
        for fillers in combine(scene, trigger, roles):
            if len(fillers) >= trigger.type.arity and _distinct(scene, fillers, trigger.type.arity):
                stated = True
                found = attributes.circumstances(scene, trigger.token, trigger.support, trigger.frame)
                values = attributes.values(scene, trigger, fillers, _texts(scene, trigger))
                if any(n in trigger.type.attributes and n not in values for n in trigger.frame.require):
                    continue  # «смеётся», but nothing is said
                if found.modality == "denied" and trigger.type.denied and trigger.type.denied not in values:
                    continue
                yield Fact(trigger.type, trigger.frame, fillers, scene, trigger.token, found, values)
        if stated:
            return


def _readings(scene: Scene, trigger: Trigger) -> Iterator[dict[str, list[Filler]]]:
    """The fillers of all roles, each by its first path that leads to any; then, where one mention came out in two
    roles, by a later path of either: «YouTube является дочерней компанией [Google]»."""
    found = _filled(scene, trigger)
    if found is None or not _conditions_hold(scene, trigger):
        return
    roles = _settled(found)
    if len(roles) != 2 or not all(roles.values()):
        yield roles
        return
    taken = [{id(scene.entity(f.mention)) for f in fillers} for fillers in roles.values()]
    if taken[0] != taken[1] or len(taken[0]) == 1:  # «лаборатория МФТИ и МГУ»: neither is part of the other
        yield roles
    if taken[0] != taken[1]:
        return
    slots = {slot.name: slot for slot in trigger.slots}
    for name, other in permutations(roles):
        if not slots[name].listed:
            yield roles | {name: fill(scene, trigger, slots[name], but=roles[other])}


def _filled(scene: Scene, trigger: Trigger) -> dict[str, list[Filler]] | None:
    """The fillers of the roles; None as soon as a role has fewer than it needs, so that nothing can be stated."""
    roles: dict[str, list[Filler]] = {}
    for slot in trigger.slots:
        found = fill(scene, trigger, slot)
        if len(found) < slot.least:
            return None
        roles[slot.name] = found
    return {name: roles[name] for name in trigger.frame.slots if name in roles}


def _conditions_hold(scene: Scene, trigger: Trigger) -> bool:
    """Whether each ``with`` of the frame leads to a word and no ``without`` does."""
    for paths in trigger.frame.with_:
        if not any(follow(scene, trigger, path) for path in paths):
            return False
    return not any(follow(scene, trigger, path) for paths in trigger.frame.without for path in paths)


def _texts(scene: Scene, trigger: Trigger) -> dict[str, list[int]]:
    """The heads of the phrases that fill the frame's text attributes (``subject: [«о:loc»]``)."""
    out: dict[str, list[int]] = {}
    for name, alternatives in trigger.frame.slots.items():
        if name not in trigger.type.roles:
            nodes = [n for paths in alternatives for path in paths for n in follow(scene, trigger, path)]
            out[name] = [n.token for n in nodes]
    return out


def _settled(roles: dict[str, list[Filler]]) -> dict[str, list[Filler]]:
    """Roles without a mention that word order alone put there and the tree put into another."""
    sure = {id(f.mention): name for name, fillers in roles.items() for f in fillers if not f.guessed}
    return {
        name: [f for f in fillers if not f.guessed or sure.get(id(f.mention), name) == name]
        for name, fillers in roles.items()
    }


def fill(scene: Scene, trigger: Trigger, slot: Slot, but: Sequence[Filler] = ()) -> list[Filler]:
    """The mentions that take a role, entities of ``but`` left out; for a role of one filler the first path that
    leads to any decides."""
    barred = {id(scene.entity(f.mention)) for f in but}
    found: dict[int, Filler] = {}
    for path in slot.paths:
        between = path.last == "между:ins"
        if slot.listed and len(found) >= slot.role.min and between and not _people(found.values()):
            continue  # «Армения и Катар подписали соглашение о рейсах между Гюмри и Дохой»
        for node in follow(scene, trigger, path):
            for mention in _mentions(scene, node, slot.types, slot.listed):
                entity = scene.entity(mention)
                if entity is not None and id(entity) not in barred:
                    found.setdefault(id(mention), Filler(slot.name, mention, node.guessed, path.last))
        if found and not slot.listed:
            break
    if found and slot.name == trigger.type.symmetric:
        return _parties(scene, trigger, slot, found)
    return list(found.values())


def _parties(scene: Scene, trigger: Trigger, slot: Slot, found: dict[int, Filler]) -> list[Filler]:
    """The mentions ``found`` for a symmetric role that belong together, with who proposed it if they are too few."""
    group = [] if trigger.frame.apart else _one_group(found)
    if len(found) < slot.role.min:
        verb = trigger.token if trigger.support is None else trigger.support
        for token in subjects.proposer(scene.sentence, verb):
            for mention in _mentions(scene, Node(token), slot.role.types, slot.listed):
                found.setdefault(id(mention), Filler(slot.name, mention))
    return [found[key] for key in group or found]


_OWN = frozenset({"genitive", "adjective", "между:ins"})


def _people(fillers: Iterable[Filler]) -> bool:
    return all(f.mention.type in {"person", "office"} for f in fillers)


def _one_group(found: dict[int, Filler]) -> list[int]:
    """Who belongs together where both the noun and its verb name parties: «Госдума ратифицировала договор [России] и
    [Ирана]» leaves out who acts on it, «[Путин] и [Си] провели российско-китайские переговоры» takes those who act.

    Empty when all belong together: «[Путин] провёл встречу с [Байденом]». People who act for the sides behind
    «между» are none: «соглашение между [краем] и [«Сибуром»] подписали Томенков и Азаров».
    """
    ways = {key: f.way for key, f in found.items()}
    acting = [key for key, way in ways.items() if way not in _OWN | {"с:ins"}]
    own = [key for key, way in ways.items() if way in _OWN]
    other = [key for key, way in ways.items() if way == "с:ins"]
    if not acting or not own or len(own) + len(other) < 2:
        return []
    between = [key for key in own if ways[key] == "между:ins"]
    if len(between) > 1 and _people(found[key] for key in acting):
        return between
    return acting + other if len(acting) > 1 else own + other


def _mentions(scene: Scene, node: Node, types: Sequence[MentionType], listed: bool = False) -> list[Found]:
    if node.mention is not None:
        return scene.stands(node.mention, types)
    out: list[Found] = []
    for token in syntax.coordinated(scene.sentence, node.token):
        if node.named and token != node.token and not any(m.form == "name" for m in scene.at(token)):
            continue
        plural = scene.members(token, types) if listed else []
        out += plural or scene.fillers(token, types, node.tie)
    return out


def _distinct(scene: Scene, fillers: Sequence[Filler], arity: int) -> bool:
    """No entity in two roles; of a list role each entity counts once and enough must be left."""
    by_entity: dict[int, set[str]] = {}
    for filler in fillers:
        draft = scene.entity(filler.mention)
        person = (
            draft.holder
            if draft and draft.holder and filler.mention.type == "office" and filler.role != "office"
            else draft
        )
        by_entity.setdefault(id(person), set()).add(filler.role)
    return len(by_entity) >= arity and all(len(r) == 1 for r in by_entity.values())
