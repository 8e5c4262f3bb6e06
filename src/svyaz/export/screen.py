"""Rendering for a screen: rich's tables as plain text, without trailing blanks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

from rich.console import Console, RenderableType

# Articles may hold escape sequences, and a terminal would obey them.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def plain(text: str) -> str:
    """Text without control characters, which a terminal would obey."""
    return _CONTROL.sub(" ", text)


def render(parts: Iterable[RenderableType], width: int, colour: bool) -> str:
    """Render one part under the other, ``width`` columns wide, with ANSI colours if asked for."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
    )
    for part in parts:
        console.print(part)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())
