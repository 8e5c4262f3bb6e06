"""How sentences were read, as tables for a screen."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from svyaz.decoding import plain as decoded
from svyaz.export.screen import plain, render
from svyaz.model import Article, Result
from svyaz.relations.explain import Explanation


def article(text: str, published: datetime.date | None) -> Article:
    """The sentence as an article."""
    return Article(text=decoded(text).text, published=published)


def chosen(found: Sequence[Explanation], types: Sequence[str]) -> tuple[Explanation, ...]:
    """The explanations with the frames of the ``types`` alone; with all, if none is named."""
    if not types:
        return tuple(found)
    return tuple(
        replace(e, traces=tuple(t for t in e.traces if t.rule.split(".")[0] in types)) for e in found
    )


def as_table(result: Result, found: Sequence[Explanation], *, width: int, colour: bool = False) -> str:
    """Tree, mentions and frames of each sentence, one table under the other."""
    return render(_parts(result, found), width, colour)


def _parts(result: Result, found: Sequence[Explanation]) -> Iterator[RenderableType]:
    for sentence in found:
        yield Text(plain(sentence.text), style="bold")
        yield _tree(sentence)
        if sentence.traces:
            yield _frames(sentence)
        else:
            yield Text("no word here opens a frame")
    yield _mentions(result)


def _tree(sentence: Explanation) -> Table:
    table = Table(title="tree", header_style="bold")
    for name in ("", "word", "lemma", "part of speech", "case", "governor", "relation"):
        table.add_column(name)
    for word in sentence.words:
        governor = sentence.words[word.head - 1].text if word.head else "–"
        cells = (str(word.number), word.text, word.lemma, word.pos, word.case or "", governor, word.rel)
        table.add_row(*(Text(plain(cell)) for cell in cells))
    return table


def _frames(sentence: Explanation) -> Table:
    table = Table(title="frames", header_style="bold", show_lines=True)
    for name in ("rule", "trigger", "slots", "verdict"):
        table.add_column(name)
    for trace in sentence.traces:
        slots = "\n".join(f"{role} = {', '.join(words) or '–'}" for role, words in trace.slots.items())
        trigger = trace.trigger + (f" ({trace.support})" if trace.support else "")
        style = "green" if trace.verdict == "matched" else None
        table.add_row(
            *(Text(plain(c)) for c in (trace.rule, trigger)),
            Text(slots),
            Text(plain(trace.verdict)),
            style=style,
        )
    return table


def _mentions(result: Result) -> Table:
    table = Table(title="mentions and entities", header_style="bold")
    for name in ("mention", "type", "form", "normal", "entity"):
        table.add_column(name)
    names = {e.id: f"{e.id} {e.name}" for e in result.entities}
    for mention in result.mentions:
        cells = (
            mention.text,
            mention.type,
            mention.form,
            mention.normal,
            names.get(mention.entity or "", "–"),
        )
        table.add_row(*(Text(plain(cell)) for cell in cells))
    return table
