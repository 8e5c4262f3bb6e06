"""Example tables: marked sentences with what must come out of them and what must not.

A line is a mark, a sentence and, behind a bar, what else must hold::

    + [participant: Лавров] встретился с [participant: Ван И]. | date=2024-01-12
    - Лавров встретился с трудностями.

A dash for a value says that there is none (``date=-``).

``+`` hit, ``-`` near-miss, ``~`` known miss and ``!`` known false alarm: the last two must fail, so that
whoever mends one is told to change the mark.
"""

from __future__ import annotations

import datetime
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from svyaz.model import Article, Relation, Result

if TYPE_CHECKING:
    from svyaz.pipeline import Extractor

PUBLISHED = datetime.date(2024, 1, 15)
_MARK = re.compile(r"\[(?P<role>[a-z_]+)(?:/(?P<facts>[\d,]+))?: ")


class ExampleError(ValueError):
    """A line of a table that cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One argument of one expected fact: its role and its span in the plain sentence."""

    fact: int
    role: str
    start: int
    end: int


@dataclass(frozen=True)
class Example:
    """A line of a table."""

    file: str
    line: int
    type: str
    mark: str
    text: str
    expected: tuple[Expected, ...] = ()
    keys: dict[str, str] = field(default_factory=dict)


def read(path: Path, text: str) -> Iterator[Example]:
    """The examples of one table; its name before the dot is the relation type. Raises ExampleError."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        mark, _, rest = line.partition(" ")
        if mark not in {"+", "-", "~", "!"} or not rest.strip():
            raise ExampleError(f"{path}:{number}: a line begins with + - ~ or ! and a space")
        sentence, _, keys = rest.partition(" | ")
        plain, expected = _unmark(path, number, sentence.strip())
        if (mark in "+~") != bool(expected):
            raise ExampleError(f"{path}:{number}: a hit has marked arguments, a near-miss has none")
        pairs = dict(_pair(path, number, item) for item in shlex.split(keys))
        yield Example(str(path), number, path.name.split(".")[0], mark, plain, tuple(expected), pairs)


def _pair(path: Path, number: int, item: str) -> tuple[str, str]:
    key, equals, value = item.partition("=")
    if not equals:
        raise ExampleError(f"{path}:{number}: «{item}» is no key=value")
    return key, value


def _unmark(path: Path, number: int, sentence: str) -> tuple[str, list[Expected]]:
    out, expected, at = "", [], 0
    for match in _MARK.finditer(sentence):
        out += sentence[at : match.start()]
        closing = sentence.find("]", match.end())
        if closing < 0:
            raise ExampleError(f"{path}:{number}: «[{match['role']}: …» has no closing bracket")
        words = sentence[match.end() : closing]
        for fact in (match["facts"] or "0").split(","):
            expected.append(Expected(int(fact), match["role"], len(out), len(out) + len(words)))
        out += words
        at = closing + 1
    return out + sentence[at:], expected


def shipped() -> Iterator[Example]:
    """The examples of all tables in the package."""
    for file in sorted(files(__package__).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".examples"):
            yield from read(Path(file.name), file.read_text("utf-8"))


def read_file(path: Path) -> list[Example]:
    """The examples of a table of the user's own; raises ExampleError, also for a file that is no text."""
    try:
        return list(read(path, path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise ExampleError(f"{path}: cannot be read: {error}") from error


def verdict(extractor: Extractor, example: Example) -> list[str]:
    """What is not as marked: the problems of a row that must come out right, or that a known failure is none."""
    found = problems(extractor, example)
    if example.mark in "+-":
        return found
    return [] if found else [f"comes out right: mark it {'+' if example.mark == '~' else '-'}"]


def problems(extractor: Extractor, example: Example) -> list[str]:
    """What is wrong with the extractor's answer to an example; empty when it is as marked."""
    result = extractor.extract(Article(text=example.text, published=PUBLISHED))
    found = [r for r in result.relations if r.type == example.type]
    if not example.expected:
        return [f"came out: {_told(r)}" for r in found]
    return list(_compare(result, example, found))


def _told(relation: Relation) -> str:
    args = ", ".join(f"{a.role}={a.text}" for a in relation.args)
    return f"{relation.type}({args}) {relation.modality} by {relation.evidence[0].rule}"


def _compare(result: Result, example: Example, found: list[Relation]) -> Iterator[str]:
    left = list(found)
    for fact in sorted({e.fact for e in example.expected}):
        wanted = [e for e in example.expected if e.fact == fact]
        match = next((r for r in left if _same(result, r, wanted)), None)
        if match is None:
            shown = ", ".join(f"{e.role}={example.text[e.start : e.end]}" for e in wanted)
            yield f"missing: {shown}" + "".join(f"; instead {_told(r)}" for r in left)
            continue
        left.remove(match)
        yield from _check_keys(result, example, match)
    for relation in left:
        yield f"too much: {_told(relation)}"


def _same(result: Result, relation: Relation, wanted: list[Expected]) -> bool:
    """Whether arguments and marks pair off: same role, and a mention of the argument's entity overlaps the mark."""
    if len(relation.args) != len(wanted):
        return False
    left = list(relation.args)
    for mark in wanted:
        spans = {m.entity for m in result.mentions if m.start < mark.end and mark.start < m.end and m.entity}
        match = next((a for a in left if a.role == mark.role and a.entity in spans), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _check_keys(result: Result, example: Example, relation: Relation) -> Iterator[str]:
    names = {e.id: e.name for e in result.entities}
    actual: dict[str, str | None] = {
        "modality": relation.modality,
        "phase": relation.phase,
        "date": relation.date.value if relation.date else None,
        "source": names.get(relation.source or ""),
        "frame": relation.evidence[0].rule.split(".")[-1],
        **relation.attributes,
    }
    for key, value in ({"modality": "asserted"} | example.keys).items():
        if actual.get(key) != (None if value == "-" else value):
            yield f"{key} is {actual.get(key)}, not {value}"
