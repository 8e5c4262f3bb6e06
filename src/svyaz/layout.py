"""Which lines of a text are the article's body, and where a teaser of another article begins.

Nothing is cut from the text: lines that are no prose («Total», «Getty Images», «Поделиться») are marked
and left unread, and a line such as «Read More» begins a new section. No relation crosses a section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from svyaz.lexicon import load

BlockKind = Literal["body", "boilerplate"]

# A line this long that ends without a full stop was probably broken by the width of a page.
_WRAP_MIN, _WRAP_MAX = 50, 130
_SENTENCE_END = re.compile(r"[.!?…:;»\"”)]\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines read together, as offsets into the clean text; ``section`` counts teasers."""

    start: int
    end: int
    kind: BlockKind
    section: int


@cache
def _patterns(kind: str) -> re.Pattern[str]:
    listed: list[str] = load("boilerplate")[kind]
    return re.compile("|".join(f"(?:{p})" for p in listed), re.IGNORECASE)


def blocks(text: str) -> Iterator[Block]:
    """Split a clean text into blocks; they cover every line that is not blank, in order."""
    section = 0
    paragraph: list[tuple[int, int]] = []
    for start, end in _lines(text):
        line = text[start:end].strip()
        teaser = bool(line) and len(line) <= 200 and bool(_patterns("teaser").fullmatch(line))
        skipped = teaser or (bool(line) and len(line) <= 240 and bool(_patterns("skip").fullmatch(line)))
        if line and not skipped:
            paragraph.append((start, end))
            continue
        yield from _paragraph(text, paragraph, section)
        paragraph = []
        section += teaser
        if skipped:
            yield Block(start, end, "boilerplate", section)
    yield from _paragraph(text, paragraph, section)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]+|\n(?=\n|$)", text):
        yield match.span() if match.group() != "\n" else (match.start(), match.start())


def _paragraph(text: str, lines: list[tuple[int, int]], section: int) -> Iterator[Block]:
    """One block a line, but lines broken by the page's width («Президент России\\nВладимир…») stay joined."""
    if not lines:
        return
    wrapped = len(lines) > 2 and all(_WRAP_MIN <= e - s <= _WRAP_MAX for s, e in lines[:-1])
    start, end = lines[0]
    for s, e in lines[1:]:
        continues = text[s:e].lstrip()[:1].islower() and not _SENTENCE_END.search(text[start:end])
        if wrapped or continues:
            end = e
            continue
        yield Block(start, end, "body", section)
        start, end = s, e
    yield Block(start, end, "body", section)
