"""The relation types themselves, as a table for readers and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rich.table import Table
from rich.text import Text

from svyaz.export.screen import render
from svyaz.relations.frames import RelationType


def as_json(types: Iterable[RelationType]) -> str:
    """A list of objects: name, definition, roles, symmetric, attributes, frames."""
    return json.dumps([_record(relation) for relation in types], ensure_ascii=False, indent=2)


def _record(relation: RelationType) -> dict[str, Any]:
    roles = {
        name: {"types": list(role.types), "optional": role.optional, "min": role.min}
        for name, role in relation.roles.items()
    }
    return {
        "name": relation.name,
        "definition": relation.definition,
        "roles": roles,
        "symmetric": relation.symmetric,
        "attributes": {
            name: values if isinstance(values, str) else list(values)
            for name, values in relation.attributes.items()
        },
        "frames": [frame.name for frame in relation.frames],
    }


def roles(relation: RelationType) -> str:
    """«participant*, place?»: a star means two or more, a question mark that it may be missing."""
    marks = {
        name: "*" if role.min > 1 else "?" if role.optional else "" for name, role in relation.roles.items()
    }
    return ", ".join(name + mark for name, mark in marks.items())


def attributes(relation: RelationType) -> str:
    """«channel (in_person, remote), topic»: a free text has no list of values."""
    return ", ".join(
        name if isinstance(values, str) else f"{name} ({', '.join(values)})"
        for name, values in relation.attributes.items()
    )


def as_table(types: Iterable[RelationType], *, width: int, colour: bool = False) -> str:
    """A table of at most ``width`` columns."""
    table = Table(expand=True, show_lines=True, header_style="bold")
    table.add_column("type", no_wrap=True)
    table.add_column("roles (* two or more, ? optional)", ratio=3)
    table.add_column("attributes", ratio=3)
    table.add_column("says", ratio=4)
    for relation in types:
        cells = (relation.name, roles(relation), attributes(relation), relation.definition)
        table.add_row(*map(Text, cells))
    return render([table], width, colour)
