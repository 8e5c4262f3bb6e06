"""Organisations: «МИД РФ» = «Министерство иностранных дел России» = «ведомство»; and places by their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from svyaz.entities import aliases
from svyaz.entities.draft import Book, Draft
from svyaz.lexicon import bodies, places
from svyaz.mentions.found import Body, Found, Place
from svyaz.model import PersonName
from svyaz.morph import fold
from svyaz.parse import Sentence
from svyaz.text import QUOTES

_QUOTE_MARKS = re.compile(r"[«»„“”\"'‘’]")
# How far back a nominal mention looks for its name.
_REACH = 3


def join_locations(book: Book, sentences: Sequence[Sentence]) -> None:
    """Places by canonical name: «РФ», «Россия», «российский» are one entity."""
    known: dict[str, Draft] = {}
    for i, mention in book.of_type("location"):
        entry = places.by_name(mention.normal)
        key = fold(entry.name if entry else mention.normal)
        if key in known:
            book.join(known[key], i)
        else:
            known[key] = book.new("location", i)
            known[key].country = mention.info.country if isinstance(mention.info, Place) else None
    aliases.join_forms(book, sentences, known)


def join_names(book: Book, sentences: Sequence[Sentence]) -> None:
    """Organisations by name, by the lexicon's full name, by initials («Организация …» = ОИС)."""
    known: dict[str, Draft] = {}
    for i, mention in book.of_type("organization"):
        key = _key(book, i)
        if key is None:
            continue
        draft = known.get(key)
        if draft is None:
            draft = known[key] = book.new("organization", i)
        else:
            book.join(draft, i)
        _describe(draft, book, i, sentences[mention.sentence])
    aliases.join(book, sentences, known)


def _key(book: Book, index: int) -> str | None:
    """What a name is compared by; nominal mentions have one only with a place («российское посольство»)."""
    mention, body = book.mentions[index], book.body(index)
    if mention.form == "nominal":
        return (
            f"{body.head}|{body.country}"
            if body and body.country and body.described and (body.state_body or body.represents)
            else None
        )
    name = _QUOTE_MARKS.sub("", mention.normal)
    words = [w for w in name.split() if fold(w) not in bodies.words("legal_forms")] or name.split()
    name = " ".join(words)
    tail = places.by_tail(name)
    if tail and (entry := bodies.known(tail[0]) or bodies.head(tail[0])):
        return f"{fold(entry.full or entry.name)}|{entry.country or tail[1].country or tail[1].name}"
    entry = bodies.known(name) or bodies.head(name)  # «Конгресс» alone is the only «Конгресс США» of the article
    return f"{fold(entry.full or entry.name)}|{entry.country or ''}" if entry else fold(name)


def _describe(draft: Draft, book: Book, index: int, sentence: Sentence) -> None:
    mention, body = book.mentions[index], book.body(index)
    if body:
        draft.kinds |= {k for k in (body.kind, body.head) if k}
        draft.country = draft.country or body.country
        draft.described = draft.described or body.described
        draft.state_body = draft.state_body or body.state_body
    draft.place = draft.place or _place_inside(book, mention)
    descriptor = _descriptor(sentence, mention)
    if descriptor:
        draft.kinds |= {descriptor.kind, fold(descriptor.name)}


def _place_inside(book: Book, mention: Found) -> str | None:
    """The place that a body's name or noun phrase holds: «мэрия [Душанбе]», «[российское] посольство»."""
    first = mention.first - 1 if mention.form == "nominal" else mention.first
    for other in book.by_sentence[mention.sentence]:
        if other.type == "location" and first <= other.first and other.last <= mention.last:
            entry = places.by_name(other.normal)
            return entry.name if entry else other.normal
    tail = places.by_tail(mention.normal)
    return tail[1].name if tail else None


def _descriptor(sentence: Sentence, mention: Found) -> bodies.BodyEntry | None:
    """The noun before a name that says what it is: «[компания] «МегаФон Таджикистан»»."""
    at = mention.first - 1
    while at >= 0 and sentence.tokens[at].text in QUOTES:
        at -= 1
    return bodies.head(sentence.tokens[at].lemma) if at >= 0 and sentence.tokens[at].pos == "NOUN" else None


def join_nominals(book: Book, sentences: Sequence[Sentence], filling: frozenset[int] = frozenset()) -> None:
    """«компания», «ведомство»: the last body named before it that can be one; else no entity.

    ``filling`` are the mentions that an office belongs to: «ректор [консерватории]» is one body though unnamed.
    """
    for i, mention in book.of_type("organization", "nominal"):
        body = book.body(i)
        if book.entity[i] is not None or body is None:
            continue
        others = _beside_verb(book, sentences[mention.sentence], i)
        for before in range(i - 1, -1, -1):
            other, draft = book.mentions[before], book.entity[before]
            if mention.sentence - other.sentence > _REACH or book.sections[before] != book.sections[i]:
                break
            if (
                draft
                and draft.type == "organization"
                and _can_be(draft, body)
                and id(draft) not in others
                and other.last < mention.first + 10_000 * (other.sentence < mention.sentence)
            ):
                book.join(draft, i)
                break
        if book.entity[i] is None and i in filling and body.kind in _PARTICULAR:
            draft = book.new("organization", i)
            draft.kinds |= {k for k in (body.kind, body.head) if k}
            draft.state_body = body.state_body


def _beside_verb(book: Book, sentence: Sentence, index: int) -> set[int]:
    """The entities of the other arguments of a mention's verb: in «компания купила у X [завод]» it is new."""
    verb = _verb(sentence, book.mentions[index])
    if verb is None:
        return set()
    near = range(max(0, index - 8), min(len(book.mentions), index + 8))
    same = [j for j in near if j != index and book.mentions[j].sentence == sentence.number]
    return {id(book.entity[j]) for j in same if book.entity[j] and _verb(sentence, book.mentions[j]) == verb}


def _verb(sentence: Sentence, mention: Found) -> int | None:
    token = sentence.tokens[mention.head]
    if token.rel == "appos" and token.head >= 0:
        token = sentence.tokens[token.head]
    return token.head if token.head >= 0 and sentence.tokens[token.head].pos == "VERB" else None


def join_pronouns(book: Book, sentences: Sequence[Sentence]) -> None:
    """«Компания «Орион» растёт. [Её] штаб-квартира …»: a pronoun that no person fits means the one body that was
    subject in its sentence or the one before and whose noun agrees with it; it becomes a mention of a body."""
    for i, mention in book.of_type("person", "pronoun"):
        if book.entity[i] is not None or not isinstance(mention.info, PersonName):
            continue
        gender = "Fem" if mention.info.gender == "f" else "Masc"
        found: dict[int, Draft] = {}
        for before in range(i - 1, -1, -1):
            other, draft = book.mentions[before], book.entity[before]
            if mention.sentence - other.sentence > 1 or book.sections[before] != book.sections[i]:
                break
            if (
                draft
                and draft.type == "organization"
                and _subject_gender(sentences[other.sentence], other) == gender
            ):
                found[id(draft)] = draft
        if len(found) == 1:
            body = replace(mention, type="organization", info=Body(head=mention.normal))
            book.mentions = (*book.mentions[:i], body, *book.mentions[i + 1 :])
            book.join(next(iter(found.values())), i)


def _subject_gender(sentence: Sentence, mention: Found) -> str | None:
    """The gender of the noun that names a body as a subject: of «компания» in «[компания] «Орион» растёт»."""
    token = sentence.tokens[mention.head]
    if token.rel in {"appos", "flat:foreign"} and token.head >= 0:
        token = sentence.tokens[token.head]
    return token.feats.get("Gender") if token.rel.startswith("nsubj") else None


# Kinds of bodies that a bare noun names well enough; «глава компании» says only that there is one.
_PARTICULAR = frozenset(
    {
        "parliament",
        "university",
        "court",
        "theatre",
        "school",
        "museum",
        "hospital",
        "church",
        "municipal",
        "regional_government",
    }
)


def _can_be(draft: Draft, body: Body) -> bool:
    if body.head in draft.kinds:
        return True
    if body.state_body:
        return draft.state_body and (body.head == "ведомство" or body.kind in draft.kinds)
    if body.kind in draft.kinds:
        return True
    unknown = not (draft.kinds - {k for k in draft.kinds if bodies.head(k) is None and not _is_kind(k)})
    return unknown and body.kind in {"company", "group"} and not draft.state_body


def _is_kind(word: str) -> bool:
    return word.isascii()  # kinds are English words of the lexicon, head nouns Russian
