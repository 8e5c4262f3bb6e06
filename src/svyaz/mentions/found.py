"""What the mention stages hand on: a found mention in clean offsets, with what its words say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from svyaz.model import DateValue, MentionForm, MentionType, PersonName, Phase
from svyaz.parse import Sentence, Token


@dataclass(frozen=True, slots=True)
class Post:
    """What the words of an office say: «экс-замминистра обороны» is a post in a government, and ended."""

    head: str  # lemma of the head noun: «замминистра»
    kind: str  # the lexicon's kind: government, diplomat, business …
    phase: Phase | None = None  # «бывший» end, «новый» start; None when the words do not say
    represents: bool = False
    member: bool = False
    tie: str | None = None  # founder | owner
    chance: float | None = None  # how sure the second tagger is that the head noun is a post here

    @property
    def marks(self) -> frozenset[str]:
        """By what a frame may name it in ``posts``: kind, head noun, tie, «represents», «member», «any»."""
        flags = {"represents": self.represents, "member": self.member}
        named = {self.kind, self.head, self.tie or "any", "any"}
        return frozenset(named | {flag for flag, on in flags.items() if on})


@dataclass(frozen=True, slots=True)
class Body:
    """What the words of an organisation's name or noun say: its kind and whether it is a state's organ."""

    head: str  # lemma of the head noun («министерство»), or the name itself when it has none («Газпром»)
    kind: str | None = None
    state_body: bool = False
    represents: bool = False
    country: str | None = None
    part: bool = False
    described: str | None = None  # «российское посольство»: the noun with the adjective that stands outside


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the lexicon, or an unknown one (``kind`` None)."""

    kind: str | None = None  # state | region | city | area
    country: str | None = None


Info = PersonName | Post | Body | Place | DateValue


@dataclass(frozen=True, slots=True)
class Found:
    """A mention before it has an id. Tokens ``first`` to ``last`` (inclusive) of sentence ``sentence``."""

    sentence: int
    first: int
    last: int
    head: int
    start: int
    end: int
    type: MentionType
    form: MentionForm
    normal: str
    info: Info | None = None

    def covers(self, token: int) -> bool:
        """Whether the token of the same sentence is one of the mention's."""
        return self.first <= token <= self.last


def head_of(sentence: Sentence, first: int, last: int) -> int:
    """The token of ``first..last`` whose syntactic head lies outside: the mention's head."""
    for token in sentence.tokens[first : last + 1]:
        if not first <= token.head <= last and token.pos != "PUNCT":
            return token.index
    return first


def found(
    sentence: Sentence,
    tokens: Sequence[Token],
    type: MentionType,  # noqa: A002 - the contract's word
    normal: str,
    form: MentionForm = "name",
    info: Info | None = None,
    head: int | None = None,
    end: int | None = None,
) -> Found:
    """Make a mention of the consecutive ``tokens`` of ``sentence``; ``end`` where it is not that of the last one."""
    first, last = tokens[0].index, tokens[-1].index
    return Found(
        sentence.number,
        first,
        last,
        head_of(sentence, first, last) if head is None else head,
        tokens[0].start,
        tokens[-1].end if end is None else end,
        type,
        form,
        normal,
        info,
    )
