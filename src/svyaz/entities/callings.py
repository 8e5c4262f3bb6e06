"""Common nouns for people and places: «певица» is the singer of the article, «страна» its only state.

Two that fit alike give none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from svyaz.entities.draft import Book, Draft
from svyaz.entities.nominals import beside_verb
from svyaz.lexicon import listed, places, posts
from svyaz.mentions.found import Found, Place, Post
from svyaz.model import PersonName
from svyaz.morph import fold
from svyaz.parse import Sentence

# How many sentences back somebody so called must have been mentioned.
_REACH = 5
# How many sentences back there may be no other whom the noun fits.
_WIDE = 40


def join_people(book: Book, sentences: Sequence[Sentence]) -> None:
    """Give «певица», «подсудимый» the person whom the article calls so, or the only one who agrees."""
    nouns = book.of_type("person", "nominal")
    vague = [(i, m) for i, m in book.of_type("office") if _is_vague(book, i, m)]
    if not (nouns or vague):
        return
    known = _posts(book)
    for i, mention in nouns:
        if isinstance(mention.info, PersonName):
            draft = _meant(book, sentences, known, i, mention.info.gender)
            if draft is not None:
                book.join(draft, i)
    for i, _ in vague:
        office, draft = book.entity[i], _called(book, sentences, known, i)
        if office is not None and draft is not None:
            office.holder = draft


def _is_vague(book: Book, index: int, mention: Found) -> bool:
    """«слова [чиновника]»: an office without a holder by a word that says only of what kind it is."""
    draft, post = book.entity[index], mention.info
    alone = draft is not None and draft.holder is None and draft.mentions[0] == index
    general = isinstance(post, Post) and any(post.head in words for words in posts.general().values())
    return alone and general and mention.first == mention.last


def _posts(book: Book) -> dict[int, set[str]]:
    """By what words each person may be called after the offices that the article gives them."""
    table: dict[int, set[str]] = {}
    for i, mention in book.of_type("office"):
        draft = book.entity[i]
        if draft is not None and draft.holder is not None and isinstance(mention.info, Post):
            words = table.setdefault(id(draft.holder), set())
            words |= {mention.info.head, *posts.general().get(mention.info.kind, ())}
    return table


def _meant(
    book: Book, sentences: Sequence[Sentence], known: dict[int, set[str]], index: int, gender: str | None
) -> Draft | None:
    called = _called(book, sentences, known, index)
    if called is not None:
        return called
    noun = fold(book.mentions[index].normal)
    barred = beside_verb(book, sentences[book.mentions[index].sentence], index)
    people = [
        d for d in _before(book, index, "person", _WIDE) if d.person and d.person.gender in {gender, None}
    ]
    role = noun in listed("persons", "roles")
    if len(people) != 1 or people[0].person is None or people[0].person.gender is None or not role:
        return None
    near = people[0] in list(_before(book, index, "person", _REACH))
    return people[0] if near and id(people[0]) not in barred else None


def _called(
    book: Book, sentences: Sequence[Sentence], known: dict[int, set[str]], index: int
) -> Draft | None:
    """The only person near whom the article names by the noun, or by a post that it is the general word for."""
    mention = book.mentions[index]
    noun = mention.info.head if isinstance(mention.info, Post) else fold(mention.normal)
    barred = beside_verb(book, sentences[mention.sentence], index)
    fitting = [d for d in _before(book, index, "person", _WIDE) if noun in known.get(id(d), ())]
    if len(fitting) != 1 or id(fitting[0]) in barred:
        return None
    gender = sentences[mention.sentence].tokens[mention.head].feats.get("Gender")
    woman = fitting[0].person is not None and fitting[0].person.gender == "f"
    near = fitting[0] in list(_before(book, index, "person", _REACH))
    return fitting[0] if near and not (gender == "Fem" and not woman) else None


def _before(book: Book, index: int, type_: str, reach: int) -> Iterator[Draft]:
    """The entities of a type that the section mentions before, at most ``reach`` sentences back."""
    seen: set[int] = set()
    here = book.mentions[index].sentence
    for before in range(index - 1, -1, -1):
        apart = here - book.mentions[before].sentence > reach
        if apart or book.sections[before] != book.sections[index]:
            return
        draft = book.entity[before]
        if draft is not None and draft.type == type_ and id(draft) not in seen:
            seen.add(id(draft))
            yield draft


def join_places(book: Book, sentences: Sequence[Sentence]) -> None:
    """Give «страна», «город», «край» the only place of that kind that the article names before."""
    for i, mention in book.of_type("location", "nominal"):
        sentence = sentences[mention.sentence]
        owner = _owner(book, sentence, mention)
        if mention.normal == "столица":
            draft = _capital(book, i, owner)
        else:
            fitting = (
                [] if owner else [d for d in _before(book, i, "location", _WIDE) if _fits(book, d, mention)]
            )
            draft = fitting[0] if len(fitting) == 1 else None
        if draft is not None:
            book.join(draft, i)


def _owner(book: Book, sentence: Sentence, mention: Found) -> Found | None:
    """The place beside a noun that says which is meant: «столица [Сербии]», «[сербская] столица»."""
    below = sentence.children[mention.head]
    same = book.by_sentence[mention.sentence]
    return next((m for m in same if m.type == "location" and m is not mention and m.head in below), None)


def _capital(book: Book, index: int, owner: Found | None) -> Draft | None:
    """The capital of the state beside the noun, or the only capital named before."""
    if owner is not None:
        state = places.by_name(owner.normal)
        if state is None or not state.capital:
            return None
        cities = (d for d in reversed(book.drafts) if d.type == "location")
        return next((d for d in cities if _name(book, d) == state.capital), None)
    fitting = []
    for draft in _before(book, index, "location", _WIDE):
        entry = places.by_name(_name(book, draft))
        if entry is not None and entry.capital_of:
            fitting.append(draft)
    return fitting[0] if len(fitting) == 1 else None


def _name(book: Book, draft: Draft) -> str:
    entry = places.by_name(book.mentions[draft.mentions[0]].normal)
    return entry.name if entry else book.mentions[draft.mentions[0]].normal


def _fits(book: Book, draft: Draft, noun: Found) -> bool:
    """Whether a place is of the kind that a noun names: «край» one whose name has the word."""
    first = book.mentions[draft.mentions[0]]
    kind = first.info.kind if isinstance(first.info, Place) else None
    wanted = noun.info.kind if isinstance(noun.info, Place) else None
    if wanted is not None:
        return kind == wanted or (kind is None and wanted == "city")
    entry = places.by_name(first.normal)
    names = (entry.name, *entry.aliases) if entry else (first.normal,)
    return any(noun.normal in fold(name).split() for name in names)
