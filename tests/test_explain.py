"""Why a relation was found or not: a table of sentences, rules and verdicts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from svyaz.cli import main
from svyaz.pipeline import Extractor

READER = Extractor()
GOLD = str(Path(__file__).parent.parent / "gold" / "dev")
# sentence, rule, what its verdict begins with
VERDICTS = [
    ("Сергей Лавров встретился с Ван И.", "met_with.meet", "matched"),
    ("Сергей Лавров встретился с трудностями.", "met_with.meet", "participant: needs 2, found 1"),
    ("Сергей Лавров встретился с Ван И на турнире.", "met_with.meet", "without на:loc["),
    ("Анна Белова заняла денег.", "holds_office.take_post", "with: no word at object["),
]


@pytest.mark.parametrize(("sentence", "rule", "verdict"), VERDICTS)
def test_verdicts(sentence: str, rule: str, verdict: str) -> None:
    (explained,) = READER.explain(sentence)
    told = [t.verdict for t in explained.traces if t.rule == rule]
    assert told[0].startswith(verdict)


def test_a_condition_names_the_word_it_failed_on() -> None:
    (explained,) = READER.explain("Сергей Лавров встретился с Ван И на турнире.")
    assert any(t.verdict.endswith("«турнире» stands there") for t in explained.traces)


def run(*arguments: str):
    return CliRunner().invoke(main, list(arguments))


def test_the_command_shows_tree_frames_and_mentions() -> None:
    shown = run("explain", "Лавров встретился с Ван И.", "--type", "met_with").output
    assert all(part in shown for part in ("встретиться", "met_with.meet", "matched", "mentions and entities"))
    assert "said." not in shown


def test_the_command_gives_json() -> None:
    body = json.loads(run("explain", "Лавров встретился с Ван И.", "--to", "json").output)
    assert body["sentences"][0]["words"][1]["lemma"] == "встретиться"
    assert body["result"]["relations"][0]["type"] == "met_with"


def test_a_sentence_that_opens_no_frame_says_so() -> None:
    assert "no word here opens a frame" in run("explain", "Дождь.").output


def test_evaluate_compares_reports(tmp_path: Path) -> None:
    report = run("evaluate", GOLD, "--to", "json")
    assert report.exit_code == 0
    old = tmp_path / "old.json"
    old.write_text(report.output, "utf-8")
    shown = run("evaluate", "--compare", str(old), str(old))
    assert shown.output.split() == ["gained:", "0", "lost:", "0"]


WRONG = [
    (("evaluate",), 2, "give a folder"),
    (("evaluate", GOLD, "--type", "nonsense"), 2, "nonsense"),
    (("evaluate", str(Path(__file__).parent / "tables")), 1, "no .ann files"),
    (("evaluate", "--compare", __file__, __file__), 1, "no report of svyaz evaluate"),
]


@pytest.mark.parametrize(("arguments", "status", "told"), WRONG)
def test_wrong_usage_is_told(arguments: tuple[str, ...], status: int, told: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, told in result.output) == (status, True)
