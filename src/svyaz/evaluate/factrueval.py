"""factRuEval-2016: reading its files.

Source: Starostin et al., "FactRuEval 2016: Evaluation of Named Entity Recognition and Fact Extraction Systems
for Russian" (Dialogue 2016)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from svyaz.evaluate.corpus import (
    CorpusError,
    GoldArgument,
    GoldDocument,
    GoldEntity,
    GoldMention,
    GoldRelation,
)

TYPES = {"Person": "per", "Org": "org", "Location": "loc", "LocOrg": "loc"}
ROLES = {"Job": "Position"}


def documents(folder: Path) -> Iterator[GoldDocument]:
    """All documents of a factRuEval folder; raises CorpusError for a folder without any."""
    found = sorted(folder.glob("*.objects"))
    if not found:
        raise CorpusError(f"{folder}: no .objects files in it")
    for path in found:
        yield document(path.with_suffix(""))


def document(stem: Path) -> GoldDocument:
    """One document from its files ``stem.txt``, ``.spans``, ``.objects``, ``.coref`` and ``.facts``."""
    with stem.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    spans = {}
    for line in _lines(stem, ".spans"):
        key, kind, start, length = line.split()[:4]
        spans[key] = (kind, int(start), int(start) + int(length))
    entities, entity_of = _coref(stem)
    mentions = tuple(_mentions(stem, text, spans, entity_of))
    kinds = {m.entity: m.type for m in mentions}
    named = tuple(GoldEntity(e.id, kinds.get(e.id, "org"), e.names, e.parts) for e in entities)
    return GoldDocument(stem.name, text, mentions, tuple(_facts(stem, text, spans)), named)


def _lines(stem: Path, suffix: str) -> Iterator[str]:
    path = stem.with_suffix(suffix)
    if path.is_file():
        yield from (line for line in path.read_text("utf-8").splitlines() if line.strip())


def _blocks(stem: Path, suffix: str) -> Iterator[list[str]]:
    path = stem.with_suffix(suffix)
    if path.is_file():
        for block in path.read_text("utf-8").split("\n\n"):
            if block.strip():
                yield block.strip().splitlines()


def _coref(stem: Path) -> tuple[list[GoldEntity], dict[str, str]]:
    entities: list[GoldEntity] = []
    entity_of: dict[str, str] = {}
    for head, *rest in _blocks(stem, ".coref"):
        key, *objects = head.split()
        entity_of |= dict.fromkeys(objects, f"obj{key}")
        pairs = [line.split(" ", 1) for line in rest if " " in line]
        names = tuple(v.strip() for k, v in pairs if k == "name" and v.strip())
        parts = {
            k: v.strip()
            for k, v in pairs
            if k in {"firstname", "lastname", "patronymic", "nickname"} and v.strip()
        }
        entities.append(GoldEntity(f"obj{key}", "", names, parts))
    return entities, entity_of


def _mentions(
    stem: Path, text: str, spans: dict[str, tuple[str, int, int]], entity_of: dict[str, str]
) -> Iterator[GoldMention]:
    for line in _lines(stem, ".objects"):
        key, kind, *ids = line.split("#")[0].split()
        places = sorted((spans[i][1], spans[i][2]) for i in ids if i in spans)
        if kind in TYPES and places:
            words = " ".join(text[s:e] for s, e in places)
            described = tuple(_descriptors([spans[i] for i in ids if i in spans]))
            entity = entity_of.get(key, f"alone{key}")
            yield GoldMention(key, TYPES[kind], tuple(places), words, entity, descriptors=described)


def _descriptors(spans: Sequence[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    """Spans of a class («org_descr») less those that are part of a name («org_name»: «[Совет] муфтиев»)."""
    names = [(s, e) for kind, s, e in spans if not kind.endswith("_descr")]
    for kind, start, end in spans:
        if kind.endswith("_descr") and not any(s <= start and end <= e for s, e in names):
            yield start, end


def _facts(stem: Path, text: str, spans: dict[str, tuple[str, int, int]]) -> Iterator[GoldRelation]:
    for head, *rest in _blocks(stem, ".facts"):
        key, kind = head.split()[:2]
        args, ignored = [], False
        for line in rest:
            role, _, value = line.partition(" ")
            role = ROLES.get(role, role)
            if role == "Сложность":
                ignored = "повышенная" in value
            elif value.startswith("obj"):
                args.append(GoldArgument(role, value.split()[0]))
            elif value.startswith("span"):
                words = [v.strip().split(" ", 1) for v in value.split("|")]
                args += [GoldArgument(role, w[1]) for w in words if len(w) > 1]
        yield GoldRelation(key, kind, tuple(args), ignored=ignored)
