"""Organisations: «МИД РФ» = «Министерство иностранных дел России» = «ведомство»; and places by their names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from svyaz.entities import aliases
from svyaz.entities.draft import Book, Draft
from svyaz.lexicon import bodies, places
from svyaz.mentions.found import Found, Place
from svyaz.morph import fold
from svyaz.parse import Sentence
from svyaz.text import OPENING, QUOTES

_QUOTE_MARKS = re.compile(r"[«»„“”\"'‘’]")


def join_locations(book: Book, sentences: Sequence[Sentence]) -> None:
    """Places by canonical name: «РФ», «Россия», «российский» are one entity."""
    known: dict[str, Draft] = {}
    for i, mention in book.of_type("location", "name", "adjective"):
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
    """What a name is compared by; nominal mentions have none."""
    mention = book.mentions[index]
    if mention.form == "nominal":
        return None
    name = _QUOTE_MARKS.sub("", mention.normal)
    words = [w for w in name.split() if fold(w) not in bodies.legal_forms()] or name.split()
    name = " ".join(words)
    tail = places.by_tail(name)
    if tail and (entry := bodies.known(tail[0]) or bodies.head(tail[0])):
        return f"{fold(entry.full or entry.name)}|{entry.country or tail[1].country or tail[1].name}"
    entry = bodies.known(name) or bodies.head(
        name
    )  # «Конгресс» alone is the only «Конгресс США» of the article
    return f"{fold(entry.full or entry.name)}|{entry.country or ''}" if entry else fold(name)


def _describe(draft: Draft, book: Book, index: int, sentence: Sentence) -> None:
    mention, body = book.mentions[index], book.body(index)
    if body:
        draft.kinds |= {k for k in (body.kind, body.head) if k}
        draft.country = draft.country or body.country
        draft.described = draft.described or body.described
        draft.kinds |= _legal_kind(mention.normal)
        draft.state_body = draft.state_body or body.state_body
    draft.place = draft.place or place_inside(book, mention)
    for noun in (_descriptor(sentence, mention), _suffix_head(mention.normal)):
        if noun:
            draft.kinds |= {noun.kind, fold(noun.name)}


def _legal_kind(name: str) -> set[str]:
    """«ООО «Ромашка»» is a company, whatever else is known of it."""
    commercial = any(fold(w) in bodies.words("commercial_forms") for w in name.split())
    return {"company", "общество"} if commercial else set()


def place_inside(book: Book, mention: Found) -> str | None:
    """The place that a body's name or noun phrase holds: «мэрия [Душанбе]», «[российское] посольство»."""
    first = mention.first - 1 if mention.form == "nominal" else mention.first
    for other in book.by_sentence[mention.sentence]:
        if (
            other.type == "location"
            and other.form != "nominal"
            and first <= other.first
            and other.last <= mention.last
        ):
            entry = places.by_name(other.normal)
            return entry.name if entry else other.normal
    tail = places.by_tail(mention.normal)
    return tail[1].name if tail else None


def _descriptor(sentence: Sentence, mention: Found) -> bodies.BodyEntry | None:
    """The noun before a name that says what it is: «[компания] «МегаФон Таджикистан»», «[партии] «А» и «Б»»."""
    tokens, at, several = sentence.tokens, mention.first - 1, False
    while at >= 0 and (
        tokens[at].text in QUOTES or (tokens[at].text in {",", "и"} and tokens[at - 1].text in QUOTES)
    ):
        if tokens[at].text not in QUOTES:  # over the name before: «партии [«Дом» и] «Сад»»
            several = True
            at = next((i for i in range(at - 2, max(-1, at - 9), -1) if tokens[i].text in OPENING), 0)
        at -= 1
    if (
        at < 0
        or tokens[at].pos not in {"NOUN", "PROPN"}
        or (several and tokens[at].feats.get("Number") != "Plur")
    ):
        return None
    return bodies.head(tokens[at].lemma)


def _suffix_head(name: str) -> bodies.BodyEntry | None:
    """The noun inside a name of one word: «Нева[банк]», «Альфа-[банк]»."""
    return None if " " in name else bodies.ending(name)
