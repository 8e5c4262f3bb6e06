"""svyaz reads Russian news: who is who, and what ties them.

>>> from svyaz import extract
>>> result = extract("Сергей Лавров встретился с Ван И в Пекине.", published="2024-01-15")

Nothing is imported before it is asked for: the models' libraries come in with ``extract`` and ``Extractor``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from svyaz.model import (
        Argument,
        Article,
        DateValue,
        Entity,
        Evidence,
        Mention,
        PersonName,
        Relation,
        RelationDate,
        Result,
        Span,
        Warning,
    )
    from svyaz.pipeline import Extractor, extract

__version__ = "0.1.0"

__all__ = [
    "Argument",
    "Article",
    "DateValue",
    "Entity",
    "Evidence",
    "Extractor",
    "Mention",
    "PersonName",
    "Relation",
    "RelationDate",
    "Result",
    "Span",
    "Warning",
    "extract",
]


def __getattr__(name: str) -> Any:
    """Import an exported name on first use; raises AttributeError for a name that is none."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "svyaz.pipeline" if name in {"Extractor", "extract"} else "svyaz.model"
    value = globals()[name] = getattr(import_module(home), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
