"""``svyaz batch`` as its user meets it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from click.testing import CliRunner

from jobs import command, interrupted
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
    assert "parts that are there already: 1" in said
    assert f"{tmp_path / 'out'}: something in 1 of these could not be read; _failures there names it" in said
    assert status == 1


def test_folders_that_are_wrong_are_told(tmp_path: Path) -> None:
    status, said = batch(tmp_path, tmp_path / "out")
    assert (status, "no file in it ends in .jsonl" in said) == (2, True)
    status, said = batch(tmp_path, "")
    assert (status, "OUTPUT is empty" in said) == (2, True)
    status, said = batch(tmp_path / "nowhere", tmp_path / "out")
    assert (status, "no such file or folder" in said) == (2, True)
    (tmp_path / "news.jsonl").touch()
    status, said = batch(tmp_path, "nothing://bucket")
    assert (status, "nothing" in said) == (2, True)
    status, said = batch("nothing://bucket", tmp_path / "out")
    assert (status, "nothing" in said) == (2, True)


def test_ctrl_c_says_one_line_and_leaves_no_process(tmp_path: Path) -> None:
    line = json.dumps({"text": "Сергей Лавров встретился с Ван И в Пекине. " * 20}) + "\n"
    (tmp_path / "news.jsonl").write_text(line * 600, "utf-8")
    arguments = (tmp_path / "news.jsonl", tmp_path / "out", "--workers", 1, "--part-bytes", len(line) * 20)
    with command("batch", *arguments, stderr=subprocess.PIPE) as process:
        said = interrupted(process, lambda: bool(list(tmp_path.glob("out/*.jsonl"))))
        assert process.returncode == 130
        assert said == b"svyaz: interrupted; the same command goes on from here\n"
