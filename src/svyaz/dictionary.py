"""Word forms as the dictionary reads and bends them. The only module that touches pymorphy3.

Gives what ``pymorphy3.MorphAnalyzer`` gives and asks its dictionary directly where that is cheaper: a word that the
dictionary has needs none of the analyzer's rules for guessing, and of a word's many forms only one is wanted.
"""

from __future__ import annotations

from array import array
from functools import cache, lru_cache
from typing import NamedTuple

import pymorphy3
from pymorphy3.units import (
    DictionaryAnalyzer,
    KnownPrefixAnalyzer,
    KnownSuffixAnalyzer,
    UnknownPrefixAnalyzer,
)

# Places in paradigms, and endings chosen from them, that are remembered: news uses some ten thousand.
KEPT_PLACES = 1 << 14


class Place(NamedTuple):
    """A row of a paradigm. ``start`` and ``stop`` cut the stem out of the form that stands here, ``lemma_before`` and
    ``lemma_after`` are what the lemma has around it; ``prefix`` is one that stays («экс-» in «экс-премьера»)."""

    paradigm: int
    row: int
    tag: str
    start: int
    stop: int | None
    lemma_before: str
    lemma_after: str
    prefix: str = ""

    def lemma(self, form: str) -> str:
        """The dictionary form of ``form``, which stands here: «мая» → «май»."""
        return f"{self.lemma_before}{form[self.start : self.stop]}{self.lemma_after}" if self.row else form

    def inflected(self, form: str, grammemes: frozenset[str]) -> str | None:
        """The form with OpenCorpora's ``grammemes`` of the word of which ``form`` stands here; None if it has none."""
        around = _chosen(self.paradigm, self.row, grammemes)
        return f"{self.prefix}{around[0]}{form[self.start : self.stop]}{around[1]}" if around else None


class Guess(NamedTuple):
    """Where a form stands of which only the analyzer knows the others: «человека-паука»."""

    parse: pymorphy3.analyzer.Parse

    def inflected(self, _form: str, grammemes: frozenset[str]) -> str | None:
        """As a place gives it."""
        found = self.parse.inflect(set(grammemes))
        return str(found.word) if found else None


# One reading of a word form: its lemma, OpenCorpora's tag, whether the dictionary has it, how likely it is, and the
# form as the dictionary writes it (with its ё) with its place. No class: they are made by the million and not kept.
Reading = tuple[str, str, bool, float, str, Place | Guess]


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


def readings(word: str) -> list[Reading]:
    """All readings of ``word``, the likeliest first; empty for what cannot be read at all."""
    try:
        return _entries(word) or _guesses(word)
    except (ValueError, UnicodeEncodeError):  # unnamed code points, lone surrogates
        return []


def _entries(word: str) -> list[Reading]:
    """The dictionary's own readings of a word; none for a single letter, which may be an initial as well."""
    if len(word) < 2:
        return []
    analyzer, lower = _analyzer(), word.lower()
    found = analyzer.dictionary.words.similar_items(lower, analyzer.char_substitutes)
    forms = [(form, _place(*numbers)) for form, places in found for numbers in places]
    likely = analyzer.prob_estimator.p_t_given_w
    counts = [likely.get(f"{lower}:{place.tag}", 0) for _, place in forms]
    if not any(counts):
        return [(p.lemma(form), p.tag, True, 1 / len(forms), form, p) for form, p in forms]
    order = sorted(range(len(forms)), key=counts.__getitem__, reverse=True)
    return [
        (p.lemma(form), p.tag, True, counts[i] / likely.MULTIPLIER, form, p)
        for i, (form, p) in ((i, forms[i]) for i in order)
    ]


def _guesses(word: str) -> list[Reading]:
    """The analyzer's readings of a word that the dictionary has not, or of a single letter."""
    found = _analyzer().parse(word)
    known = len(word) < 2 and any(p.is_known for p in found)
    return [
        (p.normal_form, str(p.tag), known, float(p.score), p.word, _guessed(p) or Guess(p)) for p in found
    ]


def _guessed(parse: pymorphy3.analyzer.Parse) -> Place | None:
    """The place of a form that bends as some word of the dictionary does, behind prefixes or none: «нанороботов»."""
    (first, *numbers), *others = parse.methods_stack
    kinds = (KnownPrefixAnalyzer, UnknownPrefixAnalyzer, KnownSuffixAnalyzer)
    if not isinstance(first, DictionaryAnalyzer) or not all(isinstance(unit, kinds) for unit, _ in others):
        return None
    _, paradigm, row = numbers
    place = _place(paradigm, row)
    prefixes = [prefix for unit, prefix in others if not isinstance(unit, KnownSuffixAnalyzer)]
    if not prefixes:
        return place
    prefix = "".join(reversed(prefixes))
    return place._replace(prefix=prefix, start=place.start + len(prefix))


@lru_cache(maxsize=KEPT_PLACES)
def _place(paradigm: int, row: int) -> Place:
    before, after = _around(paradigm, row)
    tag = str(_analyzer().dictionary.build_tag_info(paradigm, row))
    return Place(paradigm, row, tag, len(before), -len(after) or None, *_around(paradigm, 0))


def _around(paradigm: int, row: int) -> tuple[str, str]:
    """What stands before and after the stem in a row: a third of a paradigm's numbers are endings, a third tags, a
    third prefixes."""
    dictionary = _analyzer().dictionary
    numbers = dictionary.paradigms[paradigm]
    prefix = numbers[len(numbers) // 3 * 2 + row]
    return dictionary.paradigm_prefixes[prefix], dictionary.suffixes[numbers[row]]


@lru_cache(maxsize=KEPT_PLACES)
def _chosen(paradigm: int, row: int, grammemes: frozenset[str]) -> tuple[str, str] | None:
    """What stands before and after the stem in the form with ``grammemes`` that is most like the form in ``row``.

    pymorphy3's own choice: it looks at tags alone, so that it holds for every word of the paradigm.
    """
    dictionary = _analyzer().dictionary
    numbers = dictionary.paradigms[paradigm]
    size = len(numbers) // 3
    fitting = _fitting(numbers[size : 2 * size].tobytes(), grammemes)
    if not fitting:
        return None
    aim = dictionary.gramtab[numbers[size + row]].updated_grammemes(grammemes)
    chosen, _ = max(fitting, key=lambda f: len(aim & f[1]) - 0.1 * len(aim ^ f[1]))
    return _around(paradigm, chosen)


@lru_cache(maxsize=KEPT_PLACES)
def _fitting(tags: bytes, grammemes: frozenset[str]) -> tuple[tuple[int, frozenset[str]], ...]:
    """The rows whose tags have ``grammemes``; many paradigms differ in endings alone and have the same tags."""
    gramtab = _analyzer().dictionary.gramtab
    found = ((row, gramtab[number].grammemes) for row, number in enumerate(array("H", tags)))
    return tuple((row, said) for row, said in found if grammemes <= said)


def tag(text: str) -> pymorphy3.tagset.OpencorporaTag:
    """A tag by its text («NOUN,anim,masc,Surn sing,gent»)."""
    return _analyzer().TagClass(text)


def lexeme(word: str, parts: frozenset[str]) -> frozenset[str]:
    """All forms that ``word``, a lemma, has as one of OpenCorpora's parts of speech: «май» → «мая», «маю», …"""
    found = (p for p in _analyzer().parse(word) if p.normal_form == word and p.tag.POS in parts)
    return frozenset(f.word for p in found for f in p.lexeme)
