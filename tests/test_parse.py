"""Words are cut as razdel cuts them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from razdel import tokenize

from svyaz.parse import _words

PIECES = [*'абёXz12-—_.,/\\ \n:)(=;*!?…²№«»"%٣ºä\x1c', "Yahoo", "слово", "2011", "...", "  ", "\u0301"]


def agree(text: str) -> None:
    """Assert that ``text`` has razdel's words."""
    assert list(_words(text, 3)) == [(t.start + 3, t.stop + 3) for t in tokenize(text)]


@pytest.mark.parametrize(
    "text",
    [
        "в 2011, 2012 и 2013 годах",
        "кое -что и что- то, 1/ 2, а_ б",
        "«Yahoo!» и yahoo !",
        "«Да!» — сказал он (тихо), а: 5,5%… ?! :-))) =(",
        "США-Китай 2:0 № 5 10°С mβж ... --",
        "",
    ],
)
def test_words(text: str) -> None:
    agree(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_signs(text: str) -> None:
    agree(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=12))
def test_any_text(text: str) -> None:
    agree(text)
