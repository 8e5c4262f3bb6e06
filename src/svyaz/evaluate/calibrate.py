"""Fitting the confidence model on labelled articles: logistic regression with a Gaussian prior."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from svyaz.assemble import assemble, in_order
from svyaz.evaluate.corpus import CorpusError, GoldDocument
from svyaz.evaluate.measures import score
from svyaz.model import Article
from svyaz.pipeline import article_id, read
from svyaz.relations.confidence import features
from svyaz.relations.engine import Engine
from svyaz.relations.extract import relations
from svyaz.relations.frames import RelationType

# How strongly a weight is held to zero: rules that fired seldom stay close to their type, types to the bias.
STRENGTH = {"rule": 2.0, "type": 1.0}
OTHER_STRENGTH = 0.5


@dataclass(frozen=True, slots=True)
class Sample:
    """One found relation: the features of its leading statement, and whether the labels have it."""

    features: tuple[str, ...]
    right: bool


def samples(documents: Iterable[GoldDocument], types: Sequence[RelationType]) -> list[Sample]:
    """Run the extractor over labelled articles and judge every relation that it finds."""
    engine, registry = Engine(types), {t.name: t for t in types}
    out = []
    for gold in documents:
        article = Article(text=gold.text, id=gold.id, published=gold.published)
        reading = read(gold.text, gold.published)
        merged = relations(engine, reading.sentences, reading.ties, reading.resolution)
        result = assemble(article_id(article), article, reading.clean, reading.resolution, merged, ())
        false = {
            (c.type, c.rule, c.text)
            for c in score(gold, result, registry).cases
            if c.measure == "relations" and not c.right
        }
        names = {e.id: e.name for e in result.entities}
        for found, relation in zip(in_order(merged), result.relations, strict=True):
            told = ", ".join(f"{a.role}={names[a.entity]}" for a in relation.args)
            wrong = any(
                t == relation.type and r == relation.evidence[0].rule and _agree(x, told) for t, r, x in false
            )
            out.append(Sample(features(found.first.fact), not wrong))
    return out


def _agree(case: str, told: str) -> bool:
    """Whether a false case is of this relation: it names all of the case's arguments."""
    inside = case[case.index("(") + 1 : -1]
    return all(part in told for part in inside.split(", "))


def fit(found: Sequence[Sample]) -> tuple[float, dict[str, float]]:
    """The bias and the weight of each feature; raises CorpusError without scipy or without samples."""
    if not found:
        raise CorpusError("no relation was found in the articles: there is nothing to fit")
    try:
        import numpy as np
        from scipy.optimize import minimize
    except ModuleNotFoundError as error:
        raise CorpusError("calibration needs scipy: pip install 'svyaz[evaluate]'") from error
    names = sorted({f for s in found for f in s.features})
    place = {name: i + 1 for i, name in enumerate(names)}
    table = np.zeros((len(found), len(names) + 1))
    table[:, 0] = 1
    for row, sample in enumerate(found):
        for name in sample.features:
            table[row, place[name]] = 1
    right = np.array([sample.right for sample in found], dtype=float)
    prior = np.array([0.0, *(STRENGTH.get(n.split(":")[0], OTHER_STRENGTH) for n in names)])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        logits = table @ weights
        value = np.sum(np.logaddexp(0, logits) - right * logits) + 0.5 * np.sum(prior * weights**2)
        return float(value), table.T @ (1 / (1 + np.exp(-logits)) - right) + prior * weights

    weights = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B").x
    return round(float(weights[0]), 3), {n: round(float(weights[place[n]]), 3) for n in names}


def as_yaml(bias: float, weights: dict[str, float], found: Sequence[Sample], articles: int) -> str:
    """The model as the text of ``lexicon/confidence.yaml``."""
    right = sum(s.right for s in found)
    counts = Counter(f for s in found for f in s.features)
    lines = [
        "# How sure a fact is: a logistic model, see relations/confidence.py. Written by make calibrate.",
        f"# Fitted on gold/dev: {articles} articles, {len(found)} relations found, {right} of them right.",
        "# Behind each weight: how many of the relations had the feature.",
        f"bias: {bias}",
        "weights:",
        *(f"  '{name}': {weight}  # {counts[name]}" for name, weight in weights.items()),
    ]
    return "\n".join(lines) + "\n"
