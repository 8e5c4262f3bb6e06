"""The line that says from where and by whom an article comes: «[КИРОВ], 6 февраля. /[Вятка-Информ]/»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from svyaz.lexicon import load, places
from svyaz.mentions.found import Found, Place, found
from svyaz.mentions.named import body_info
from svyaz.morph import fold
from svyaz.names.phrase import nominative
from svyaz.parse import Sentence, Token
from svyaz.text import CLOSING, OPENING

_MAX_PLACE, _MAX_AGENCY = 3, 5
_DASHES = frozenset("—–-")


def find(sentence: Sentence) -> Iterator[Found]:
    """The place and the agency of a dateline, if the sentence begins as one."""
    tokens = sentence.tokens
    end = next((i for i, t in enumerate(tokens[: _MAX_PLACE + 1]) if t.text in {",", "."}), 0)
    if end and (place := _place(sentence, tokens[:end], tokens[end + 1 : end + 3])):
        yield place
        if _is_date(tokens[end + 1 : end + 3]):
            yield from _agency(sentence, end + 3)
    elif tokens and tokens[0].text == "/":
        yield from _agency(sentence, 0)


def _place(sentence: Sentence, name: Sequence[Token], behind: Sequence[Token]) -> Found | None:
    """«КИРОВ, 6 февраля»: in capitals before a date, or a known place in capitals that is a sentence: «АСТАНА.»"""
    capitals = all(t.text.isupper() and len(t.text) > 1 for t in name)
    if not _is_date(behind) and (behind or not capitals):
        return None
    normal = " ".join(t.text for t in name)
    entry = places.by_name(normal)
    if entry is None and not (capitals and behind):
        return None
    info = Place(entry.kind, entry.country) if entry else Place()
    return found(sentence, name, "location", normal, info=info)


def _is_date(tokens: Sequence[Token]) -> bool:
    if len(tokens) < 2 or not tokens[0].text.isdigit():
        return False
    words = load("dates")
    return fold(tokens[1].lemma) in words["months"] or fold(tokens[1].text) in words["short_months"]


def _agency(sentence: Sentence, at: int) -> Iterator[Found]:
    """What stands behind the date in slashes, brackets or quotes, or between a dash and a full stop."""
    tokens = sentence.tokens
    while at < len(tokens) and (tokens[at].text in {",", ".", "(", "/", "["} | OPENING | _DASHES):
        at += 1
    opened = tokens[at - 1].text if at else ""
    closing = {"/", ")", "]", "."} | _DASHES | (CLOSING if opened in OPENING else frozenset())
    near = range(at, min(at + _MAX_AGENCY, len(tokens)))
    end = next((i for i in near if tokens[i].text in closing and not _is_glued(tokens, i)), at)
    inside = tokens[at:end]
    if not inside or any(t.pos == "VERB" or t.text in {",", ":"} or t.text.isdigit() for t in inside):
        return
    if inside[0].text[:1].isupper() and opened in {"/", "(", "["} | OPENING | _DASHES:
        normal = nominative(inside)
        yield found(sentence, inside, "organization", normal, info=body_info(inside, normal))


def _is_glued(tokens: Sequence[Token], at: int) -> bool:
    """The full stop inside «Наука[.]Север»."""
    behind = tokens[at + 1 : at + 2]
    return tokens[at].text == "." and bool(behind) and behind[0].start == tokens[at].end
