"""Reports of an evaluation as tables for a screen, and as a Markdown table for a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from svyaz.evaluate.cases import Case
from svyaz.evaluate.report import Comparison, Report
from svyaz.evaluate.tally import Row
from svyaz.export.screen import plain, render

_SHOWN_RULES, _SHOWN_ERRORS = 25, 12


def as_table(report: Report, cases: Sequence[Case], *, width: int, colour: bool = False) -> str:
    """The whole report; ``cases`` are the single cases to list at its end."""
    return render(_parts(report, cases), width, colour)


def _parts(report: Report, cases: Sequence[Case]) -> Iterator[RenderableType]:
    yield Text(f"{report.corpus}: {report.documents} documents, {report.characters} characters", style="bold")
    yield _scores(report.rows)
    if report.rules:
        yield _rules(report)
    if report.calibration:
        yield _calibration(report)
    if report.errors:
        common = list(report.errors.items())[:_SHOWN_ERRORS]
        yield Text("errors: " + ", ".join(f"{name} {count}" for name, count in common))
    yield from _listed(cases)


def _scores(rows: Iterable[Row]) -> Table:
    table = Table(header_style="bold")
    for name in ("measure", "type"):
        table.add_column(name)
    for name in ("gold", "system", "precision", "recall", "F1", "95 % interval"):
        table.add_column(name, justify="right")
    before = None
    for row in rows:
        if before not in {None, row.measure}:
            table.add_section()
        before = row.measure
        style = "bold" if row.type == "all" else None
        table.add_row(*_cells(row), style=style)
    return table


def _cells(row: Row) -> list[str]:
    interval = f"{row.low:.3f}–{row.high:.3f}" if row.low is not None and row.high is not None else "–"
    scores = [number(row.precision), number(row.recall), number(row.f1)]
    return [row.measure, row.type, f"{row.gold:.0f}", f"{row.system:.0f}", *scores, interval]


def number(value: float | None) -> str:
    """Three decimals; a dash where nothing was there to divide by, never 0 or 1."""
    return "–" if value is None else f"{value:.3f}"


def _rules(report: Report) -> Table:
    table = Table(title=f"rules, the {_SHOWN_RULES} most frequent", header_style="bold")
    table.add_column("rule")
    for name in ("fired", "right", "share"):
        table.add_column(name, justify="right")
    for rule in report.rules[:_SHOWN_RULES]:
        table.add_row(rule.rule, str(rule.fired), str(rule.right), number(rule.right / rule.fired))
    return table


def _calibration(report: Report) -> Table:
    table = Table(title="confidence and how often it was right", header_style="bold")
    for name in ("confidence", "facts", "mean", "right"):
        table.add_column(name, justify="right")
    for part in report.calibration:
        table.add_row(
            f"{part.low:.1f}–{part.high:.1f}", str(part.facts), number(part.confidence), number(part.right)
        )
    return table


def _listed(cases: Sequence[Case]) -> Iterator[Text]:
    for case in cases:
        rule = f" [{case.rule}]" if case.rule else ""
        yield Text(plain(f"{case.error or 'right'}: {case.text}{rule}"), style="bold")
        yield Text(plain(f"    {case.document}: {case.sentence}"))


def comparison(found: Comparison, *, width: int, colour: bool = False) -> str:
    """Cases gained and lost between two reports."""
    parts: list[RenderableType] = []
    for name, cases in (("gained", found.gained), ("lost", found.lost)):
        parts.append(Text(f"{name}: {len(cases)}", style="bold"))
        parts += _listed(cases)
    return render(parts, width, colour)


def markdown(rows: Iterable[Row]) -> str:
    """A Markdown table of rows."""
    head = ["measure", "type", "gold", "system", "precision", "recall", "F1", "95 % interval"]
    lines = ["| " + " | ".join(head) + " |", "|---|---|" + "---:|" * 6]
    lines += ["| " + " | ".join(_cells(row)) + " |" for row in rows]
    return "\n".join(lines)
