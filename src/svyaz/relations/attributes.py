"""Phase, date and the text attributes of a fact: read once, the same for every relation type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from svyaz.mentions.found import Found, Post
from svyaz.model import Modality, Phase
from svyaz.morph import fold
from svyaz.parse import Sentence, Token
from svyaz.relations import syntax
from svyaz.relations.frames import Frame
from svyaz.relations.modality import modality, no_longer, of_title, words
from svyaz.relations.paths import Filler, Trigger
from svyaz.relations.scene import Scene
from svyaz.relations.spans import phrase, speech, stake

_OWN_CLAUSE = frozenset({"conj", "acl", "acl:relcl", "advcl", "ccomp", "parataxis"})
# Verbs that may follow each other under one date, and the length of the value of a day.
_MAX_CARRIED = 3
_DAY = len("2024-01-12")


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
    if before != "до" or (
        event and tokens[mention.first].lemma == "конец"
    ):  # «посетит до конца года»: within it
        return When(mention, mention.normal)
    return When(mention, "../" + mention.normal)


def _of_copula(s: Sentence, noun: int, phase: Phase) -> Phase:
    """«[был] министром» has ended; «министр» alone goes on."""
    past = any(t.feats.get("Tense") == "Past" for t in syntax.children(s, noun, "cop"))
    return "end" if past and phase == "ongoing" else phase


def date(scene: Scene, trigger: int, support: int | None, title: bool = False) -> Found | None:
    """The date that the sentence gives for the fact: one that hangs on the trigger or its light verb, else the only
    date of the clause, else that of the verb before («в среду прилетел в Баку и [встретился] с премьером»).

    A title («[министр] Иванов приехал в среду») and what is said in passing («по [словам] Иванова, осенью …»)
    take only their own."""
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
    hanging = [m for m in dates if nearest[m] in anchors or _behind_participle(s, m, anchors)]
    if hanging:
        return min(hanging, key=lambda m: abs(m.first - trigger))
    verb = trigger if support is None else support
    if title or (support is None and _in_passing(s, trigger)):
        return None
    same = _of_clause(s, dates, verb)
    return same[0] if len(same) == 1 else None if same else _carried(s, dates, verb)


def _behind_participle(s: Sentence, date: Found, anchors: set[int]) -> bool:
    """«[назначенный] накануне начальником дороги Тарасов», wherever the tree hangs the date."""
    before = date.first - 1 - (date.first > 0 and s.tokens[date.first - 1].pos == "ADP")
    return before in anchors and syntax.is_participle(s.tokens[before])


def _in_passing(s: Sentence, trigger: int) -> bool:
    """Whether a noun is no event of its clause: «[братья] основали завод в 2003 году», «по [словам] мэра, летом …»."""
    token = s.tokens[trigger]
    if syntax.is_verb(token) or token.pos not in {"NOUN", "PROPN"} or token.rel == "root":
        return False
    if any(syntax.children(s, trigger, "nsubj", "cop")):
        return False
    return token.feats.get("Animacy") == "Anim" or syntax.preposition(s, trigger) == "по"


def _of_clause(s: Sentence, dates: Sequence[Found], verb: int) -> list[Found]:
    """The dates of the verb's own clause; a semicolon parts what the tree joins."""
    clause = _clause(s, verb)
    found = []
    for m in dates:
        between = s.tokens[min(m.first, verb) : max(m.first, verb)]
        if _clause(s, _hung(s, m)) == clause and not any(t.text == ";" for t in between):
            found.append(m)
    return found


def _hung(s: Sentence, date: Found) -> int:
    """The date's head, or the word behind it where the tree leaves the date alone («в 2025-м [вуз] войдёт в …»)."""
    alone = s.tokens[date.head].head < 0 and not any(syntax.children(s, date.head, "nsubj", "cop"))
    return date.last + 1 if alone and date.last + 1 < len(s.tokens) else date.head


def _clause(s: Sentence, i: int) -> int:
    """The head of a token's clause; a noun with a copula heads one as well («…, когда он был [министром]»)."""
    for up in (s.tokens[i], *syntax.ancestors(s, i)):
        if up.rel in _OWN_CLAUSE and any(syntax.children(s, up.index, "cop")):
            return up.index
        if syntax.clause_of(s, up.index) == up.index:
            return up.index
    return i


def _carried(s: Sentence, dates: Sequence[Found], verb: int) -> Found | None:
    """The day of the deed that this one follows: «в среду побывает в Гродно, где [посетит] завод и [встретится] …»."""
    token = s.tokens[verb]
    for _ in range(_MAX_CARRIED):
        if token.head < 0 or token.feats.get("Aspect") != "Perf" or not _follows(s, token):
            return None
        token = s.tokens[_clause(s, token.head)]
        same = [m for m in _of_clause(s, dates, token.index) if m.first < verb]
        if same:
            one = len(same) == 1 and token.feats.get("Aspect") == "Perf"
            return same[0] if one and len(same[0].normal) == _DAY else None
    return None


def _follows(s: Sentence, token: Token) -> bool:
    """«прилетел и [встретился]», «…, где [встретился]»; not «…, а затем [отправился]»."""
    if any(t.lemma in words("later") for t in syntax.children(s, token.index)):
        return False
    if token.rel == "conj":
        return not any(syntax.children(s, token.index, "nsubj", "nsubj:pass"))
    where = any(fold(t.text) == "где" for t in syntax.children(s, token.index))
    return where and token.rel in {"acl", "acl:relcl", "advcl"}


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
