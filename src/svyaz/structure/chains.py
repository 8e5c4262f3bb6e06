"""Chains of posts: «основатель и глава компании X», «…, бывший A, ныне B»: neighbours share what one has."""

from __future__ import annotations

from dataclasses import replace

from svyaz import morph
from svyaz.lexicon import posts
from svyaz.mentions.agreement import case_of, same_case
from svyaz.mentions.found import Found, Post
from svyaz.parse import Sentence
from svyaz.structure.tie import Tie
from svyaz.text import QUOTES

_BETWEEN_POSTS = frozenset((", и а также ныне затем позже сейчас — – - одновременно ранее до этого").split())


def share(sentence: Sentence, out: list[Tie]) -> list[Tie]:
    """«основатель и глава компании X», «вице-премьер — министр РФ X», «…, бывший X, ныне Y»: pass on what
    the neighbour in the chain has."""
    for i in range(len(out) - 2, -1, -1):
        if out[i].office != out[i + 1].office and _joined(sentence, out[i].office, out[i + 1].office, out[i]):
            nxt = out[i + 1]
            out[i] = replace(
                out[i],
                holder=out[i].holder
                or (nxt.holder if nxt.holder and nxt.holder.first > nxt.office.first else None),
                body=out[i].body or nxt.body,
            )
    for i in range(1, len(out)):
        before, here = out[i - 1], out[i]
        if (
            here.holder is None
            and before.holder
            and before.office != here.office
            and _follows(sentence, before, here)
        ):
            out[i] = replace(here, holder=before.holder)
    return out


def _joined(sentence: Sentence, a: Found, b: Found, tie: Tie) -> bool:
    start = max(m.last for m in (tie.body, tie.client, a) if m is not None) + 1
    between = [t for t in sentence.tokens[start : b.first] if t.pos != "ADJ" and t.text not in QUOTES]
    own = next((i for i, t in enumerate(between) if t.case != "Gen" or t.pos != "NOUN"), len(between))
    complement, between = between[:own], between[own:]  # «директор [музея] и археолог»
    cases = {case_of(sentence, a), case_of(sentence, b)}
    same = None in cases or len(cases) == 1 or cases == {"Gen", "Acc"}
    number = sentence.tokens[a.head].feats.get("Number") == sentence.tokens[b.head].feats.get("Number")
    return (
        (tie.holder is None or tie.holder.first < a.first)  # «Арсланов, [директор] и сооснователь «Роботека»»
        and same
        and number
        and len(between) <= 2
        # «депутат Госдумы [академик] Иванов», «защитник Пронина [адвокат] Фейн», «начальник штаба [генерал] Иванов»
        and (
            bool(between) or tie.body is not None or tie.client is not None or bool(complement) or _is_rank(b)
        )
        and all(t.text in {"и", ",", "—", "–", "-"} for t in between)
    )


def _is_rank(office: Found) -> bool:
    return isinstance(office.info, Post) and morph.fold(office.info.head) in posts.words("ranks")


def _follows(sentence: Sentence, before: Tie, here: Tie) -> bool:
    """Whether ``here`` goes on with the posts of a person named before both: «X, бывший A, ныне [B]»."""
    holder, office = before.holder, here.office
    if holder is None or holder.first > before.office.first:
        return False
    start = max(m.last for m in (before.office, before.body, before.party) if m is not None) + 1
    between = sentence.tokens[start : office.first]
    words = [t for t in between if t.pos not in {"ADJ", "ADV"} and t.text not in QUOTES]
    return (
        start <= office.first
        and len(words) <= 3
        and all(t.text in _BETWEEN_POSTS for t in words)
        and same_case(sentence, office, holder)
    )
