"""Matching frames: for each trigger word the slots are filled by following their paths.

The engine knows no relation type; what it does is the same for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from svyaz.lexicon import bodies
from svyaz.mentions.found import Body, Found, Post
from svyaz.parse import Token
from svyaz.relations import attributes, syntax
from svyaz.relations.attributes import Circumstances
from svyaz.relations.frames import BARE, CASES, Frame, Path_, RelationType, Step
from svyaz.relations.nearby import (
    heads_line,
    nearby_apposition,
    nearby_bare,
    nearby_place,
    nearby_preposition,
    nearby_subject,
    second_side,
)
from svyaz.relations.scene import Scene
from svyaz.structure import Tie


@dataclass(frozen=True, slots=True)
class Node:
    """Where a path has come to: a word, and the tie of the office that led there."""

    token: int
    tie: Tie | None = None
    mention: Found | None = None
    guessed: bool = False  # found by word order, not by the tree
    named: bool = False  # of what is coordinated with the word only names count: «основатель [Иванов] и директор Петров»


@dataclass(frozen=True, slots=True)
class Filler:
    """A mention in a role; ``guessed`` when word order and not the tree gave it."""

    role: str
    mention: Found
    guessed: bool = False


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
class Trigger:
    """A word that may state a relation, for one frame; ``support`` is the light verb that carries it."""

    type: RelationType
    frame: Frame
    token: int
    support: int | None = None
    tie: Tie | None = None


class Engine:
    """The frames of a registry, ready to be matched."""

    def __init__(self, registry: Sequence[RelationType]) -> None:
        self.registry = tuple(registry)
        self._words: dict[str, list[tuple[RelationType, Frame]]] = {}
        self._mentions: list[tuple[RelationType, Frame]] = []
        for relation in self.registry:
            for frame in relation.frames:
                for lemma in frame.verbs | frame.nouns | frame.predicates | frame.marks:
                    self._words.setdefault(lemma, []).append((relation, frame))
                if frame.posts or frame.bodies:
                    self._mentions.append((relation, frame))

    def facts(self, scene: Scene) -> Iterator[Fact]:
        """All facts that a sentence states, in order of their triggers."""
        for trigger in self.triggers(scene):
            yield from match(scene, trigger)

    def triggers(self, scene: Scene) -> Iterator[Trigger]:
        """The trigger words of a sentence with the frames that they open."""
        for token in scene.sentence.tokens:
            if syntax.is_verb(token) and scene.in_name(token.index):  # «радиостанция «[Говорит] Москва»»
                continue
            for lemma in syntax.verb_lemmas(token):
                for relation, frame in self._words.get(lemma, ()):
                    if frame.under and syntax.preposition(scene.sentence, token.index) not in frame.under:
                        continue
                    if _opens(frame, token, lemma):
                        support = syntax.governor(scene.sentence, token.index, frame.support) if frame.support else None
                        yield Trigger(relation, frame, token.index, support)
        for mention in scene.mentions:
            for relation, frame in self._mentions:
                for tie in _ties(scene, frame, mention):
                    support = syntax.governor(scene.sentence, mention.head, frame.support) if frame.support else None
                    yield Trigger(relation, frame, mention.head, support, tie)


def _opens(frame: Frame, token: Token, lemma: str) -> bool:
    if token.text in frame.marks:
        return True
    verbal = syntax.is_verb(token)
    if lemma in frame.verbs and verbal:
        return True
    if lemma in frame.nouns and token.pos in {"NOUN", "PROPN", "X"}:
        return True
    return lemma in frame.predicates and token.pos in {"ADJ", "ADV", "VERB", "NOUN", "X", "ADP", "PART"}


def _ties(scene: Scene, frame: Frame, mention: Found) -> list[Tie]:
    """The ties with which an office or body mention triggers a frame; none if it does not."""
    if mention.type == "office" and frame.posts and isinstance(mention.info, Post) and _is_post(mention.info, frame.posts):
        return list(scene.office_ties(mention)) or [Tie(mention)]
    if mention.type == "organization" and frame.bodies and isinstance(mention.info, Body):
        info = mention.info
        described = scene.descriptor(mention)  # «[компания] «Донбиотех»»: the noun tells the kind
        kind = bodies.head(scene.sentence.tokens[described].lemma) if described is not None else None
        marks = {kind.kind if kind and info.kind is None else info.kind, info.head, "any", "represents" if info.represents else None, "part" if info.part else None}
        return [Tie(mention)] if marks & frame.bodies else []
    return []


def _is_post(post: Post, wanted: frozenset[str]) -> bool:
    marks = {post.kind, post.head, post.tie, "any", "represents" if post.represents else None, "member" if post.member else None}
    return bool(marks & wanted)


def match(scene: Scene, trigger: Trigger) -> Iterator[Fact]:
    """The facts that a trigger states; none when a condition fails or a required role stays empty."""
    if not _conditions_hold(scene, trigger):
        return
    roles = {name: fill(scene, trigger, name) for name in trigger.frame.slots if name in trigger.type.roles}
    for fillers in _combine(trigger.type, trigger.frame, roles):
        if len(fillers) >= trigger.type.arity and _distinct(scene, fillers, trigger.type.arity):
            found = attributes.circumstances(scene, trigger.token, trigger.support, trigger.frame)
            values = attributes.values(scene, trigger, fillers, _texts(scene, trigger))
            if found.modality == "denied" and trigger.type.denied and trigger.type.denied not in values:
                continue
            yield Fact(trigger.type, trigger.frame, fillers, scene, trigger.token, found, values)


def _conditions_hold(scene: Scene, trigger: Trigger) -> bool:
    """Whether each ``with`` of the frame leads to a word and no ``without`` does."""
    start = Node(trigger.token, trigger.tie)
    wanted = (any(follow(scene, trigger, start, path) for path in paths) for paths in trigger.frame.with_)
    barred = (follow(scene, trigger, start, path) for paths in trigger.frame.without for path in paths)
    return all(wanted) and not any(barred)


def written(path: Path_) -> str:
    """A slot path as the YAML has it: «object[должность|пост].genitive»."""
    return ".".join(s.name + (f"[{'|'.join(sorted(s.lemmas))}]" if s.lemmas else "") for s in path)


def _texts(scene: Scene, trigger: Trigger) -> dict[str, list[int]]:
    """The heads of the phrases that fill the frame's text attributes (``subject: [«о:loc»]``)."""
    start = Node(trigger.token, trigger.tie)
    out: dict[str, list[int]] = {}
    for name, alternatives in trigger.frame.slots.items():
        if name not in trigger.type.roles:
            nodes = [n for paths in alternatives for path in paths for n in follow(scene, trigger, start, path)]
            out[name] = [n.token for n in nodes]
    return out


def fill(scene: Scene, trigger: Trigger, name: str) -> list[Filler]:
    """The mentions that take a role; for a role of one filler the first path that leads to any decides."""
    role = trigger.type.roles[name]
    found: dict[int, Filler] = {}
    for paths in trigger.frame.slots[name]:
        for path in paths:
            for node in follow(scene, trigger, Node(trigger.token, trigger.tie), path):
                for mention in _mentions(scene, node, trigger.frame.types.get(name, role.types), role.listed):
                    if scene.entity(mention) is not None:
                        found.setdefault(id(mention), Filler(name, mention, node.guessed))
            if found and not role.listed:
                return list(found.values())
    if found and name == trigger.type.symmetric and len(found) < role.min:
        for token in syntax.proposer(scene.sentence, trigger.token if trigger.support is None else trigger.support):
            for mention in _mentions(scene, Node(token), role.types, role.listed):
                found.setdefault(id(mention), Filler(name, mention))
    return list(found.values())


def _mentions(scene: Scene, node: Node, types: Sequence[str], listed: bool = False) -> list[Found]:
    if node.mention is not None:
        return scene.stands(node.mention, types)
    out: list[Found] = []
    for token in syntax.coordinated(scene.sentence, node.token):
        if node.named and token != node.token and not any(m.form == "name" for m in scene.at(token)):
            continue
        plural = scene.members(token, types) if listed else []  # type: ignore[arg-type]
        out += plural or scene.fillers(token, types, node.tie)  # type: ignore[arg-type]
    return out


def follow(scene: Scene, trigger: Trigger, start: Node, path: Path_) -> list[Node]:
    """Follow a path from a node; the nodes that it ends at, each word once."""
    nodes, support = [start], False
    for step in path:
        if step.name == "support":
            support = True
            nodes = [Node(trigger.support)] if trigger.support is not None else []
            if step.lemmas:
                nodes = [n for n in nodes if scene.sentence.tokens[n.token].lemma in step.lemmas]
            continue
        reached = [n for node in nodes for n in _step(scene, trigger, node, step, first=node is start or support)]
        nodes = list(dict.fromkeys(n for n in reached if _has_lemma(scene, n, step)))
        support = False
    return nodes


def _has_lemma(scene: Scene, node: Node, step: Step) -> bool:
    if not step.lemmas:
        return True
    tokens = scene.sentence.tokens
    reached = syntax.coordinated(scene.sentence, node.token)
    marks = frozenset(lemma[1:] for lemma in step.lemmas if lemma.startswith("@"))
    if marks and any(isinstance(m.info, Post) and _is_post(m.info, marks) for i in reached for m in scene.at(i)):
        return True
    return any({tokens[i].lemma, tokens[i].text.lower()} & step.lemmas for i in reached)


def _step(scene: Scene, trigger: Trigger, node: Node, step: Step, first: bool) -> list[Node]:
    s, i, name = scene.sentence, node.token, step.name
    if name in {"self", "holder", "body", "client"}:
        return _of_office(scene, node, name)
    if node.tie is not None and node.tie.office.type == "organization":
        described = scene.descriptor(node.tie.office)
        if described is not None and i != described:  # «[московский] завод «Хроматрон»» hangs on «завод»
            more = _step(scene, trigger, replace(node, token=described, tie=None), step, first)
            return [*more, *_step(scene, trigger, replace(node, tie=None), step, first)]
    if name == "subject":
        return _nodes(syntax.subject(s, i)) or (nearby_subject_nodes(scene, i) if first else [])
    if name == "object":
        return _nodes(syntax.object_(s, i))
    if name == "adjective":
        return _nodes(syntax.attributes(s, i))
    if name == "apposition":
        return [Node(t, named=True) for t in syntax.appositions(s, i)] or [Node(t, guessed=True) for t in nearby_apposition(scene, i)]
    if name == "possessor":
        return _nodes(syntax.possessor(s, i))
    if name == "heading":
        return [Node(m.head) for m in scene.mentions if m.last == i - 1 and heads_line(scene, m)]
    if name == "adverb":
        return _nodes([t.index for t in syntax.children(s, i) if t.pos in {"ADV", "ADJ", "PART"} or t.lemma == "бы"])
    if name in BARE:
        own = _nodes(syntax.bare(s, i, BARE[name]))
        if own or not first or BARE[name] not in {"Dat", "Ins"}:
            return own
        return [Node(t, guessed=True) for t in nearby_bare(scene, i, BARE[name])]
    word, case = name.rsplit(":", 1)
    found = _nodes(syntax.by_preposition(s, i, word, CASES[case]))
    if step.lemmas and first:
        more = _nodes(syntax.inside_clause(s, i, word, CASES[case]))
        found += [n for n in more if n not in found and _has_lemma(scene, n, step)]
    if not found and first and word in {"в", "на"} and case == "loc" and not step.lemmas:
        found = [Node(t, guessed=True) for t in nearby_place(scene, i, word)]
    if not found and not first:
        found = _nodes(syntax.adjacent_preposition(s, i, word, CASES[case]))
        found = found or _nodes([t for c in syntax.coordinated(s, i) for t in syntax.by_preposition(s, c, word, CASES[case])])
    if not found and first:
        found = [Node(t, guessed=True) for t in nearby_preposition(s, i, word, CASES[case])]
    if word == "между" and len(found) == 1 and len(syntax.coordinated(s, found[0].token)) == 1:
        found += [Node(t, guessed=True) for t in second_side(s, found[0].token)]
    return found


def nearby_subject_nodes(scene: Scene, i: int) -> list[Node]:
    """The subject by word order, where the tree has none."""
    return [Node(t, guessed=True) for t in nearby_subject(scene, i)]


def _nodes(tokens: Sequence[int]) -> list[Node]:
    return [Node(t) for t in tokens]


def _of_office(scene: Scene, node: Node, name: str) -> list[Node]:
    """The office mention at a node, its holder or its body."""
    if node.tie is not None:
        ties = [node.tie]
    else:
        offices = [m for t in syntax.coordinated(scene.sentence, node.token) for m in scene.at(t) if m.type == "office"]
        ties = [t for o in offices for t in scene.office_ties(o)]
    out: list[Node] = []
    if name == "body" and node.tie is not None and node.tie.office.type == "organization":
        inner = _nested(scene, node.tie.office)
        return [Node(inner.head, mention=inner)] if inner else []
    for tie in ties:
        mentions = {"self": (tie.office,), "holder": (tie.holder,), "body": (tie.body,), "client": (tie.client,)}[name]
        out += [Node(m.head, mention=m) for m in mentions if m is not None]
    if name == "body":
        out += [Node(t.party.head, mention=t.party) for t in ties if t.party is not None and t.body is None]
    return out


def _nested(scene: Scene, outer: Found) -> Found | None:
    """The name that an organisation's name ends in: «факультет журналистики [МГУ]»; the widest if there are several."""
    inside = [
        m for m in scene.mentions
        if m.type in {"organization", "location"} and m.form == "name" and outer.first < m.first and m.last <= outer.last
    ]
    return min(inside, key=lambda m: (m.first, -m.last), default=None)


def _combine(relation: RelationType, frame: Frame, roles: dict[str, list[Filler]]) -> Iterator[tuple[Filler, ...]]:
    """One fact takes all fillers of list roles and one of each other role."""
    for name, role in relation.roles.items():
        needed = name in frame.require or not role.optional
        if needed and len(roles.get(name, ())) < (role.min if role.listed and name == relation.symmetric else 1):
            return
    listed = [f for name, fillers in roles.items() if relation.roles[name].listed for f in fillers]
    single = [fillers for name, fillers in roles.items() if fillers and not relation.roles[name].listed]
    for choice in product(*single):
        needed_ones = {id(f.mention) for f in (*listed, *choice) if not relation.roles[f.role].optional}
        yield (*listed, *(f for f in choice if not relation.roles[f.role].optional or id(f.mention) not in needed_ones))


def _distinct(scene: Scene, fillers: Sequence[Filler], arity: int) -> bool:
    """No entity in two roles; of a list role each entity counts once and enough must be left."""
    by_entity: dict[int, set[str]] = {}
    for filler in fillers:
        draft = scene.entity(filler.mention)
        person = draft.holder if draft and draft.holder and filler.mention.type == "office" and filler.role != "office" else draft
        by_entity.setdefault(id(person), set()).add(filler.role)
    return len(by_entity) >= arity and all(len(r) == 1 for r in by_entity.values())
