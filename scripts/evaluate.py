"""Measure on the gold articles and, where they are there, on the public corpora; write README.md's tables.

The public corpora are no part of the project: name the folder that holds ``factrueval-dev`` and ``nerel`` as the
argument. Without it the README keeps the table that was measured last.
"""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path

from svyaz.evaluate.report import Report
from svyaz.evaluate.run import Format, evaluate
from svyaz.evaluate.tally import Row
from svyaz.export.evaluation import markdown
from svyaz.pipeline import Extractor
from svyaz.relations.frames import registry

ROOT = Path(__file__).resolve().parent.parent
PUBLIC: tuple[tuple[str, str, Format], ...] = (
    ("factRuEval-2016, development half", "factrueval-dev", "factrueval"),
    ("NEREL 1.1, development part", "nerel/dev", "nerel"),
)
_BLOCK = re.compile(r"(<!-- measured: public -->\n).*?(<!-- end -->)", re.DOTALL)
_DATE = re.compile(r"Measured on (\d{4}-\d{2}-\d{2})\.")


def gold(extractor: Extractor) -> str:
    """The tables of both halves of the gold set, in Markdown, with sizes."""
    parts = []
    for split, says in (("dev", "rules are written on it"), ("test", "held out")):
        report = evaluate(ROOT / "gold" / split, "svyaz", extractor, registry())
        parts.append(_titled(f"gold/{split} ({says})", report, _chosen(report.rows)))
    return "\n".join(parts)


def _titled(name: str, report: Report, rows: list[Row]) -> str:
    size = f"{report.documents} documents, {report.characters} characters"
    return f"**{name}**: {size}\n\n{markdown(rows)}\n"


def _chosen(rows: tuple[Row, ...]) -> list[Row]:
    """All relation types, and the sums of the other measures."""
    return [r for r in rows if r.type == "all" or r.measure == "relations"]


def dated(tables: str, before: str) -> str:
    """The tables with the day on which they last changed; ``before`` is the block as it stands."""
    found = _DATE.search(before)
    same = found is not None and tables in before
    day = found.group(1) if found and same else datetime.date.today().isoformat()
    return f"Measured on {day}.\n\n{tables}"


def public(folder: Path, extractor: Extractor) -> str:
    """The tables of the public corpora."""
    parts = []
    for name, place, format_ in PUBLIC:
        report = evaluate(folder / place, format_, extractor, registry())
        parts.append(_titled(name, report, list(report.rows)))
    return "\n".join(parts)


def main(arguments: list[str]) -> None:
    """Write the public tables into the README and print all of them."""
    extractor, page = Extractor(), ROOT / "README.md"
    print(gold(extractor))
    folder = Path(arguments[0]) if arguments else None
    if folder is None or not all((folder / place).is_dir() for _, place, _ in PUBLIC):
        print(f"the public corpora are not in {folder}: their table stays as it is")
        return
    tables = public(folder, extractor)
    print(tables)
    text = page.read_text("utf-8")
    block = _BLOCK.sub(lambda m: m.group(1) + dated(tables, m.group(0)) + m.group(2), text)
    page.write_text(block, "utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
