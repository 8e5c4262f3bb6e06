"""The way of the data, one direction, one line a stage."""

from __future__ import annotations

import datetime
import gc
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from svyaz import layout, parallel, parse, structure, text
from svyaz.assemble import assemble
from svyaz.decoding import plain
from svyaz.entities import Resolution, resolve
from svyaz.layout import Block
from svyaz.mentions import callings, dates, names, offices, organizations, pronouns, repeated, tagged
from svyaz.mentions.found import Found
from svyaz.model import Article, Result, Warning
from svyaz.parse import Sentence
from svyaz.relations.engine import Engine
from svyaz.relations.explain import Explanation, explain
from svyaz.relations.extract import relations, scenes
from svyaz.relations.frames import registry
from svyaz.repair import repaired
from svyaz.structure import Tie
from svyaz.text import CleanText
from svyaz.worker import Lost


@dataclass(frozen=True)
class Reading:
    """An article up to its entities."""

    clean: CleanText
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    ties: tuple[Tie, ...]
    resolution: Resolution


def read(raw: str, published: datetime.date | None = None) -> Reading:
    """A text to its mentions and entities, stage by stage."""
    clean = text.clean(raw)
    blocks = tuple(layout.blocks(clean.text))
    sentences = tuple(repaired(s) for s in parse.sentences(clean.text, blocks))
    mentions, ties = find_mentions(sentences, published)
    return Reading(clean, blocks, sentences, ties, resolve(mentions, ties, sentences))


class Extractor:
    """Reads articles. The models load on first use and are kept; one extractor serves a whole process, threads too.

    ``relation_files`` are relation types of the user's own, in YAML. Raises FrameError for a faulty one, and TypeError
    for a single path: its letters would be taken for files.
    """

    def __init__(self, relation_files: Sequence[str | Path] = ()) -> None:
        if isinstance(relation_files, str | Path):
            raise TypeError(f"relation_files are several, as a list: [{str(relation_files)!r}]")
        self._engine = Engine(registry(map(Path, relation_files)))

    def extract(self, article: Article | str, *, warnings: Sequence[Warning] = ()) -> Result:
        """Read one article; ``warnings`` are what is already known to be odd about it.

        Raises TypeError for what is neither a text nor an article.
        """
        article, replaced = sound(article)
        with _uncollected():
            return self._extract(article, (*warnings, *replaced))

    def _extract(self, article: Article, warnings: Sequence[Warning]) -> Result:
        reading = read(article.text, article.published)
        merged = relations(self._engine, reading.sentences, reading.ties, reading.resolution)
        noted = (*warnings, *odd(article, reading))
        return assemble(article_id(article), article, reading.clean, reading.resolution, merged, noted)

    def explain(self, raw: str, *, published: datetime.date | None = None) -> tuple[Explanation, ...]:
        """For each sentence of a text its tree, and for each frame whose trigger stands in it what filled its
        slots or why it did not match."""
        reading = read(plain(raw).text, published)
        played = scenes(reading.sentences, reading.ties, reading.resolution)
        return tuple(explain(self._engine, scene) for scene in played)

    def pipe(
        self,
        articles: Iterable[Article | str],
        *,
        workers: int = 1,
        batch_size: int = 4,
        timeout: float | None = None,
    ) -> Iterator[Result]:
        """Read articles as they come, and give their results in the same order.

        With one worker the first result is out before the second article is read. Several ``workers`` (0: one a
        core) are given ``batch_size`` articles at a time and read ahead no more than parallel.READ_AHEAD batches
        each. An article that takes more than ``timeout`` seconds, that ends the process which reads it or that
        meets a fault in the program has a result with no mentions and a warning that says so; a timeout needs a
        process even for one worker. Raises ValueError for a number that makes no sense, WorkerError, and TypeError
        for what is no article, when the results before it were taken.
        """
        if isinstance(articles, str | Article):
            raise TypeError("pipe reads many articles, as a list or an iterator; extract reads one")
        done = parallel.run(
            self.extract,
            map(_checked, articles),
            warm_up=self.warm_up,
            workers=workers,
            batch_size=batch_size,
            timeout=timeout,
        )
        return (unread(at, found) if isinstance(found, Lost) else found for at, found in done)

    def warm_up(self) -> None:
        """Load all models and lists now, and not with the first article."""
        self.extract("Иван Петров, мэр Москвы, 12 января встретился с послом России.")


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for rings of objects that nothing holds any more: reading makes none to speak of, and to look for them
    again and again among all that an article makes takes a tenth of the time. Of several threads only one that found
    the search at work stops it, so that it always goes on in the end."""
    collecting = gc.isenabled()
    if collecting:
        gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _checked(article: Article | str) -> Article | str:
    if not isinstance(article, str | Article):
        raise TypeError(f"an article is a str or an Article, not {type(article).__name__}: {article!r:.60}")
    return article


def sound(given: Article | str) -> tuple[Article, tuple[Warning, ...]]:
    """An article without lone surrogates, which no output can hold, and a warning if its text had some."""
    given = _checked(given)
    article = Article(text=given) if isinstance(given, str) else given
    decoded = {name: plain(value) for name, value in article if isinstance(value, str)}
    replaced = {name: found.text for name, found in decoded.items() if found.warnings}
    return article.model_copy(update=replaced) if replaced else article, decoded["text"].warnings


def unread(article: Article | str, lost: Lost, warnings: Sequence[Warning] = ()) -> Result:
    """The result of an article that could not be read: nothing but the warning that says why."""
    article, _ = sound(article)
    said = Warning(code=lost.code, message=lost.message)
    return Result(**(dict(article) | {"id": article_id(article)}), warnings=(*warnings, said))


def find_mentions(
    sentences: Sequence[Sentence], published: datetime.date | None
) -> tuple[tuple[Found, ...], tuple[Tie, ...]]:
    """All mentions of an article in order of the text, and what ties its offices."""
    days: dict[int, list[Found]] = {}
    for day in dates.find(sentences, published):
        days.setdefault(day.sentence, []).append(day)
    named = repeated.add(sentences, [_names(s) for s in sentences])
    found = [_in_sentence(s, n, days.get(s.number, [])) for s, n in zip(sentences, named, strict=True)]
    ties = structure.standing(
        sentences, [structure.ties(s, f) for s, f in zip(sentences, found, strict=True)]
    )
    kept = {id(t.office) for t in ties}
    mentions = tuple(m for s, f in zip(sentences, found, strict=True) for m in _with_callings(s, f, kept))
    return mentions, ties


def _with_callings(sentence: Sentence, found: Sequence[Found], kept: set[int]) -> tuple[Found, ...]:
    """The mentions of a sentence less the posts that are none, but with what these mean otherwise."""
    dropped = [m for m in found if m.type == "office" and id(m) not in kept]
    return callings.find(sentence, [m for m in found if m.type != "office" or id(m) in kept], dropped)


def _names(sentence: Sentence) -> tuple[Found, ...]:
    return tagged.names(sentence, names.find(sentence, tagged.checked(sentence)))


def _in_sentence(sentence: Sentence, named: Sequence[Found], days: Sequence[Found]) -> list[Found]:
    posts = tagged.offices(sentence, named, offices.find(sentence, named))
    bodies = organizations.find(sentence, named, posts)
    found = [*bodies, *posts, *days, *pronouns.find(sentence)]
    return sorted(found, key=lambda m: (m.start, -m.end, m.type))


def article_id(article: Article) -> str:
    """The id given with an article, else the first 16 hex digits of the text's sha256."""
    return article.id or hashlib.sha256(article.text.encode()).hexdigest()[:16]


def odd(article: Article, reading: Reading) -> Iterator[Warning]:
    """What is unusual about a text, and what was done about it."""
    clean = reading.clean
    if not clean.text.strip():
        yield Warning(code="empty", message="the text is empty: there is nothing to read")
        return
    skipped = [clean.text[b.start : b.end].strip() for b in reading.blocks if b.kind == "boilerplate"]
    if skipped:
        shown = ", ".join(f"«{line[:40]}»" for line in skipped[:5])
        yield Warning(
            code="boilerplate", message=f"{len(skipped)} lines that are no prose were not read: {shown}"
        )
    long = sum(len(s.tokens) > parse.MAX_TREE_TOKENS for s in reading.sentences)
    if long:
        limit = parse.MAX_TREE_TOKENS
        yield Warning(
            code="long_sentence", message=f"{long} sentences of over {limit} tokens were read without a tree"
        )
    if _is_foreign(clean.text):
        yield Warning(code="not_russian", message="most letters are not Cyrillic: the text may be no Russian")
    if clean.raw != clean.text and any(c in article.text for c in "\x00\ufffd"):
        yield Warning(code="control_characters", message="NUL or replacement characters were read as spaces")


# Half of what stands in a Russian text, with its spaces and signs, are these letters.
_FREQUENT = "оеаинтсрвлкм"


def _is_foreign(text: str) -> bool:
    """Whether most letters are not Cyrillic; the frequent ones are counted first, since that is quick and says no
    for nearly every article."""
    if 2 * sum(map(text.count, _FREQUENT)) >= len(text):
        return False
    letters = Counter(filter(str.isalpha, text))
    cyrillic = sum(n for c, n in letters.items() if "а" <= c.lower() <= "я" or c in "ёЁ")
    return cyrillic < letters.total() / 2


def extract(
    text: str,
    *,
    published: datetime.date | str | None = None,
    id: str | None = None,  # noqa: A002 - the contract's field
    title: str | None = None,
    source: str | None = None,
) -> Result:
    """Read one text; ``published`` is a date or an ISO date that relative dates are resolved against.

    Raises ValueError (pydantic's) for a ``published`` that is no date and for a text that is none.
    """
    fields = {"text": text, "published": published, "id": id, "title": title, "source": source}
    return _default().extract(Article.model_validate(fields))


@cache
def _default() -> Extractor:
    return Extractor()
