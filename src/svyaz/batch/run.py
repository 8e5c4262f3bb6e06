"""A run over many parts on a Dask cluster; what is done stays done, and the next run goes on from there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import Any

import distributed
import fsspec

from svyaz.batch import work, writing
from svyaz.batch.parts import BatchError, Input, Part, Sizes, inputs, is_data, parts
from svyaz.batch.work import Done, Job

# What a run was begun with; beside the parts, where a reader of data does not look.
MANIFEST = "_svyaz.json"
FAILURES = "_failures"


@dataclass(frozen=True, slots=True)
class Lost:
    """A part that could not be done, and why."""

    part: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """The parts of a run: those still to do, and how many an earlier run has done."""

    job: Job
    todo: tuple[Part, ...]
    skipped: int


def plan(source: str, job: Job, sizes: Sizes) -> Plan:
    """What there is to do; begins the output folder, or finds what an earlier run has left in it.

    Raises BatchError when the output is no folder or lies among the inputs, when it was begun with other options,
    or when the inputs have changed since.
    """
    files = inputs(source)
    system, folder = fsspec.core.url_to_fs(job.output)
    _check_apart(source, job.output)
    try:
        system.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise BatchError(f"{job.output}: {error.strerror or error}") from None
    _agree(job, sizes, files)
    there = _sweep(system, folder)
    cut = tuple(parts(files, sizes))
    todo = tuple(p for p in cut if f"{p.name}.{job.to}" not in there)
    return Plan(job, todo, len(cut) - len(todo))


def _sweep(system: Any, folder: str) -> set[str]:
    """Remove what workers that were killed while they wrote have left; gives the names of the files that stay."""
    system.invalidate_cache(folder)
    there = {path.rsplit("/", 1)[-1] for path in system.ls(folder, detail=False)}
    leftovers = {name for name in there if writing.UNFINISHED in name}
    for name in leftovers:
        with suppress(FileNotFoundError):  # a worker that was given up has finished after all
            system.rm(f"{folder}/{name}")
    return there - leftovers


def _check_apart(source: str, output: str) -> None:
    """Raise BatchError when the next run would read the results as articles."""
    system, folder = fsspec.core.url_to_fs(source)
    other, below = fsspec.core.url_to_fs(output)
    folder, below = (f"{path.rstrip('/')}/" for path in (folder, below))
    inside = type(system) is type(other) and below.startswith(folder)
    if inside and is_data(below.removeprefix(folder)):
        raise BatchError(f"{output} is, or lies in, the input")


def _agree(job: Job, sizes: Sizes, files: Sequence[Input]) -> None:
    """Hold this run against the manifest of the folder, and write it anew: new inputs may come, none may change."""
    place = f"{job.output.rstrip('/')}/{MANIFEST}"
    options = {
        "--to": job.to,
        "--no-text": job.no_text,
        "--published": job.options.published and job.options.published.isoformat(),
        "--part-bytes": sizes.bytes,
        "--part-rows": sizes.rows,
        "--relations": [_text(f) for f in job.relation_files],
    }
    now: dict[str, int] = {f.path: f.size for f in files}
    if before := _manifest(place):
        other = [k for k, v in options.items() if before["options"].get(k) != v]
        if other:
            raise BatchError(
                f"{job.output} was begun with another {', '.join(other)}; say the same or name another folder"
            )
        changed = [p for p, size in before["inputs"].items() if now.get(p, size) != size]
        if changed:
            raise BatchError(
                f"{', '.join(changed)}: changed since {job.output} was begun; name another folder"
            )
        now = before["inputs"] | now
    text = json.dumps({"options": options, "inputs": now}, ensure_ascii=False, indent=1)
    writing.whole(place, lambda file: file.write(text.encode()))


def _text(path: str) -> str:
    with fsspec.open(path, "rt", encoding="utf-8") as file:
        return str(file.read())


def _manifest(place: str) -> dict[str, Any] | None:
    system, path = fsspec.core.url_to_fs(place)
    if not system.exists(path):
        return None
    try:
        found = json.loads(system.cat_file(path))
        return {"options": found["options"], "inputs": found["inputs"]}
    except (ValueError, KeyError, TypeError):
        raise BatchError(f"{place}: not what svyaz writes there; name another folder") from None


@contextmanager
def cluster(scheduler: str | None, workers: int) -> Iterator[distributed.Client]:
    """A client of the scheduler at an address, or of a cluster on this machine with so many processes.

    Raises BatchError when the scheduler cannot be reached.
    """
    if scheduler:
        try:
            client = distributed.Client(scheduler, timeout="10s")
        except (OSError, ValueError) as error:
            raise BatchError(f"no scheduler answers at {scheduler}: {error}") from None
        with client:
            yield client
        return
    with (
        distributed.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as own,
        distributed.Client(own) as client,
    ):
        yield client


def run(client: distributed.Client, todo: Plan, done: Callable[[Done | Lost], None]) -> None:
    """Do the parts on the cluster's workers; ``done`` is called for each as it ends.

    Dask gives the part of a worker that dies to another; one that kills three workers is given up.
    """
    futures = {client.submit(work.do, part, todo.job, pure=False): part for part in todo.todo}
    for future in distributed.as_completed(futures):
        done(_outcome(future, futures[future], todo.job))
    _sweep(*fsspec.core.url_to_fs(todo.job.output))


def _outcome(future: Any, part: Part, job: Job) -> Done | Lost:
    try:
        found: Done = future.result()
    except Exception as error:  # noqa: BLE001 - whatever befell one part, the others go on
        return Lost(part.name, f"{type(error).__name__}: {error}")
    if found.failures:
        _note(found, job)
    return found


def _note(found: Done, job: Job) -> None:
    """Keep what could not be read beside the results: a later run skips the part and would not say it again."""
    folder = f"{job.output.rstrip('/')}/{FAILURES}"
    system, path = fsspec.core.url_to_fs(folder)
    system.makedirs(path, exist_ok=True)
    lines = "".join(json.dumps(asdict(f), ensure_ascii=False) + "\n" for f in found.failures)
    writing.whole(f"{folder}/{found.part}.jsonl", lambda file: file.write(lines.encode()))
