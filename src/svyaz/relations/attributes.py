"""Modality, phase, date and the text attributes of a fact: read once, the same for every relation type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from svyaz.lexicon import load
from svyaz.mentions.found import Found, Post
from svyaz.model import Modality, Phase
from svyaz.morph import fold
from svyaz.parse import Sentence, Token
from svyaz.relations import syntax
from svyaz.relations.frames import Frame
from svyaz.relations.scene import Scene
from svyaz.relations.spans import phrase, speech, stake

if TYPE_CHECKING:
    from svyaz.relations.engine import Filler
    from svyaz.relations.paths import Trigger

_MAX_CLIMB = 5
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "nmod", "appos"})


@dataclass(frozen=True, slots=True)
class When:
    """The date of a fact: its mention and its EDTF value, open to one side for «с 2015 года»."""

    mention: Found
    value: str


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How, in which phase and when a fact holds."""

    modality: Modality = "asserted"
    phase: Phase | None = None
    date: When | None = None


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(fold(w) for w in load("modality")[key])


def circumstances(scene: Scene, trigger: int, support: int | None, frame: Frame) -> Circumstances:
    """What stands around a trigger word (a token's index) and the light verb that carries it."""
    title = support is None and _is_title(scene, trigger, frame)
    found = _of_title(scene.sentence, trigger) if title else modality(scene.sentence, trigger, support)
    phase = _phase(scene, trigger, support, frame, found == "denied")
    if found == "denied" and phase == "ongoing" and _no_longer(scene.sentence, trigger):
        found, phase = "asserted", "end"
    if frame.modality and found == "asserted":
        found = frame.modality
    when = _when(scene, date(scene, trigger, support, title), trigger if support is None else support, phase)
    return Circumstances(found, phase, when)


def _is_title(scene: Scene, trigger: int, frame: Frame) -> bool:
    """Whether a noun states the fact in passing, beside a name: «[посол] Иванов может прибыть».

    Such a fact takes nothing of the verb. A predicate («Иванов не [министр]») is no title.
    """
    s = scene.sentence
    token = s.tokens[trigger]
    if syntax.is_verb(token) and not frame.posts:
        return False
    if any(syntax.children(s, trigger, "nsubj", "cop")):
        return False
    if frame.posts or frame.bodies:
        return True
    named = syntax.children(s, trigger, "appos", "flat:name", "nmod")
    return (
        frame.phase == "ongoing"
        and token.pos in {"NOUN", "PROPN"}
        and any(t.case == token.case or t.rel != "nmod" for t in named)
    )


def _of_title(s: Sentence, trigger: int) -> Modality:
    """A title is what it says, but for its own adjectives: «[возможный] преемник»."""
    found = set(_of_attributes(s, s.tokens[trigger]))
    return next((v for v in ("denied", "possible", "planned") if v in found), "asserted")


def _no_longer(s: Sentence, trigger: int) -> bool:
    """«[больше] не министр», «[уже] не работает»: what is denied has ended."""
    near = {fold(t.text) for t in s.tokens[max(0, trigger - 3) : trigger]}
    return bool(near & {"больше", "уже", "более"}) and bool(near & {"не", "нет"})


def modality(s: Sentence, trigger: int, support: int | None = None) -> Modality:
    """Whether the fact stated at ``trigger`` is asserted, planned, possible or denied.

    «намерен провести переговоры» is planned, «предложил встретиться» possible, «встреча не состоялась»
    denied. The strongest word on the way up decides: denied, then possible, then planned.
    """
    if (
        s.tokens[trigger].rel == "cop" and s.tokens[trigger].head >= 0
    ):  # «не был министром»: «не» hangs on the noun
        trigger = s.tokens[trigger].head
    found = set(_of_chain(s, trigger)) | (set(_of_chain(s, support)) if support is not None else set())
    for value in ("denied", "possible", "planned"):
        if value in found:
            return value
    return "asserted"


def _of_chain(s: Sentence, start: int) -> Iterator[Modality]:
    """The values that the words from ``start`` upwards give."""
    token = s.tokens[start]
    yield from _own(s, token)
    # what «брат X» is told to do says nothing of whose brother he is
    of_person = token.pos == "NOUN" and token.feats.get("Animacy") == "Anim" and token.rel in _ARGUMENTS
    climbed, denials = 0, 0
    for up in syntax.ancestors(s, start):
        if climbed >= _MAX_CLIMB or not _governs(s, token, up) or (of_person and syntax.is_verb(up)):
            break
        value = _governing(s, up, token)
        if value == "stop":
            break
        negated = _negated(s, up)
        if value == "denied" and negated and up.lemma in _words("negated_denial"):
            value = None
        elif value == "denied" and negated and up.lemma in _words("negated_possible"):
            value = "possible"
        elif negated and value != "denied":
            value, denials = "denied", denials + 1
        if value:
            yield value  # type: ignore[misc]
        yield from _tense(s, up)
        token, climbed = up, climbed + 1


def _governs(s: Sentence, token: Token, up: Token) -> bool:
    """Whether ``up`` can colour ``token``: it governs it as complement, and no new clause begins between."""
    if token.rel in {"acl:relcl", "conj", "parataxis", "appos", "nsubj:pass", "flat:name"} or (
        token.rel == "acl" and syntax.is_participle(token)
    ):
        return token.rel == "nsubj:pass" and syntax.is_verb(up)
    if token.rel == "advcl":
        return any(
            fold(t.text) in _words("hypothetical_marks") for t in syntax.children(s, token.index, "mark")
        )
    if token.rel == "ccomp" and token.feats.get("VerbForm") == "Fin":
        return up.lemma in _words("denied") | {
            "исключать",
            "допускать",
            "допустить",
            "надеяться",
            "хотеть",
            "ожидать",
            "предложить",
        }
    if token.rel == "nmod" and up.pos == "NOUN":
        listed = _words("possible_nouns") | _words("planned_nouns") | _words("denied_nouns")
        return up.lemma in listed | _words("event_nouns") or syntax.is_verb(up)
    return True


def _own(s: Sentence, token: Token) -> Iterator[Modality]:
    if _negated(s, token):
        yield "denied"
    yield from _tense(s, token)
    yield from _of_attributes(s, token)
    for child in syntax.children(s, token.index):
        word = fold(child.text)
        if (
            child.rel in {"advmod", "parataxis", "discourse"}
            and (child.lemma in _words("possible_adverbs") or word in _words("possible_adverbs"))
        ) or (child.rel in {"mark", "aux"} and word in _words("hypothetical_marks") and word != "что"):
            yield "possible"


def _of_attributes(s: Sentence, token: Token) -> Iterator[Modality]:
    """«[возможная] встреча», «[несостоявшийся] визит»."""
    for child in syntax.children(s, token.index, "amod", "acl"):
        lemmas = {child.lemma, fold(child.text)} | {_as_adjective(child)}
        for value in ("denied", "possible", "planned"):
            if lemmas & _words(f"{value}_attributes"):
                yield value


def _as_adjective(token: Token) -> str:
    from svyaz import morph

    form = morph.inflect(token.text, pos=token.pos, feats=token.feats, number="Sing", gender="Masc")
    return fold(form or "")


def _negated(s: Sentence, token: Token) -> bool:
    return any(
        fold(t.text) in {"не", "нет"} and t.index < token.index + 1 for t in syntax.children(s, token.index)
    )


def _tense(s: Sentence, token: Token) -> Iterator[Modality]:
    """The future is planned: «встретится», «будет проводить», «будет подписан»; «бы» is possible."""
    if token.feats.get("Tense") == "Fut" or (
        token.feats.get("Aspect") == "Perf"
        and token.feats.get("Tense") == "Pres"
        and token.feats.get("VerbForm") == "Fin"
    ):
        yield "planned"
    for child in syntax.children(s, token.index, "aux", "aux:pass", "cop"):
        if (
            child.lemma == "быть"
            and child.feats.get("Tense") in {"Fut", "Pres"}
            and fold(child.text).startswith("буд")
        ):
            yield "planned"
        if fold(child.text) in {"бы", "б"}:
            yield "possible"


def _governing(s: Sentence, up: Token, below: Token) -> str | None:
    """What a governor says of what it governs; «stop» where its clause is another matter."""
    lemmas = syntax.verb_lemmas(up)
    infinitive = below.feats.get("VerbForm") == "Inf"
    noun = below.pos in {"NOUN", "PROPN"}
    if up.pos == "NOUN" and not syntax.is_verb(up):
        for key in ("denied", "possible", "planned"):
            if up.lemma in _words(f"{key}_nouns"):
                return key
        return None if infinitive or below.rel == "nmod" else "stop"
    if not (infinitive or noun or below.rel in {"ccomp", "csubj", "xcomp", "advcl"}):
        return None
    if noun and below.rel in {"nsubj", "obl", "nsubj:pass"} and not _says_of(s, up, below):
        return "stop"
    for key in ("denied", "possible", "planned"):
        if lemmas & _words(key):
            if key == "planned" and up.lemma == "стать":
                continue
            if up.lemma == "назначить" and not _is_set(s, up, below):
                continue
            if (
                key == "possible"
                and noun
                and up.lemma in {"обсудить", "обсуждать", "рассмотреть", "рассматривать"}
            ):
                continue
            return key
    if infinitive or noun:
        return None
    return "stop"


def _is_set(s: Sentence, up: Token, below: Token) -> bool:
    """«встреча [назначена] на пятницу»; «назначил штраф» and «назначен мэром» are done."""
    return below.rel in {"nsubj:pass", "nsubj", "obj"} and any(
        syntax.preposition(s, t.index) == "на" for t in syntax.children(s, up.index)
    )


def _says_of(s: Sentence, up: Token, below: Token) -> bool:
    """«встреча [ожидается]», «от встречи [отказался]»; but «на встрече [предложил] …» is another matter."""
    if below.rel in {"nsubj", "nsubj:pass"}:
        return True
    preposition = syntax.preposition(s, below.index)
    return preposition in {None, "от", "к", "о"}


def _phase(scene: Scene, trigger: int, support: int | None, frame: Frame, denied: bool) -> Phase | None:
    """The frame's phase, unless the office itself («бывший владелец»), the light verb («стал владельцем») or
    a past imperfective («занимал пост», «был владельцем») says another."""
    if frame.phase is None:  # only a post that is over says so itself: «бывший посол»
        posts = [
            m.info
            for m in scene.at(trigger)
            if frame.posts and m.head == trigger and isinstance(m.info, Post)
        ]
        return "end" if any(p.phase == "end" for p in posts) else None
    s = scene.sentence
    for mention in scene.at(trigger):
        headed = mention.type == "office" and mention.head == trigger
        if headed and isinstance(mention.info, Post) and mention.info.phase:
            return mention.info.phase
    if denied or frame.phase != "ongoing":
        return frame.phase
    verb = s.tokens[trigger if support is None else support]
    if support is not None and verb.lemma in _words("starting"):
        return "start"
    past = verb.feats.get("Tense") == "Past" and verb.feats.get("Aspect") == "Imp"
    over = past and verb.feats.get("VerbForm") in {"Fin", "Part"}
    return "end" if over else _of_copula(s, trigger, frame.phase)


def _when(scene: Scene, mention: Found | None, verb: int, phase: Phase | None) -> When | None:
    """«с 2015 года» of a state is open to the future, «до 2019 года» to the past; an event («назначен с
    1 марта») stands at the day itself."""
    if mention is None:
        return None
    tokens = scene.sentence.tokens
    before = fold(tokens[mention.first - 1].text) if mention.first else ""
    event = phase == "start" or tokens[verb].feats.get("Aspect") == "Perf"
    if "/" in mention.normal or mention.normal.startswith("X"):
        return When(mention, mention.normal)
    if before in {"с", "со"} and not event:
        return When(mention, mention.normal + "/..")
    return When(mention, "../" + mention.normal if before == "до" else mention.normal)


def _of_copula(s: Sentence, noun: int, phase: Phase) -> Phase:
    """«[был] министром» has ended; «министр» alone goes on."""
    past = any(t.feats.get("Tense") == "Past" for t in syntax.children(s, noun, "cop"))
    return "end" if past and phase == "ongoing" else phase


def date(scene: Scene, trigger: int, support: int | None, title: bool = False) -> Found | None:
    """The date that the sentence gives for the fact: one that hangs on the trigger, its light verb or its
    governor, else the only date of the clause. A title («[министр] Иванов приехал в среду») takes only its own."""
    dates = [m for m in scene.mentions if m.type == "date"]
    if not dates:
        return None
    anchors = {i for i in (trigger, support) if i is not None}
    s = scene.sentence
    anchors |= {
        c.index
        for i in list(anchors)
        for c in syntax.children(s, i, "acl", "amod", "acl:relcl")
        if syntax.is_verb(c)
    }
    nearest = {m: _governor(s, m, anchors) for m in dates}
    hanging = [m for m in dates if nearest[m] in anchors]
    if hanging:
        return min(hanging, key=lambda m: abs(m.first - trigger))
    if title:
        return None
    clause = syntax.clause_of(s, support if support is not None else trigger)
    same = [m for m in dates if syntax.clause_of(s, m.head) == clause]
    return same[0] if len(same) == 1 else None


def _governor(s: Sentence, mention: Found, anchors: set[int]) -> int:
    """The verb, participle or anchor that a date hangs on."""
    for up in syntax.ancestors(s, mention.head):
        if mention.covers(up.index):
            continue
        if up.index in anchors or syntax.is_verb(up):
            return up.index
    return -1


def values(
    scene: Scene, trigger: Trigger, fillers: Sequence[Filler], texts: dict[str, list[int]]
) -> dict[str, str]:
    """The attributes that the frame sets, and those that are text: a phrase, the words said, a stake."""
    out = dict(trigger.frame.attributes)
    for name, kind in trigger.type.attributes.items():
        found: str | None = None
        if kind == "speech":
            found = speech(scene.sentence, trigger.token)
        elif kind == "stake":
            found = stake(scene.sentence, trigger.token, trigger.support)
        elif texts.get(name):
            found = phrase(scene.sentence, texts[name][0], [f.mention for f in fillers])
        if found:
            out.setdefault(name, re.sub(r"\s+", " ", found))
    return out
