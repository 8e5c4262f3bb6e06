"""The dictionary says what pymorphy3's analyzer says, reading by reading and form by form."""

from __future__ import annotations

from functools import cache
from itertools import product

import pymorphy3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svyaz import dictionary

WORDS = """
    мая май Май березняк еще ещё ёлка елка пётр Петр льва стали стекло и В А И. с со кто-то человек-паука
    экс-премьера нанороботов псевдокошкой бутявками Гантимурова подписавшие подписан введён обсуждающийся
    наилучшего получше по-западному смотри-ка интернет-магазину воздушно-капельным Нью-Йорка XIV МИДом ОАО
    pdf Apple 12 12,5 2019-го … — «» - -- сто двумястами Баку пальто Ангелой Меркель Анне тысяч года лет
""".split()
WANTED = [
    frozenset(filter(None, wanted))
    for wanted in product(
        ("nomn", "gent", "datv", "accs", "ablt", "loct"), ("sing", "plur", ""), ("masc", "femn", "neut", "")
    )
]


@cache
def analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")


def agree(word: str) -> None:
    """Assert that ``word`` is read and bent as pymorphy3 does it."""
    try:
        expected = analyzer().parse(word)
    except (ValueError, UnicodeEncodeError):
        expected = []
    found = dictionary.readings(word)
    assert [reading[:4] for reading in found] == [
        (p.normal_form, str(p.tag), p.is_known, p.score) for p in expected
    ]
    for (*_, form, place), parse in zip(found, expected, strict=True):
        for wanted in WANTED:
            expected_form = parse.inflect(wanted)
            assert place.inflected(form, wanted) == (expected_form and expected_form.word), (parse, wanted)


@pytest.mark.parametrize("word", WORDS)
def test_words(word: str) -> None:
    agree(word)


@settings(max_examples=30, deadline=None)
@given(st.text(st.sampled_from("аеёикнорстья-АЕ1.,xV"), max_size=9))
def test_letters(word: str) -> None:
    agree(word)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=4))
def test_any_text(word: str) -> None:
    agree(word)
