"""The holder of a post away from it: «[Иван Громов], бывший директор завода», «министр обороны — [Ицуно Дэра]»."""

from __future__ import annotations

from collections.abc import Sequence

from svyaz.lexicon import posts
from svyaz.mentions.agreement import case_of, plural, same_case
from svyaz.mentions.found import Found
from svyaz.parse import Sentence
from svyaz.structure.tie import Tie

_CLOSING = frozenset({",", ")", ".", "и", "—", "–", ";", ":", "а"})
_DASHES = frozenset({"—", "–", "-"})


def before(
    sentence: Sentence, office: Found, mentions: Sequence[Found], end: int, earlier: Sequence[Tie]
) -> list[Found]:
    """«Иван Громов, бывший [директор] завода», «Нина Рогова ([президент] …)», «Садыков — [глава] …»."""
    at = _start(sentence, office, mentions)
    mark = sentence.tokens[at].text if at >= 0 else ""
    person = next((m for m in mentions if m.type == "person" and m.form == "name" and m.last == at - 1), None)
    if person is None or mark not in {",", "(", "—", "–", "-"}:
        return []
    if plural(sentence, office):  # «Хлопов, [представители] Думы»: others than he
        return _several(sentence, person, mentions) if mark == "," and _closed(sentence, end) else []
    if any(t.holder == person and t.office.last > person.last for t in earlier):
        return []
    if mark in _DASHES:
        return (
            [person]
            if case_of(sentence, office) in {"Nom", None} and same_case(sentence, office, person)
            else []
        )
    return [person] if _closed(sentence, end) and same_case(sentence, office, person) else []


def _closed(sentence: Sentence, end: int) -> bool:
    """Whether the phrase of a post is over: «Громов, директор завода[,] уехал»."""
    return end >= len(sentence.tokens) or sentence.tokens[end].text in _CLOSING


def _several(sentence: Sentence, last: Found, mentions: Sequence[Found]) -> list[Found]:
    """«[Рогова] и [Гусев], депутаты Думы»: two people joined by «и»; a longer list may hold others."""
    at = last.first - 2
    first = next((m for m in mentions if m.type == "person" and m.form == "name" and m.last == at), None)
    if first is None or sentence.tokens[at + 1].text != "и":
        return []
    return [first, last] if sentence.tokens[first.head].case == sentence.tokens[last.head].case else []


def behind_dash(sentence: Sentence, office: Found, mentions: Sequence[Found], end: int) -> list[Found]:
    """«министр образования — [Хакуо Симура], министр обороны — …»: a post that begins its part of the sentence."""
    dash = end < len(sentence.tokens) and sentence.tokens[end].text in _DASHES
    if not dash or case_of(sentence, office) != "Nom" or plural(sentence, office):
        return []
    at = end + 1
    while (
        at < len(sentence.tokens) and sentence.tokens[at].pos == "ADJ" and sentence.tokens[at].case == "Nom"
    ):
        at += 1
    person = next((m for m in mentions if m.first == at and m.type == "person" and m.form == "name"), None)
    begins = _start(sentence, office, mentions)
    first = begins < 0 or sentence.tokens[begins].text in {",", ";", ":", "—", "–", "-"}
    return [person] if person and first and _shows(sentence, person, "Nom") else []


def _shows(sentence: Sentence, person: Found, case: str) -> bool:
    cases = {t.case for t in sentence.tokens[person.first : person.last + 1]} - {None}
    return not cases or case in cases


def _start(sentence: Sentence, office: Found, mentions: Sequence[Found]) -> int:
    """The token before the whole phrase of the office with «бывший», adjectives and place adjectives."""
    at = office.first - 1
    while at >= 0 and (
        sentence.tokens[at].pos in {"ADJ", "DET", "ADV"} or sentence.tokens[at].lemma in posts.phases()
    ):
        at -= 1
    return at
