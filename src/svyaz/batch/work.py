"""What a worker does: one part in, one file out. The models load once a process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from svyaz.batch import reading, writing
from svyaz.batch.parts import Format, Part
from svyaz.model import Article, Result
from svyaz.pipeline import Extractor
from svyaz.sources import Failure, Item, Options
from svyaz.worker import Lost, attempt


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


@cache
def extractor(relation_files: tuple[str, ...] = ()) -> Extractor:
    """The process's extractor for these relation files."""
    return Extractor(relation_files)


def process_batch(articles: Iterable[Article | str], relation_files: Sequence[str] = ()) -> list[Result]:
    """Read articles with the process's own extractor: what any engine can call on its workers."""
    reader = extractor(tuple(relation_files))
    return [reader.extract(article) for article in articles]


def do(part: Part, job: Job) -> Done:
    """Read a part, write its results, and say how much it was."""
    failures: list[Failure] = []
    results = list(_results(part, job, failures))
    characters = sum(len(result.text or "") for result in results)
    kept = [r.model_copy(update={"text": None}) for r in results] if job.no_text else results
    writing.write(kept, job.place(part), job.to)
    relations = sum(len(result.relations) for result in results)
    return Done(part.name, len(results), characters, relations, tuple(failures))


def _results(part: Part, job: Job, failures: list[Failure]) -> Iterator[Result]:
    reader = extractor(job.relation_files)
    for found in reading.read(part, job.options):
        if isinstance(found, Item):
            answer = attempt(lambda item: reader.extract(item.article, warnings=item.warnings), found)
            if isinstance(answer, Lost):
                failures.append(Failure(found.name, answer.message, found.line))
            else:
                yield answer
        elif isinstance(found, Failure):
            failures.append(found)
