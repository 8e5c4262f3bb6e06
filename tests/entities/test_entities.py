"""Which mentions of a text are one entity and which are not."""

from __future__ import annotations

from marked import Span, read, table, unmark
from svyaz import Result


@table("entities.txt", 2, optional=1)
def test_entities(cells: list[str]) -> None:
    text, spans = unmark(cells[0])
    result = read(text)
    found: dict[str, set[str | None]] = {}
    for span in spans:
        found.setdefault(span.label, set()).add(_entity(result, span))
    assert found.pop("0", {None}) == {None}
    assert all(len(entities) == 1 and None not in entities for entities in found.values()), found
    assert len(set.union(*found.values(), set())) == len(found), found
    names = {e.id: e.name for e in result.entities}
    for pair in filter(None, cells[1].split("; ")):
        label, _, name = pair.partition("=")
        assert [names[e or ""] for e in found[label]] == [name]


def _entity(result: Result, span: Span) -> str | None:
    """The entity of the mention that covers the span exactly; the holder, where an office has one."""
    holders = {e.id: e.holder for e in result.entities}
    for mention in result.mentions:
        if (mention.start, mention.end) == span[:2] and mention.entity:
            return holders[mention.entity] or mention.entity
    return None
