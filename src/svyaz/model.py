"""The output contract, schema version 1, as frozen pydantic models.

Offsets are Unicode code points in the text as it was given: ``text[m.start:m.end] == m.text``.
Adding an optional field is a minor change; renaming, removing or changing a meaning is a new
schema version.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION: Literal["1"] = "1"

MentionType = Literal["person", "office", "organization", "location", "date"]
MentionForm = Literal["name", "adjective", "nominal", "pronoun"]
Modality = Literal["asserted", "planned", "possible", "denied"]
Phase = Literal["start", "ongoing", "end"]


class Model(BaseModel):
    """Base of every part of a result: frozen, and no field beyond the contract."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Model):
    """A piece of the text: ``text[start:end]``, in code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class Mention(Span):
    """One place in the text that names somebody or something."""

    id: str
    type: MentionType
    form: MentionForm
    normal: str = Field(description="nominative; for dates an ISO 8601-2 (EDTF) string")
    entity: str | None = None


class PersonName(Model):
    """The parts of a person's name, in the nominative; null when unknown."""

    last: str | None = None
    first: str | None = None
    middle: str | None = None
    nickname: str | None = None
    gender: Literal["m", "f"] | None = None


class DateValue(Model):
    """When a date entity was, as EDTF and as the first and the last day that it may mean."""

    value: str
    start: datetime.date | None = None
    end: datetime.date | None = None
    resolved: bool


class Entity(Model):
    """What one or several mentions of an article refer to."""

    id: str
    type: MentionType
    name: str
    aliases: tuple[str, ...] = ()
    person_name: PersonName | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    date: DateValue | None = None
    holder: str | None = Field(default=None, description="offices: id of the person who holds it")


class Argument(Span):
    """Who or what takes a role in a relation; the mention is the one nearest the trigger."""

    role: str
    entity: str
    mention: str
    type: MentionType


class RelationDate(Model):
    """The date that the text gives for a fact."""

    value: str
    mention: str


class Evidence(Model):
    """One place that states a fact: the sentence, the trigger in it, and the rule that saw it."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    trigger: Span
    rule: str


class Relation(Model):
    """One fact of the article, however often it is stated."""

    id: str
    type: str
    args: tuple[Argument, ...]
    modality: Modality = "asserted"
    phase: Phase | None = None
    date: RelationDate | None = None
    source: str | None = None
    attributes: dict[str, str] = Field(default_factory=dict)
    confidence: float = Field(ge=0, le=1)
    evidence: tuple[Evidence, ...]


class Warning(Model):
    """What was odd about the input and what was done about it."""

    code: str
    message: str


class Article(Model):
    """One text to read, with what is known about it."""

    text: str
    id: str | None = None
    source: str | None = None
    title: str | None = None
    published: datetime.date | None = None


class Result(Model):
    """All that was found in one article."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    id: str
    source: str | None = None
    title: str | None = None
    published: datetime.date | None = None
    text: str | None = None
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    warnings: tuple[Warning, ...] = ()

    def __reduce__(self) -> tuple[Callable[[str], Result], tuple[str]]:
        """Between processes a result goes as JSON: that takes half the time of hundreds of pickled objects."""
        return type(self).model_validate_json, (self.model_dump_json(exclude_unset=True),)
