"""The command line as a user meets it: output, exit status, stderr; and input of every bad kind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from svyaz import __version__
from svyaz.cli import main

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "000_47da46eae803e762.txt"
SENTENCE = "Сергей Лавров встретился с Ван И в Пекине 12 января."
COMMAND = [sys.executable, "-c", "from svyaz.cli import main; main(prog_name='svyaz')"]


def run(*arguments: object, text: str | bytes | None = None) -> Result:
    """Run the command; it must end by itself, never by an exception."""
    result = CliRunner().invoke(main, [str(a) for a in arguments], input=text)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    assert "internal error" not in result.output
    return result


def records(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def codes(record: dict[str, Any]) -> list[str]:
    return [warning["code"] for warning in record["warnings"]]


@pytest.fixture(name="process")
def _process() -> Iterator[subprocess.Popen[bytes]]:
    """The command reading JSON Lines from a pipe, as another program would start it."""
    command = [*COMMAND, "extract", "-", "--from", "jsonl"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=environment, **pipes) as process:  # type: ignore[call-overload]
        yield process
        process.kill()


# What comes out


def test_version() -> None:
    assert run("--version").stdout == f"svyaz, version {__version__}\n"


def test_a_pipe_gets_json_lines(tmp_path: Path) -> None:
    file = tmp_path / "news.txt"
    file.write_text(SENTENCE, "utf-8")
    result = run("extract", file, "-", "--published", "2024-01-15", text=SENTENCE)
    assert (result.exit_code, result.stderr) == (0, "")
    first, second = records(result)
    assert (first["id"], len(second["id"])) == ("news", 16)
    for record in (first, second):
        assert record["text"] == SENTENCE
        assert [r["type"] for r in record["relations"]] == ["met_with"]
        assert {m["text"] for m in record["mentions"]} >= {"Сергей Лавров", "Ван И", "Пекине", "12 января"}
    assert "Лавров" in result.stdout


def test_one_text_gives_one_object_and_several_give_a_list() -> None:
    one = json.loads(run("extract", "-", "--to", "json", text=SENTENCE).stdout)
    assert one["schema_version"] == "1"
    lines = f'{{"id": "a", "text": "{SENTENCE}"}}\n{{"id": "b", "text": ""}}\n'
    several = json.loads(run("extract", "-", "--from", "jsonl", "--to", "json", text=lines).stdout)
    assert [record["id"] for record in several] == ["a", "b"]
    assert json.loads(run("extract", "-", "--from", "jsonl", "--to", "json", text="").stdout) == []


def test_table() -> None:
    result = run("extract", "-", "--to", "table", "--published", "2024-01-15", text=f"\x1b[31m{SENTENCE}")
    assert result.exit_code == 0
    for cell in ("met_with", "participant = Сергей Лавров", "participant = Ван И", "asserted", "2024-01-12"):
        assert cell in result.stdout
    assert "\x1b" not in result.stdout


def test_no_text_and_type() -> None:
    whole = json.loads(run("extract", SEED, "--published", "2024-01-15").stdout)
    assert {r["type"] for r in whole["relations"]} > {"met_with", "represents"}
    result = run("extract", SEED, "--published", "2024-01-15", "--no-text", "--type", "represents")
    part = json.loads(result.stdout)
    assert part["text"] is None
    assert part["relations"] == [r for r in whole["relations"] if r["type"] == "represents"]
    assert part["mentions"] == whole["mentions"]


def test_output_file(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run("extract", SEED, "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_text("utf-8") == run("extract", SEED).stdout


def test_schema_describes_what_comes_out() -> None:
    schema = json.loads(run("schema").stdout)
    record = json.loads(run("extract", "-", text=SENTENCE).stdout)
    assert set(schema["required"]) <= set(record) <= set(schema["properties"])


def test_relations() -> None:
    table = run("relations").stdout
    listed = json.loads(run("relations", "--to", "json").stdout)
    assert len(listed) == 14
    assert all(entry["name"] in table for entry in listed)
    met = next(entry for entry in listed if entry["name"] == "met_with")
    assert met["roles"]["participant"]["min"] == 2
    assert met["roles"]["place"]["optional"] is True


def test_results_stream(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin
    assert process.stdout
    for number in range(3):
        process.stdin.write(json.dumps({"id": number, "text": SENTENCE}).encode() + b"\n")
        process.stdin.flush()
        # The next line is not written yet: what comes now cannot wait for it.
        assert json.loads(process.stdout.readline())["id"] == str(number)
    process.stdin.close()
    assert process.wait(60) == 0


def test_a_reader_that_leaves_ends_it_quietly(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin
    assert process.stdout
    assert process.stderr
    line = json.dumps({"text": SENTENCE}).encode() + b"\n"
    process.stdin.write(line)
    process.stdin.flush()
    process.stdout.readline()
    process.stdout.close()
    process.stdin.write(line)
    process.stdin.close()
    assert process.wait(60) != 0
    assert process.stderr.read() == b""


# Bad input


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u00a0\u200b", "\ufeff"])
def test_blank_text(text: str) -> None:
    result = run("extract", "-", text=text)
    assert (result.exit_code, result.stderr) == (0, "")
    (record,) = records(result)
    assert (record["mentions"], record["relations"]) == ([], [])
    assert record["warnings"]


def test_another_language() -> None:
    result = run(
        "extract", "-", text="The ministers of Finland and Sweden met in Helsinki on 12 January 2024."
    )
    assert (result.exit_code, result.stderr) == (0, "")
    assert records(result)[0]["relations"] == []


@pytest.mark.parametrize("text", ["а" * 1_000_000, SENTENCE[:-1] * 20_000], ids=["one word", "no full stop"])
def test_a_line_of_a_megabyte(text: str) -> None:
    start = time.monotonic()
    result = run("extract", "-", text=text)
    assert (result.exit_code, result.stderr) == (0, "")
    assert records(result)[0]["text"] == text
    assert time.monotonic() - start < 120


def test_control_characters() -> None:
    text = "Сергей\0 Лавров\x07 встретился\x1b[0m с Ван И\x04 в Пекине\x85\r12 января.\0\0"
    result = run("extract", "-", text=text.encode())
    assert (result.exit_code, result.stderr) == (0, "")
    (record,) = records(result)
    assert record["text"] == text
    assert record["mentions"]
    assert all(text[m["start"] : m["end"]] == m["text"] for m in record["mentions"])


@pytest.mark.parametrize(
    ("encoding", "warned"),
    [
        ("cp1251", ["guessed_encoding"]),
        ("utf-16", []),
        ("utf-16-le", ["guessed_encoding"]),
        ("utf-8-sig", []),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, warned: list[str]) -> None:
    (tmp_path / "a.txt").write_bytes(SENTENCE.encode(encoding))
    result = run("extract", tmp_path / "a.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    (record,) = records(result)
    assert record["text"] == SENTENCE
    assert [c for c in codes(record) if "encoding" in c] == warned


def test_invalid_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(SENTENCE.encode() + b"\xff\xfe " + SENTENCE.encode())
    result = run("extract", tmp_path / "a.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    (record,) = records(result)
    assert "replaced_bytes" in codes(record)
    assert record["text"] == f"{SENTENCE}\ufffd\ufffd {SENTENCE}"


def test_a_broken_line_does_not_stop_the_others(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    good = json.dumps({"text": SENTENCE})
    file.write_text(f'{good}\n{{"text": \n{good}\n{{"text": "Да.", "published": "вчера"}}\n', "utf-8")
    result = run("extract", file)
    assert result.exit_code == 1
    assert len(records(result)) == 2
    first, second = result.stderr.splitlines()
    assert first.startswith(f"svyaz: {file}:2: not JSON")
    assert second.startswith(f"svyaz: {file}:4: published")


def system(*arguments: object, **streams: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the command as another program would start it."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], env=environment, stderr=subprocess.PIPE, timeout=60, **streams
    )


def test_results_are_not_written_over_an_input_by_another_name(tmp_path: Path) -> None:
    news, linked = tmp_path / "news.jsonl", tmp_path / "linked.jsonl"
    line = json.dumps({"text": SENTENCE}) + "\n"
    news.write_text(line, "utf-8")
    linked.hardlink_to(news)
    with news.open("rb") as stdin, news.open("ab") as stdout:
        for done in (
            system("extract", news, "-o", linked),
            system("extract", "-", "--from", "jsonl", "-o", news, stdin=stdin),
            system("extract", news, stdout=stdout),
        ):
            assert (done.returncode, b"is, or lies in, an input" in done.stderr) == (2, True)
    assert news.read_text("utf-8") == line


def test_results_in_a_folder_of_articles_are_not_read_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
    out = tmp_path / "out.jsonl"
    with out.open("wb") as stdout:  # as in: svyaz extract . > out.jsonl
        done = system("extract", tmp_path, stdout=stdout)
    assert done.returncode == 1
    assert done.stderr.decode() == f"svyaz: {out}: the results are written to this file; it was not read\n"
    assert [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()] == ["a"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [("explain", "Да."), ("extract", SEED), ("relations",), ("schema",)])
def test_a_full_disk_is_told(arguments: tuple[object, ...]) -> None:
    with Path("/dev/full").open("wb") as stdout:
        done = system(*arguments, stdout=stdout)
    assert (done.returncode, b"No space left" in done.stderr, b"Traceback" in done.stderr) == (1, True, False)


@pytest.mark.parametrize(
    ("arguments", "closed", "status", "said"),
    [
        (("extract", "-"), 0, 1, "svyaz: -: standard input is closed\n"),
        (("extract", SEED), 1, 2, "standard output is closed"),
        (("extract", SEED, "-o", os.devnull), 1, 0, ""),
        (("extract", "missing.txt"), 2, 1, ""),
        (("explain", "Да."), 1, 0, ""),
    ],
)
def test_streams_that_are_closed(arguments: tuple[object, ...], closed: int, status: int, said: str) -> None:
    done = system(*arguments, stdout=subprocess.PIPE, preexec_fn=lambda: os.close(closed))
    assert (done.returncode, "Traceback" in done.stderr.decode()) == (status, False)
    assert said in done.stderr.decode()


def test_files_that_cannot_be_read_do_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "broken.txt.gz").write_bytes(b"no gzip")
    bad = [tmp_path / "missing.txt", tmp_path / "folder.txt", tmp_path / "broken.txt.gz"]
    result = run("extract", *bad, SEED)
    assert result.exit_code == 1
    assert [record["id"] for record in records(result)] == [SEED.stem]
    lines = result.stderr.splitlines()
    assert [line.split(": ")[1] for line in lines] == [str(path) for path in bad]


def test_a_fault_in_one_article_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    from svyaz.pipeline import Extractor

    extract = Extractor.extract

    def faulty(self: Extractor, article: Any, *args: Any, **kwargs: Any) -> Any:
        if article.id == "bad":
            raise RuntimeError("broken")
        return extract(self, article, *args, **kwargs)

    monkeypatch.setattr(Extractor, "extract", faulty)
    lines = "".join(json.dumps({"id": name, "text": SENTENCE}) + "\n" for name in ("a", "bad", "c"))
    result = CliRunner().invoke(main, ["extract", "-", "--from", "jsonl"], input=lines)
    assert result.exit_code == 1
    # It has a line like the others: a reader can tell what is missing, and --resume where it is.
    assert [(r["id"], bool(r["mentions"]), codes(r)) for r in records(result)] == [
        ("a", True, []),
        ("bad", False, ["internal_error"]),
        ("c", True, []),
    ]
    assert result.stderr == "svyaz: -:2: internal error, RuntimeError: broken\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Missing argument"),
        ((SEED, "--published", "yesterday"), "not a date"),
        ((SEED, "--published", "2024-02-30"), "not a date"),
        ((SEED, "--to", "xml"), "'xml'"),
        ((SEED, "--from", "pdf"), "'pdf'"),
        ((SEED, "--encoding", "klingon"), "not an encoding"),
        ((SEED, "--type", "likes"), "'likes' is none of"),
        ((SEED, "--relations", "missing.yaml"), "does not exist"),
        ((SEED, "-o", "missing/out.json"), "No such file"),
        ((SEED, "-o", SEED), "is, or lies in, an input"),
        ((SEED.parent, "-o", SEED.parent / "out.jsonl"), "is, or lies in, an input"),
    ],
)
def test_wrong_usage(arguments: tuple[object, ...], message: str) -> None:
    before = SEED.read_bytes()
    result = run("extract", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert SEED.read_bytes() == before


@pytest.mark.parametrize(
    "content", ["", "- 1", "type: [", "type: likes", "{type: likes, roles: 3, frames: 4}"]
)
def test_a_wrong_relation_file_is_wrong_usage(tmp_path: Path, content: str) -> None:
    file = tmp_path / "likes.yaml"
    file.write_text(content, "utf-8")
    for command in (("extract", SEED), ("relations",)):
        result = run(*command, "--relations", file)
        assert result.exit_code == 2
        assert "likes.yaml" in result.stderr
