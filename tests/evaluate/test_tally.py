"""Precision, recall and F1 against cases computed by hand."""

from __future__ import annotations

import pytest

from svyaz.evaluate.tally import Tally, precision_recall_f1, rows
from svyaz.export.evaluation import number

# matched, gold, system → precision, recall, F1
BY_HAND = [
    (2, 4, 2, 1.0, 0.5, 2 / 3),
    (3, 4, 6, 0.5, 0.75, 0.6),
    (1.5, 2, 3, 0.5, 0.75, 0.6),
    (5, 5, 5, 1.0, 1.0, 1.0),  # a perfect answer
    (0, 5, 0, None, 0.0, 0.0),  # an empty answer: recall 0, precision undefined
    (0, 0, 3, 0.0, None, 0.0),  # nothing to find, three found
    (0, 0, 0, None, None, None),
]


@pytest.mark.parametrize(("matched", "gold", "system", "precision", "recall", "f1"), BY_HAND)
def test_scores_by_hand(matched, gold, system, precision, recall, f1) -> None:
    assert precision_recall_f1(matched, gold, system) == pytest.approx((precision, recall, f1))


def test_sides_counted_apart() -> None:
    """Two gold mentions overlap one of the system's: both are found, and one of one is right."""
    assert precision_recall_f1(2, 4, 1, right=1) == pytest.approx((1.0, 0.5, 2 / 3))


def test_undefined_is_a_dash_and_never_one() -> None:
    assert [number(v) for v in (None, 0.0, 1.0)] == ["–", "0.000", "1.000"]


def test_rows_sum_over_documents_and_types() -> None:
    tallies = [
        Tally("relations", "owns", "a", 1, 2, 1),
        Tally("relations", "owns", "b", 1, 1, 3),
        Tally("relations", "said", "b", 1, 1, 1),
    ]
    found = {r.type: (r.matched, r.gold, r.system) for r in rows(tallies)}
    assert found == {"owns": (2, 3, 4), "said": (1, 1, 1), "all": (3, 4, 5)}


def test_the_interval_holds_the_score_and_is_the_same_each_time() -> None:
    tallies = [Tally("m", "t", str(i), float(i % 3), 2, 2) for i in range(30)]
    row = rows(tallies)[0]
    assert row == rows(tallies)[0]
    assert (row.low or 1) < (row.f1 or 0) < (row.high or 0)


def test_one_document_has_no_interval() -> None:
    row = rows([Tally("m", "t", "only", 1, 1, 1)])[0]
    assert (row.low, row.high) == (None, None)
