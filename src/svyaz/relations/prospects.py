"""Whether a frame can state anything in a sentence: told by its words and mentions before any path is followed.

Most trigger words stand where the rest of their frame cannot be, so that these tests spare most of the work. They
only ever say no to what the paths would find nothing for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from svyaz.mentions.found import Found, Post
from svyaz.morph import fold
from svyaz.parse import Sentence
from svyaz.relations.rules import ADJECTIVE, Demand
from svyaz.relations.slots import SlotPath


@dataclass(frozen=True)
class Prospects:
    """What a sentence offers: its words and its mentions."""

    sentence: Sentence
    mentions: Sequence[Found]
    entities: int  # how many different ones its mentions may stand for, at most

    def meet(self, wanted: Demand) -> bool:
        """Whether there are mentions and words for all that a frame needs; that there are entities enough is known."""
        if any(map(self.types.isdisjoint, wanted.types)):
            return False
        return not any(map(self.words.isdisjoint, wanted.words))

    def reach(self, path: SlotPath) -> bool:
        """Whether the words that a path needs stand in the sentence."""
        return not any(map(self.words.isdisjoint, path.needs))

    @cached_property
    def types(self) -> frozenset[str]:
        """The types of the mentions, with the sign for adjectives if there is one."""
        adjective = any(m.form == "adjective" for m in self.mentions)
        return frozenset([m.type for m in self.mentions] + [ADJECTIVE] * adjective)

    @cached_property
    def words(self) -> frozenset[str]:
        """Lemmas and forms in lower case, also with е for ё, and the marks of posts behind «@»."""
        forms = {word.lower() for word in self.sentence.words}
        words = {*self.sentence.lemmas, *forms, *[fold(f) for f in forms if "ё" in f]}
        for mention in self.mentions:
            if isinstance(mention.info, Post):
                words.update(f"@{mark}" for mark in mention.info.marks)
        return frozenset(words)
