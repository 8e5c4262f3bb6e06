"""The format of relation types: one YAML file a type, read and checked here.

The folder is the registry: adding ``relations/<type>.yaml`` adds a type. A mistake in a file is told with
file, line and field.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from svyaz.model import MentionType, Modality, Phase
from svyaz.morph import fold
from svyaz.relations.slots import SlotPath, parse_path


class FrameError(ValueError):
    """A relation file that cannot be used; the message names file, line and field."""


class Strict(BaseModel):
    """Base of the parts of a relation file: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Paths = Annotated[tuple[SlotPath, ...], BeforeValidator(parse_path)]


def _lemmas(words: Any) -> Any:
    return frozenset(fold(str(w)) for w in words) if isinstance(words, list) else words


Lemmas = Annotated[frozenset[str], BeforeValidator(_lemmas)]


class Role(Strict):
    """A role with the mention types that may fill it; ``min`` of two or more makes it a list.

    Facts that differ in a role are two facts if the role is required or ``identity`` is set (who bought), and one
    fact, told once with more and once with less, if it is not (where they met). A required role marked
    ``elsewhere`` may be left to another statement of the same fact («возглавляет Ростех» names no post).
    """

    types: tuple[MentionType, ...]
    min: int = 1
    optional: bool = False
    identity: bool = False
    elsewhere: bool = False

    @property
    def needed(self) -> bool:
        """Whether a statement must fill it by itself."""
        return not self.optional and not self.elsewhere

    @property
    def listed(self) -> bool:
        """Whether one relation takes several fillers."""
        return self.min > 1


class Frame(Strict):
    """Triggers with the slots that they fill; see DESIGN «Frames».

    ``marks`` are triggers that are no words («Захарова[:] «Ответ последует»»), ``types`` narrows what may fill a role.
    ``under`` lists the prepositions one of which must stand before the trigger, with the case or without: «[по]
    словам», not «слова Пескова»; «на:loc» for «на встрече», not «на встречу». «*» in ``support`` is any verb.

    ``apart`` names the steps that lead to one side of a symmetric role, where a word ties each of that side to each
    of the other and nobody to his own: «у [Бойко] трое детей: дочь Мария и сын Лев». A singular word has one bearer.
    With ``mutual`` a plural ties those of one side to each other: «братья Игорь и Олег».
    """

    name: str
    marks: frozenset[str] = frozenset()
    under: Lemmas = frozenset()
    types: dict[str, tuple[MentionType, ...]] = Field(default_factory=dict)
    verbs: Lemmas = frozenset()
    nouns: Lemmas = frozenset()
    predicates: Lemmas = frozenset()
    posts: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    support: Lemmas = frozenset()
    slots: dict[str, tuple[Paths, ...]]
    with_: tuple[Paths, ...] = Field(default=(), alias="with")
    without: tuple[Paths, ...] = ()
    require: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    mutual: bool = False
    attributes: dict[str, str] = Field(default_factory=dict)
    phase: Phase | None = None
    modality: Modality | None = None

    @model_validator(mode="after")
    def _has_trigger(self) -> Frame:
        named = self.posts or self.bodies or self.places or self.marks
        if not (self.verbs or self.nouns or self.predicates or named):
            raise ValueError(
                f"frame «{self.name}» has no trigger (verbs, nouns, predicates, posts, bodies, places or marks)"
            )
        return self


AttributeKind = Literal["text", "speech", "stake"] | tuple[str, ...]


class RelationType(Strict):
    """A relation type as its file gives it; ``file`` is where it came from.

    ``arity`` is the least number of arguments that make a fact: a statement needs a speaker alone. ``loose`` are
    the attributes in which two statements of one fact may differ. ``denied`` names the attribute without which a
    denial tells nothing: «не стал комментировать» is no statement at all.
    """

    name: str = Field(alias="type", pattern=r"^[a-z][a-z_]*$")
    definition: str
    roles: dict[str, Role]
    symmetric: str | None = None
    arity: int = Field(default=2, ge=1)
    attributes: dict[str, AttributeKind] = Field(default_factory=dict)
    loose: frozenset[str] = frozenset()
    denied: str | None = None
    frames: tuple[Frame, ...]
    file: str = ""

    def least(self, frame: Frame, name: str) -> int:
        """How many fillers of a role a statement by the frame needs."""
        role = self.roles[name]
        if name not in frame.require and not role.needed:
            return 0
        return role.min if role.listed and name == self.symmetric else 1

    @model_validator(mode="after")
    def _slots_are_declared(self) -> RelationType:
        for frame in self.frames:
            known = {*self.roles, *self.attributes}
            for name in (*frame.slots, *frame.attributes, *frame.require, *frame.types):
                if name not in known:
                    raise ValueError(
                        f"frame «{frame.name}»: «{name}» is neither a role nor an attribute of {self.name}"
                    )
        if self.symmetric and self.symmetric not in self.roles:
            raise ValueError(f"symmetric: «{self.symmetric}» is no role")
        return self

    @model_validator(mode="after")
    def _can_be_stated(self) -> RelationType:
        several = any(role.listed for role in self.roles.values())
        if len(self.roles) < self.arity and not several:
            raise ValueError(
                f"a fact needs {self.arity} arguments, and the roles take {len(self.roles)}: "
                "give it more roles, a role with «min: 2», or a lower «arity»"
            )
        return self


def read(path: Path, text: str) -> RelationType:
    """Read one relation file; raises FrameError."""
    try:
        node = yaml.compose(text, Loader=_Loader)
        raw = yaml.load(text, Loader=_Loader)  # noqa: S506 - the safe loader in C
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise FrameError(f"{path}{line}: no YAML: {getattr(error, 'problem', error)}") from error
    if not isinstance(raw, dict):
        raise FrameError(f"{path}:1: a relation file is a mapping with type, definition, roles and frames")
    try:
        return RelationType.model_validate(raw | {"file": str(path)})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"] if not str(part).startswith("function-"))
        message = first["msg"].removeprefix("Value error, ")
        raise FrameError(f"{path}:{_line(node, first['loc'])}: {field or 'file'}: {message}") from None


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _line(node: yaml.Node | None, loc: Sequence[Any]) -> int:
    """The line of the deepest node on the way to the field that was wrong."""
    line = node.start_mark.line + 1 if node else 1
    for part in loc:
        below: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            below = next((v for k, v in node.value if k.value == str(part)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            below = node.value[part]
        if below is None:
            break
        node, line = below, below.start_mark.line + 1
    return line


@cache
def _shipped() -> tuple[RelationType, ...]:
    folder = files(__package__)
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return tuple(read(Path(f.name), f.read_text("utf-8")) for f in found)


def registry(extra: Iterable[Path] = ()) -> tuple[RelationType, ...]:
    """All relation types, shipped ones first, then those of the files ``extra``, which are read anew each time.

    A file of the same type name replaces the shipped one. Raises FrameError for a file that cannot be used.
    """
    table = {t.name: t for t in _shipped()}
    for path in extra:
        try:
            own = read(path, path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise FrameError(f"{path}: cannot be read: {error}") from error
        table[own.name] = own
    return tuple(table.values())
