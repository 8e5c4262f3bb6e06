"""What an evaluation found, as one frozen value that goes to JSON and back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from svyaz.evaluate.cases import Case
from svyaz.evaluate.corpus import CorpusError
from svyaz.evaluate.tally import Row, Tally, rows


@dataclass(frozen=True, slots=True)
class RuleRow:
    """How often a rule fired and how often it was right."""

    rule: str
    fired: int
    right: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Facts of similar confidence: how many, the mean confidence, and the share that was right."""

    low: float
    high: float
    facts: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Report:
    """The result of one evaluation."""

    corpus: str
    format: str
    documents: int
    characters: int
    rows: tuple[Row, ...]
    rules: tuple[RuleRow, ...]
    calibration: tuple[Bin, ...]
    errors: dict[str, int]
    cases: tuple[Case, ...]

    def as_json(self) -> str:
        """The report as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def make(
    corpus: str,
    format_: str,
    documents: int,
    characters: int,
    tallies: Iterable[Tally],
    cases: Sequence[Case],
) -> Report:
    """Sum up what the documents gave."""
    found = [c for c in cases if c.measure == "relations" and c.rule is not None]
    errors = Counter(f"{c.measure}: {c.error}" for c in cases if c.error)
    return Report(
        corpus,
        format_,
        documents,
        characters,
        tuple(rows(tallies)),
        tuple(_rules(found)),
        tuple(_bins(found)),
        dict(errors.most_common()),
        tuple(cases),
    )


def _rules(found: Sequence[Case]) -> list[RuleRow]:
    fired = Counter(c.rule or "" for c in found)
    right = Counter(c.rule or "" for c in found if c.right)
    return [RuleRow(rule, n, right[rule]) for rule, n in sorted(fired.items(), key=lambda f: (-f[1], f[0]))]


def _bins(found: Sequence[Case], width: float = 0.1) -> list[Bin]:
    """The reliability table: facts by tenths of confidence."""
    out = []
    for i in range(10):
        inside = [c for c in found if c.confidence is not None and min(int(c.confidence / width), 9) == i]
        if inside:
            mean = sum(c.confidence or 0 for c in inside) / len(inside)
            right = sum(c.right for c in inside) / len(inside)
            out.append(
                Bin(
                    round(i * width, 1),
                    round((i + 1) * width, 1),
                    len(inside),
                    round(mean, 3),
                    round(right, 3),
                )
            )
    return out


def load(path: Path) -> Report:
    """Read a report that ``as_json`` wrote; raises CorpusError for a file that is none."""
    try:
        raw: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return Report(
            raw["corpus"],
            raw["format"],
            raw["documents"],
            raw["characters"],
            tuple(Row(**r) for r in raw["rows"]),
            tuple(RuleRow(**r) for r in raw["rules"]),
            tuple(Bin(**b) for b in raw["calibration"]),
            raw["errors"],
            tuple(Case(**c) for c in raw["cases"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorpusError(f"{path}: no report of svyaz evaluate: {error}") from error


@dataclass(frozen=True)
class Comparison:
    """The cases that are right in one report and not in the other."""

    gained: tuple[Case, ...]
    lost: tuple[Case, ...]


def compare(old: Report, new: Report) -> Comparison:
    """Cases gained and lost from ``old`` to ``new``: found and right now, or no longer false; and the reverse."""
    return Comparison(tuple(_better(old, new)), tuple(_better(new, old)))


def _better(worse: Report, better: Report) -> list[Case]:
    """Cases that ``better`` has right and ``worse`` has not, and false alarms of ``worse`` that are gone."""
    before = {c.key: c for c in worse.cases}
    after = {c.key: c for c in better.cases}
    won = [c for c in better.cases if c.right and (c.key not in before or not before[c.key].right)]
    gone = [c for c in worse.cases if c.error == "spurious" and c.key not in after]
    return [*won, *gone]
