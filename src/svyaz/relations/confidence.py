"""How sure a fact is: a logistic model over what was needed to find it, fitted on hand-labelled articles.

Each statement of a fact has features: its relation type, its rule, and each weaker step on the way (an
argument found by word order, a pronoun or a bare noun as argument, a long sentence). The weights stand in
``lexicon/confidence.yaml``; ``make calibrate`` fits them anew (Platt 1999, with a prior that keeps rules seen
seldom close to their type).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache

from svyaz.lexicon import load
from svyaz.relations.engine import Fact

# Sentences longer than this many tokens are parsed clearly worse.
LONG = 40
# No fact is certain, and none that a rule states is worthless.
LOWEST, HIGHEST = 0.02, 0.99


def features(fact: Fact) -> tuple[str, ...]:
    """The features of one statement: «type:owns», «rule:owns.have», «guessed», «pronoun» …"""
    out = [f"type:{fact.type.name}", f"rule:{fact.type.name}.{fact.frame.name}"]
    forms = {f.mention.form for f in fact.fillers if f.mention.type not in {"office", "date"}}
    out += [form for form in ("pronoun", "nominal") if form in forms]
    if any(f.guessed for f in fact.fillers):
        out.append("guessed")
    if len(fact.scene.sentence.tokens) > LONG:
        out.append("long")
    return tuple(out)


@cache
def _model() -> tuple[float, dict[str, float]]:
    raw = load("confidence")
    return float(raw["bias"]), dict(raw["weights"])


def confidence(found: Iterable[str]) -> float:
    """The probability, by the fitted model, that a statement with these features is right."""
    bias, weights = _model()
    return 1 / (1 + math.exp(-(bias + sum(weights.get(name, 0.0) for name in found))))


def together(values: Sequence[float]) -> float:
    """The confidence of a fact by that of its statements.

    The surest one decides, and each further one takes away half of the doubt that an independent witness
    would: rules that read the same article are apt to err together.
    """
    best, *others = sorted(values, reverse=True)
    doubt = 1 - best
    for value in others:
        doubt *= 1 - value / 2
    return round(min(max(1 - doubt, LOWEST), HIGHEST), 3)
