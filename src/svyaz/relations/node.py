"""Where a slot path has come to."""

from __future__ import annotations

from typing import NamedTuple

from svyaz.mentions.found import Found
from svyaz.structure import Tie


class Node(NamedTuple):
    """Where a path has come to: a word, and the tie of the office that led there."""

    token: int
    tie: Tie | None = None
    mention: Found | None = None
    guessed: bool = False  # found by word order, not by the tree
    named: bool = False  # only names coordinated with it count: «основатель [Иванов] и директор Петров»
