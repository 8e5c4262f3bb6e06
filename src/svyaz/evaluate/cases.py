"""Single cases: what was right, missed, false or wrong, with the sentence it stands in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """One gold or system item and what became of it.

    ``key`` names the case the same in every run over the same corpus, so that two reports can be compared.
    ``error`` tells kinds of failure apart: missed, spurious, wrong type, wrong border, wrong entity, wrong
    role, wrong coreference; None for a right one.
    """

    key: str
    document: str
    measure: str
    type: str
    right: bool
    error: str | None
    text: str
    sentence: str
    rule: str | None = None
    confidence: float | None = None


def sentence_around(text: str, start: int, end: int, width: int = 120) -> str:
    """The line of the text that a span stands in, cut to ``width`` code points on either side of it."""
    left = max(text.rfind("\n", 0, start) + 1, start - width)
    right = text.find("\n", end)
    right = min(right if right >= 0 else len(text), end + width)
    return " ".join(text[left:right].split())
