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
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from svyaz import lexicon
from svyaz.lexicon import load
from svyaz.morph import KEPT_WORDS, fold, forms, parses
from svyaz.parse import Sentence

_NUMERIC = re.compile(
    r"[0-9]{1,2}([./])[0-9]{1,2}\1[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}\.[0-9]{2}\.[0-9]{2}"
)
_PIECE = re.compile(r"[0-9]+|[^\W\d_]+|.", re.DOTALL)
_ENDING = re.compile(r"ы?[йемх]|ы?ми|о?го|о?му|о[ейм]|а?я|у?ю")
_ADJECTIVE = re.compile(r"ь?(?:[ыио]й|[аяо]я|[ое]е|[ыи]е|[ое]го|[ое]му|[ыи]м|[ое]м|[ую]ю|ей|[ыи]х|[ыи]ми)$")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_LOOKALIKES = str.maketrans("ХІ", "XI")
_ROMAN_LETTERS = frozenset("IVXХІ")
_STEM_START = 3  # so many first letters of an adjective tell most words that are none of the listed ones
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


class Atom(NamedTuple):
    """A piece of token ``token`` (an index in the sentence): its class ``letter`` and what it means.

    A tuple, for a sentence that may hold a date makes one of each of its words.
    """

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


def listed(name: str) -> frozenset[str]:
    """A list of the lexicon."""
    return lexicon.listed("dates", name)


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


class _Piece(NamedTuple):
    """A piece of a word that is more than a run of letters; offsets count from the word's start.

    ``counting`` marks a number of four digits that ends its word: a year, unless it counts what follows.
    """

    start: int
    end: int
    text: str
    letter: str
    value: Any = None
    counting: bool = False


# A phrase of date_grammar holds at least one of these; all other letters only stand beside them.
TELLING = frozenset("#MmcUGAWSDKHhCyVFYQJOeR")


def may_hold(sentence: Sentence) -> bool:
    """Whether a word of the sentence can be what makes a date; most sentences have none, and need no atoms."""
    for token in sentence.tokens:
        if token.text.isalpha():
            if _word(token.text, token.lemma)[0] in TELLING:
                return True
        elif any(piece.letter in TELLING for piece in _pieces(token.text, token.lemma)):
            return True
    return False


def atoms(sentence: Sentence) -> tuple[Atom, ...]:
    """The atoms of a sentence, in order; every token gives at least one."""
    found: list[Atom] = []
    for token in sentence.tokens:
        text, start = token.text, token.start
        if text.isalpha():  # most tokens
            found.append(Atom(token.index, start, token.end, text, *_word(text, token.lemma)))
            continue
        for piece in _pieces(text, token.lemma):
            letter = "n" if piece.counting and counts(sentence, token.index) else piece.letter
            found.append(
                Atom(token.index, start + piece.start, start + piece.end, piece.text, letter, piece.value)
            )
    return tuple(found)


@lru_cache(maxsize=KEPT_WORDS)
def _pieces(text: str, lemma: str) -> tuple[_Piece, ...]:
    """The pieces of a token that is no mere run of letters, as far as the token alone tells."""
    if _NUMERIC.fullmatch(text):
        return (_Piece(0, len(text), text, "#"),)
    matches = list(_PIECE.finditer(text))
    found, before = [], ""
    for match in matches:
        piece = match.group()
        letter, value = _classify(piece, before, lemma if piece == text else None)
        counting = letter == "y" and match is matches[-1] and "/" not in text
        found.append(_Piece(match.start(), match.end(), piece, letter, value, counting))
        before = piece
    return tuple(found)


def _classify(text: str, before: str, lemma: str | None) -> tuple[str, Any]:
    """The letter and the value of a piece behind the piece ``before`` of its word."""
    if text in _SIGNS:
        return _SIGNS[text], None
    if text.isdigit() and text.isascii():
        return _number(text)
    if not text[0].isalpha():
        return "_", None
    if before and (before.isdigit() or before in _SIGNS) and _ENDING.fullmatch(fold(text)):
        return "e", fold(text)
    return _word(text, lemma)


def _number(text: str) -> tuple[str, Any]:
    if len(text) > 4:
        return "n", None
    value = int(text)
    if len(text) <= 2:
        return ("d" if 1 <= value <= 31 else "o"), value
    if len(text) == 3:
        return "t", value
    return ("y" if value else "n"), value


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
    if text[0] in _ROMAN_LETTERS and (number := roman(text)):
        return "R", number
    word = fold(text)
    return _by_form().get(word) or _by_lemma(text, lemma) or _by_stem(word) or ("_", None)


@cache
def _by_form() -> dict[str, tuple[str, Any]]:
    """What is told by the form of a word, folded, and not by its lemma."""
    year = (*words("units")["год"], "год")
    tables: tuple[dict[str, tuple[str, Any]], ...] = (
        {word: (letter, year if letter in "GU" else None) for word, letter in _FORMS.items()},
        dict.fromkeys(_THAT, ("T", None)),
        dict.fromkeys(_THIS, ("L", 0)),
        dict.fromkeys((*listed("approximate"), "еще"), ("a", None)),
        {word: ("Q", value) for word, value in words("relative_days").items()},
        {word: ("m", value) for word, value in words("short_months").items()},
    )
    return _first_wins(tables)


def _first_wins(tables: Iterable[dict[str, tuple[str, Any]]]) -> dict[str, tuple[str, Any]]:
    """One table of several; of a word that stands in two the first says what it is."""
    joined: dict[str, tuple[str, Any]] = {}
    for table in tables:
        joined = table | joined
    return joined


def _by_lemma(text: str, lemma: str | None) -> tuple[str, Any] | None:
    """Look the word up by every reading of the dictionary, for taggers take «мая» for a woman's name."""
    table = _lemmas()
    if lemma in table:
        return table[lemma]
    lower = text.lower()
    if lower not in _forms():
        return None
    readings = (p.lemma for p in parses(lower) if p.pos in {"NOUN", "NUMR"})
    return next((table[word] for word in readings if word in table), None)


@cache
def _lemmas() -> dict[str, tuple[str, Any]]:
    named = (("M", "months"), ("W", "weekdays"), ("S", "seasons"), ("B", "parts"))
    tables: list[dict[str, tuple[str, Any]]] = [
        {word: (letter, value) for word, value in words(name).items()} for letter, name in named
    ]
    tables.append({word: (letter, None) for word, letter in _WORDS.items()})
    tables.append({word: ("U", (*value, word)) for word, value in words("units").items()})
    tables.append({word: ("N", value) for word, value in words("numbers").items()})
    return _first_wins(tables)


@cache
def _forms() -> frozenset[str]:
    """All forms of the listed nouns and numerals: for any other word the dictionary need not be asked."""
    return frozenset(form for word in _lemmas() for form in forms(word))


def _by_stem(word: str) -> tuple[str, Any] | None:
    """An adjective, folded, by its stem. That is worked out only for a word that begins as a listed stem does."""
    if word[:_STEM_START] not in _stem_starts() and word[:1] not in _stem_starts():
        return None
    found = stem(word)
    return _stems().get(found) if found != word else None


@cache
def _stem_starts() -> frozenset[str]:
    return frozenset(found[: _STEM_START if len(found) >= _STEM_START else 1] for found in _stems())


@cache
def _stems() -> dict[str, tuple[str, Any]]:
    tables: list[dict[str, tuple[str, Any]]] = [{"последн": ("E", -1), "нов": ("Z", None)}]
    for letter, name in _STEMS:
        tables.append({word: (letter, value) for word, value in words(name).items()})
    return _first_wins(tables)
