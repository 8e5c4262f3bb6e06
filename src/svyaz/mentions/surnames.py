"""Surnames that the tagger passed over, where the dictionary knows the word as nothing else: «Шойгу»."""

from __future__ import annotations

from collections.abc import Iterator, Set

from svyaz.mentions.found import Found, found
from svyaz.morph import parses
from svyaz.names import person
from svyaz.parse import Sentence, Token
from svyaz.text import QUOTES

# «театр имени Вахтангова», «улица Чехова»: what is named after somebody does not name him.
_NAMED_AFTER = frozenset(
    {"имя", "улица", "проспект", "площадь", "переулок", "бульвар", "набережная", "остров", "мыс", "пролив"}
)


def find(sentence: Sentence, taken: Set[int]) -> Iterator[Found]:
    """The surnames among the words that are not ``taken`` by another name: «[Иванов] приехал утром»."""
    for token in sentence.proper:
        if token.index in taken or not _only_surname(token):
            continue
        if token.index and _names_a_thing(sentence.tokens[token.index - 1], token):
            continue
        if named := person.read([token]):
            yield found(sentence, [token], "person", named[0], info=named[1])


def _only_surname(token: Token) -> bool:
    """Whether a proper noun can be nothing but a surname."""
    if len(token.text) < 4 or not token.text.istitle():
        return False
    return sum(p.score for p in parses(token.text) if "Surn" in p.marks and p.known) >= 0.9


def _names_a_thing(before: Token, token: Token) -> bool:
    """A street, a brand in quotes, or a town: «улица Чехова», «Жуков», «в Пушкине»."""
    town = before.pos == "ADP" and token.case == "Loc" and before.lemma in {"в", "на"}
    return town or before.lemma in _NAMED_AFTER or before.text in QUOTES
