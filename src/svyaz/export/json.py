"""Indented JSON: one object, or a list of objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import indent

from svyaz.model import Result


def pieces(results: Iterable[Result], *, many: bool) -> Iterator[str]:
    """Yield the JSON text piece by piece; a list (``many``) is written as its results come.

    Without ``many`` there is at most one result; none gives no text at all.
    """
    if not many:
        yield from (result.model_dump_json(indent=2) + "\n" for result in results)
        return
    before = "[\n"
    for result in results:
        yield before + indent(result.model_dump_json(indent=2), "  ")
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
