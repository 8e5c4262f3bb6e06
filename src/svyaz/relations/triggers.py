"""The words of a sentence that may state a relation, with the frames that they open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from svyaz.lexicon import bodies
from svyaz.mentions.found import Body, Found, Place, Post
from svyaz.model import MentionType
from svyaz.parse import Token
from svyaz.relations import syntax
from svyaz.relations.frames import Frame, RelationType
from svyaz.relations.paths import Trigger
from svyaz.relations.prospects import Demand, demand
from svyaz.relations.scene import Scene
from svyaz.structure import Tie

_NOUNS = frozenset({"NOUN", "PROPN", "X"})
_PREDICATES = frozenset({"ADJ", "PROPN", "ADV", "VERB", "NOUN", "X", "ADP", "PART"})
_NAMED = frozenset({"office", "organization", "location"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A frame of a relation type, and what it needs of a sentence."""

    relation: RelationType
    frame: Frame
    demand: Demand
    roles: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Opening:
    """A rule that a lemma opens, and as what: a verb, a word of certain parts of speech or a sign."""

    rule: Rule
    verb: bool
    parts: frozenset[str]

    def fits(self, token: Token, verbal: bool) -> bool:
        """Whether the word is one that opens the frame."""
        return (self.verb and verbal) or token.pos in self.parts or token.text in self.rule.frame.marks


class Triggers:
    """The frames of a registry by what opens them."""

    def __init__(self, registry: Sequence[RelationType]) -> None:
        rules = [Rule(r, frame, demand(r, frame), _roles(r, frame)) for r in registry for frame in r.frames]
        self._words = _by_lemma(rules)
        self._rules = rules
        self._marks = _by_mark(rules)

    def find(self, scene: Scene, wanted: Callable[[Demand], bool]) -> Iterator[Trigger]:
        """The triggers of a sentence, for frames whose demand is ``wanted``: words first, then mentions."""
        for token in scene.sentence.tokens:
            opened = self._words.get(token.lemma)
            if opened is None:
                continue
            verbal = syntax.is_verb(token)
            if verbal and scene.in_name(token.index):  # «радиостанция «[Говорит] Москва»»
                continue
            for opening in opened:
                rule = opening.rule
                if (
                    opening.fits(token, verbal)
                    and wanted(rule.demand)
                    and _stands_under(scene, token, rule.frame)
                ):
                    yield _trigger(scene, rule, token.index)
        for mention in scene.mentions:
            if mention.type in _NAMED:
                for rule in self._opened_by(scene, mention):
                    if wanted(rule.demand):
                        for tie in scene.office_ties(mention) or (Tie(mention),):
                            yield _trigger(scene, rule, mention.head, tie)

    def _opened_by(self, scene: Scene, mention: Found) -> list[Rule]:
        """The rules that a post, a body or a place opens, in their order."""
        marks = _marks(scene, mention)
        return [
            self._rules[n] for n in sorted({n for m in marks for n in self._marks.get((mention.type, m), ())})
        ]


def _trigger(scene: Scene, rule: Rule, token: int, tie: Tie | None = None) -> Trigger:
    frame = rule.frame
    support = syntax.governor(scene.sentence, token, frame.support) if frame.support else None
    return Trigger(rule.relation, frame, token, rule.roles, support, tie)


def _roles(relation: RelationType, frame: Frame) -> tuple[tuple[str, int], ...]:
    """The roles with how many fillers each needs: those first that are the least likely to have any, for the frame
    states nothing where one has too few. The word that opens a frame by itself («self») is always there."""
    named = [name for name in relation.roles if name in frame.slots or relation.least(frame, name)]

    def ease(name: str) -> tuple[bool, bool]:
        first = frame.slots.get(name, ((),))[0]
        return relation.least(frame, name) == 0, any(path.last == "self" for path in first)

    return tuple((name, relation.least(frame, name)) for name in sorted(named, key=ease))


def _by_lemma(rules: Sequence[Rule]) -> dict[str, list[_Opening]]:
    """For each lemma that a token may have the frames that it opens.

    A reflexive opens its own frames first: «призналась» is «признаться» before it is «признать».
    """
    own: dict[str, list[_Opening]] = {}
    for rule in rules:
        frame = rule.frame
        for lemma in frame.verbs | frame.nouns | frame.predicates | frame.marks:
            nouns = _NOUNS if lemma in frame.nouns else frozenset()
            predicates = _PREDICATES if lemma in frame.predicates else frozenset()
            own.setdefault(lemma, []).append(_Opening(rule, lemma in frame.verbs, nouns | predicates))
    table = {lemma: list(opened) for lemma, opened in own.items()}
    for lemma, opened in own.items():
        if reflexive := syntax.reflexive(lemma):
            table.setdefault(reflexive, []).extend(opened)
    return table


def _by_mark(rules: Sequence[Rule]) -> dict[tuple[MentionType, str | None], list[int]]:
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


def _stands_under(scene: Scene, token: Token, frame: Frame) -> bool:
    """Whether one of the prepositions, if the frame has any, stands before: «[на] встрече», not «на встречу»."""
    if not frame.under:
        return True
    before = syntax.preposition(scene.sentence, token.index)
    return before in frame.under or f"{before}:{(token.case or '').lower()}" in frame.under


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
