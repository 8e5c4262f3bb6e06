"""Phase, date and the text attributes of a fact: read once, the same for every relation type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from svyaz.mentions.found import Found, Post
from svyaz.model import Modality, Phase
from svyaz.morph import fold
from svyaz.parse import Sentence
from svyaz.relations import syntax
from svyaz.relations.frames import Frame
from svyaz.relations.modality import modality, no_longer, of_title, words
from svyaz.relations.paths import Filler, Trigger
from svyaz.relations.scene import Scene
from svyaz.relations.spans import phrase, speech, stake


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


def circumstances(scene: Scene, trigger: int, support: int | None, frame: Frame) -> Circumstances:
    """What stands around a trigger word (a token's index) and the light verb that carries it."""
    title = support is None and _is_title(scene, trigger, frame)
    found = of_title(scene.sentence, trigger) if title else modality(scene.sentence, trigger, support)
    phase = _phase(scene, trigger, support, frame, found == "denied")
    if found == "denied" and phase == "ongoing" and no_longer(scene.sentence, trigger):
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
    if support is not None and verb.lemma in words("starting"):
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
