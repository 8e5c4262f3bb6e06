"""The words of a sentence that may state a relation, with the frames that they open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from svyaz.lexicon import bodies
from svyaz.mentions.found import Body, Found, Place, Post
from svyaz.model import MentionType
from svyaz.parse import Token
from svyaz.relations import syntax
from svyaz.relations.frames import Frame, RelationType
from svyaz.relations.paths import Trigger
from svyaz.relations.rules import NOTHING, Rule, rules_of
from svyaz.relations.scene import Scene
from svyaz.structure import Tie

_NOUNS = frozenset({"NOUN", "PROPN", "X"})
_PREDICATES = frozenset({"ADJ", "PROPN", "ADV", "VERB", "NOUN", "X", "ADP", "PART"})


@dataclass(frozen=True, slots=True)
class _Opening:
    """A rule that a lemma opens, and as what: a verb, a word of certain parts of speech or a sign."""

    rule: Rule
    verb: bool
    parts: frozenset[str]

    def fits(self, token: Token, verbal: bool) -> bool:
        """Whether the word is one that opens the frame."""
        return (self.verb and verbal) or token.pos in self.parts or token.text in self.rule.frame.marks


class _Openings:
    """What opens the frames of some rules: lemmas of words, and marks of offices, bodies and places."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._words = _by_lemma(rules)
        self._marks = _by_mark(rules)

    def find(self, scene: Scene) -> Iterator[Trigger]:
        """The triggers of a sentence that offers what their frames need: words first, then mentions."""
        yield from self._by_words(scene)
        if self._marks:
            yield from self._by_mentions(scene)

    def _by_words(self, scene: Scene) -> Iterator[Trigger]:
        offered = scene.prospects
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
                    and offered.meet(rule.demand)
                    and _stands_under(scene, token, rule.frame)
                ):
                    yield _trigger(scene, rule, token.index)

    def _by_mentions(self, scene: Scene) -> Iterator[Trigger]:
        for mention in scene.mentions:
            for rule in self._opened_by(scene, mention):
                if scene.prospects.meet(rule.demand):
                    for tie in scene.office_ties(mention) or (Tie(mention),):
                        yield _trigger(scene, rule, mention.head, tie)

    def _opened_by(self, scene: Scene, mention: Found) -> list[Rule]:
        """The rules that a post, a body or a place opens, in their order."""
        marked = self._marks.get(mention.type)
        if marked is None:
            return []
        numbers = {n for mark in _marks_of(scene, mention) for n in marked.get(mark, ())}
        return [self._rules[n] for n in sorted(numbers)]


class Triggers:
    """The frames of a registry by what opens them."""

    def __init__(self, registry: Sequence[RelationType]) -> None:
        self._rules = rules_of(registry)
        most = max((rule.demand.arity for rule in self._rules), default=0)
        # By how many entities a sentence has: many name but one, with which few frames are content.
        self._openings = [
            _Openings([rule for rule in self._rules if rule.demand.arity <= entities])
            for entities in range(most + 1)
        ]

    def hopeful(self, scene: Scene) -> Iterator[Trigger]:
        """The triggers of a sentence for frames that may state something in it."""
        return self._openings[min(scene.prospects.entities, len(self._openings) - 1)].find(scene)

    def all(self, scene: Scene) -> Iterator[Trigger]:
        """All triggers of a sentence, hopeless ones among them."""
        return self._undemanding.find(scene)

    @cached_property
    def _undemanding(self) -> _Openings:
        return _Openings([replace(rule, demand=NOTHING) for rule in self._rules])


def _trigger(scene: Scene, rule: Rule, token: int, tie: Tie | None = None) -> Trigger:
    frame = rule.frame
    support = syntax.governor(scene.sentence, token, frame.support) if frame.support else None
    return Trigger(rule.relation, frame, token, rule.slots, support, tie)


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


def _by_mark(rules: Sequence[Rule]) -> dict[MentionType, dict[str | None, list[int]]]:
    """For each mark of an office, a body or a place the numbers of the rules that it opens."""
    table: dict[MentionType, dict[str | None, list[int]]] = {}
    for number, rule in enumerate(rules):
        listed: dict[MentionType, frozenset[str]] = {
            "office": rule.frame.posts,
            "organization": rule.frame.bodies,
            "location": rule.frame.places,
        }
        for type_, marks in listed.items():
            for mark in marks:
                table.setdefault(type_, {}).setdefault(mark, []).append(number)
    return table


def _stands_under(scene: Scene, token: Token, frame: Frame) -> bool:
    """Whether one of the prepositions, if the frame has any, stands before: «[на] встрече», not «на встречу»."""
    if not frame.under:
        return True
    before = syntax.preposition(scene.sentence, token.index)
    return before in frame.under or f"{before}:{(token.case or '').lower()}" in frame.under


def _marks_of(scene: Scene, mention: Found) -> frozenset[str | None]:
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
