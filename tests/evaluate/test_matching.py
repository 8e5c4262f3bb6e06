"""The assignment is optimal, not greedy."""

from __future__ import annotations

from svyaz.evaluate.matching import match

QUALITY = {("a", "x"): 0.9, ("a", "y"): 0.8, ("b", "x"): 0.8}


def test_the_sum_counts_not_the_first_best() -> None:
    """A greedy choice takes a–x (0.9) and leaves b nothing; a–y and b–x sum to 1.6."""
    found = match(["a", "b"], ["x", "y"], lambda g, s: QUALITY.get((g, s), 0.0))
    assert found == [(0, 1, 0.8), (1, 0, 0.8)]


def test_pairs_of_no_quality_are_left_out() -> None:
    assert match(["a"], ["z"], lambda g, s: QUALITY.get((g, s), 0.0)) == []


def test_an_empty_side_matches_nothing() -> None:
    assert match([], ["x"], lambda g, s: 1.0) == []
    assert match(["a"], [], lambda g, s: 1.0) == []
