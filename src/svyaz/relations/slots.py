"""Slot paths: what a frame writes for a role, «object[пост|должность].genitive», read once when a file is loaded."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from svyaz.morph import fold
from svyaz.parse import sounding

CASES = {"gen": "Gen", "dat": "Dat", "acc": "Acc", "ins": "Ins", "loc": "Loc"}
BARE = {"genitive": "Gen", "dative": "Dat", "instrumental": "Ins", "accusative": "Acc"}
STEPS = frozenset(
    {
        "subject",
        "object",
        "adjective",
        "apposition",
        "support",
        "self",
        "holder",
        "body",
        "client",
        "adverb",
        "possessor",
        "heading",
        "gap",
        "beside",
        "governor",
        *BARE,
    }
)

_PREPOSITION = re.compile(r"^[а-яё]+(?: [а-яё]+)?:(?:gen|dat|acc|ins|loc)$")
_STEP = re.compile(r"(?P<name>[^.\[\]|]+)(?:\[(?P<lemmas>[^\]]+)\])?\s*(?P<end>\.|\||$)")

# What stands before a place set off beside a name: «Высоцк[,] Ленинградская область».
_SET_OFF = frozenset({"(", "/", ","})


@dataclass(frozen=True, eq=False)
class Step:
    """One step of a slot path, with the lemmas (folded) that the word found must have.

    «@represents» among the lemmas stands for every post with that mark or of that kind in the lexicon.
    """

    name: str
    lemmas: frozenset[str] = frozenset()

    @cached_property
    def marks(self) -> frozenset[str]:
        """The marks of posts among the lemmas, without their sign."""
        return frozenset(lemma[1:] for lemma in self.lemmas if lemma.startswith("@"))

    @cached_property
    def phrase(self) -> tuple[str, str]:
        """Preposition and case of «с:ins»; both empty for a step of another kind."""
        word, colon, case = self.name.rpartition(":")
        return (word, CASES[case]) if colon else ("", "")

    @cached_property
    def key(self) -> Hashable:
        """What decides where the step leads before lemmas are looked at: phrases with lemmas are sought farther off."""
        return self if self.phrase[0] and self.lemmas else self.name


@dataclass(frozen=True, eq=False)
class SlotPath:
    """The steps from a trigger to the words that fill a slot."""

    steps: tuple[Step, ...]

    @property
    def last(self) -> str:
        """The name of the last step."""
        return self.steps[-1].name

    @cached_property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Words (folded; «@represents» for a post with that mark) of each of which one must stand in the sentence:
        without them the path leads nowhere."""
        prepositions = [step.phrase[0] for step in self.steps if step.phrase[0]]
        parts = [part for preposition in prepositions for part in fold(preposition).split()]
        signs = [_SET_OFF for step in self.steps if step.name == "beside"]
        return (*(s.lemmas for s in self.steps if s.lemmas), *map(sounding, parts), *signs)

    @cached_property
    def supported(self) -> bool:
        """Whether it goes by way of a light verb."""
        return any(s.name == "support" for s in self.steps)

    def __str__(self) -> str:
        """As the YAML has it."""
        return ".".join(s.name + (f"[{'|'.join(sorted(s.lemmas))}]" if s.lemmas else "") for s in self.steps)


def parse_path(text: Any) -> tuple[SlotPath, ...]:
    """Read «object[пост|должность].genitive | subject» as alternative paths of steps; raises ValueError."""
    if not isinstance(text, str):
        raise ValueError(f"a slot path is a text such as «с:ins», not {text!r}")
    alternatives: list[SlotPath] = []
    steps: list[Step] = []
    at = 0
    while at < len(text):
        match = _STEP.match(text, at)
        if match is None or match.end() == at:
            raise ValueError(f"slot path «{text}» cannot be read at «{text[at:]}»")
        name = match["name"].strip()
        if name not in STEPS and not _PREPOSITION.match(name):
            known = ", ".join(sorted(STEPS))
            raise ValueError(
                f"slot path «{text}»: «{name}» is no step; steps are {known}, or «preposition:case»"
            )
        lemmas = frozenset(fold(w.strip()) for w in (match["lemmas"] or "").split("|") if w.strip())
        steps.append(_step(name, lemmas))
        at = match.end()
        if match["end"] != ".":
            alternatives.append(SlotPath(tuple(steps)))
            steps = []
    if steps:
        raise ValueError(f"slot path «{text}» ends with a dot")
    return tuple(alternatives)


@cache
def _step(name: str, lemmas: frozenset[str]) -> Step:
    """One object for equal steps: steps are told apart by identity, and where one led is known to all frames."""
    return Step(name, lemmas)
