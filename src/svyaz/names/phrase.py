"""A noun phrase in the nominative: only the head and the words that agree with it turn.

«Службой связи при правительстве» → «Служба связи при правительстве».
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from svyaz import morph
from svyaz.parse import Token

# An abbreviation with a case ending: «МИДом», «МЧС», «ЦИКа».
_ABBREVIATION = re.compile(r"^([А-ЯЁ]{2,})(?:ом|ами|а|у|е|ы|ой|и)$")
_OPENING, _CLOSING = "«„“\"'", "»”“\"'"


def nominative(tokens: Sequence[Token]) -> str:
    """The phrase of consecutive ``tokens`` in the nominative, with the text's capitals, quotes and ё.

    A phrase that begins with a quotation mark is a name as it stands («Новой газетой» without quotes turns,
    «„Новая газета"» does not); what follows the head stays as it is.
    """
    if len(tokens) == 1:
        return _word(tokens[0])
    head = head_index(tokens)
    words = [t.text for t in tokens]
    if head is None:
        return join(tokens, words)
    for i in range(head):
        words[i] = _turn(tokens[i], tokens[head])
    last = head + _republic(tokens, head)
    words[last] = _turn(tokens[last], tokens[last])
    if last > head:
        words[head] = _turn(tokens[head], tokens[head])
    return join(tokens, words)


def _word(token: Token) -> str:
    """A phrase of one word, as most names are."""
    if token.pos in {"NOUN", "PROPN"} and token.text not in _OPENING:
        return _turn(token, token)
    return _bare(token.text) or token.text


def _bare(word: str) -> str | None:
    """An abbreviation without its ending, None for other words: «МИДом» → МИД."""
    if not word[1:2].isupper():
        return None
    abbreviation = _ABBREVIATION.match(word)
    return abbreviation.group(1) if abbreviation else None


def head_index(tokens: Sequence[Token]) -> int | None:
    """Which token carries the case: the first noun before any quote, preposition or Latin word."""
    for i, token in enumerate(tokens):
        if token.text in _OPENING or token.pos == "ADP":
            return None
        if token.pos in {"NOUN", "PROPN"} and not _names_before(tokens, i) and not _attribute(tokens, i):
            return i
        if token.pos not in {"ADJ", "NUM", "DET", "VERB", "NOUN", "PROPN", "X", "PUNCT"}:
            return None
    return None


def _names_before(tokens: Sequence[Token], i: int) -> bool:
    """«IT [компании]»: a foreign word before the head does not turn and is not the head."""
    token = tokens[i]
    return token.feats.get("Foreign") == "Yes" and i + 1 < len(tokens) and tokens[i + 1].pos == "NOUN"


def _attribute(tokens: Sequence[Token], i: int) -> bool:
    """«[Объединённых] Арабских Эмиратов»: tagged as a name, but the dictionary knows it as an adjective only."""
    token = tokens[i]
    following = [t for t in tokens[i + 1 :] if t.pos in {"NOUN", "PROPN"}]
    return bool(following) and _adjectival(token) and agrees(token, following[0])


def _adjectival(token: Token) -> bool:
    readings = morph.parses(token.text)
    return bool(readings) and all(p.pos in {"ADJF", "PRTF"} and p.known for p in readings)


def _republic(tokens: Sequence[Token], head: int) -> int:
    """1 when the name behind «республика» turns with it («Республику [Карелию]»), else 0."""
    follows = tokens[head + 1] if head + 1 < len(tokens) else None
    if follows is None or follows.pos != "PROPN" or not follows.text[:1].isupper():
        return 0
    return int(tokens[head].lemma == "республика" and follows.case == tokens[head].case)


def _turn(token: Token, head: Token) -> str:
    text, case = token.text, token.case
    if bare := _bare(text):
        return bare
    if case is None or case == "Nom" or (text.isupper() and len(text) > 1):
        return text
    if case == "Acc" and text[-1].lower() in "бвгджзклмнпрстфхцчшщй":
        return (
            text  # «возглавляет «Ростех»»: an inanimate masculine in the accusative is as in the nominative
        )
    pos, gender = token.pos, None
    if token is not head:
        pos = "ADJ" if _adjectival(token) else pos
        gender = head.feats.get("Gender")
        if pos not in {"ADJ", "VERB", "DET"} or not agrees(token, head):
            return text
    number = head.feats.get("Number")
    return morph.inflect(text, pos=pos, feats=token.feats, number=number, gender=gender) or text


def agrees(token: Token, head: Token) -> bool:
    """Whether an attribute agrees with its noun in case, so far as the tagger says."""
    return token.case is None or head.case is None or token.case == head.case


def join(tokens: Sequence[Token], words: Sequence[str]) -> str:
    """Put words together with the white space that the text has between them, folded to one space."""
    out = words[0]
    for before, token, word in zip(tokens, tokens[1:], words[1:], strict=False):
        out += (" " if token.start > before.end else "") + word
    return out
