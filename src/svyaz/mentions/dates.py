"""Finds dates and gives them values: «в сентябре прошедшего года», «накануне», «с 3 по 5 мая».

Dates resolve against the day of publication, or a dateline in the first lines; a part that neither gives
stays unknown. A mention covers the date's own words: no preposition, no time of the day.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from svyaz.mentions import edtf
from svyaz.mentions.date_grammar import Phrase, phrases
from svyaz.mentions.date_resolve import resolve
from svyaz.mentions.date_terms import Calendar, Context, Direction, Shift, Span, Term, Weekday
from svyaz.mentions.date_words import listed, words
from svyaz.mentions.found import Found, found, head_of
from svyaz.model import DateValue, MentionForm
from svyaz.morph import fold
from svyaz.parse import Sentence, Token

# A dateline stands in the first lines, behind no more than the name of a place or two.
_DATELINE_SENTENCES = 3
_DATELINE_WORDS = 6
# A line with an older day heads a story of its own time («17 ноября 1875 года»).
_FIRST_NEWS = 1900
# Infinitives under infinitives: «собирается начать готовить».
_MAX_CHAIN = 5


@dataclass(frozen=True, slots=True)
class _Last:
    """The value of the last date before, and its section."""

    section: int
    value: str


def find(sentences: Sequence[Sentence], published: datetime.date | None) -> tuple[Found, ...]:
    """All dates of an article in order, with offsets into the clean text.

    Calendar dates have the form ``name``, relative words («вчера», «вторник») ``nominal``, «вчерашний» alone
    ``adjective``; ``normal`` is the EDTF value, ``info`` its DateValue.
    """
    read = [(sentence, phrases(sentence)) for sentence in sentences]
    today = published or _dateline(read[:_DATELINE_SENTENCES])
    mentions: list[Found] = []
    last: _Last | None = None
    for sentence, stated in read:
        for phrase in stated:
            before = last.value if last and last.section == sentence.section else None
            value = resolve(phrase.term, Context(today, before, direction(sentence, phrase)))
            if value is None:
                continue
            mentions.append(_mention(sentence, phrase, value))
            if edtf.resolved(value):
                last = _Last(sentence.section, value)
    return tuple(mentions)


def _mention(sentence: Sentence, phrase: Phrase, value: str) -> Found:
    start, end = edtf.narrow(edtf.bounds(value), getattr(phrase.term, "part", None))
    info = DateValue(value=value, start=start, end=end, resolved=edtf.resolved(value))
    tokens = sentence.tokens[phrase.first : phrase.last + 1]
    adjective = len(tokens) == 1 and tokens[0].pos == "ADJ" and _relative(phrase.term)
    form: MentionForm = "adjective" if adjective else _form(phrase.term)
    return found(sentence, tokens, "date", value, form, info, end=_stop(sentence, phrase))


def _stop(sentence: Sentence, phrase: Phrase) -> int:
    """Behind the full stop of «2022 г.» where the sentence goes on; one that ends it is not the date's."""
    after = sentence.tokens[phrase.last + 1 : phrase.last + 3]
    word = fold(sentence.tokens[phrase.last].text.lstrip("0123456789"))
    if len(after) < 2 or after[0].text != "." or after[0].start != phrase.stop:
        return phrase.stop
    return after[0].end if word in listed("abbreviated") or word in words("short_months") else phrase.stop


def _relative(term: Term) -> bool:
    """«вчерашний», «субботний», «прошлогодний»; not «девяностые»."""
    digits = isinstance(term, Calendar) and term.year and term.year.digits
    return isinstance(term, Shift | Weekday | Calendar) and not digits


def _form(term: Term) -> MentionForm:
    """«12 января», «весной 2019 года» are names of dates; «прошлым летом», «вторник» are not."""
    if isinstance(term, Span):
        return _form(term.parts[-1])
    if not isinstance(term, Calendar):
        return "nominal"
    absolute = term.day or (term.month and term.month <= 12) or (term.year and term.year.digits)
    return "name" if absolute else "nominal"


def _dateline(read: Sequence[tuple[Sentence, Sequence[Phrase]]]) -> datetime.date | None:
    """The day of «МОСКВА, 12 янв 2024 — РИА Новости», or of a line that is nothing but a date."""
    for sentence, stated in read:
        for phrase in stated[:1]:
            term = phrase.term
            full = isinstance(term, Calendar) and term.day and term.month and term.year and term.year.digits
            if not full or phrase.first > _DATELINE_WORDS or not _headed(sentence, phrase):
                continue
            value = resolve(term, Context(None, None, None))
            if value and int(value[:4]) >= _FIRST_NEWS:
                return datetime.date.fromisoformat(value)
    return None


def _headed(sentence: Sentence, phrase: Phrase) -> bool:
    """Behind «МОСКВА,» or «АСТАНА»; «Иван Седов 12 декабря 2010 г.» is what stands under a picture."""
    before, after = sentence.tokens[: phrase.first], sentence.tokens[phrase.last + 1 :]
    places = all(t.text[0].isupper() or t.pos == "PUNCT" for t in before)
    places = places and (not before or before[-1].pos == "PUNCT" or before[-1].text.isupper())
    return places and (not after or after[0].text in {"—", "–", "-", "/", ".", "(", "|"})


def direction(sentence: Sentence, phrase: Phrase) -> Direction | None:
    """Where the governing verb points: «встретятся 20 января» ahead; None when the sentence has no verb."""
    tokens = sentence.tokens
    verb = _governor(sentence, head_of(sentence, phrase.first, phrase.last))
    if verb is None:
        middle = (phrase.first + phrase.last) // 2
        verbs = [t for t in tokens if t.pos in {"VERB", "AUX"}]
        verb = min(verbs, key=lambda t: abs(t.index - middle), default=None)
    if verb is None:
        return None
    preposition = fold(tokens[phrase.first - 1].text) if phrase.first else ""
    if verb.lemma in listed("planned") and preposition in {"на", "к", "до"}:
        return "future"
    tense = _tense(sentence, verb, preposition)
    # «подписал указ о назначении с 15 января»: the past verb is not what begins then.
    beside = tokens[head_of(sentence, phrase.first, phrase.last)].head != verb.index
    return "near" if tense == "past" and beside and preposition in {"с", "на", "по"} else tense


def _governor(sentence: Sentence, index: int) -> Token | None:
    """The nearest verb, participle or short adjective of intent («намерен») above a token."""
    for _ in sentence.tokens:
        index = sentence.tokens[index].head
        if index < 0:
            return None
        token = sentence.tokens[index]
        if token.pos in {"VERB", "AUX"} or token.lemma in listed("intent"):
            return token
    return None


def _tense(sentence: Sentence, verb: Token, preposition: str, depth: int = 0) -> Direction:
    below = [sentence.tokens[i] for i in sentence.children[verb.index]]
    if verb.feats.get("Tense") == "Fut" or any(_will_be(t) for t in [verb, *below]):
        return "future"
    if verb.feats.get("VerbForm") == "Inf":
        above = _governor(sentence, verb.index)
        intended = above is not None and (
            above.lemma in listed("intent") or _is_ahead(sentence, above, depth)
        )
        return "future" if intended else "near"
    if verb.feats.get("Tense") == "Past" and preposition not in {"к", "до"}:
        return "past"
    return "near"


def _is_ahead(sentence: Sentence, verb: Token, depth: int) -> bool:
    """Chains are short in prose; the bound guards against a tree with a cycle."""
    return depth < _MAX_CHAIN and _tense(sentence, verb, "", depth + 1) == "future"


def _will_be(token: Token) -> bool:
    """«будет», «будут»: taggers call them present."""
    return token.lemma == "быть" and fold(token.text).startswith("буд")
