"""From statements to relations: one fact of the article, however often it is stated."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from svyaz.entities import Draft
from svyaz.relations.attributes import When
from svyaz.relations.confidence import confidence, features, together
from svyaz.relations.engine import Fact
from svyaz.relations.paths import Filler

# A role with the entity in it, to compare by.
_Told = tuple[str, int]
_STRENGTH = {"asserted": 0, "planned": 1, "possible": 2, "denied": 3}


@dataclass(frozen=True)
class Statement:
    """A fact with the entities that its fillers stand for and the source that the text names."""

    fact: Fact
    args: tuple[tuple[Filler, Draft], ...]
    source: Draft | None

    @cached_property
    def whole(self) -> bool:
        """Whether it fills all required roles; else another statement of the fact must."""
        filled = {f.role for f, _ in self.args}
        return all(role.optional or name in filled for name, role in self.fact.type.roles.items())

    @cached_property
    def told(self) -> frozenset[_Told]:
        """Roles with their entities, to compare by."""
        return frozenset((f.role, id(d)) for f, d in self.args)


@dataclass(frozen=True)
class Merged:
    """One relation with all its statements; the first one leads."""

    statements: tuple[Statement, ...]

    @cached_property
    def first(self) -> Statement:
        """The statement that says most: the surest modality, then the most arguments, then text order."""
        return min(
            self.statements,
            key=lambda s: (not s.whole, _STRENGTH[s.fact.circumstances.modality], -len(s.args)),
        )

    def args(self) -> list[tuple[Filler, Draft]]:
        """The arguments of the leading statement, completed with optional roles that only others fill."""
        out = list(self.first.args)
        for statement in self.statements:
            taken = {f.role for f, _ in out}
            out += [a for a in statement.args if a[0].role not in taken]
        return out

    def confidence(self) -> float:
        """Of all statements together."""
        return together([confidence(features(s.fact)) for s in self.statements])

    def date(self) -> When | None:
        """The first date that a statement gives, the leading one's before others."""
        dates = [s.fact.circumstances.date for s in (self.first, *self.statements)]
        return next((d for d in dates if d is not None), None)

    def values(self) -> dict[str, str]:
        """The attributes of all statements; the leading one's win."""
        out = dict(self.first.fact.values)
        for statement in self.statements:
            for key, value in statement.fact.values.items():
                out.setdefault(key, value)
        return out


def stand_for(mention_draft: Draft, role_types: Sequence[str]) -> Draft:
    """The entity of an argument: the person who holds an office where a person may stand."""
    if mention_draft.type == "office" and mention_draft.holder is not None and "person" in role_types:
        return mention_draft.holder
    return mention_draft


def statement(fact: Fact, source: Draft | None) -> Statement | None:
    """Resolve a fact's fillers; None when fewer than two entities or too few for a list role are left."""
    args: dict[tuple[str, int], tuple[Filler, Draft]] = {}
    for filler in fact.fillers:
        draft = fact.scene.entity(filler.mention)
        if draft is not None:
            draft = stand_for(draft, fact.type.roles[filler.role].types)
            args.setdefault((filler.role, id(draft)), (filler, draft))
    for name, role in fact.type.roles.items():
        count = sum(1 for r, _ in args if r == name)
        if role.needed and count < role.min:
            return None
    if len({i for _, i in args}) < max(fact.type.arity, len(args)):
        return None
    order = list(fact.type.roles)
    ordered = sorted(args.values(), key=lambda a: (order.index(a[0].role), a[0].mention.start))
    source = stand_for(source, ("person",)) if source is not None else None
    said_by_itself = source is not None and any(draft is source for _, draft in ordered)
    return Statement(fact, tuple(ordered), None if said_by_itself else source)


def merge(statements: Iterable[Statement]) -> list[Merged]:
    """Group the statements of one fact: the same type, required arguments, phase and set attributes.

    A denial stays apart from an assertion. Statements that differ only in optional arguments are one fact. A
    statement that leaves a required role open joins a fact that fills it, or is dropped.
    """
    groups: dict[_Key, list[Statement]] = {}
    open_ones: list[Statement] = []
    for near in _by_scene(statements):
        told = [s for s in near if not s.fact.frame.posts or not any(_says_more(other, s) for other in near)]
        open_ones += [s for s in told if not s.whole]
        keys: dict[_Key, list[Statement]] = {}
        for item in told:
            if item.whole:
                keys.setdefault(_key(item), []).append(item)
        for key, group in keys.items():
            fuller = next((k for k in keys if k != key and _completes(k, key)), key)
            groups.setdefault(fuller, []).extend(group)
    _close(open_ones, groups.values())
    return [Merged(tuple(group)) for group in groups.values()]


def _close(open_ones: Sequence[Statement], groups: Collection[list[Statement]]) -> None:
    """Add each statement that leaves a role open to the first group that tells the same and more, at best of the same
    phase; a long article has too many groups to look at all for each."""
    telling: dict[tuple[str, _Told], list[list[Statement]]] = {}
    for group in groups if open_ones else ():
        for told in group[0].told:
            telling.setdefault((group[0].fact.type.name, told), []).append(group)
    for item in open_ones:
        near = min((telling.get((item.fact.type.name, told), []) for told in item.told), key=len)
        fitting = [g for g in near if item.told < g[0].told]
        if fitting:
            phase = item.fact.circumstances.phase
            min(fitting, key=lambda g: g[0].fact.circumstances.phase != phase).append(item)


def _by_scene(statements: Iterable[Statement]) -> Iterable[list[Statement]]:
    """The statements sentence by sentence."""
    scenes: dict[int, list[Statement]] = {}
    for item in statements:
        scenes.setdefault(id(item.fact.scene), []).append(item)
    return scenes.values()


def _completes(fuller: _Key, key: _Key) -> bool:
    """«X купил Y» and «X купил Y у Z» of one sentence are one fact."""
    return fuller._replace(needed=key.needed) == key and key.needed < fuller.needed


def _says_more(verb: Statement, title: Statement) -> bool:
    """Whether a title repeats what a verb of its sentence says of the same fact: «[премьер] Мохамад [ушёл] в
    отставку» ends the office, and the title does not say that it goes on."""
    if verb is title or verb.fact.type is not title.fact.type or verb.fact.scene is not title.fact.scene:
        return False
    if (
        not title.fact.frame.posts
        or verb.fact.frame.posts
        or verb.fact.circumstances.phase == title.fact.circumstances.phase
    ):
        return False
    return title.told <= verb.told


class _Key(NamedTuple):
    """What two statements of one fact have in common."""

    type: str
    needed: frozenset[_Told]
    phase: str | None
    denied: bool
    fixed: tuple[tuple[str, str], ...]


def _key(item: Statement) -> _Key:
    relation, roles = item.fact.type, item.fact.type.roles
    enumerated = {n for n, kind in relation.attributes.items() if isinstance(kind, tuple)} - relation.loose
    return _Key(
        relation.name,
        frozenset(
            (f.role, id(d)) for f, d in item.args if not roles[f.role].optional or roles[f.role].identity
        ),
        item.fact.circumstances.phase,
        item.fact.circumstances.modality == "denied",
        tuple(sorted((k, v) for k, v in item.fact.values.items() if k in enumerated)),
    )
