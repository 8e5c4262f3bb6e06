"""Fitting the confidence model."""

from __future__ import annotations

import pytest
import yaml

from svyaz.evaluate.calibrate import Sample, as_yaml, fit
from svyaz.evaluate.corpus import CorpusError
from svyaz.relations.confidence import HIGHEST, confidence, together

GOOD, BAD = ("type:a", "rule:a.good"), ("type:a", "rule:a.bad", "guessed")
SAMPLES = [Sample(GOOD, i < 36) for i in range(40)] + [Sample(BAD, i < 10) for i in range(40)]


def test_rules_that_are_right_more_often_weigh_more() -> None:
    bias, weights = fit(SAMPLES)
    good, bad = (bias + sum(weights[f] for f in features) for features in (GOOD, BAD))
    assert good > 1 > 0 > bad


def test_a_rule_seen_once_stays_near_its_type() -> None:
    _, weights = fit([*SAMPLES, Sample(("type:a", "rule:a.once"), False)])
    assert abs(weights["rule:a.once"]) < abs(weights["rule:a.bad"])


def test_the_model_is_written_as_yaml() -> None:
    bias, weights = fit(SAMPLES)
    raw = yaml.safe_load(as_yaml(bias, weights, SAMPLES, 2))
    assert raw == {"bias": bias, "weights": weights}


def test_nothing_to_fit_is_told() -> None:
    with pytest.raises(CorpusError, match="nothing to fit"):
        fit([])


def test_the_shipped_model_gives_probabilities() -> None:
    assert 0 < confidence(["type:none such"]) < 1


@pytest.mark.parametrize("values", [[0.5], [0.5, 0.5], [0.9, 0.2, 0.1]])
def test_more_statements_never_make_a_fact_less_sure(values: list[float]) -> None:
    assert max(values) <= together(values) <= HIGHEST
