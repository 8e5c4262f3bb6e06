"""How well the two labelling passes over the gold articles agree; prints the figures.

The second pass stands in gold/second as .ann files alone: the texts are those of the first.
"""

from __future__ import annotations

from pathlib import Path

from svyaz.evaluate.agreement import agreement
from svyaz.evaluate.brat import document
from svyaz.evaluate.tally import Row, Tally, rows
from svyaz.relations.frames import registry

ROOT = Path(__file__).resolve().parent.parent / "gold"


def measured() -> tuple[int, list[Row]]:
    """The number of articles labelled twice, and the rows of all measures."""
    types = {t.name: t for t in registry()}
    tallies: list[Tally] = []
    second = sorted((ROOT / "second").glob("*.ann"))
    for path in second:
        (text,) = (p for split in ("dev", "test") if (p := ROOT / split / f"{path.stem}.txt").is_file())
        first = document(text.with_suffix(".ann"))
        tallies += agreement(first, document(path, text=text), types).tallies
    return len(second), rows(tallies)


def main() -> None:
    """Print one line a measure and type."""
    articles, found = measured()
    print(f"{articles} articles labelled twice")
    for row in found:
        if row.f1 is not None and row.measure != "dates":
            print(f"{row.measure:10} {row.type:20} {row.gold:5.0f} {row.system:5.0f}  F1 {row.f1:.3f}")


if __name__ == "__main__":
    main()
