"""What a worker does: one part in, one file out. The models load once a process."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache

import fsspec

from svyaz.batch import reading, writing
from svyaz.batch.parts import Format, Part
from svyaz.model import Article, Result
from svyaz.pipeline import Extractor, unread
from svyaz.sources import Failure, Item, Options
from svyaz.worker import Lost, attempt

# Where what could not be read is kept, beside the parts: a later run skips these and would not say it again.
FAILURES = "_failures"


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for all parts."""

    output: str
    to: Format = "jsonl"
    no_text: bool = False
    options: Options = field(default_factory=Options)
    relation_files: tuple[str, ...] = ()

    def place(self, part: Part) -> str:
        """The URL of the part's results."""
        return f"{self.output.rstrip('/')}/{part.name}.{self.to}"


@dataclass(frozen=True, slots=True)
class Done:
    """A part that was written: articles and characters read, facts found, and what could not be read."""

    part: str
    articles: int
    characters: int
    relations: int
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """A part of ``source`` that could not be done, and why; the next run tries it again."""

    part: str
    source: str
    reason: str


@cache
def extractor(relation_files: tuple[str, ...] = ()) -> Extractor:
    """The process's extractor for these relation files."""
    return Extractor(relation_files)


def process_batch(articles: Iterable[Article | str], relation_files: Sequence[str] = ()) -> list[Result]:
    """Read articles with the process's own extractor: what any engine can call on its workers."""
    reader = extractor(tuple(relation_files))
    return [reader.extract(article) for article in articles]


def do(part: Part, job: Job) -> Done | Undone:
    """Read a part, write its results, and say how much it was or what prevented it."""
    try:
        return _done(part, job)
    except Exception as error:  # noqa: BLE001 - raised here, Dask would log its traceback
        return Undone(part.name, part.source, f"{type(error).__name__}: {error}")


def _done(part: Part, job: Job) -> Done:
    failures: list[Failure] = []
    results = list(_results(part, job, failures))
    characters = sum(len(result.text or "") for result in results)
    kept = [r.model_copy(update={"text": None}) for r in results] if job.no_text else results
    if failures:  # first, or a run that ends between the two would lose them
        _note(part, job, failures)
    writing.write(kept, job.place(part), job.to)
    relations = sum(len(result.relations) for result in results)
    return Done(part.name, len(results), characters, relations, tuple(failures))


def _note(part: Part, job: Job, failures: Sequence[Failure]) -> None:
    folder = f"{job.output.rstrip('/')}/{FAILURES}"
    system, path = fsspec.core.url_to_fs(folder)
    system.makedirs(path, exist_ok=True)
    lines = "".join(json.dumps(asdict(f), ensure_ascii=False) + "\n" for f in failures)
    writing.whole(f"{folder}/{part.name}.jsonl", lambda file: file.write(lines.encode()))


def _results(part: Part, job: Job, failures: list[Failure]) -> Iterator[Result]:
    reader = extractor(job.relation_files)
    for found in reading.read(part, job.options):
        if isinstance(found, Item):
            answer = attempt(lambda item: reader.extract(item.article, warnings=item.warnings), found)
            if isinstance(answer, Lost):
                failures.append(Failure(found.name, answer.message, found.line))
                yield unread(found.article, answer, found.warnings)
            else:
                yield answer
        elif isinstance(found, Failure):
            failures.append(found)
