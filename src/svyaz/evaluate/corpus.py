"""Hand-labelled articles in one form, whatever file format they come from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field


class CorpusError(ValueError):
    """A corpus that cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A labelled mention: one or several spans of code points, with the entity it refers to.

    ``descriptors`` are those of its spans that tell the class and do not name («[газета] «Труд»»), where a corpus
    says so.
    """

    id: str
    type: str
    spans: tuple[tuple[int, int], ...]
    text: str
    entity: str
    form: str = "name"
    normal: str | None = None
    descriptors: tuple[tuple[int, int], ...] = ()

    @property
    def start(self) -> int:
        """The first code point of the mention."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Just behind its last code point."""
        return self.spans[-1][1]

    def overlaps(self, start: int, end: int) -> bool:
        """Whether any of its spans shares a character with ``[start, end)``."""
        return any(s < end and start < e for s, e in self.spans)


@dataclass(frozen=True, slots=True)
class GoldArgument:
    """A role with the mention, and the entity, that fills it."""

    role: str
    entity: str
    mention: str | None = None


@dataclass(frozen=True)
class GoldRelation:
    """A labelled fact. ``ignored`` marks one that neither counts as missed nor, when found, as right."""

    id: str
    type: str
    args: tuple[GoldArgument, ...]
    modality: str = "asserted"
    phase: str | None = None
    date: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    trigger: tuple[int, int] | None = None
    ignored: bool = False


@dataclass(frozen=True)
class GoldEntity:
    """A labelled entity with the names under which it goes (normalised, for corpora that give them)."""

    id: str
    type: str
    names: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GoldDocument:
    """A labelled article. What lies in ``unread`` is not the article's body: it is not scored."""

    id: str
    text: str
    mentions: tuple[GoldMention, ...] = ()
    relations: tuple[GoldRelation, ...] = ()
    entities: tuple[GoldEntity, ...] = ()
    published: datetime.date | None = None
    unread: tuple[tuple[int, int], ...] = ()

    def mention(self, mention_id: str) -> GoldMention:
        """The mention of an id; raises KeyError."""
        return self._by_id[mention_id]

    def of_entity(self, entity: str) -> tuple[GoldMention, ...]:
        """The mentions of an entity."""
        return self._by_entity.get(entity, ())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {m.id: m for m in self.mentions})
        grouped: dict[str, tuple[GoldMention, ...]] = {}
        for mention in self.mentions:
            grouped[mention.entity] = (*grouped.get(mention.entity, ()), mention)
        object.__setattr__(self, "_by_entity", grouped)

    _by_id: Mapping[str, GoldMention] = field(init=False, repr=False)
    _by_entity: Mapping[str, tuple[GoldMention, ...]] = field(init=False, repr=False)
