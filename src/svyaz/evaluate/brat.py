"""Reading brat standoff: text-bound mentions, events as relations, Equiv lines as coreference.

The manner is that of ``gold/GUIDELINES.md``: an event's type is a relation type, its arguments are roles
(``participant2`` is one more participant); roles ``date`` and ``source`` and text attributes are not
arguments. Binary brat relations (``R`` lines) are read as relations of two arguments.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from svyaz.evaluate.corpus import CorpusError, GoldArgument, GoldDocument, GoldMention, GoldRelation

# Types of text-bound annotations that are no mentions.
_VALUE, _UNREAD = "value", "boilerplate"
MENTION_TYPES = frozenset({"person", "office", "organization", "location", "date"})


@dataclass
class Standoff:
    """The lines of one .ann file, by kind."""

    bound: dict[str, tuple[str, tuple[tuple[int, int], ...]]] = field(default_factory=dict)
    events: list[tuple[str, str, str, list[tuple[str, str]]]] = field(default_factory=list)
    pairs: list[tuple[str, str, str, str]] = field(default_factory=list)
    equal: list[list[str]] = field(default_factory=list)
    attributes: dict[tuple[str, str], str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)


def standoff(path: Path) -> Standoff:
    """Read an .ann file; raises CorpusError naming file and line."""
    out = Standoff()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            _read_line(out, line)
        except (ValueError, IndexError) as error:
            raise CorpusError(f"{path}:{number}: cannot be read as brat standoff: {line[:60]!r}") from error
    return out


def _read_line(out: Standoff, line: str) -> None:
    key, body, *rest = line.split("\t")
    if key.startswith("T"):
        kind, _, spans = body.partition(" ")
        out.bound[key] = (kind, tuple((int(s.split()[0]), int(s.split()[1])) for s in spans.split(";")))
    elif key.startswith("E"):
        (kind, trigger), *args = (part.split(":") for part in body.split())
        out.events.append((key, kind, trigger, [(role, target) for role, target in args]))
    elif key.startswith("R"):
        kind, first, second = body.split()[:3]
        out.pairs.append((key, kind, first.split(":")[1], second.split(":")[1]))
    elif key.startswith("*"):
        out.equal.append(body.split()[1:])
    elif key.startswith(("A", "M")):
        name, target, *value = body.split(" ", 2)
        out.attributes[target, name.lower()] = value[0] if value else "true"
    elif key.startswith("#"):
        _, target = body.split()[:2]
        out.notes[target] = rest[0] if rest else ""
    elif key.startswith("N"):
        _, target, reference = body.split()[:3]
        out.references[target] = reference


def documents(folder: Path) -> Iterator[GoldDocument]:
    """All articles of a brat folder, by name; raises CorpusError for a folder without any."""
    published = _published(folder)
    found = sorted(folder.rglob("*.ann"))
    if not found:
        raise CorpusError(f"{folder}: no .ann files in it")
    for path in found:
        yield document(path, published.get(path.stem))


def _published(folder: Path) -> dict[str, datetime.date]:
    """Dates of publication from ``articles.yaml`` in the folder or one of the two above it."""
    for place in (folder, *list(folder.resolve().parents)[:2]):
        path = place / "articles.yaml"
        if path.is_file():
            listed = yaml.safe_load(path.read_text("utf-8"))["articles"]
            return {a["id"]: a["published"] for a in listed if a.get("published")}
    return {}


def document(path: Path, published: datetime.date | None = None, text: Path | None = None) -> GoldDocument:
    """One article from its .ann file and its text (default: the .txt beside it); raises CorpusError."""
    source = text or path.with_suffix(".txt")
    try:
        with source.open(encoding="utf-8", newline="") as file:
            content = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{source}: cannot be read: {error}") from error
    read = standoff(path)
    entity = _entities(read)
    mentions = tuple(
        GoldMention(
            id=key,
            type=kind,
            spans=spans,
            text=" ".join(content[s:e] for s, e in spans),
            entity=entity[key],
            form=read.attributes.get((key, "form"), "name"),
            normal=_note(read.notes.get(key, ""), "normal"),
        )
        for key, (kind, spans) in read.bound.items()
        if kind in MENTION_TYPES
    )
    known = {m.id for m in mentions}
    relations = tuple(_relation(path, read, event, entity, known) for event in read.events)
    pairs = tuple(
        GoldRelation(key, kind, (GoldArgument("arg1", entity[a], a), GoldArgument("arg2", entity[b], b)))
        for key, kind, a, b in read.pairs
        if a in known and b in known
    )
    unread = tuple(span for kind, spans in read.bound.values() if kind == _UNREAD for span in spans)
    ordered = tuple(sorted(mentions, key=lambda m: (m.start, -m.end)))
    return GoldDocument(path.stem, content, ordered, relations + pairs, published=published, unread=unread)


def _entities(read: Standoff) -> dict[str, str]:
    """The entity of each text-bound annotation: the first id of its Equiv line, else its own."""
    out = {key: key for key in read.bound}
    for group in read.equal:
        for key in group:
            out[key] = group[0]
    return out


def _note(note: str, name: str) -> str | None:
    match = re.search(rf"{name}=(.*)", note)
    return match.group(1).strip() if match else None


def _relation(
    path: Path,
    read: Standoff,
    event: tuple[str, str, str, list[tuple[str, str]]],
    entity: dict[str, str],
    known: set[str],
) -> GoldRelation:
    key, kind, trigger, targets = event
    args, values, date = [], {}, None
    for name, target in targets:
        role = re.sub(r"\d+$", "", name)
        if target not in read.bound:
            raise CorpusError(f"{path}: event {key}: {name} points to {target}, which is not there")
        if role == "date":
            date = _note(read.notes.get(target, ""), "normal")
        elif role == "source":
            values[role] = entity[target]
        elif target in known:
            args.append(GoldArgument(role, entity[target], target))
        else:
            values[role] = target
    marks = {n: v for (k, n), v in read.attributes.items() if k == key}
    spans = read.bound[trigger][1]
    return GoldRelation(
        key,
        kind,
        tuple(args),
        modality=marks.pop("modality", "asserted"),
        phase=marks.pop("phase", None),
        date=date,
        attributes=values | marks,
        trigger=(spans[0][0], spans[-1][1]),
    )
