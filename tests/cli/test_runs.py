"""Long runs of «svyaz extract»: several processes, Ctrl-C, going on where a run was interrupted, progress."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import svyaz
from jobs import command, interrupted
from svyaz import Warning
from svyaz.cli import main
from svyaz.cli.progress import Progress
from svyaz.export import jsonl

ROOT = Path(__file__).parents[2]
SENTENCE = "Сергей Лавров встретился с Ван И в Пекине 12 января."
# Ids that come twice, ids that are missing, an empty text, a line that is none: all have their place in the order.
INPUT = [
    {"id": "one", "text": SENTENCE},
    {"id": "one", "text": "Президент Казахстана Касым-Жомарт Токаев прибыл в Астану."},
    {"text": "Это сообщил мэр Риги."},
    {"text": "Это сообщил мэр Риги."},
    {"id": "empty", "text": ""},
    {
        "id": "last",
        "text": f"{SENTENCE}\u2028Анна Белова живёт в Риме.",
        "title": "Встреча",
        "published": "2024-01-15",
    },
]
LINES = [json.dumps(record, ensure_ascii=False) for record in INPUT]


def run(*arguments: object, text: str | None = None) -> Result:
    result = CliRunner().invoke(main, ["extract", *map(str, arguments)], input=text)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture(name="news", scope="module")
def _news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("news") / "news.jsonl"
    path.write_text("\n".join([*LINES[:3], "{no JSON", *LINES[3:]]) + "\n", "utf-8")
    return path


@pytest.fixture(name="whole", scope="module")
def _whole(news: Path) -> bytes:
    """What an uninterrupted run writes."""
    out = news.with_suffix(".out")
    assert run(news, "-o", out).exit_code == 1
    assert out.read_bytes().count(b"\n") == len(INPUT)
    return out.read_bytes()


# Several processes


def test_processes_change_nothing(news: Path) -> None:
    several, alone = run(news, "--to", "json", "--workers", 2, "--timeout", 60), run(news, "--to", "json")
    assert several.stdout_bytes == alone.stdout_bytes
    assert (several.exit_code, several.stderr) == (1, alone.stderr)


def test_an_article_that_takes_too_long_is_said(tmp_path: Path) -> None:
    result = run("-", "--timeout", "0.0001", "--no-text", "-o", tmp_path / "out", text="Анна Белова. " * 2000)
    assert result.exit_code == 1
    assert result.stderr == "svyaz: -: not read within 0.0001 seconds\n"
    record = json.loads((tmp_path / "out").read_bytes())
    assert [w["code"] for w in record["warnings"]] == ["timeout"]
    assert (record["text"], record["mentions"]) == (None, [])


# Interrupted


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_leaves_whole_lines_and_no_process(tmp_path: Path, workers: int) -> None:
    source, out = tmp_path / "news.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(f'{{"id": "{n}", "text": "{SENTENCE * 20}"}}\n' for n in range(3000)), "utf-8")
    with command("extract", source, "-o", out, "--workers", workers, stderr=subprocess.PIPE) as process:
        said = interrupted(process, lambda: out.exists() and out.read_bytes().count(b"\n") > 2)
        assert process.returncode == 130
        assert said == b"svyaz: interrupted; --resume goes on from here\n"
        for _ in range(100):
            if not alive(process.pid):
                break
            time.sleep(0.1)
        assert not alive(process.pid)
    text = out.read_text("utf-8")
    assert text.endswith("\n")
    assert [json.loads(line)["id"] for line in text.splitlines()] == [str(n) for n in range(text.count("\n"))]


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


# Gone on with


def cuts(whole: bytes) -> dict[str, int]:
    """Places where an interrupted run may have left its file."""
    ends = [i + 1 for i, byte in enumerate(whole) if byte == ord("\n")]
    return {
        "nothing": 0,
        "a few bytes": 5,
        "in the first line": ends[0] // 2,
        "inside a letter": whole.index("в".encode(), ends[1]) + 1,
        "before a line's end": ends[0] - 1,
        "after the first line": ends[0],
        "after one of two alike": ends[2],
        "before the last end": ends[-1] - 1,
        "all": ends[-1],
    }


@pytest.mark.parametrize("place", cuts(b"1\n2\n\xd0\xb2\n"))
def test_resumed_is_as_if_never_interrupted(news: Path, whole: bytes, tmp_path: Path, place: str) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(whole[: cuts(whole)[place]])
    result = run(news, "-o", out, "--resume")
    assert out.read_bytes() == whole
    assert (result.exit_code, result.stderr.count("not JSON")) == (1, 1)


def test_resume_begins_a_file_that_is_not_there(news: Path, whole: bytes, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run(news, "-o", out, "--resume")
    assert out.read_bytes() == whole


def test_resume_from_standard_input(news: Path, whole: bytes, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(whole[: len(whole) // 2])
    run("-", "--from", "jsonl", "-o", out, "--resume", text=news.read_text("utf-8"))
    assert out.read_bytes() == whole


def test_what_failed_before_is_not_tried_again_but_said(news: Path, whole: bytes, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    failed = Warning(code="timeout", message="not read within 3 seconds")
    line = jsonl.line(svyaz.Result(id="one", text=SENTENCE, warnings=(failed,))).encode()
    _, _, others = whole.partition(b"\n")
    out.write_bytes(line + others[:100])
    result = run(news, "-o", out, "--resume")
    assert out.read_bytes() == line + others
    assert f"svyaz: {news}:1: not read within 3 seconds (in the run before)" in result.stderr.splitlines()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Мои заметки\n", "no result of this svyaz"),
        ("Мои заметки", "no line that svyaz has begun"),
        ('{"id": "one"}\n', "no result of this svyaz"),
        ('{"schema_version":"1","id":"one"\n', "no result of this svyaz"),
        ('{"schema_version":"1","id":"one"}\n', "no result of this svyaz"),
    ],
)
def test_a_file_of_another_kind_is_left_alone(news: Path, tmp_path: Path, content: str, message: str) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text(content, "utf-8")
    for workers in (1, 2):
        result = run(news, "-o", out, "--resume", "--workers", workers)
        assert result.exit_code == 1
        assert f"{out}:1: {message}" in result.stderr
        assert out.read_text("utf-8") == content


@pytest.mark.parametrize(
    ("changed", "options", "message"),
    [
        (LINES[1:], (), "differs in text"),
        ([LINES[0], LINES[2]], (), "'one', but the input there is"),
        (LINES[:1], (), "that the inputs do not hold"),
        ([LINES[0], LINES[1].replace("{", '{"published": "2024-01-01", ')], (), "differs in published"),
        (LINES, ("--no-text",), "written without --no-text"),
        (LINES, ("--type", "owns"), "another --type"),
    ],
)
def test_changed_inputs_and_options(
    whole: bytes, tmp_path: Path, changed: list[str], options: tuple[str, ...], message: str
) -> None:
    source, out = tmp_path / "news.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(changed), "utf-8")
    out.write_bytes(whole[:-20])
    result = run(source, "-o", out, "--resume", *options)
    assert result.exit_code == 1
    assert message in result.stderr
    assert out.read_bytes() == whole[:-20]


@pytest.mark.parametrize(
    ("first", "second"), [("--type met_with", ""), ("--relations saw.yaml", ""), ("", "--relations saw.yaml")]
)
@pytest.mark.parametrize("workers", [1, 2])
def test_options_that_no_line_tells(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str, second: str, workers: int
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("saw.yaml").write_text(
        "type: saw\ndefinition: One saw another.\nroles: {who: {types: [person]}, whom: {types: [person]}}\n"
        "frames: [{name: see, verbs: [встретиться], slots: {who: [subject], whom: ['с:ins']}}]\n",
        "utf-8",
    )
    out = Path("out.jsonl")
    run(news, "-o", out, *first.split())
    out.write_bytes(before := out.read_bytes()[:-20])
    result = run(news, "-o", out, "--resume", "--workers", workers, *second.split())
    assert (result.exit_code, "gives another result" in result.stderr) == (1, True)
    assert out.read_bytes() == before
    run(news, "-o", out, "--resume", "--workers", workers, *first.split())
    assert out.read_bytes().startswith(before)
    assert out.read_bytes().count(b"\n") == len(INPUT)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--resume",), "-o FILE"),
        (("--resume", "-o", "out", "--to", "json"), "--to jsonl"),
        (("--resume", "-o", os.devnull), "no file"),
        (("--workers", "-1"), "-1"),
        (("--timeout", "0"), "0"),
        (("--timeout", "nan"), "nan"),
    ],
)
def test_wrong_usage(news: Path, options: tuple[str, ...], message: str) -> None:
    result = run(news, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


# Progress


def test_what_progress_says(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    said: list[str] = []
    progress = Progress(1200, lambda _done, text: said.append(text))
    progress.skip()
    now[0] += 2
    progress.done(3000)
    assert said == ["2 of 1,200 articles · 1,500 characters a second · 0:39:56 left"]
    assert Progress().said() == "0 articles · 0 characters a second"


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_progress_is_for_terminals(news: Path, tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    with command("extract", news, "-o", tmp_path / "out", stderr=theirs) as process:
        assert process.wait(60) == 1
    os.close(theirs)
    said = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "not JSON" in said
    assert "6 of 7 articles" in said


def test_quiet_says_failures_only(news: Path) -> None:
    (news.parent / "notes.pdf").write_bytes(b"")
    spoken, quiet = run(news.parent).stderr, run(news.parent, "--quiet").stderr
    assert [line for line in spoken.splitlines() if ": note: " not in line] == quiet.splitlines()
    assert (spoken.count("not JSON"), spoken.count("passed over")) == (1, 1)
