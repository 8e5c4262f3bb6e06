"""Matching frames: for each trigger word the slots are filled by following their paths.

The engine knows no relation type; what it does is the same for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from svyaz.lexicon import bodies
from svyaz.mentions.found import Body, Found, Place, Post
from svyaz.model import MentionType
from svyaz.parse import Token
from svyaz.relations import attributes, subjects, syntax
from svyaz.relations.attributes import Circumstances
from svyaz.relations.combine import combine
from svyaz.relations.frames import Frame, RelationType
from svyaz.relations.node import Node
from svyaz.relations.paths import Filler, Trigger, follow
from svyaz.relations.prospects import Demand, demand
from svyaz.relations.scene import Scene
from svyaz.structure import Tie


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


@dataclass(frozen=True, slots=True)
class _Rule:
    """A frame of a relation type, and what it needs of a sentence."""

    relation: RelationType
    frame: Frame
    demand: Demand


class Engine:
    """The frames of a registry, ready to be matched."""

    def __init__(self, registry: Sequence[RelationType]) -> None:
        self.registry = tuple(registry)
        rules = [_Rule(r, frame, demand(r, frame)) for r in self.registry for frame in r.frames]
        self._words = _by_lemma(rules)
        self._named = [r for r in rules if r.frame.posts or r.frame.bodies or r.frame.places]
        self._marks = _by_mark(self._named)

    def facts(self, scene: Scene) -> Iterator[Fact]:
        """All facts that a sentence states, in order of their triggers."""
        for trigger in self._triggers(scene, lambda rule: scene.prospects.meet(rule.demand)):
            yield from match(scene, trigger)

    def triggers(self, scene: Scene) -> Iterator[Trigger]:
        """The trigger words of a sentence with the frames that they open."""
        return self._triggers(scene, lambda rule: True)

    def _triggers(self, scene: Scene, wanted: Callable[[_Rule], bool]) -> Iterator[Trigger]:
        for token in scene.sentence.tokens:
            opened = self._words.get(token.lemma)
            if opened is None or (syntax.is_verb(token) and scene.in_name(token.index)):
                continue  # «радиостанция «[Говорит] Москва»»
            for lemma, rule in opened:
                frame = rule.frame
                if not _opens(frame, token, lemma) or not wanted(rule):
                    continue
                if not frame.under or _stands_under(scene, token, frame):
                    yield Trigger(rule.relation, frame, token.index, _support(scene, token.index, frame))
        for mention in scene.mentions:
            numbers = {
                n for mark in _marks(scene, mention) for n in self._marks.get((mention.type, mark), ())
            }
            for rule in (self._named[n] for n in sorted(numbers)):
                if wanted(rule):
                    support = _support(scene, mention.head, rule.frame)
                    for tie in scene.office_ties(mention) or (Tie(mention),):
                        yield Trigger(rule.relation, rule.frame, mention.head, support, tie)


def _by_lemma(rules: Sequence[_Rule]) -> dict[str, list[tuple[str, _Rule]]]:
    """For each lemma that a token may have the frames that it opens, with the word that they list for it.

    A reflexive opens its own frames first: «призналась» is «признаться» before it is «признать».
    """
    own: dict[str, list[tuple[str, _Rule]]] = {}
    for rule in rules:
        frame = rule.frame
        for lemma in frame.verbs | frame.nouns | frame.predicates | frame.marks:
            own.setdefault(lemma, []).append((lemma, rule))
    table = {lemma: list(opened) for lemma, opened in own.items()}
    for lemma, opened in own.items():
        if reflexive := syntax.reflexive(lemma):
            table.setdefault(reflexive, []).extend(opened)
    return table


def _by_mark(rules: Sequence[_Rule]) -> dict[tuple[MentionType, str | None], list[int]]:
    """For each mark of an office, a body or a place the numbers of the rules that it opens."""
    table: dict[tuple[MentionType, str | None], list[int]] = {}
    for number, rule in enumerate(rules):
        listed: dict[MentionType, frozenset[str]] = {
            "office": rule.frame.posts,
            "organization": rule.frame.bodies,
            "location": rule.frame.places,
        }
        for type_, marks in listed.items():
            for mark in marks:
                table.setdefault((type_, mark), []).append(number)
    return table


def _support(scene: Scene, token: int, frame: Frame) -> int | None:
    """The light verb of a frame that has any."""
    return syntax.governor(scene.sentence, token, frame.support) if frame.support else None


def _stands_under(scene: Scene, token: Token, frame: Frame) -> bool:
    """Whether one of the frame's prepositions stands before the trigger: «[на] встрече», not «на встречу»."""
    before = syntax.preposition(scene.sentence, token.index)
    return before in frame.under or f"{before}:{(token.case or '').lower()}" in frame.under


def _opens(frame: Frame, token: Token, lemma: str) -> bool:
    if token.text in frame.marks:
        return True
    verbal = syntax.is_verb(token)
    if lemma in frame.verbs and verbal:
        return True
    if lemma in frame.nouns and token.pos in {"NOUN", "PROPN", "X"}:
        return True
    return lemma in frame.predicates and token.pos in {
        "ADJ",
        "PROPN",
        "ADV",
        "VERB",
        "NOUN",
        "X",
        "ADP",
        "PART",
    }


def _marks(scene: Scene, mention: Found) -> frozenset[str | None]:
    """By what frames may name a post, a body or a place among their triggers."""
    info = mention.info
    if mention.type == "office" and isinstance(info, Post):
        return frozenset(info.marks)
    if mention.type == "organization" and isinstance(info, Body):
        described = scene.descriptor(mention)  # «[компания] «Донбиотех»»: the noun tells the kind
        kind = bodies.head(scene.sentence.tokens[described].lemma) if described is not None else None
        return frozenset(
            {
                kind.kind if kind and info.kind is None else info.kind,
                info.head,
                "any",
                "unknown" if info.kind is None and kind is None else None,
                "represents" if info.represents else None,
                "part" if info.part else None,
            }
        )
    if mention.type == "location" and mention.form == "name":
        return frozenset({(info.kind if isinstance(info, Place) else None) or "unknown"})
    return frozenset()


def match(scene: Scene, trigger: Trigger) -> Iterator[Fact]:
    """The facts that a trigger states; none when a condition fails or a required role stays empty."""
    if not _conditions_hold(scene, trigger):
        return
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
    names = [name for name in trigger.frame.slots if name in trigger.type.roles]
    found = _filled(scene, trigger, names)
    if found is None:
        return
    roles = _settled(found)
    yield roles
    if len(names) != 2 or not all(roles.values()):
        return
    taken = [{id(scene.entity(f.mention)) for f in fillers} for fillers in roles.values()]
    if taken[0] != taken[1]:
        return
    for name, other in (names, names[::-1]):
        if not trigger.type.roles[name].listed:
            yield roles | {name: fill(scene, trigger, name, but=roles[other])}


def _filled(scene: Scene, trigger: Trigger, names: Sequence[str]) -> dict[str, list[Filler]] | None:
    """The fillers of the roles; None as soon as a role has fewer than it needs, so that nothing can be stated."""
    roles: dict[str, list[Filler]] = {}
    for name in names:
        roles[name] = fill(scene, trigger, name)
        if len(roles[name]) < trigger.type.least(trigger.frame, name):
            return None
    return roles


def _conditions_hold(scene: Scene, trigger: Trigger) -> bool:
    """Whether each ``with`` of the frame leads to a word and no ``without`` does."""
    start = Node(trigger.token, trigger.tie)
    for paths in trigger.frame.with_:
        if not any(follow(scene, trigger, start, path) for path in paths):
            return False
    return not any(follow(scene, trigger, start, path) for paths in trigger.frame.without for path in paths)


def _texts(scene: Scene, trigger: Trigger) -> dict[str, list[int]]:
    """The heads of the phrases that fill the frame's text attributes (``subject: [«о:loc»]``)."""
    start = Node(trigger.token, trigger.tie)
    out: dict[str, list[int]] = {}
    for name, alternatives in trigger.frame.slots.items():
        if name not in trigger.type.roles:
            nodes = [
                n for paths in alternatives for path in paths for n in follow(scene, trigger, start, path)
            ]
            out[name] = [n.token for n in nodes]
    return out


def _settled(roles: dict[str, list[Filler]]) -> dict[str, list[Filler]]:
    """Roles without a mention that word order alone put there and the tree put into another."""
    sure = {id(f.mention): name for name, fillers in roles.items() for f in fillers if not f.guessed}
    return {
        name: [f for f in fillers if not f.guessed or sure.get(id(f.mention), name) == name]
        for name, fillers in roles.items()
    }


def fill(scene: Scene, trigger: Trigger, name: str, but: Sequence[Filler] = ()) -> list[Filler]:
    """The mentions that take a role, entities of ``but`` left out; for a role of one filler the first path that
    leads to any decides."""
    barred = {id(scene.entity(f.mention)) for f in but}
    role = trigger.type.roles[name]
    found: dict[int, Filler] = {}
    ways: dict[int, str] = {}
    for paths in trigger.frame.slots[name]:
        for path in paths:
            if len(found) >= role.min > 1 and path.last == "между:ins":
                continue  # «Армения и Катар подписали соглашение о рейсах между Гюмри и Дохой»
            for node in follow(scene, trigger, Node(trigger.token, trigger.tie), path):
                for mention in _mentions(scene, node, trigger.frame.types.get(name, role.types), role.listed):
                    entity = scene.entity(mention)
                    if entity is not None and id(entity) not in barred:
                        found.setdefault(id(mention), Filler(name, mention, node.guessed, path.last))
                        ways.setdefault(id(mention), path.last)
            if found and not role.listed:
                return list(found.values())
    if name != trigger.type.symmetric:
        return list(found.values())
    if found and len(found) < role.min:
        for token in subjects.proposer(
            scene.sentence, trigger.token if trigger.support is None else trigger.support
        ):
            for mention in _mentions(scene, Node(token), role.types, role.listed):
                found.setdefault(id(mention), Filler(name, mention))
    group = [] if trigger.frame.apart else _one_group(ways)
    return [found[key] for key in group or found]


_OWN = frozenset({"genitive", "adjective", "между:ins"})


def _one_group(ways: dict[int, str]) -> list[int]:
    """Who belongs together where both the noun and its verb name parties: «Госдума ратифицировала договор [России] и
    [Ирана]» leaves out who acts on it, «[Путин] и [Си] провели российско-китайские переговоры» takes those who act.

    Empty when all belong together: «[Путин] провёл встречу с [Байденом]».
    """
    acting = [key for key, way in ways.items() if way not in _OWN | {"с:ins"}]
    own = [key for key, way in ways.items() if way in _OWN]
    other = [key for key, way in ways.items() if way == "с:ins"]
    if not acting or not own or len(own) + len(other) < 2:
        return []
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
