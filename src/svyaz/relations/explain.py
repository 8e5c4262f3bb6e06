"""Why a relation was found or not: every frame whose trigger stands in a sentence, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from svyaz.relations.engine import Engine, fill, match
from svyaz.relations.paths import Trigger, follow
from svyaz.relations.scene import Scene


@dataclass(frozen=True, slots=True)
class Trace:
    """One frame at one trigger word.

    ``slots`` gives for each role the words that fill it; ``verdict`` is ``matched``, or what kept the frame
    from matching, with the word that it failed on where there is one.
    """

    rule: str
    trigger: str
    support: str | None
    slots: dict[str, tuple[str, ...]]
    verdict: str


@dataclass(frozen=True, slots=True)
class Word:
    """A token as the tree has it; ``head`` is the governor's number, 0 for the root."""

    number: int
    text: str
    lemma: str
    pos: str
    case: str | None
    head: int
    rel: str


@dataclass(frozen=True)
class Explanation:
    """One sentence: its tree, and all frames that were tried."""

    text: str
    words: tuple[Word, ...]
    traces: tuple[Trace, ...]


def explain(engine: Engine, scene: Scene) -> Explanation:
    """Try every frame of the engine on one sentence and tell how it went."""
    tokens = scene.sentence.tokens
    words = tuple(Word(t.index + 1, t.text, t.lemma, t.pos, t.case, t.head + 1, t.rel) for t in tokens)
    text = " ".join(t.text for t in tokens)
    return Explanation(text, words, tuple(_traces(engine, scene)))


def _traces(engine: Engine, scene: Scene) -> Iterator[Trace]:
    tokens = scene.sentence.tokens
    for trigger in engine.triggers(scene):
        known = {slot.name: slot for slot in trigger.slots}
        slots = {
            name: tuple(f.mention.normal for f in fill(scene, trigger, known[name]))
            for name in trigger.frame.slots
            if name in known
        }
        support = tokens[trigger.support].text if trigger.support is not None else None
        rule = f"{trigger.type.name}.{trigger.frame.name}"
        yield Trace(rule, tokens[trigger.token].text, support, slots, _verdict(scene, trigger, slots))


def _verdict(scene: Scene, trigger: Trigger, slots: dict[str, tuple[str, ...]]) -> str:
    if next(match(scene, trigger), None) is not None:
        return "matched"
    failed = _condition(scene, trigger)
    if failed:
        return failed
    for name, role in trigger.type.roles.items():
        needed = name in trigger.frame.require or role.needed
        if needed and len(slots.get(name, ())) < role.min:
            found = f", found {len(slots.get(name, ()))}" if role.min > 1 else ""
            return (
                f"{name}: nothing that can fill it" if role.min == 1 else f"{name}: needs {role.min}{found}"
            )
    return f"fewer than {trigger.type.arity} different entities in the roles"


def _condition(scene: Scene, trigger: Trigger) -> str | None:
    """The condition that fails, and the word it fails on."""
    tokens = scene.sentence.tokens
    for paths in trigger.frame.with_:
        if not any(follow(scene, trigger, path) for path in paths):
            return "with: no word at " + " | ".join(map(str, paths))
    for paths in trigger.frame.without:
        for path in paths:
            reached = follow(scene, trigger, path)
            if reached:
                return f"without {path}: «{tokens[reached[0].token].text}» stands there"
    return None
