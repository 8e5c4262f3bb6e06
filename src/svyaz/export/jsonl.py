"""One line of JSON a result, in input order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from svyaz.model import Result

# JSON may hold these as they are, but many readers end a line there.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def line(result: Result) -> str:
    """A result as a line with its end; «Лавров» is written as it is."""
    return result.model_dump_json().translate(_LINE_ENDS) + "\n"


def pieces(results: Iterable[Result]) -> Iterator[str]:
    """Yield a line for each result as soon as it is there."""
    return map(line, results)
