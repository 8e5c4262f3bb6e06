"""HTML pages to articles, by trafilatura: text, title, date and address, without menus and footers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

# Only dates that the page's own markup states: a search through the text would take one that it speaks of.
# The latest day is fixed, or the same page could give another result on another day.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds; ``source`` is its address, or its host when that is all that is known."""

    text: str
    title: str | None
    published: datetime.date | None
    source: str | None


def read(html: str) -> Page:
    """Take the article out of ``html``; raises ValueError when there is none, or no extra ``html``."""
    try:
        from trafilatura import bare_extraction
        from trafilatura.settings import Document
    except ImportError as error:
        raise ValueError(f'HTML needs an extra: pip install "svyaz[html]" ({error})') from None
    try:
        found = bare_extraction(
            html, with_metadata=True, include_comments=False, date_extraction_params=dict(_DATES)
        )
    except Exception as error:  # noqa: BLE001 - a page may break the parser in any way; the others go on
        raise ValueError(f"the page cannot be parsed: {type(error).__name__}: {error}") from None
    if not isinstance(found, Document) or not found.text:
        raise ValueError("no article found in this page")
    return Page(
        found.text,
        found.title or None,
        datetime.date.fromisoformat(found.date) if found.date else None,
        found.url or found.hostname or None,
    )
