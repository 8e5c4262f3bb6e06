"""The clean view of a text: what the models read, with offsets that map back to the text as given.

Cleaning removes what readers do not see and models stumble on: stress marks («при́нял»), soft hyphens
(«перего\\xadворы»), zero-width characters, control characters, Latin look-alikes inside Cyrillic words
(«Pоссия» with a Latin P). Everything else stays, ё and quotes among it. Nothing is normalised by
compatibility (NFKC would turn № into No).
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

# Latin letters that look like Cyrillic ones; folded only inside words that hold Cyrillic letters too.
LOOKALIKES = str.maketrans("AaBCcEeHKMOoPpTXxy", "АаВСсЕеНКМОоРрТХху")

# Signs that open or close a quotation, in every style that pages use.
QUOTES = frozenset("«»„“”\"'‘’")
OPENING, CLOSING = frozenset('«„“"'), frozenset('»”“"')

_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_LATIN = re.compile(r"[A-Za-z]+")
_MIXED_WORD = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[А-Яа-яЁё])[A-Za-zА-Яа-яЁё]+\b")
_SUSPECT = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u00ad\u0300-\u036f\u1680\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u3000\ufe00-\ufe0f\ufeff\ufff0-\uffff\ud800-\udfff]"
)
_SPACES = frozenset("\u00a0\u1680\u202f\u205f\u3000") | {chr(c) for c in range(0x2000, 0x200B)}
_LINE_ENDS = frozenset("\r\u0085\u2028\u2029")
# Marks that change the letter («и» + U+0306 = «й», «е» + U+0308 = «ё») are composed; others are dropped.
_COMPOSED = {("и", "\u0306"): "й", ("И", "\u0306"): "Й", ("е", "\u0308"): "ё", ("Е", "\u0308"): "Ё"}


@dataclass(frozen=True, slots=True)
class CleanText:
    """``text`` is what the stages read; ``raw_start`` and ``raw_end`` map its spans to the given text."""

    text: str
    raw: str
    starts: array[int] | None = None
    ends: array[int] | None = None

    def raw_start(self, start: int) -> int:
        """Offset in the given text of the clean character at ``start``."""
        if self.starts is None:
            return start
        return self.starts[start] if start < len(self.starts) else len(self.raw)

    def raw_end(self, end: int) -> int:
        """Offset in the given text just behind the clean character that ends at ``end``."""
        if self.ends is None or end == 0:
            return end
        return self.ends[end - 1]


def clean(raw: str) -> CleanText:
    """Return the clean view of ``raw``; characters that were removed belong to the letter before them."""
    text, starts, ends = (raw, None, None) if not _SUSPECT.search(raw) else _drop_invisible(raw)
    return CleanText(_fold_lookalikes(text), raw, starts, ends)


def _drop_invisible(raw: str) -> tuple[str, array[int], array[int]]:
    out: list[str] = []  # pieces of one character or more
    starts, ends = array("q"), array("q")
    at = 0
    for match in _SUSPECT.finditer(raw):
        i, char = match.start(), match.group()
        _copy(raw, at, i, out, starts, ends)
        at = i + 1
        if composed := _COMPOSED.get((out[-1][-1], char)) if out else None:
            out[-1] = out[-1][:-1] + composed
        if kept := _keep(raw, i):
            out.append(kept)
            starts.append(i)
            ends.append(i + 1)
        elif ends and not char.isspace() and char not in "\u200b\ufeff":
            ends[-1] = i + 1
    _copy(raw, at, len(raw), out, starts, ends)
    return "".join(out), starts, ends


def _copy(raw: str, start: int, end: int, out: list[str], starts: array[int], ends: array[int]) -> None:
    """Take over a run of characters that nothing is wrong with."""
    if start < end:
        out.append(raw[start:end])
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))


def _keep(raw: str, i: int) -> str:
    """What stands in the clean view for the suspect character ``raw[i]``: itself, a space, or nothing."""
    char = raw[i]
    if char in _LINE_ENDS:
        return "" if char == "\r" and raw[i + 1 : i + 2] == "\n" else "\n"
    if char in _SPACES or char == "\ufffd":
        return " "
    if char == "\u200b":  # as the only separator («Путин\u200bи Байден») it stands for a space
        before, after = raw[i - 1 : i], raw[i + 1 : i + 2]
        return " " if after.isupper() and not before.isupper() and not before.isspace() else ""
    if unicodedata.category(char) in {"Cc", "Cs", "Cn", "Co"}:
        return " "
    return ""


def _fold_lookalikes(text: str) -> str:
    """Only a Latin run that touches a Cyrillic letter is looked at: news has few, and words are many."""
    touching = (_touches(text, run) for run in _LATIN.finditer(text))
    return _MIXED_WORD.sub(_fold_word, text) if any(touching) else text


def _touches(text: str, run: re.Match[str]) -> bool:
    start, end = run.span()
    return bool(_CYRILLIC.match(text, end) or (start and _CYRILLIC.match(text, start - 1)))


def _fold_word(match: re.Match[str]) -> str:
    """Fold only when nothing Latin is left: «Cбербанк» becomes Сбербанк, «VKонтакте» stays."""
    folded = match.group().translate(LOOKALIKES)
    return folded if not re.search("[A-Za-z]", folded) else match.group()
