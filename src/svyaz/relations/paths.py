"""Following slot paths: from a trigger word, step by step, to the words that fill a slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from svyaz.mentions.found import Body, Found, Post
from svyaz.relations import arguments, quoted, subjects, syntax
from svyaz.relations.beside import gapped, nearby_apposition, owner_behind, place_behind
from svyaz.relations.frames import BARE, CASES, Frame, Path_, RelationType, Step
from svyaz.relations.nearby import (
    first_side,
    heads_line,
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
    named: bool = False  # only names coordinated with it count: «основатель [Иванов] и директор Петров»


@dataclass(frozen=True, slots=True)
class Filler:
    """A mention in a role; ``guessed`` when word order and not the tree gave it."""

    role: str
    mention: Found
    guessed: bool = False
    way: str = ""  # the last step of the path that led to it


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that may state a relation, for one frame; ``support`` is the light verb that carries it."""

    type: RelationType
    frame: Frame
    token: int
    support: int | None = None
    tie: Tie | None = None


def written(path: Path_) -> str:
    """A slot path as the YAML has it: «object[должность|пост].genitive»."""
    return ".".join(s.name + (f"[{'|'.join(sorted(s.lemmas))}]" if s.lemmas else "") for s in path)


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
        reached = [
            n for node in nodes for n in _step(scene, trigger, node, step, first=node is start or support)
        ]
        nodes = list(dict.fromkeys(n for n in reached if _has_lemma(scene, n, step)))
        support = False
    return nodes


def _has_lemma(scene: Scene, node: Node, step: Step) -> bool:
    if not step.lemmas:
        return True
    tokens = scene.sentence.tokens
    # «глава и совладелец банка»: what is said of a post itself holds for it alone
    reached = [node.token] if step.name == "self" else syntax.coordinated(scene.sentence, node.token)
    marks = frozenset(lemma[1:] for lemma in step.lemmas if lemma.startswith("@"))
    if marks and any(
        isinstance(m.info, Post) and bool(m.info.marks & marks) for i in reached for m in scene.at(i)
    ):
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
        doers = subjects.subject(s, i)
        if quoted.first_person(s, i, doers):
            return _nodes(quoted.speaker(s, i))
        return _nodes(doers) or (nearby_subject_nodes(scene, i) if first else [])
    if name == "object":
        return _nodes(subjects.object_(s, i))
    if name == "adjective":
        return _nodes(arguments.attributes(s, i))
    if name == "apposition":
        own = [Node(t, named=True) for t in arguments.appositions(s, i)]
        return own or _guesses(nearby_apposition(scene, i))
    if name == "governor":  # «[покупка] доли»
        return _nodes([h for h in (s.tokens[i].head,) if h >= 0])
    if name == "beside":
        return [Node(m.head, mention=m) for m in place_behind(scene, i)]
    if name == "possessor":
        return _nodes(arguments.possessor(s, i) or owner_behind(scene, i))
    if name == "gap":
        return _guesses(gapped(scene, i))
    if name == "heading":
        return [Node(m.head) for m in scene.mentions if m.last == i - 1 and heads_line(scene, m)]
    if name == "adverb":
        return _nodes(
            [t.index for t in syntax.children(s, i) if t.pos in {"ADV", "ADJ", "PART"} or t.lemma == "бы"]
        )
    if name in BARE:
        own = _nodes(arguments.bare(s, i, BARE[name]))
        if own or not first or BARE[name] not in {"Dat", "Ins"}:
            return own
        return _guesses(nearby_bare(scene, i, BARE[name]))
    return _behind_preposition(scene, node, step, first)


def _behind_preposition(scene: Scene, node: Node, step: Step, first: bool) -> list[Node]:
    """The phrases with a preposition in a case, as the tree has them, else near by: «с:ins», «в:loc»."""
    s, i = scene.sentence, node.token
    word, short = step.name.rsplit(":", 1)
    case = CASES[short]
    found = _nodes(arguments.by_preposition(s, i, word, case))
    if step.lemmas and first:
        more = _nodes(arguments.inside_clause(s, i, word, case))
        found += [n for n in more if n not in found and _has_lemma(scene, n, step)]
    if not found and first and word in {"в", "на"} and short == "loc" and not step.lemmas:
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


def nearby_subject_nodes(scene: Scene, i: int) -> list[Node]:
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
    out: list[Node] = []
    if name == "body" and node.tie is not None and node.tie.office.type == "organization":
        inner = _nested(scene, node.tie.office)
        return [Node(inner.head, mention=inner)] if inner else []
    for tie in ties:
        mentions = {
            "self": (tie.office,),
            "holder": (tie.holder,),
            "body": (tie.body,),
            "client": (tie.client,),
        }[name]
        out += [Node(m.head, mention=m) for m in mentions if m is not None]
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
