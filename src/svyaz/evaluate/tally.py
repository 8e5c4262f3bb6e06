"""Counting: precision, recall, F1 and their bootstrap intervals."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Resamplings of the documents; the seed is fixed so that a report is the same each time.
RESAMPLES, SEED = 1000, 2024


@dataclass(frozen=True, slots=True)
class Tally:
    """What one document adds to a row of a table.

    ``matched`` is the sum of the qualities of matched pairs (1 for a right one), ``gold`` and ``system`` are
    how many items there were on each side. Where the sides are counted apart (two gold mentions may overlap one
    of the system's), ``right`` is how many of the system's are right; else it is ``matched``.
    """

    measure: str
    type: str
    document: str
    matched: float
    gold: float
    system: float
    right: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Precision, recall and F1 of one type in one measure; None where nothing was there to divide by."""

    measure: str
    type: str
    matched: float
    gold: float
    system: float
    precision: float | None
    recall: float | None
    f1: float | None
    low: float | None
    high: float | None


Scores = tuple[float | None, float | None, float | None]


def precision_recall_f1(matched: float, gold: float, system: float, right: float | None = None) -> Scores:
    """An empty answer has recall 0 and no precision; without gold there is no recall."""
    right = matched if right is None else right
    precision = right / system if system else None
    recall = matched / gold if gold else None
    if precision and recall:
        return precision, recall, 2 * precision * recall / (precision + recall)
    return precision, recall, 0.0 if gold + system else None


def rows(tallies: Iterable[Tally]) -> list[Row]:
    """Sum tallies to rows: one for each measure and type, and for each measure over all types (``all``)."""
    groups: dict[tuple[str, str], list[Tally]] = {}
    for tally in tallies:
        for kind in (tally.type, "all"):
            groups.setdefault((tally.measure, kind), []).append(tally)
    out = [_row(measure, kind, group) for (measure, kind), group in groups.items()]
    order = {measure: i for i, measure in enumerate(dict.fromkeys(m for m, _ in groups))}
    return sorted(out, key=lambda r: (order[r.measure], r.type == "all", r.type))


def _row(measure: str, kind: str, group: Sequence[Tally]) -> Row:
    sums = _sum(group)
    low, high = _interval(group)
    return Row(measure, kind, *sums[:3], *precision_recall_f1(*sums), low, high)


def _sum(group: Iterable[Tally]) -> tuple[float, float, float, float]:
    matched = gold = system = right = 0.0
    for tally in group:
        matched, gold, system = matched + tally.matched, gold + tally.gold, system + tally.system
        right += tally.matched if tally.right is None else tally.right
    return matched, gold, system, right


def _interval(group: Sequence[Tally]) -> tuple[float | None, float | None]:
    """The 95 % interval of F1 by resampling documents."""
    by_document: dict[str, list[Tally]] = {}
    for tally in group:
        by_document.setdefault(tally.document, []).append(tally)
    sums = [_sum(tallies) for tallies in by_document.values()]
    if len(sums) < 2:
        return None, None
    chance = random.Random(SEED)  # noqa: S311 - no secret hangs on it
    scores = []
    for _ in range(RESAMPLES):
        drawn = chance.choices(sums, k=len(sums))
        f1 = precision_recall_f1(*(sum(column) for column in zip(*drawn, strict=True)))[2]
        if f1 is not None:
            scores.append(f1)
    scores.sort()
    return (
        (scores[int(0.025 * len(scores))], scores[int(0.975 * len(scores)) - 1]) if scores else (None, None)
    )
