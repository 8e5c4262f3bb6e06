"""Which person holds an office, and which body or place the office belongs to."""

from svyaz.structure.apposition import ties
from svyaz.structure.standing import holds
from svyaz.structure.tie import Tie

__all__ = ["Tie", "holds", "ties"]
