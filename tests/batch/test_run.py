"""Batches on a real cluster of two processes: nothing lost, nothing twice, whatever dies."""

from __future__ import annotations

import datetime
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import distributed
import pyarrow
import pyarrow.parquet
import pytest

import svyaz.dask
from svyaz.batch import work, writing
from svyaz.batch.parts import BatchError, Sizes
from svyaz.batch.run import cluster, plan, run
from svyaz.batch.work import Done, Job, Undone, process_batch
from svyaz.model import Article
from svyaz.worker import Lost as Fault

GOLD = Path(__file__).parent.parent.parent / "gold" / "dev"
ARTICLES = [Article(id=path.stem, text=path.read_text("utf-8")) for path in sorted(GOLD.glob("*.txt"))[:24]]
SIZES = Sizes(bytes=8000, rows=5)


@pytest.fixture(scope="module")
def client() -> Iterator[distributed.Client]:
    with cluster(None, 2) as found:
        yield found


@pytest.fixture(scope="module")
def expected() -> dict[str, str]:
    return {result.id: result.model_dump_json() for result in process_batch(ARTICLES)}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    lines = "".join(a.model_dump_json(exclude_none=True) + "\n" for a in ARTICLES)
    (folder / "news.jsonl").write_text(lines, "utf-8")
    return folder


def results(folder: Path) -> list[str]:
    return [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]


def as_dict(lines: list[str]) -> dict[str, object]:
    found = [json.loads(line) for line in lines]
    assert len({result["id"] for result in found}) == len(found), "an article came twice"
    return {result["id"]: result for result in found}


def test_a_killed_worker_loses_and_repeats_nothing(
    client: distributed.Client, source: Path, tmp_path: Path, expected: dict[str, str]
) -> None:
    job = Job(str(tmp_path / "out"))
    todo = plan(str(source), job, SIZES)
    assert len(todo.todo) > 5
    outcomes: list[Done | Undone] = []
    killed: list[int] = []

    def done(outcome: Done | Undone) -> None:
        outcomes.append(outcome)
        if not killed:
            killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)
            half = tmp_path / "out" / f"{outcome.part}.jsonl.unfinished-1234"  # killed while it wrote
            half.write_text('{"id": "half', "utf-8")

    run(client, todo, done)
    assert killed
    assert all(isinstance(o, Done) for o in outcomes)
    assert as_dict(results(tmp_path / "out")) == {k: json.loads(v) for k, v in expected.items()}
    assert not list((tmp_path / "out").glob("*unfinished*"))


def test_a_second_run_does_what_is_missing(
    client: distributed.Client, source: Path, tmp_path: Path, expected: dict[str, str]
) -> None:
    job = Job(str(tmp_path / "out"))
    first = plan(str(source), job, SIZES)
    outcomes: list[Done | Undone] = []
    run(client, type(first)(job, first.todo[:2], 0), outcomes.append)
    (tmp_path / "out" / f"{first.todo[2].name}.jsonl.unfinished-1234").write_text('{"id": "half', "utf-8")
    second = plan(str(source), job, SIZES)
    assert (second.skipped, second.todo) == (2, first.todo[2:])
    run(client, second, outcomes.append)
    assert as_dict(results(tmp_path / "out")) == {k: json.loads(v) for k, v in expected.items()}
    assert plan(str(source), job, SIZES).todo == ()


def test_parquet_in_and_out(
    client: distributed.Client, source: Path, tmp_path: Path, expected: dict[str, str]
) -> None:
    first = Job(str(tmp_path / "middle"), "parquet")
    run(client, plan(str(source), first, SIZES), lambda _: None)
    second = Job(str(tmp_path / "out"))
    run(client, plan(first.output, second, SIZES), lambda _: None)
    assert as_dict(results(tmp_path / "out")) == {k: json.loads(v) for k, v in expected.items()}


def test_what_cannot_be_read_is_told_and_kept(client: distributed.Client, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "news.jsonl").write_text('{"text": "Кошка спит."}\n{"text": 7}\n', "utf-8")
    outcomes: list[Done | Undone] = []
    run(client, plan(str(tmp_path / "in"), Job(str(tmp_path / "out")), SIZES), outcomes.append)
    (found,) = outcomes
    assert isinstance(found, Done)
    assert [(f.line, f.message) for f in found.failures] == [(2, "text: not a string")]
    (kept,) = (tmp_path / "out" / "_failures").iterdir()
    assert json.loads(kept.read_text("utf-8"))["line"] == 2


def test_a_part_that_cannot_be_done_stops_no_other(
    client: distributed.Client, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder, job = tmp_path / "in", Job(str(tmp_path / "out"))
    folder.mkdir()
    broken = folder / "broken.parquet"
    broken.write_bytes(b"PAR1")
    (folder / "cut.jsonl.gz").write_bytes(b"no gzip")
    (folder / "news.jsonl").write_text('{"text": "Кошка спит."}\n', "utf-8")
    outcomes: list[Done | Undone] = []
    run(client, plan(str(folder), job, SIZES), outcomes.append)
    undone = {Path(o.source).name: o.reason for o in outcomes if isinstance(o, Undone)}
    assert {name: reason.split(":")[0] for name, reason in undone.items()} == {
        "broken.parquet": "ArrowInvalid",
        "cut.jsonl.gz": "BadGzipFile",
    }
    assert len(results(tmp_path / "out")) == 1
    assert "Traceback" not in capfd.readouterr().err
    # Nothing of them was read: they may be put right, and are read then.
    pyarrow.parquet.write_table(pyarrow.table({"text": ["Собака лает."]}), broken)
    run(client, plan(str(folder), job, SIZES), outcomes.append)
    assert len(results(tmp_path / "out")) == 2


def test_what_failed_is_kept_before_its_part_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that ends between the two must not lose it; and an article that met a fault has a line."""
    source, out = tmp_path / "news.jsonl", tmp_path / "out"
    source.write_text('{"id": "a", "text": "Кошка спит."}\n{"text": 7}\n', "utf-8")
    job = Job(str(out))
    (part,) = plan(str(source), job, SIZES).todo
    monkeypatch.setattr(work, "attempt", lambda _work, _job: Fault("internal_error", "broken"))
    with monkeypatch.context() as full:
        full.setattr(writing, "write", lambda *_: 1 / 0)
        assert isinstance(work.do(part, job), Undone)
    (kept,) = (out / "_failures").iterdir()
    assert [json.loads(line)["message"] for line in kept.read_text("utf-8").splitlines()] == [
        "broken",
        "text: not a string",
    ]
    assert plan(str(source), job, SIZES).incomplete == 0
    assert isinstance(work.do(part, job), Done)
    (line,) = results(out)
    assert (json.loads(line)["id"], json.loads(line)["warnings"][0]["code"]) == ("a", "internal_error")
    assert plan(str(source), job, SIZES).incomplete == 1


def test_other_options_or_changed_inputs_are_refused(source: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    first = plan(str(source), Job(out), SIZES)
    assert isinstance(work.do(first.todo[0], first.job), Done)
    with pytest.raises(BatchError, match=r"--no-text"):
        plan(str(source), Job(out, no_text=True), SIZES)
    with (source / "news.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"text": "Новая строка."}\n')
    with pytest.raises(BatchError, match=r"news\.jsonl: changed since"):
        plan(str(source), Job(out), SIZES)


def test_results_among_the_articles_or_over_a_file_are_refused(source: Path) -> None:
    for output in (source, source / "out"):
        with pytest.raises(BatchError, match="lies in, the input"):
            plan(str(source), Job(str(output)), SIZES)
    assert plan(str(source), Job(str(source / "_out")), SIZES).todo
    (source.parent / "file").touch()
    with pytest.raises(BatchError, match="File exists"):
        plan(str(source), Job(str(source.parent / "file")), SIZES)


def test_a_bag_and_a_frame_give_the_same_results(
    client: distributed.Client, expected: dict[str, str]
) -> None:
    import dask.bag
    import dask.dataframe
    import pandas

    records = [a.model_dump(exclude_none=True) for a in ARTICLES[:4]]
    bag = svyaz.dask.extract_bag(dask.bag.from_sequence(records, npartitions=2))
    assert bag.compute() == [json.loads(expected[a.id or ""]) for a in ARTICLES[:4]]
    frame = dask.dataframe.from_pandas(pandas.DataFrame(records), npartitions=2)
    rows = svyaz.dask.extract_frame(frame).compute()
    assert list(rows["id"]) == [a.id for a in ARTICLES[:4]]
    for article, relations in zip(ARTICLES[:4], rows["relations"], strict=True):
        assert json.loads(relations) == json.loads(expected[article.id or ""])["relations"]


def test_a_graph_takes_what_a_file_may_hold_and_names_what_is_no_article() -> None:
    import dask.bag
    import dask.dataframe
    import pandas

    day = datetime.datetime(2024, 1, 15, 9, tzinfo=datetime.UTC)
    good = {"id": 7, "text": "Кошка спит \ud800.", "published": day, "section": "Животные"}
    (found,) = svyaz.dask.extract_bag(dask.bag.from_sequence([good])).compute(scheduler="sync")
    assert (found["id"], found["published"]) == ("7", "2024-01-15")
    assert [w["code"] for w in found["warnings"]] == ["replaced_surrogates", "control_characters"]
    for bad, message in (
        ({"id": 7}, "article 2 of its partition: text: missing"),
        (None, "article 2 .*NoneType"),
    ):
        bag = dask.bag.from_sequence([good, bad], npartitions=1)
        with pytest.raises(ValueError, match=message):
            svyaz.dask.extract_bag(bag).compute(scheduler="sync")
    frame = pandas.DataFrame({"id": [1, 2], "text": ["Кошка спит.", None]}, index=["a", "b"])
    with pytest.raises(ValueError, match="row 'b': text: missing"):
        svyaz.dask.extract_frame(dask.dataframe.from_pandas(frame, npartitions=1)).compute(scheduler="sync")


def test_a_frame_without_texts_is_refused() -> None:
    import dask.dataframe
    import pandas

    frame = dask.dataframe.from_pandas(pandas.DataFrame({"body": ["а"]}), npartitions=1)
    with pytest.raises(ValueError, match="no column 'text'; it has body"):
        svyaz.dask.extract_frame(frame)


def test_no_scheduler_no_run() -> None:
    with pytest.raises(BatchError, match=r"no scheduler answers"), cluster("tcp://127.0.0.1:9", 0):
        pass
