"""Which person holds an office, and which body or place the office belongs to."""

from svyaz.structure.apposition import ties
from svyaz.structure.standing import standing
from svyaz.structure.tie import Tie

__all__ = ["Tie", "standing", "ties"]
