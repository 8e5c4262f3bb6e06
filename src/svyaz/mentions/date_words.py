"""Words of dates: each number, word or sign of a sentence as one letter, so that a pattern can read them.

A token may hold several («1912–1914гг», «90-х»), hence atoms. The letters:

    d day or small number, 1 to 31   o other number of two digits   t of three   y year of four   n longer
    # whole numeric date   R roman numeral   O ordinal word   N number word   e ending («2019-го»)
    M month   m short month («янв»)   W weekday   D утро, вечер, ночь   A выходные   c число
    S season   K квартал   H полугодие   P половина   B начало, середина, конец
    G год   U other unit (день, неделя, лет)   C век
    Q вчера   J вчерашний   L прошлый, этот, следующий   E последний   Z новый   T тот   j же
    F декабрьский   V субботний   Y прошлогодний   g декада   h сезон   a примерно, ещё
    z назад   x через   X спустя   r ранее   q позже
    v в   s с   p по   l до   k к   f на   b за   i и   - dash   , . / ( ) : signs   _ anything else
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from svyaz.lexicon import load
from svyaz.morph import KEPT_WORDS, fold, forms, parses
from svyaz.parse import Sentence, Token

_NUMERIC = re.compile(
    r"[0-9]{1,2}([./])[0-9]{1,2}\1[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}\.[0-9]{2}\.[0-9]{2}"
)
_PIECE = re.compile(r"[0-9]+|[^\W\d_]+|.", re.DOTALL)
_ENDING = re.compile(r"ы?[йемх]|ы?ми|о?го|о?му|о[ейм]|а?я|у?ю")
_ADJECTIVE = re.compile(r"ь?(?:[ыио]й|[аяо]я|[ое]е|[ыи]е|[ое]го|[ое]му|[ыи]м|[ое]м|[ую]ю|ей|[ыи]х|[ыи]ми)$")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_LOOKALIKES = str.maketrans("ХІ", "XI")
_SIGNS = dict.fromkeys("-–—−‑", "-") | {sign: sign for sign in ",./():"}
_WORDS = {
    "утро": "D",
    "вечер": "D",
    "ночь": "D",
    "квартал": "K",
    "полугодие": "H",
    "половина": "P",
    "век": "C",
    "столетие": "C",
    "число": "c",
    "декада": "g",
    "сезон": "h",
}
_FORMS = {
    **dict.fromkeys(
        ("г", "гг", "год", "года", "году", "годом", "годе", "годы", "годов", "годах", "годам"), "G"
    ),
    **{"годами": "G", "вв": "C", "лет": "U", "выходные": "A", "выходных": "A", "же": "j"},
    **{"назад": "z", "через": "x", "спустя": "X", "ранее": "r", "раньше": "r", "позже": "q", "позднее": "q"},
    **{
        "в": "v",
        "во": "v",
        "с": "s",
        "со": "s",
        "по": "p",
        "до": "l",
        "к": "k",
        "ко": "k",
        "на": "f",
        "за": "b",
    },
    "и": "i",
}
# By form: taggers give «этим» the lemma of «это».
_THIS = frozenset(("этот", "этого", "этому", "этим", "этом", "эта", "этой", "эту", "эти", "этих"))
_THAT = frozenset(("тот", "та", "то", "того", "той", "том", "ту", "тому"))


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of token ``token`` (an index in the sentence): its class ``letter`` and what it means."""

    token: int
    start: int
    end: int
    text: str
    letter: str
    value: Any = None


_ADJECTIVES = frozenset(
    (
        "modifiers",
        "ordinals",
        "relative_adjectives",
        "month_adjectives",
        "weekday_adjectives",
        "year_adjectives",
    )
)
# Tables of adjectives that are read by stem, with their letters.
_STEMS = (
    ("L", "modifiers"),
    ("J", "relative_adjectives"),
    ("O", "ordinals"),
    ("F", "month_adjectives"),
    ("V", "weekday_adjectives"),
    ("Y", "year_adjectives"),
)


@cache
def words(name: str) -> dict[str, Any]:
    """A table of the lexicon; adjectives are looked up by stem."""
    table: dict[str, Any] = load("dates")[name]
    if name in _ADJECTIVES:
        return {stem(word): value for word, value in table.items()}
    return table


@cache
def listed(name: str) -> frozenset[str]:
    """A list of the lexicon."""
    return frozenset(load("dates")[name])


def stem(word: str) -> str:
    """An adjective without its ending: «прошлого» → «прошл», «третьем» → «трет»."""
    return _ADJECTIVE.sub("", fold(word))


def roman(text: str) -> int | None:
    """XIX → 19, also with the Cyrillic letter «Х»; None for what is no roman numeral up to XXXIX."""
    latin = text.translate(_ROMAN_LOOKALIKES)
    if not _ROMAN.fullmatch(latin):
        return None
    values = [{"I": 1, "V": 5, "X": 10}[char] for char in latin]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def atoms(sentence: Sentence) -> tuple[Atom, ...]:
    """The atoms of a sentence, in order; every token gives at least one."""
    return tuple(atom for token in sentence.tokens for atom in _of_token(sentence, token))


def _of_token(sentence: Sentence, token: Token) -> Iterator[Atom]:
    if token.text.isalpha():  # most tokens
        yield Atom(token.index, token.start, token.end, token.text, *_word(token.text, token.lemma))
        return
    if _NUMERIC.fullmatch(token.text):
        yield Atom(token.index, token.start, token.end, token.text, "#")
        return
    pieces = list(_PIECE.finditer(token.text))
    for i, piece in enumerate(pieces):
        text, start, end = piece.group(), token.start + piece.start(), token.start + piece.end()
        before = pieces[i - 1].group() if i else ""
        letter, value = _classify(sentence, token, text, before, i == len(pieces) - 1)
        yield Atom(token.index, start, end, text, letter, value)


def _classify(sentence: Sentence, token: Token, text: str, before: str, last: bool) -> tuple[str, Any]:
    if text in _SIGNS:
        return _SIGNS[text], None
    if text.isdigit() and text.isascii():
        return _number(sentence, token, text, last)
    if not text[0].isalpha():
        return "_", None
    if before and (before.isdigit() or before in _SIGNS) and _ENDING.fullmatch(fold(text)):
        return "e", fold(text)
    return _word(text, token.lemma if text == token.text else None)


def _number(sentence: Sentence, token: Token, text: str, last: bool) -> tuple[str, Any]:
    if len(text) > 4:
        return "n", None
    value = int(text)
    if len(text) <= 2:
        return ("d" if 1 <= value <= 31 else "o"), value
    if len(text) == 3:
        return "t", value
    return (
        "n" if value == 0 or (last and "/" not in token.text and counts(sentence, token.index)) else "y"
    ), value


def counts(sentence: Sentence, index: int, paired: bool = True) -> bool:
    """Whether the number before the next word counts it: «2000 рублей», «в 2000 домах», not «в 2014 году».

    Of two numbers the second tells: «с 1999 до 2100 рублей».
    """
    if index + 1 >= len(sentence.tokens):
        return False
    after = sentence.tokens[index + 1]
    if _FORMS.get(fold(after.text)) == "G":
        return False
    if after.text[0] in "%$€₽№°":
        return True
    if fold(after.text) in {"до", "по", "или", "-", "–", "—"} and index + 2 < len(sentence.tokens):
        return paired and sentence.tokens[index + 2].text.isdigit() and counts(sentence, index + 2, False)
    measured = after.pos in {"NOUN", "ADJ", "NUM"} and after.case not in {None, "Nom"}
    return measured or fold(after.text) in {"лет", "км", "млн", "тыс"}


@lru_cache(maxsize=KEPT_WORDS)
def _word(text: str, lemma: str | None) -> tuple[str, Any]:
    """The letter and the value of a run of letters; ``lemma`` is the tagger's, where the run is a whole token."""
    if number := roman(text):
        return "R", number
    word = fold(text)
    if word in _FORMS:
        return _FORMS[word], (*words("units")["год"], "год") if _FORMS[word] in "GU" else None
    if word in _THAT:
        return "T", None
    if word in _THIS:
        return "L", 0
    if word in listed("approximate") or word == "еще":
        return "a", None
    if word in words("relative_days"):
        return "Q", words("relative_days")[word]
    if word in words("short_months"):
        return "m", words("short_months")[word]
    return _by_lemma(text, lemma) or _by_stem(text) or ("_", None)


def _by_lemma(text: str, lemma: str | None) -> tuple[str, Any] | None:
    """Look the word up by every reading of the dictionary, for taggers take «мая» for a woman's name."""
    lemmas = [lemma] if lemma is not None else []
    if text.lower() in _forms():
        lemmas += [p.lemma for p in parses(text.lower()) if p.pos in {"NOUN", "NUMR"}]
    for word in lemmas:
        for letter, table in (("M", "months"), ("W", "weekdays"), ("S", "seasons"), ("B", "parts")):
            if word in words(table):
                return letter, words(table)[word]
        if word in _WORDS:
            return _WORDS[word], None
        if word in words("units"):
            return "U", (*words("units")[word], word)
        if word in words("numbers"):
            return "N", words("numbers")[word]
    return None


@cache
def _forms() -> frozenset[str]:
    """All forms of the listed nouns and numerals: for any other word the dictionary need not be asked."""
    tables = ("months", "weekdays", "seasons", "parts", "units", "numbers")
    listed_ = [word for table in tables for word in words(table)] + list(_WORDS)
    return frozenset(form for word in listed_ for form in forms(word))


def _by_stem(text: str) -> tuple[str, Any] | None:
    found = stem(text)
    if found == fold(text):
        return None
    if found in {"последн", "нов"}:
        return ("E", -1) if found == "последн" else ("Z", None)
    for letter, table in _STEMS:
        if found in words(table):
            return letter, words(table)[found]
    return None
