"""Proper names: people, places and organisations that the tagger sees, with their borders put right.

The tagger knows names by their context; the lexicon corrects it where a word can only be one thing
(«РФ», «МИД») and adds place adjectives («российский», «российско-китайский»).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from svyaz.mentions import beside, datelines, surnames
from svyaz.mentions.adjectives import adjectives
from svyaz.mentions.found import Found
from svyaz.mentions.missed import joined_in_quotes, missed, missed_people, quoted
from svyaz.mentions.named import name, pieces
from svyaz.names import person
from svyaz.parse import NameSpan, Sentence, Token
from svyaz.text import OPENING


def find(sentence: Sentence, spans: Sequence[NameSpan]) -> tuple[Found, ...]:
    """The names of one sentence; ``spans`` are the tagger's spans in it, in order."""
    out: list[Found] = []
    taken: set[int] = set()
    for sure in (*datelines.find(sentence), *beside.companies(sentence)):
        out.append(sure)
        taken.update(range(sure.first, sure.last + 1))
    for span in _joined(sentence, spans):
        for tokens, kind in pieces(sentence, span):
            mention = name(sentence, tokens, kind)
            if mention and taken.isdisjoint(words := range(mention.first, mention.last + 1)):
                out.append(mention)
                taken.update(words)
    has_quotes = not OPENING.isdisjoint(sentence.words)
    if has_quotes:
        out += quoted(sentence, taken)
        out += joined_in_quotes(sentence, out, taken)
    out += beside.lexical(sentence, out, taken)
    out += missed(sentence, taken)
    if has_quotes:
        out += beside.told(sentence, taken)
    if "(" in sentence.words:
        out += beside.bracketed(sentence, out, taken)
    out += beside.domains(sentence, taken)
    if sentence.proper:
        out += missed_people(sentence, taken)
        out += surnames.find(sentence, taken)
    out += adjectives(sentence, taken)
    return tuple(sorted(out, key=lambda m: (m.start, -m.end)))


def _joined(sentence: Sentence, spans: Sequence[NameSpan]) -> Iterator[NameSpan]:
    """«[Орлову] [Наталью Петровну]»: a surname and the first name with patronymic behind it are one name."""
    waiting: NameSpan | None = None
    for span in spans:
        if waiting and _surname_before(
            sentence.at(waiting.start, waiting.end), sentence.at(span.start, span.end)
        ):
            yield NameSpan(waiting.start, span.end, "PER")
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = span if span.type == "PER" else None
        if waiting is None:
            yield span
    if waiting:
        yield waiting


def _surname_before(surname: Sequence[Token], rest: Sequence[Token]) -> bool:
    if len(surname) != 1 or len(rest) != 2 or rest[0].index != surname[0].index + 1:
        return False
    name = person.read(rest)
    whole = name is not None and name[1].first and name[1].middle and not name[1].last
    return bool(whole) and surname[0].case == rest[0].case
