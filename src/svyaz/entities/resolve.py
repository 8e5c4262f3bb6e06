"""The order in which mentions are joined to entities, and what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from svyaz.entities import aliases, callings, nominals, offices, organizations, persons, pronouns
from svyaz.entities.draft import Book, Draft
from svyaz.mentions.found import Found
from svyaz.model import DateValue
from svyaz.parse import Sentence
from svyaz.structure import Tie


@dataclass(frozen=True)
class Resolution:
    """Mentions in order of the text, the entity of each (None: it refers to nothing known), and all entities."""

    mentions: tuple[Found, ...]
    entity: tuple[Draft | None, ...]
    drafts: tuple[Draft, ...]
    shared: offices.Shared = field(default_factory=dict)
    _index: dict[int, int] = field(init=False, repr=False)

    def of(self, mention: Found) -> Draft | None:
        """The entity of a mention of this article; None for one that refers to nothing known."""
        index = self._index.get(id(mention))
        return None if index is None else self.entity[index]

    def meant(self, office: Found, body: Found, sentence: int) -> Found | None:
        """Who holds one of the posts that a plural names, by the mention nearest to a sentence; None if unknown."""
        holder = self.shared.get((id(office), id(body)))
        places = [self.mentions[i] for i in holder.mentions] if holder else []
        named = [m for m in places if m.form == "name"]
        return min(named, key=lambda m: abs(m.sentence - sentence), default=None)

    def index(self, mention: Found) -> int:
        """The place of a mention in ``mentions``."""
        return self._index[id(mention)]

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", {id(m): i for i, m in enumerate(self.mentions)})


def resolve(mentions: Sequence[Found], ties: Sequence[Tie], sentences: Sequence[Sentence]) -> Resolution:
    """Join the mentions of an article; ``mentions`` in order, ``ties`` of its offices."""
    found = tuple(mentions)
    book = Book(list(found), tuple(sentences[m.sentence].section for m in found), [None] * len(found))
    persons.join(book, sentences)
    organizations.join_locations(book, sentences)
    callings.join_places(book, sentences)
    organizations.join_names(book, sentences)
    aliases.join_bracketed(book, sentences)
    bodies = {id(t.body) for t in ties if t.body}
    nominals.join(book, sentences, frozenset(i for i, m in enumerate(found) if id(m) in bodies))
    shared = offices.join(book, ties)
    callings.join_people(book, sentences)
    pronouns.join_owned(book, sentences)
    pronouns.join(book, sentences)
    pronouns.join_bodies(book, sentences)
    _join_dates(book)
    return _kept(book, shared)


def _join_dates(book: Book) -> None:
    known: dict[str, Draft] = {}
    for i, mention in book.of_type("date"):
        if mention.normal in known:
            book.join(known[mention.normal], i)
        else:
            known[mention.normal] = book.new("date", i)
            known[mention.normal].date = mention.info if isinstance(mention.info, DateValue) else None


def _kept(book: Book, shared: offices.Shared) -> Resolution:
    """Pronouns and bare nouns that refer to nothing known are dropped."""
    kept = [i for i, m in enumerate(book.mentions) if book.entity[i] or m.form not in {"pronoun", "nominal"}]
    new = {old: i for i, old in enumerate(kept)}
    for draft in book.drafts:  # a pronoun or noun without an entity is in no draft
        draft.mentions = [new[i] for i in draft.mentions]
    ordered = sorted((d for d in book.drafts if not d.merged), key=lambda d: d.mentions[0])
    return Resolution(
        tuple(book.mentions[i] for i in kept), tuple(book.entity[i] for i in kept), tuple(ordered), shared
    )
