"""Results as tables for a reader at a terminal: one row a relation, then a line of counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from svyaz.export.screen import plain, render
from svyaz.model import MentionType, Relation, Result

# Sentences are cut here in the table only; the other formats carry offsets and the whole text.
MAX_SENTENCE = 240
_COUNTED: dict[MentionType, tuple[str, str]] = {
    "person": ("person", "people"),
    "office": ("office", "offices"),
    "organization": ("organisation", "organisations"),
    "location": ("place", "places"),
}


def pieces(results: Iterable[Result], *, width: int, colour: bool = False) -> Iterator[str]:
    """Yield each result as a titled table of at most ``width`` columns, with ANSI colours if asked for."""
    for result in results:
        yield render(_parts(result), width, colour)


def _parts(result: Result) -> Iterator[RenderableType]:
    yield Text(" · ".join(" ".join(plain(p).split()) for p in _heading(result)), style="bold")
    if result.relations:
        yield _table(result)
    yield Text(_counts(result))
    for warning in result.warnings:
        yield Text(plain(f"{warning.code}: {warning.message}"), style="yellow")
    yield Text("")


def _heading(result: Result) -> Iterator[str]:
    yield result.title or result.id
    if result.published:
        yield result.published.isoformat()
    if result.source:
        yield result.source


def _table(result: Result) -> Table:
    table = Table(expand=True, show_lines=True, header_style="bold")
    table.add_column("relation", no_wrap=True)
    table.add_column("arguments", ratio=4)
    table.add_column("modality", no_wrap=True)
    table.add_column("date", no_wrap=True)
    if result.text is not None:
        table.add_column("sentence", ratio=5)
    names = {entity.id: entity.name for entity in result.entities}
    for relation in result.relations:
        cells = [
            relation.type,
            _arguments(relation, names),
            "\n".join(filter(None, (relation.modality, relation.phase))),
            relation.date.value if relation.date else "",
        ]
        if result.text is not None:
            cells.append(_sentence(relation, result.text))
        table.add_row(*(Text(plain(cell)) for cell in cells))
    return table


def _arguments(relation: Relation, names: dict[str, str]) -> str:
    """One line an argument («participant = Семён Григорьев»), then attributes and source."""
    lines = [f"{a.role} = {names.get(a.entity, a.text)}" for a in relation.args]
    lines += (f"{key}: {value}" for key, value in relation.attributes.items())
    if relation.source:
        lines.append(f"source: {names.get(relation.source, relation.source)}")
    return "\n".join(lines)


def _sentence(relation: Relation, text: str) -> str:
    """The first sentence that states the relation, and how many others do."""
    if not relation.evidence:
        return ""
    first, *others = relation.evidence
    sentence = " ".join(text[first.start : first.end].split())
    if len(sentence) > MAX_SENTENCE:
        sentence = sentence[: MAX_SENTENCE - 1].rstrip() + "…"
    return sentence + (f" (+{len(others)} more)" if others else "")


def _counts(result: Result) -> str:
    """«5 relations · 4 people · 3 offices · 2 organisations · 4 places»."""
    found = Counter(entity.type for entity in result.entities)
    counts = [
        (len(result.relations), ("relation", "relations")),
        *((found[t], names) for t, names in _COUNTED.items()),
    ]
    return " · ".join(f"{number} {names[number != 1]}" for number, names in counts)
