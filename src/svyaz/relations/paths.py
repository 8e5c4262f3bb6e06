"""Following slot paths: from a trigger word, step by step, to the words that fill a slot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import NamedTuple

from svyaz.mentions.found import Body, Found, Post
from svyaz.relations import arguments, quoted, subjects, syntax
from svyaz.relations.beside import gapped, nearby_apposition, owner_behind, place_behind
from svyaz.relations.frames import Frame, RelationType
from svyaz.relations.nearby import (
    first_side,
    heads_line,
    nearby_bare,
    nearby_place,
    nearby_preposition,
    nearby_subject,
    second_side,
)
from svyaz.relations.node import Node
from svyaz.relations.rules import Slot
from svyaz.relations.scene import Scene
from svyaz.relations.slots import BARE, SlotPath, Step
from svyaz.structure import Tie


class Filler(NamedTuple):
    """A mention in a role; ``guessed`` when word order and not the tree gave it."""

    role: str
    mention: Found
    guessed: bool = False
    way: str = ""  # the last step of the path that led to it


class Trigger(NamedTuple):
    """A word that may state a relation, for one frame; ``support`` is the light verb that carries it."""

    type: RelationType
    frame: Frame
    token: int
    slots: tuple[Slot, ...]
    support: int | None = None
    tie: Tie | None = None


def follow(scene: Scene, trigger: Trigger, path: SlotPath) -> Sequence[Node]:
    """Follow a path from a trigger; the nodes that it ends at, each word once."""
    if (path.supported and trigger.support is None) or (path.needs and not scene.prospects.reach(path)):
        return ()
    nodes: Sequence[Node] = (Node(trigger.token, trigger.tie),)
    first = True
    for step in path.steps:
        if step.name == "support":
            nodes, first = _supporting(scene, trigger, step), True
            continue
        nodes = _taken(scene, nodes, step, first)
        if not nodes:
            return ()
        first = False
    return nodes


def _taken(scene: Scene, nodes: Sequence[Node], step: Step, first: bool) -> Sequence[Node]:
    """Where one step leads from several nodes."""
    if len(nodes) == 1:
        reached = _step(scene, nodes[0], step, first)
    else:
        reached = [n for node in nodes for n in _step(scene, node, step, first)]
    if step.lemmas and reached:
        reached = [n for n in reached if _has_lemma(scene, n, step)]
    return list(dict.fromkeys(reached)) if len(reached) > 1 else reached


def _supporting(scene: Scene, trigger: Trigger, step: Step) -> list[Node]:
    """The light verb, if it is one of those that the step asks for."""
    if trigger.support is None:
        return []
    verb = scene.sentence.tokens[trigger.support]
    return [Node(verb.index)] if not step.lemmas or verb.lemma in step.lemmas else []


def _has_lemma(scene: Scene, node: Node, step: Step) -> bool:
    """Whether the word at a node, or one coordinated with it, is among the step's lemmas or has one of its marks."""
    tokens = scene.sentence.tokens
    # «глава и совладелец банка»: what is said of a post itself holds for it alone
    reached = [node.token] if step.name == "self" else syntax.coordinated(scene.sentence, node.token)
    if step.marks and any(
        isinstance(m.info, Post) and bool(m.info.marks & step.marks) for i in reached for m in scene.at(i)
    ):
        return True
    return any(tokens[i].lemma in step.lemmas or tokens[i].text.lower() in step.lemmas for i in reached)


def _step(scene: Scene, node: Node, step: Step, first: bool) -> Sequence[Node]:
    """Where one step leads from a node, before lemmas are looked at; ``first`` when it starts at a trigger word."""
    if step.name in _OF_OFFICE:
        return _of_office(scene, node, step.name)
    if node.tie is not None and node.tie.office.type == "organization":
        described = scene.descriptor(node.tie.office)
        if described is not None and node.token != described:
            # «[московский] завод «Хроматрон»» hangs on «завод»
            return (*_reached(scene, described, step, first), *_reached(scene, node.token, step, first))
    return _reached(scene, node.token, step, first)


# What each step from an office takes of its tie.
_OF_OFFICE: dict[str, Callable[[Tie], Found | None]] = {
    "self": attrgetter("office"),
    "holder": attrgetter("holder"),
    "body": attrgetter("body"),
    "client": attrgetter("client"),
}


def _reached(scene: Scene, i: int, step: Step, first: bool) -> tuple[Node, ...]:
    """Where one step leads from a word; looked up where another path or frame took it before."""
    key = (i, step.key, first)
    known = scene.reached.get(key)
    if known is None:
        take = _STEPS.get(step.name, _behind_preposition)
        known = scene.reached[key] = tuple(take(scene, i, step, first))
    return known


def _subject(scene: Scene, i: int, _: Step, first: bool) -> list[Node]:
    s = scene.sentence
    doers = subjects.subject(s, i)
    if quoted.first_person(s, i, doers):
        return _nodes(quoted.speaker(s, i))
    return _nodes(doers) or (_nearby_subject(scene, i) if first else [])


def _object(scene: Scene, i: int, *_: object) -> list[Node]:
    return _nodes(subjects.object_(scene.sentence, i))


def _adjective(scene: Scene, i: int, *_: object) -> list[Node]:
    return _nodes(arguments.attributes(scene.sentence, i))


def _apposition(scene: Scene, i: int, *_: object) -> list[Node]:
    own = [Node(t, named=True) for t in arguments.appositions(scene.sentence, i)]
    return own or _guesses(nearby_apposition(scene, i))


def _governor(scene: Scene, i: int, *_: object) -> list[Node]:
    """«[покупка] доли»."""
    head = scene.sentence.tokens[i].head
    return [Node(head)] if head >= 0 else []


def _beside(scene: Scene, i: int, *_: object) -> list[Node]:
    return [Node(m.head, mention=m) for m in place_behind(scene, i)]


def _possessor(scene: Scene, i: int, *_: object) -> list[Node]:
    return _nodes(arguments.possessor(scene.sentence, i) or owner_behind(scene, i))


def _gap(scene: Scene, i: int, *_: object) -> list[Node]:
    return _guesses(gapped(scene, i))


def _heading(scene: Scene, i: int, *_: object) -> list[Node]:
    return [Node(m.head) for m in scene.mentions if m.last == i - 1 and heads_line(scene, m)]


def _adverb(scene: Scene, i: int, *_: object) -> list[Node]:
    below = scene.sentence.dependents[i]
    return _nodes([t.index for t in below if t.pos in {"ADV", "ADJ", "PART"} or t.lemma == "бы"])


def _bare(scene: Scene, i: int, step: Step, first: bool) -> list[Node]:
    case = BARE[step.name]
    own = _nodes(arguments.bare(scene.sentence, i, case))
    if own or not first or case not in {"Dat", "Ins"}:
        return own
    return _guesses(nearby_bare(scene, i, case))


# How each kind of step is taken; a step that is not among them is a phrase with a preposition.
_STEPS: dict[str, Callable[[Scene, int, Step, bool], list[Node]]] = {
    "subject": _subject,
    "object": _object,
    "adjective": _adjective,
    "apposition": _apposition,
    "governor": _governor,
    "beside": _beside,
    "possessor": _possessor,
    "gap": _gap,
    "heading": _heading,
    "adverb": _adverb,
    **dict.fromkeys(BARE, _bare),
}


def _behind_preposition(scene: Scene, i: int, step: Step, first: bool) -> list[Node]:
    """The phrases with a preposition in a case, as the tree has them, else near by: «с:ins», «в:loc»."""
    s = scene.sentence
    word, case = step.phrase
    found = _nodes(arguments.by_preposition(s, i, word, case))
    if step.lemmas and first:
        more = _nodes(arguments.inside_clause(s, i, word, case))
        found += [n for n in more if n not in found and _has_lemma(scene, n, step)]
    if not found and first and word in {"в", "на"} and case == "Loc" and not step.lemmas:
        found = _guesses(nearby_place(scene, i, word))
    if not found and not first:
        found = _nodes(arguments.adjacent_preposition(s, i, word, case))
        found = found or _nodes(
            [t for c in syntax.coordinated(s, i) for t in arguments.by_preposition(s, c, word, case)]
        )
    if not found and first:
        found = _guesses(nearby_preposition(scene, i, word, case))
    if word == "между" and len(found) == 1 and len(syntax.coordinated(s, found[0].token)) == 1:
        found += _guesses(second_side(s, found[0].token))
        if len(found) == 1:
            found += _guesses(first_side(s, found[0].token))
    return found


def _nearby_subject(scene: Scene, i: int) -> list[Node]:
    """The subject by word order, where the tree has none; of a passive the agent («создан в 2016 г. [Шубиным]»)."""
    if syntax.is_passive(scene.sentence.tokens[i]):
        return _guesses(nearby_bare(scene, i, "Ins"))
    return _guesses(nearby_subject(scene, i))


def _nodes(tokens: Sequence[int]) -> list[Node]:
    return [Node(t) for t in tokens]


def _guesses(tokens: Sequence[int]) -> list[Node]:
    return [Node(t, guessed=True) for t in tokens]


def _of_office(scene: Scene, node: Node, name: str) -> list[Node]:
    """The office mention at a node, its holder or its body."""
    if node.tie is not None:
        ties = [node.tie]
    else:
        offices = [
            m
            for t in syntax.coordinated(scene.sentence, node.token)
            for m in scene.at(t)
            if m.type == "office"
        ]
        ties = [t for o in offices for t in scene.office_ties(o)]
    if name == "body" and node.tie is not None and node.tie.office.type == "organization":
        inner = _nested(scene, node.tie.office)
        return [Node(inner.head, mention=inner)] if inner else []
    mentions = map(_OF_OFFICE[name], ties)
    out = [Node(m.head, mention=m) for m in mentions if m is not None]
    if name == "body":
        out += [Node(t.party.head, mention=t.party) for t in ties if t.party is not None and t.body is None]
    return out


def _nested(scene: Scene, outer: Found) -> Found | None:
    """The name that an organisation's name ends in: «факультет журналистики [МГУ]»; the widest if there are several.

    Only a unit is called by a name that shows no genitive: «совет директоров [Apple]», but «агентство Франс Пресс».
    """
    unit = isinstance(outer.info, Body) and outer.info.part
    inside = [
        m
        for m in scene.mentions
        if m.type in {"organization", "location"}
        and (m.form == "name" or m.type == "organization")
        and outer.first < m.first
        and m.last <= outer.last
        and (unit or scene.sentence.tokens[m.head].case in {"Gen", "Loc"} or m.normal.isupper())
    ]
    return min(inside, key=lambda m: (m.first, -m.last), default=None)
