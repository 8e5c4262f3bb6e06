"""The last stage: frames over all sentences, sources, and one relation for each fact."""

from __future__ import annotations

from collections.abc import Sequence

from svyaz.entities import Resolution
from svyaz.mentions.found import Found
from svyaz.parse import Sentence
from svyaz.relations import sources
from svyaz.relations.engine import Engine
from svyaz.relations.facts import Merged, merge, statement
from svyaz.relations.scene import Scene
from svyaz.structure import Tie


def scenes(sentences: Sequence[Sentence], ties: Sequence[Tie], resolution: Resolution) -> list[Scene]:
    """One scene a sentence, with the mentions that have an entity."""
    mentions: dict[int, list[Found]] = {}
    for mention in resolution.mentions:
        if resolution.of(mention) is not None:
            mentions.setdefault(mention.sentence, []).append(mention)
    tied: dict[int, list[Tie]] = {}
    for tie in ties:
        tied.setdefault(tie.office.sentence, []).append(tie)
    return [
        Scene(s, tuple(mentions.get(s.number, ())), tuple(tied.get(s.number, ())), resolution)
        for s in sentences
    ]


def relations(
    engine: Engine, sentences: Sequence[Sentence], ties: Sequence[Tie], resolution: Resolution
) -> list[Merged]:
    """All relations of an article, in order of their first evidence."""
    played = scenes(sentences, ties, resolution)
    reported = sources.sources(played)
    stated = []
    for scene, source in zip(played, reported, strict=True):
        if len(scene.mentions) < 1:
            continue
        for fact in engine.facts(scene):
            titled = (
                fact.frame.posts or fact.frame.bodies
            )  # nobody is quoted for a title: «посол России Григорьев»
            item = statement(fact, None if titled else sources.of_trigger(scene, fact.trigger, source))
            if item is not None:
                stated.append(item)
    return merge(stated)
