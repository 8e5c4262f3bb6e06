"""A run over many parts on a Dask cluster; what is done stays done, and the next run goes on from there."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import dask.config
import distributed
import fsspec

from svyaz.batch import work, writing
from svyaz.batch.parts import BatchError, Input, Part, Sizes, inputs, is_data, named_after, parts
from svyaz.batch.work import Done, Job, Undone
from svyaz.processes import inherited

# What a run was begun with; beside the parts, where a reader of data does not look.
MANIFEST = "_svyaz.json"
# Only the processes that watch over them tell of workers that die; what these say themselves is for Dask's makers.
_OF_WORKERS = {"distributed.nanny.pre-spawn-environ.DASK_LOGGING__DISTRIBUTED": "error"}


@dataclass(frozen=True)
class Plan:
    """The parts of a run: those still to do, how many an earlier run has done, and how many of these hold items
    that it could not read."""

    job: Job
    todo: tuple[Part, ...]
    skipped: int
    incomplete: int = 0


def plan(source: str, job: Job, sizes: Sizes) -> Plan:
    """What there is to do; begins the output folder, or finds what an earlier run has left in it.

    Raises BatchError when a folder cannot be reached, when the output is no folder or lies among the inputs, when it
    was begun with other options, or when inputs that were read have changed since.
    """
    files = inputs(source)
    try:
        system, folder = fsspec.core.url_to_fs(job.output)
        _check_apart(source, job.output)
        system.makedirs(folder, exist_ok=True)
    except BatchError:
        raise
    except Exception as error:  # noqa: BLE001 - each kind of storage has errors of its own
        raise BatchError(f"{job.output}: {getattr(error, 'strerror', None) or error}") from None
    _agree(job, sizes, files, {name.rpartition("-")[0] for name in _names(system, folder)})
    there = _sweep(system, folder)
    cut = tuple(parts(files, sizes))
    todo = tuple(p for p in cut if f"{p.name}.{job.to}" not in there)
    skipped = {p.name for p in cut} - {p.name for p in todo}
    return Plan(job, todo, len(skipped), len(skipped & _incomplete(system, f"{folder}/{work.FAILURES}")))


def _names(system: Any, folder: str) -> set[str]:
    """The names of the files in a folder, as they are now."""
    system.invalidate_cache(folder)
    return {path.rsplit("/", 1)[-1] for path in system.ls(folder, detail=False)}


def _sweep(system: Any, folder: str) -> set[str]:
    """Remove what workers that were killed while they wrote have left; gives the names of the files that stay."""
    there = _names(system, folder)
    leftovers = {name for name in there if writing.UNFINISHED in name}
    for name in leftovers:
        with suppress(FileNotFoundError):  # a worker that was given up has finished after all
            system.rm(f"{folder}/{name}")
    return there - leftovers


def _incomplete(system: Any, folder: str) -> set[str]:
    """The parts of which something could not be read."""
    if not system.exists(folder):
        return set()
    return {name.removesuffix(".jsonl") for name in _sweep(system, folder)}


def _check_apart(source: str, output: str) -> None:
    """Raise BatchError when the next run would read the results as articles."""
    system, folder = fsspec.core.url_to_fs(source)
    other, below = fsspec.core.url_to_fs(output)
    folder, below = (f"{path.rstrip('/')}/" for path in (folder, below))
    inside = type(system) is type(other) and below.startswith(folder)
    if inside and is_data(below.removeprefix(folder)):
        raise BatchError(f"{output} is, or lies in, the input")


def _agree(job: Job, sizes: Sizes, files: Sequence[Input], done: Set[str]) -> None:
    """Hold this run against the manifest of the folder, and write it anew: new inputs may come, and none may change
    whose parts (by the beginnings of their names) are among those ``done``."""
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
    read = {f.path for f in files if named_after(f) in done}
    if before := _manifest(place):
        other = [k for k, v in options.items() if before["options"].get(k) != v]
        if other:
            raise BatchError(
                f"{job.output} was begun with another {', '.join(other)}; say the same or name another folder"
            )
        changed = [p for p in read if before["inputs"].get(p, now[p]) != now[p]]
        if changed:
            raise BatchError(
                f"{', '.join(sorted(changed))}: changed since {job.output} was begun; name another folder"
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
        with client, _quiet_when_interrupted():
            yield client
        return
    with inherited(), dask.config.set(_OF_WORKERS):  # by the thread that starts the processes, and by these
        own = distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address=None,
            # It would take port 8787 even without a dashboard, and complain when another run has it.
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
        )
    with own, distributed.Client(own) as client, _quiet_when_interrupted():
        yield client


@contextmanager
def _quiet_when_interrupted() -> Iterator[None]:
    """After Ctrl-C nobody asks which tasks Dask had to give up."""
    try:
        yield
    except KeyboardInterrupt:
        logging.disable()
        raise


def run(client: distributed.Client, todo: Plan, done: Callable[[Done | Undone], None]) -> None:
    """Do the parts on the cluster's workers; ``done`` is called for each as it ends.

    Dask gives the part of a worker that dies to another; one that kills three workers is given up.
    """
    futures = {client.submit(work.do, part, todo.job, pure=False): part for part in todo.todo}
    for future in distributed.as_completed(futures):
        done(_outcome(future, futures.pop(future)))  # what is kept would be done again when its worker dies
        future.release()
    _sweep(*fsspec.core.url_to_fs(todo.job.output))


def _outcome(future: Any, part: Part) -> Done | Undone:
    try:
        found: Done | Undone = future.result()
    except Exception as error:  # noqa: BLE001 - whatever befell one part, the others go on
        return Undone(part.name, part.source, f"{type(error).__name__}: {error}")
    return found
