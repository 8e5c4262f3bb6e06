"""``svyaz batch`` as its user meets it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from svyaz.cli import main


def batch(*arguments: object) -> tuple[int, str]:
    """Exit status and what stands on stderr."""
    found = CliRunner().invoke(main, ["batch", *map(str, arguments)])
    return found.exit_code, found.stderr


def test_a_folder_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    lines = ['{"id": "a", "text": "Посол России Иван Петров посетил Рим."}', '{"text": 7}']
    (tmp_path / "in" / "news.jsonl").write_text("\n".join(lines), "utf-8")
    status, said = batch(tmp_path / "in", tmp_path / "out", "--workers", 1)
    assert status == 1
    assert "news.jsonl:2: text: not a string" in said
    assert "parts written: 1, articles: 1" in said
    (part,) = (tmp_path / "out").glob("*.jsonl")
    assert json.loads(part.read_text("utf-8"))["id"] == "a"
    status, said = batch(tmp_path / "in", tmp_path / "out")
    assert (status, "parts that are there already: 1" in said) == (0, True)


def test_folders_that_are_wrong_are_told(tmp_path: Path) -> None:
    status, said = batch(tmp_path, tmp_path / "out")
    assert (status, "no file in it ends in .jsonl" in said) == (2, True)
    status, said = batch(tmp_path / "nowhere", tmp_path / "out")
    assert (status, "no file in it" in said) == (2, True)
    status, said = batch("nothing://bucket", tmp_path / "out")
    assert (status, "nothing" in said) == (2, True)
