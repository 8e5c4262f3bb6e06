"""The borders of offices, as the contract draws them."""

from __future__ import annotations

from marked import listed, mark, read, table, unmark


@table("offices.txt", 2)
def test_offices(cells: list[str]) -> None:
    marked, normals = cells
    text, _ = unmark(marked)
    found = [m for m in read(text).mentions if m.type == "office"]
    assert mark(text, found) == marked
    assert [m.normal for m in found] == listed(normals)
