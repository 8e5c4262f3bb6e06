"""factRuEval-2016, track 1: mentions by their tokens, read strictly and with descriptors free.

The labels take a descriptor into the mention («[газета «Труд»]»), svyaz's contract leaves it out («газета
«[Труд]»»). The strict reading counts each descriptor as missed. The other asks only for the words that name:
those of a descriptor may be there or not, and a mention of descriptors alone («компания») counts on neither
side. It comes near to the official figures: natasha's bare tagger, to which the official scorer gives 0.897 on
the test half, has 0.88 by it on the other half, and 0.84 by the strict one.
"""

from __future__ import annotations

from collections.abc import Sequence

from svyaz.evaluate.cases import Case, sentence_around
from svyaz.evaluate.corpus import GoldDocument, GoldMention
from svyaz.evaluate.matching import match
from svyaz.evaluate.measures import Scored
from svyaz.evaluate.tally import Tally
from svyaz.model import Mention, Result

OWN_TYPES = {"person": "per", "organization": "org", "location": "loc"}
STRICT, FREE = "track 1 mentions", "track 1, descriptors free"


def score(gold: GoldDocument, result: Result) -> Scored:
    """Both readings on one document; the cases are those of the strict one."""
    tallies: list[Tally] = []
    cases: list[Case] = []
    outer = _outermost([m for m in result.mentions if m.type in OWN_TYPES and m.form == "name"])
    for kind in ("per", "loc", "org"):
        labelled = [m for m in gold.mentions if m.type == kind]
        own = [m for m in outer if OWN_TYPES[m.type] == kind]
        tally, found = _strict(gold, kind, labelled, own)
        tallies += [tally, _free(gold, kind, labelled, own)]
        cases += found
    return Scored(tuple(sorted(tallies, key=lambda t: t.measure == FREE)), tuple(cases))


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """Without mentions nested in one of the same type: the track has none."""
    return [
        m
        for m in mentions
        if not any(
            o is not m and o.type == m.type and o.start <= m.start and m.end <= o.end for o in mentions
        )
    ]


def _words(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The letters' places of spans; comparing places of characters stands in for comparing tokens."""
    return frozenset(i for s, e in spans for i in range(s, e) if text[i].isalnum())


def _strict(
    gold: GoldDocument, kind: str, labelled: Sequence[GoldMention], own: Sequence[Mention]
) -> tuple[Tally, list[Case]]:
    letters = [_words(gold.text, m.spans) for m in labelled]
    places = [_words(gold.text, [(m.start, m.end)]) for m in own]
    pairs = match(letters, places, lambda a, b: len(a & b) / len(a | b) if a | b else 0.0)
    hit, used = {g: q for g, _, q in pairs}, {s for _, s, _ in pairs}
    cases = []
    for i, mention in enumerate(labelled):
        quality = hit.get(i, 0.0)
        error = None if quality > 0.99 else "wrong border" if quality else "missed"
        cases.append(case(gold, STRICT, "gold", kind, mention.start, mention.end, mention.text, error))
    for i, other in enumerate(own):
        if i not in used:
            cases.append(case(gold, STRICT, "system", kind, other.start, other.end, other.text, "spurious"))
    return Tally(STRICT, kind, gold.id, sum(hit.values()), len(labelled), len(own)), cases


def _free(gold: GoldDocument, kind: str, labelled: Sequence[GoldMention], own: Sequence[Mention]) -> Tally:
    places = [_words(gold.text, [(m.start, m.end)]) for m in own]
    named = [_words(gold.text, m.spans) - _words(gold.text, m.descriptors) for m in labelled]
    whole = [_words(gold.text, m.spans) for m in labelled]

    def quality(i: int, place: frozenset[int]) -> float:
        asked = named[i] or whole[i]
        either = asked | (place - (whole[i] - asked))
        return len(asked & place) / len(either) if either else 0.0

    pairs = match(range(len(labelled)), places, quality)
    alone = {i for i, words in enumerate(named) if not words}
    free = {s for g, s, _ in pairs if g in alone}
    matched = sum(q for g, _, q in pairs if g not in alone)
    return Tally(FREE, kind, gold.id, matched, len(labelled) - len(alone), len(own) - len(free))


def case(
    gold: GoldDocument, measure: str, side: str, kind: str, start: int, end: int, text: str, error: str | None
) -> Case:
    """A labelled or found item of any of the tracks, with the sentence around it."""
    key = f"{gold.id}:{measure}:{side}:{kind}:{start}-{end}"
    return Case(
        key, gold.id, measure, kind, error is None, error, text, sentence_around(gold.text, start, end)
    )
