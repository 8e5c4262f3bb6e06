"""The word lists, one YAML file each: posts, organisation kinds, states, regions, cities, boilerplate …

Each file begins with what it holds and where it comes from. They are read once, on first use.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from svyaz.morph import fold

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load(name: str) -> Any:
    """The content of ``lexicon/<name>.yaml``; raises FileNotFoundError for a name that is none."""
    return yaml.load((files(__package__) / f"{name}.yaml").read_text("utf-8"), Loader=_Loader)  # noqa: S506


@cache
def listed(name: str, key: str) -> frozenset[str]:
    """A list of words of ``lexicon/<name>.yaml``, folded, to be asked whether a word is among them."""
    return frozenset(map(fold, load(name)[key]))
