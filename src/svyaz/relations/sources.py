"""Who the text names as having said so: «сообщило ТАСС», «по словам Пескова», «Об этом сообщил …»."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from svyaz.entities import Draft
from svyaz.lexicon import listed
from svyaz.mentions.found import Found
from svyaz.model import MentionType
from svyaz.morph import fold
from svyaz.parse import Token
from svyaz.relations import arguments, subjects, syntax
from svyaz.relations.nearby import nearby_subject
from svyaz.relations.scene import Scene

_SPEAKERS: tuple[MentionType, ...] = ("person", "organization", "location", "office")


def _words(key: str) -> frozenset[str]:
    return listed("reporting", key)


def sources(scenes: Sequence[Scene]) -> tuple[tuple[Found, int] | None, ...]:
    """For each sentence the mention that is its source and the token that names the reporting; else None.

    A sentence such as «Об этом сообщило ТАСС» gives its speaker to the sentence before it.
    """
    own = [_reported(scene) for scene in scenes]
    out = [
        found if found and not _is_anaphoric(scene) else None
        for found, scene in zip(own, scenes, strict=True)
    ]
    for i in range(1, len(scenes)):
        found = own[i]
        same = scenes[i].sentence.section == scenes[i - 1].sentence.section
        if found and same and _is_anaphoric(scenes[i]) and out[i - 1] is None:
            out[i - 1] = found
    return tuple(out)


def _is_anaphoric(scene: Scene) -> bool:
    """«Об этом сообщило ТАСС.»: it tells nothing but the source."""
    words = [fold(t.text) for t in scene.sentence.tokens[:3]]
    return words[:2] in (["об", "этом"], ["о", "чем"]) or words[:1] == ["это"]


@cache
def _reporting() -> frozenset[str]:
    """All words that a source may stand by."""
    return _words("verbs") | _words("reference") | _words("nouns")


def _reported(scene: Scene) -> tuple[Found, int] | None:
    if not any(m.type in _SPEAKERS or m.form == "adjective" for m in scene.mentions):
        return None  # nobody who could be one
    reporting = _reporting()
    if reporting.isdisjoint(scene.sentence.lemmas):
        return None
    for token in scene.sentence.tokens:
        if token.lemma not in reporting:
            continue
        found = _by_verb(scene, token) or _by_noun(scene, token)
        if found:
            return found, token.index
    return None


def _by_verb(scene: Scene, token: Token) -> Found | None:
    """«…, сообщил X», «как передаёт X», and the whole of «Об этом сообщил X»."""
    if token.lemma not in _words("verbs") or not syntax.is_verb(token):
        return None
    aside = (
        token.rel == "parataxis"
        or _has_as(scene, token)
        or _is_anaphoric(scene)
        or (token.rel == "root" and _trailing(scene, token))
    )
    if not aside:
        return None
    told = subjects.subject(scene.sentence, token.index) or nearby_subject(scene, token.index)
    return next((m for i in told for m in scene.fillers(i, _SPEAKERS)), None)


def _has_as(scene: Scene, token: Token) -> bool:
    return any(fold(t.text) == "как" for t in syntax.children(scene.sentence, token.index))


def _trailing(scene: Scene, token: Token) -> bool:
    """«Встреча прошла в Москве, [сообщил] Песков»: the verb behind the last comma."""
    before = scene.sentence.tokens[max(0, token.index - 2) : token.index]
    return any(t.text in {",", "—"} for t in before) and token.index > len(scene.sentence.tokens) // 2


def _by_noun(scene: Scene, token: Token) -> Found | None:
    """«по словам X», «по данным X», «со ссылкой на X»."""
    if token.lemma in _words("reference"):
        found = arguments.by_preposition(scene.sentence, token.index, "на", "Acc")
    elif token.lemma in _words("nouns") and syntax.preposition(scene.sentence, token.index) in {
        "по",
        "согласно",
    }:
        found = arguments.bare(scene.sentence, token.index, "Gen")
    else:
        return None
    return next((m for i in found for m in scene.fillers(i, _SPEAKERS)), None)


def of_trigger(scene: Scene, trigger: int, sentence_source: tuple[Found, int] | None) -> Draft | None:
    """The source of a fact: whose «заявил, что» it stands under, else the sentence's own source."""
    for up in syntax.ancestors(scene.sentence, trigger):
        if up.lemma in _words("verbs") and syntax.is_verb(up) and up.index != trigger:
            below = syntax.children(scene.sentence, up.index, "ccomp")
            told = subjects.subject(scene.sentence, up.index) if below else []
            found = next((m for i in told for m in scene.fillers(i, _SPEAKERS)), None)
            if found:
                return scene.entity(found)
    stand = scene.sentence.tokens[scene.sentence.tokens[trigger].head]
    if scene.sentence.tokens[trigger].rel == "obj" and stand.lemma in _words("stance"):
        found = next(
            (m for i in subjects.subject(scene.sentence, stand.index) for m in scene.fillers(i, _SPEAKERS)),
            None,
        )
        if found:
            return scene.entity(found)
    if sentence_source is None:
        return None
    return scene.entity(sentence_source[0])
