"""One evaluation: read a corpus, run the extractor over it, compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from svyaz.evaluate import brat, factrueval, factrueval_tracks, measures, nerel, report
from svyaz.evaluate.cases import Case
from svyaz.evaluate.corpus import GoldDocument
from svyaz.evaluate.measures import Scored
from svyaz.evaluate.tally import Tally
from svyaz.model import Article, Result
from svyaz.pipeline import Extractor
from svyaz.relations.frames import RelationType

Format = Literal["svyaz", "brat", "factrueval", "nerel"]
FORMATS: tuple[Format, ...] = ("svyaz", "brat", "factrueval", "nerel")


def evaluate(
    folder: Path, format_: Format, extractor: Extractor, types: tuple[RelationType, ...]
) -> report.Report:
    """Evaluate the extractor on all documents of a folder; raises CorpusError for one that cannot be read.

    ``svyaz`` and ``brat`` are the same format: brat standoff in the manner of ``gold/GUIDELINES.md``.
    """
    registry = {t.name: t for t in types}
    scorers: dict[Format, Callable[[GoldDocument, Result], Scored]] = {
        "svyaz": lambda gold, result: measures.score(gold, result, registry),
        "brat": lambda gold, result: measures.score(gold, result, registry),
        "factrueval": factrueval_tracks.score,
        "nerel": nerel.score,
    }
    tallies: list[Tally] = []
    cases: list[Case] = []
    count = characters = 0
    for gold in _documents(folder, format_):
        result = extractor.extract(Article(text=gold.text, id=gold.id, published=gold.published))
        scored = scorers[format_](gold, result)
        tallies += scored.tallies
        cases += scored.cases
        count, characters = count + 1, characters + len(gold.text)
    return report.make(folder.name, format_, count, characters, tallies, cases)


def _documents(folder: Path, format_: Format) -> Iterator[GoldDocument]:
    if format_ == "factrueval":
        return factrueval.documents(folder)
    return nerel.documents(folder) if format_ == "nerel" else brat.documents(folder)
