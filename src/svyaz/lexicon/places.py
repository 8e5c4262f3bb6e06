"""Places of the lexicon (states, regions, cities, areas), looked up by name, alias or adjective."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from svyaz.lexicon import load
from svyaz.morph import KEPT_WORDS, fold, inflect

# Generic words for places: «губернатор [области]».
NOUNS = frozenset(
    (
        "город область край район республика страна регион округ остров штат провинция графство земля кантон "
        "княжество королевство село посёлок поселок деревня государство территория автономия столица"
    ).split()
)
# File of the lexicon → kind of place; where two places share a name, the first kind listed wins
# («Грузия», «Люксембург»: the state; «Москва»: the city).
FILES = {"states": "state", "regions": "region", "cities": "city", "areas": "area"}

# First halves of compound adjectives that are no adjective of their own less its ending: «франко-немецкий».
COMPOUND_STEMS = {
    "франко": "французский",
    "англо": "английский",
    "германо": "германский",
    "греко": "греческий",
    "итало": "итальянский",
    "японо": "японский",
    "австро": "австрийский",
    "индо": "индийский",
    "сино": "китайский",
    "ирано": "иранский",
    "ирако": "иракский",
    "американо": "американский",
    "испано": "испанский",
    "армяно": "армянский",
    "азербайджано": "азербайджанский",
    "афгано": "афганский",
    "палестино": "палестинский",
    "израильско": "израильский",
}


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place; ``country`` is an ISO 3166-1 alpha-2 code, None where disputed or historic."""

    name: str
    kind: str
    country: str | None = None
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    capital: str | None = None
    capital_of: str | None = None


def _entries() -> Iterator[PlaceEntry]:
    for file, kind in FILES.items():
        for raw in load(file):
            yield PlaceEntry(
                name=raw["name"],
                kind=raw.get("kind", kind),
                country=raw.get("country"),
                aliases=tuple(raw.get("aliases", ())),
                adjectives=tuple(raw.get("adjectives", ())),
                capital=raw.get("capital"),
                capital_of=raw.get("capital_of"),
            )


@cache
def _by_name() -> dict[str, PlaceEntry]:
    table: dict[str, PlaceEntry] = {}
    for entry in _entries():
        for name in (entry.name, *entry.aliases):
            table.setdefault(fold(name), entry)
    return table


@cache
def _by_adjective() -> dict[str, PlaceEntry]:
    table: dict[str, PlaceEntry] = {}
    for entry in _entries():
        for adjective in entry.adjectives:
            table.setdefault(fold(adjective), entry)
    return table


@lru_cache(maxsize=KEPT_WORDS)
def by_name(name: str) -> PlaceEntry | None:
    """The place of a nominative name or alias, whatever its capitals and ё: «РФ» → Россия."""
    return _by_name().get(fold(name))


@lru_cache(maxsize=KEPT_WORDS)
def by_adjective(lemma: str) -> PlaceEntry | None:
    """The place of an adjective's dictionary form: «российский» → Россия."""
    return _by_adjective().get(fold(lemma))


def by_stem(stem: str) -> PlaceEntry | None:
    """The place of the first half of a compound adjective: «российско» in «российско-китайский»."""
    stem = fold(stem)
    return by_adjective(COMPOUND_STEMS.get(stem, "")) or by_adjective(
        stem[:-1] + "ий" if stem[-1:] == "о" else ""
    )


# So many first letters of a place's name are the same in the genitive.
_STABLE = 2


@cache
def _named() -> dict[str, list[tuple[str, PlaceEntry]]]:
    """The names of states and regions with their places, by their first letters."""
    table: dict[str, list[tuple[str, PlaceEntry]]] = {}
    for entry in _entries():
        if entry.kind in {"state", "region"}:
            for name in (entry.name, *entry.aliases):
                table.setdefault(fold(name[:_STABLE]), []).append((name, entry))
    return table


@cache
def _by_genitive(start: str) -> dict[str, PlaceEntry]:
    """States and regions by the genitive of the names that begin so: to turn all of them at once takes a fifth of a
    second, and an article needs few."""
    table: dict[str, PlaceEntry] = {}
    for name, entry in _named().get(start, ()):
        table.setdefault(fold(genitive(name)), entry)
    return table


def genitive(name: str) -> str:
    """The genitive of a place's name, word by word: «Российская Федерация» → «Российской Федерации»."""
    words = name.split()
    feats = {"Case": "Nom"}
    if len(words) > 1 and words[0].lower() == "республика":  # «Республика Казахстан»: the second word stays
        words[0] = inflect(words[0], case="Gen", feats=feats) or words[0]
        return " ".join(words)
    return " ".join(
        w if w.isupper() else inflect(w, case="Gen", feats=feats, pos=_pos(w)) or w for w in words
    )


def _pos(word: str) -> str:
    return "ADJ" if word.endswith(("ая", "ий", "ый", "ое", "ой", "ые", "ие")) and len(word) > 5 else "NOUN"


def by_tail(name: str) -> tuple[str, PlaceEntry] | None:
    """Split a body's name from the state or region in the genitive that ends it: («МИД РФ») → МИД, Россия."""
    words = name.split()
    for size in (3, 2, 1):
        if len(words) > size:
            tail = fold(" ".join(words[-size:]))
            if tail[:_STABLE] in _named() and (entry := _by_genitive(tail[:_STABLE]).get(tail)):
                return " ".join(words[:-size]), entry
    return None
