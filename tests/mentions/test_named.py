"""People, organisations and places by name: the tables of their borders and their normal forms."""

from __future__ import annotations

from marked import listed, mark, read, table, unmark
from svyaz import Mention


@table("persons.txt", 3)
def test_persons(cells: list[str]) -> None:
    marked, normals, parts = cells
    text, _ = unmark(marked)
    result = read(text)
    found = [m for m in result.mentions if m.type == "person" and m.form == "name"]
    names = {e.id: e.person_name for e in result.entities}
    assert mark(text, found) == marked
    assert [m.normal for m in found] == listed(normals)
    told = []
    for mention in found:
        name = names[mention.entity or ""]
        assert name is not None
        told.append(", ".join(part or "-" for part in (name.first, name.middle, name.last, name.gender)))
    assert told == listed(parts)


@table("organizations.txt", 2)
def test_organizations(cells: list[str]) -> None:
    marked, normals = cells
    text, _spans = unmark(marked)
    found = [m for m in read(text).mentions if m.type == "organization" and m.form == "name"]
    outer = [m for m in found if not any(_inside(m, o) for o in found)]
    assert mark(text, outer) == marked
    assert [m.normal for m in outer] == listed(normals)


def _inside(mention: Mention, other: Mention) -> bool:
    return other is not mention and other.start <= mention.start and mention.end <= other.end


@table("places.txt", 4)
def test_places(cells: list[str]) -> None:
    marked, names, countries, forms = cells
    text, _ = unmark(marked)
    result = read(text)
    found = [m for m in result.mentions if m.type == "location" and m.form != "nominal"]
    country = {e.id: e.country or "-" for e in result.entities}
    assert mark(text, found) == marked
    assert [m.normal for m in found] == listed(names)
    assert [country[m.entity or ""] for m in found] == (countries.split("; ") if found else [])
    assert [m.form for m in found] == listed(forms)
