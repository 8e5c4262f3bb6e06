"""What a pattern of date_grammar has matched, and what most readers ask of it: part, day, year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from svyaz.mentions.date_terms import Part, Year
from svyaz.mentions.date_words import Atom
from svyaz.morph import fold
from svyaz.parse import Sentence, Token

PLURAL_YEARS = frozenset(("гг", "годы", "годов", "годах", "годам", "годами"))
PLURAL_ENDINGS = frozenset(("е", "ые", "х", "ых", "ми", "ыми"))
_HALVES: dict[int, Part] = {1: "first", 2: "second"}


@dataclass(frozen=True, slots=True)
class Match:
    """Atoms ``begin`` to ``end`` (exclusive) of a sentence; ``pieces`` are all of its atoms."""

    sentence: Sentence
    pieces: tuple[Atom, ...]
    begin: int
    end: int

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """The atoms of the phrase."""
        return self.pieces[self.begin : self.end]

    @property
    def letters(self) -> str:
        """Their letters."""
        return "".join(a.letter for a in self.atoms)

    @property
    def before(self) -> Atom | None:
        """The atom before the phrase."""
        return self.pieces[self.begin - 1] if self.begin else None

    @property
    def after(self) -> Token | None:
        """The token after the phrase."""
        index = self.pieces[self.end - 1].token + 1
        return self.sentence.tokens[index] if index < len(self.sentence.tokens) else None

    def token(self, atom: Atom) -> Token:
        """The token of an atom."""
        return self.sentence.tokens[atom.token]

    def first(self, letter: str) -> Atom | None:
        """The first atom of the phrase with one of the letters."""
        return next((a for a in self.atoms if a.letter in letter), None)

    def value(self, letter: str) -> Any:
        """Its value, None when there is none."""
        atom = self.first(letter)
        return atom.value if atom else None


def is_plural(atom: Atom) -> bool:
    """«годах», «гг» against «году»."""
    return fold(atom.text) in PLURAL_YEARS


def part_of(match: Match) -> Part | None:
    """«начале» start, «второй половине» second; None when the phrase begins with no such word."""
    if match.letters.startswith("B"):
        part: Part = match.atoms[0].value
        return part
    return _HALVES.get(match.atoms[0].value) if match.letters.startswith("OP") else None


def without_part(match: Match) -> Match | None:
    """The phrase behind «начале», «второй половине»; None for a half that is neither («третьей половине»)."""
    if match.letters.startswith("OP"):
        return replace(match, begin=match.begin + 2) if part_of(match) else None
    return replace(match, begin=match.begin + match.letters.startswith("B"))


def day_of(atoms: Sequence[Atom]) -> int | None:
    """«12», «12-го», «двадцать пятого»; None without such a word."""
    day = next((a.value for a in atoms if a.letter == "d"), None)
    if day is None:
        day = sum(a.value for a in atoms if a.letter in "NO") or None
    return int(day) if day is not None else None


def year_of(match: Match) -> Year | None:
    """«2020 году», «2019-го», «прошлого года», «того же года», «с. г.»; «конца года» is the anchor's year."""
    number = match.value("y")
    if number is not None:
        return Year(f"{number:04d}")
    year = re.search(r"(LG|LjG|TjG|TG|s\.G|BG|OPG)$", match.letters)
    if not year or is_plural(match.atoms[-1]):
        return None
    if "T" in year[1] or "j" in year[1]:
        return None if explained(match) else Year(last=True)
    return Year(step=match.value("L") or 0)


def ranged(match: Match) -> bool:
    """Whether two ends are those of an interval: «2019–2021», «между 1990 и 1995 годами»; «2018 и 2021» is a set."""
    return "i" not in match.letters or (match.before is not None and fold(match.before.text) == "между")


def explained(match: Match) -> bool:
    """«тот день, когда …», «в том году, в котором …»: the clause tells which, not the last date."""
    rest = [fold(p.text) for p in match.pieces[match.end : match.end + 3]]
    return rest[:1] == [","] and any(word == "когда" or word.startswith("котор") for word in rest)
