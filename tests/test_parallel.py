"""Several processes: the order, how far they read ahead, and what a death or a delay costs."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest

from jobs import Fragile, broken, killed, nothing, work
from marked import extractor
from svyaz import Article, Extractor
from svyaz.export.jsonl import pieces
from svyaz.parallel import READ_AHEAD, run
from svyaz.processes import THREADS
from svyaz.worker import Lost, WorkerError

ROOT = Path(__file__).parents[1]
PATHS = os.pathsep.join(str(ROOT / name) for name in ("src", "tests"))
GOLD = sorted((ROOT / "gold" / "dev").glob("*.txt"))
ENDS = {
    "kill": Lost("worker_died", "the process that read it was ended by SIGKILL"),
    "segfault": Lost("worker_died", "the process that read it was ended by SIGSEGV"),
    "exit": Lost("worker_died", "the process that read it ended with status 3"),
    "memory": Lost("worker_died", "the process that read it ran out of memory"),
    "hang": Lost("timeout", "not read within 1.5 seconds"),
    "fault": Lost("internal_error", "internal error, ZeroDivisionError: division by zero"),
}


def answers(jobs: Iterable[str], **numbers: Any) -> Iterator[Any]:
    return (answer for _, answer in run(work, jobs, warm_up=nothing, **numbers))


def processes_end() -> bool:
    for _ in range(100):
        if not multiprocessing.active_children():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(("workers", "batch_size"), [(2, 3), (3, 1)])
def test_what_befalls_one_job_stops_no_other(workers: int, batch_size: int) -> None:
    jobs = ["kill", "a", "b", "hang", "c", "exit", "segfault", "d", "fault", "e", "memory", "f", "kill"]
    found = list(run(work, jobs, warm_up=nothing, workers=workers, batch_size=batch_size, timeout=1.5))
    assert found == [(job, ENDS.get(job, f"{job}!")) for job in jobs]
    assert processes_end()


def test_a_fault_in_this_process_stops_nothing_either() -> None:
    assert list(answers(["a", "fault", "b"])) == ["a!", ENDS["fault"], "b!"]


def test_an_answer_that_cannot_be_sent_is_a_fault() -> None:
    lost, next_one = answers(["lambda", "a"], workers=2)
    assert (lost.code, next_one) == ("internal_error", "a!")


@pytest.mark.parametrize("timeout", [None, 60, 1e30])
def test_one_worker_reads_nothing_ahead(timeout: float | None) -> None:
    read: list[str] = []
    found = answers(counted(read), timeout=timeout)
    assert read == []
    for number in range(3):
        assert next(found) == f"{number}!"
        assert len(read) == number + 1


def counted(read: list[str]) -> Iterator[str]:
    """An endless source that tells how far it was read."""
    for number in count():
        read.append(str(number))
        yield str(number)


def test_an_endless_source_is_read_a_few_batches_ahead() -> None:
    read: list[str] = []
    found = answers(counted(read), workers=2, batch_size=5)
    for number in range(100):
        assert next(found) == f"{number}!"
        assert len(read) <= number + (READ_AHEAD * 2 + 1) * 5
    found.close()  # type: ignore[attr-defined]  # a generator
    assert processes_end()


def test_others_wait_for_a_slow_one_only_when_they_are_far_ahead() -> None:
    read: list[str] = []
    jobs = (job for source in (["slow"], counted(read)) for job in source)
    found = answers(jobs, workers=2, batch_size=2)
    assert next(found) == "slow!"
    assert 2 * 2 < len(read) <= (READ_AHEAD * 2 + 1) * 2
    assert list(islice(found, 30)) == [f"{number}!" for number in range(30)]


def test_an_error_of_the_source_comes_after_the_answers_before_it() -> None:
    def source() -> Iterator[str]:
        yield from "abc"
        raise OSError("cut")

    found = answers(source(), workers=2, batch_size=2)
    assert list(islice(found, 3)) == ["a!", "b!", "c!"]
    with pytest.raises(OSError, match="cut"):
        next(found)


def test_a_process_that_is_killed_with_nothing_in_hand_costs_nothing() -> None:
    found = answers(["process"] * 40, workers=1, batch_size=1, timeout=60)
    first = next(found)
    time.sleep(0.3)
    os.kill(first, 9)
    others = list(found)
    assert first not in others[1:]
    assert all(isinstance(process, int) for process in others)


def test_processes_have_one_thread_for_matrices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(THREADS[0], "7")
    monkeypatch.delenv(THREADS[1], raising=False)
    assert list(answers(THREADS, workers=2)) == ["1"] * len(THREADS)
    assert (os.environ[THREADS[0]], os.environ.get(THREADS[1])) == ("7", None)


@pytest.mark.parametrize(("warm_up", "message"), [(broken, "no model"), (killed, "could not start")])
def test_processes_that_cannot_start(warm_up: Callable[[], None], message: str) -> None:
    with pytest.raises(WorkerError, match=message):
        list(run(work, ["a"], warm_up=warm_up, workers=2))
    assert processes_end()


def test_a_script_that_does_not_ask_whether_it_is_the_main_one(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from svyaz.parallel import run; import jobs\n"
        "bulky = jobs.Bulky()\n"
        "print(list(run(bulky.work, ['a'] * 9, warm_up=jobs.nothing, workers=2)))\n",
        "utf-8",
    )
    environment = os.environ | {"PYTHONPATH": PATHS}
    done = subprocess.run([sys.executable, script], env=environment, capture_output=True, timeout=60)
    assert done.returncode == 1
    assert "under «if __name__ == '__main__':»".encode() in done.stderr


@pytest.mark.parametrize(
    "wrong", [{"workers": -1}, {"batch_size": 0}, {"timeout": 0}, {"timeout": float("nan")}]
)
def test_wrong_numbers(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="or more"):
        Extractor().pipe([], **wrong)  # type: ignore[arg-type]  # as they come


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_no_article_is_told_after_the_results_before_it(workers: int) -> None:
    found = Extractor().pipe(["Анна Белова живёт в Риме.", float("nan")], workers=workers)  # type: ignore[list-item]
    assert next(found).mentions
    with pytest.raises(TypeError, match="not float: nan"):
        next(found)


@pytest.mark.parametrize("one", ["Анна Белова живёт в Риме.", Article(text="Анна Белова живёт в Риме.")])
def test_one_article_is_not_many(one: Any) -> None:
    with pytest.raises(TypeError, match="extract reads one"):
        Extractor().pipe(one)


@pytest.mark.parametrize("one", ["mine.yaml", Path("mine.yaml")])
def test_one_file_is_not_a_list_of_files(one: Any) -> None:
    with pytest.raises(TypeError, match="as a list"):
        Extractor(one)


def test_processes_end_with_their_parent() -> None:
    """Also with one that was killed, and in the middle of an article that never ends."""
    code = (
        "from svyaz.parallel import run; import jobs\n"
        "if __name__ == '__main__':\n"
        "    found = run(jobs.work, ['a', 'hang'], warm_up=jobs.nothing, workers=2, batch_size=1)\n"
        "    print(next(found), flush=True)\n    next(found)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": PATHS},
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline()
        time.sleep(0.5)
        process.kill()
        process.wait()
        for _ in range(100):
            try:
                os.killpg(process.pid, 0)
            except ProcessLookupError:
                break
            time.sleep(0.1)
        else:
            os.killpg(process.pid, 9)
            pytest.fail("a process outlived its parent")


# The extractor


def articles() -> list[Article]:
    broken = Article(id="\ud800", title="\udfff", text="Анна Белова \ud800 живёт в Риме.")  # lone surrogates
    return [broken, *(Article(id=path.stem, text=path.read_text("utf-8")) for path in GOLD[:6])]


def test_any_number_of_processes_gives_the_same_bytes() -> None:
    alone = list(pieces(extractor().pipe(articles())))
    assert list(pieces(extractor().pipe(articles(), workers=2, batch_size=2))) == alone


def test_an_article_that_cannot_be_read_has_a_result_that_says_so() -> None:
    texts = [Article(id=name, text="Анна Белова живёт в Риме.") for name in ("a", "kill", "hang", "b")]
    found = list(Fragile().pipe(texts, timeout=5))
    assert [(r.id, len(r.mentions), [w.code for w in r.warnings]) for r in found] == [
        ("a", 2, []),
        ("kill", 0, ["worker_died"]),
        ("hang", 0, ["timeout"]),
        ("b", 2, []),
    ]
    assert all(result.text == "Анна Белова живёт в Риме." for result in found)


def test_the_users_relation_files_reach_the_processes(tmp_path: Path) -> None:
    file = tmp_path / "likes.yaml"
    file.write_text(
        "type: likes\ndefinition: One likes another.\n"
        "roles: {who: {types: [person]}, whom: {types: [person]}}\n"
        "frames: [{name: like, verbs: [полюбить], slots: {who: [subject], whom: [object]}}]\n",
        "utf-8",
    )
    own = Extractor([file])
    file.unlink()  # what was read once is not read again
    (result,) = own.pipe(["Анна Белова полюбила Олега Титова."], timeout=60)
    assert [r.type for r in result.relations] == ["likes"]


def test_a_result_is_the_same_behind_a_pipe() -> None:
    result = extractor().extract(articles()[0])
    again = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own
    assert (again, again.model_fields_set) == (result, result.model_fields_set)
