"""Optimal one-to-one matching of gold and system items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from svyaz.evaluate.corpus import CorpusError

Gold = TypeVar("Gold")
System = TypeVar("System")


def match(
    gold: Sequence[Gold], system: Sequence[System], quality: Callable[[Gold, System], float]
) -> list[tuple[int, int, float]]:
    """Pair items so that the sum of qualities is the greatest; pairs of quality 0 are left out.

    Returns (index in gold, index in system, quality) by gold index. The assignment is scipy's (Jonker-Volgenant),
    never greedy: a greedy choice can spend the only match of one item on another. Raises CorpusError without scipy.
    """
    if not gold or not system:
        return []
    try:
        import numpy as np
        from scipy.optimize import linear_sum_assignment
    except ModuleNotFoundError as error:
        raise CorpusError("evaluation needs scipy: pip install 'svyaz[evaluate]'") from error

    table = np.array([[quality(g, s) for s in system] for g in gold])
    pairs = zip(*linear_sum_assignment(table, maximize=True), strict=True)
    return sorted((int(g), int(s), float(table[g, s])) for g, s in pairs if table[g, s] > 0)
