"""Kinds of organisations, abbreviations and media of the lexicon, looked up by lemma or name."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Any

from svyaz.lexicon import listed, load
from svyaz.morph import KEPT_WORDS, fold


@dataclass(frozen=True, slots=True)
class BodyEntry:
    """What the lexicon says of a head noun, an abbreviation or a medium; see ``organizations.yaml``."""

    name: str
    kind: str
    full: str | None = None
    aliases: tuple[str, ...] = ()
    country: str | None = None
    state_body: bool = False
    represents: bool = False
    nominal: bool = False
    part: bool = False
    exact: bool = False  # only with these capitals: «ГАЗ», not «газ»
    quoted: bool = False  # only in quotes: «Труд»
    seat: bool = False  # named after its building, which may be meant: «принял в Кремле»
    same_as: str | None = None


_FIELDS = {f.name for f in fields(BodyEntry)}


def _entry(name: str, raw: dict[str, Any]) -> BodyEntry:
    known: dict[str, Any] = {k: v for k, v in raw.items() if k in _FIELDS and k != "name"}
    return BodyEntry(name=name, **known | {"aliases": tuple(raw.get("aliases", ()))})


@cache
def _heads() -> dict[str, BodyEntry]:
    return {fold(k): _entry(k, v) for k, v in load("organizations")["heads"].items()}


@cache
def _known() -> dict[str, BodyEntry]:
    table: dict[str, BodyEntry] = {}
    for section in ("abbreviations", "agencies"):
        for name, raw in load("organizations")[section].items():
            entry = _entry(name, {"kind": "media"} | raw)
            for form in (name, entry.full, *entry.aliases):
                if form:
                    table.setdefault(fold(form), entry)
    return table


@lru_cache(maxsize=KEPT_WORDS)
def head(lemma: str) -> BodyEntry | None:
    """The kind that a common noun names: «министерство»; compounds by their last part («IT-компания»)."""
    return _head(fold(lemma))


def _head(lemma: str) -> BodyEntry | None:
    return _heads().get(lemma) or (_heads().get(lemma.rsplit("-", 1)[-1]) if "-" in lemma else None)


def ending(word: str) -> BodyEntry | None:
    """The kind that the end of a word names, where its noun is a mention alone: «Нева[банк]»."""
    lemma = fold(word)
    found = (_head(lemma[at:]) for at in range(2, len(lemma) - 3))
    return next((entry for entry in found if entry is not None and entry.nominal), None)


@lru_cache(maxsize=KEPT_WORDS)
def known(name: str, quoted: bool = False) -> BodyEntry | None:
    """The body of an abbreviation, full name or alias in the nominative: «МИД», «Евросоюз», «ТАСС».

    ``quoted`` says that the name stands in quotes, as some papers' must («Труд»).
    """
    entry = _known().get(fold(name))
    if (
        entry is None
        or (entry.exact and name not in {entry.name, entry.full})
        or (entry.quoted and not quoted)
    ):
        return None
    return entry


@cache
def _sizes() -> dict[str, tuple[int, ...]]:
    table: dict[str, set[int]] = {}
    for name in _known():
        if (size := len(name.split())) > 1:
            table.setdefault(name[:_STEM], set()).add(size)
    return {stem: tuple(sorted(sizes, reverse=True)) for stem, sizes in table.items()}


# So many letters of a name's first word do not change with its case.
_STEM = 4


@lru_cache(maxsize=KEPT_WORDS)
def sizes(word: str) -> tuple[int, ...]:
    """Of how many words the known names of several words may be that begin like ``word``, longest first."""
    return _sizes().get(fold(word)[:_STEM], ())


def words(key: str) -> frozenset[str]:
    """A list of words of ``organizations.yaml``, folded: ``commercial_forms``, ``quoted_works``."""
    return listed("organizations", key)


@cache
@cache
def legal_forms() -> frozenset[str]:
    """«ооо», «нко», «gmbh»: what stands beside a name and belongs to it, folded."""
    return words("commercial_forms") | words("other_forms")
