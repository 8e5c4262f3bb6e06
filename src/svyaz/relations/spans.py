"""Pieces of the sentence that attributes are made of: a phrase, the words said, the size of a stake."""

from __future__ import annotations

import re
from collections.abc import Sequence

from svyaz.mentions.found import Found
from svyaz.parse import Sentence
from svyaz.relations import syntax

_STAKE = re.compile(
    r"(?:(?:более|менее|около|свыше|почти|порядка)\s+)?\d+(?:[.,]\d+)?\s?(?:%|процент\w*)"
    r"|(?:контрольн|блокирующ|миноритарн|мажоритарн)\w+\s(?:пакет|дол)\w*|половин[аыуе]|треть|четверть",
    re.IGNORECASE,
)
_OPENING, _CLOSING, _DASHES = '«„“"', '»”“"', ("—", "–", "-")


def text_of(s: Sentence, first: int, last: int) -> str:
    """The text of tokens ``first`` to ``last`` with the spaces between them as single blanks."""
    out = s.tokens[first].text
    for before, token in zip(s.tokens[first:last], s.tokens[first + 1 : last + 1], strict=True):
        out += (" " if token.start > before.end else "") + token.text
    return out


def _subtree(s: Sentence, head: int, barred: set[int]) -> list[int]:
    out, queue = [head], [head]
    while queue:
        for child in syntax.children(s, queue.pop()):
            if child.index not in out and child.index not in barred:
                out.append(child.index)
                queue.append(child.index)
    return sorted(out)


def phrase(s: Sentence, head: int, fillers: Sequence[Found]) -> str:
    """The phrase of a word with its preposition, up to a clause or a filler: «о взаимодействии»."""
    barred = {i for m in fillers for i in range(m.first, m.last + 1)}
    for token in s.tokens:
        if token.rel in {"acl:relcl", "acl", "advcl", "conj"} and syntax.is_verb(token):
            barred.add(token.index)
        if token.text in {"между"}:
            barred |= {token.index, token.head}
    inside = _subtree(s, head, barred)
    first = last = head
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    while (
        last > head
        and s.tokens[last].pos in {"PUNCT", "ADP", "CCONJ"}
        and s.tokens[last].text not in _CLOSING
    ):
        last -= 1
    return text_of(s, first, last)


def stake(s: Sentence, trigger: int, support: int | None = None) -> str | None:
    """The size of the stake in the words of the text («51%», «контрольный пакет»), nearest to the trigger."""
    text = text_of(s, 0, len(s.tokens) - 1)
    at = s.tokens[trigger].start - s.start
    found = [m for m in _STAKE.finditer(text) if not _another_verb(s, {trigger, support}, at, m.start())]
    return min(found, key=lambda m: abs(m.start() - at)).group() if found else None


def _another_verb(s: Sentence, own: set[int | None], a: int, b: int) -> bool:
    """Whether a finite verb not in ``own`` stands between two offsets: then the stake is that verb's."""
    between = [t for t in s.tokens if min(a, b) < t.start - s.start < max(a, b) and t.index not in own]
    return any(t.feats.get("VerbForm") == "Fin" for t in between)


def speech(s: Sentence, trigger: int) -> str | None:
    """The words said: a «что» clause under the verb, direct speech in quotes, or the clause beside «по словам»."""
    said = _clause_said(s, trigger)
    if said is None:
        return _quoted(s, trigger) or _beside(s, trigger)
    inside = _subtree(s, said, set())
    first, last = inside[0], inside[-1]
    opening = next((t.index for t in syntax.children(s, said, "mark") if t.text.lower() == "что"), None)
    if (
        opening is not None and opening > trigger
    ):  # the words of «что …» go on to the end, whatever the tree says
        first, last = opening, _end_of_clause(s, opening)
    while first < last and (
        (s.tokens[first].pos == "PUNCT" and s.tokens[first].text not in _OPENING)
        or s.tokens[first].text.lower() == "что"
    ):
        first += 1
    if first < trigger < last:
        last = trigger - 1
    return _trimmed(s, first, last)


def _end_of_clause(s: Sentence, opening: int) -> int:
    """The last token of a «что» clause: before «, сообщает …» or «, — сказал …», else the sentence's last."""
    for token in s.tokens[opening + 1 :]:
        aside = (
            token.rel == "parataxis"
            and syntax.is_verb(token)
            and s.tokens[token.index - 1].text in {",", "—", "–"}
        )
        if aside:
            return token.index - 1
    return len(s.tokens) - 1


def _clause_said(s: Sentence, trigger: int) -> int | None:
    """The head of the clause that a word of speech governs: «заявил, что [приедет]», «мнение, что [станет]»."""
    for child in syntax.children(s, trigger, "ccomp", "acl"):
        if child.rel == "ccomp" or any(
            t.text.lower() == "что" for t in syntax.children(s, child.index, "mark")
        ):
            return child.index
    return None


def _quoted(s: Sentence, trigger: int) -> str | None:
    """Direct speech: after a colon, from the start of the sentence, or before a comma; of speech that the verb
    interrupts («Урожай хороший, — [сказал] мэр. — Мы довольны») the part before it."""
    opening = next((t.index for t in s.tokens if t.text in _OPENING), None)
    if opening is None:
        return None
    closing = max(
        (t.index for t in s.tokens if t.text in _CLOSING and t.index > opening), default=len(s.tokens) - 1
    )
    if opening == 0 and opening < trigger < closing:
        dash = next(
            (
                t.index
                for t in s.tokens[:trigger]
                if t.text in _DASHES and s.tokens[t.index - 1].text in {",", "!", "?", "…"}
            ),
            None,
        )
        return _trimmed(s, opening, dash - 1) if dash else None
    beside = (
        opening == 0
        or s.tokens[opening - 1].text == ":"
        or (closing + 1 < len(s.tokens) and s.tokens[closing + 1].text == ",")
    )
    # One word in quotes at the head of a sentence is a name more often than a speech.
    dashed = any(t.text in _DASHES and t.index < trigger for t in s.tokens[closing : closing + 3])
    direct = beside and (closing - opening > 4 or dashed or s.tokens[opening - 1].text == ":")
    return _trimmed(s, opening, closing) if direct and not opening <= trigger <= closing else None


def _beside(s: Sentence, trigger: int) -> str | None:
    """«Вылет задержан, [передаёт] ТАСС», «Как [отметила] Набиуллина, …», «По [словам] Иванова, …»: the clause
    on the other side of the comma."""
    token = s.tokens[trigger]
    commas = [t.index for t in s.tokens if t.text == ","]
    before, after = [c for c in commas if c < trigger], [c for c in commas if c > trigger]
    aside = (
        syntax.is_verb(token)
        and before
        and before[-1] >= trigger - 2
        and token.rel in {"root", "parataxis", "conj"}
    )
    if before and (
        (aside and trigger > len(s.tokens) // 2) or (token.rel == "parataxis" and token.head < trigger)
    ):
        return _trimmed(s, 0, before[-1] - 1)
    if token.rel == "parataxis" and token.head > trigger and after:
        own = max(i for i in _subtree(s, trigger, set()) if i < token.head)
        border = next((c for c in after if c >= own), after[0])
        return _trimmed(s, border + 1, len(s.tokens) - 1)
    if token.pos == "NOUN" and commas and trigger < commas[0]:
        return _trimmed(s, commas[0] + 1, len(s.tokens) - 1)
    return None


def _trimmed(s: Sentence, first: int, last: int) -> str | None:
    while last > first and s.tokens[last].text in {".", ",", "—", "–", "-", *_CLOSING}:
        last -= 1
    while first < last and s.tokens[first].text in {",", "—", "–", "-", ":", *_OPENING}:
        first += 1
    return text_of(s, first, last) if s.tokens[first].text.isalnum() or last > first else None
