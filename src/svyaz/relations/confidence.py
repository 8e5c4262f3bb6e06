"""How sure a fact is, from what was needed to find it.

Until weights are fitted on hand-labelled articles these are set by hand: a start value for a fact whose
every argument the tree gave, and a factor for each weaker step. They are data, not code: see ``WEIGHTS``.
"""

from __future__ import annotations

from collections.abc import Sequence

from svyaz.relations.engine import Fact, Filler

START = 0.9
WEIGHTS = {"guessed": 0.8, "pronoun": 0.85, "nominal": 0.9, "long": 0.9, "no_tree": 0.7}
# Sentences longer than this many tokens are parsed clearly worse.
LONG = 40


def confidence(fact: Fact) -> float:
    """A number in (0, 1) for one statement of a fact."""
    value = START
    for weakness in _weaknesses(fact.fillers, len(fact.scene.sentence.tokens)):
        value *= WEIGHTS[weakness]
    return value


def _weaknesses(fillers: Sequence[Filler], length: int) -> list[str]:
    out = ["guessed" for f in fillers if f.guessed]
    out += [f.mention.form for f in fillers if f.mention.form in WEIGHTS and f.mention.type != "office"]
    if length > LONG:
        out.append("long")
    return out


def together(values: Sequence[float]) -> float:
    """The confidence of a fact stated several times: each statement alone might be wrong."""
    wrong = 1.0
    for value in values:
        wrong *= 1 - value
    return round(min(1 - wrong, 0.99), 3)
