"""svyaz in a Dask graph of one's own: bags of articles, data frames with a column of texts (``svyaz[dask]``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import dask.bag
import dask.dataframe
import pandas

from svyaz.batch.work import process_batch
from svyaz.batch.writing import SCHEMA, row
from svyaz.model import Article
from svyaz.sources import FIELDS


def extract_bag(articles: dask.bag.Bag, relation_files: Sequence[str] = ()) -> dask.bag.Bag:
    """Read a bag of articles: texts, or mappings with ``text`` and, where known, ``id``, ``title``, ``published``
    and ``source``. Gives a bag of results as the contract's plain dicts, in order.

    The graph raises pydantic's ValidationError for what is no article.
    """
    return articles.map_partitions(_dicts, tuple(relation_files))


def extract_frame(
    frame: dask.dataframe.DataFrame, relation_files: Sequence[str] = ()
) -> dask.dataframe.DataFrame:
    """Read a data frame with a column ``text`` and, where known, ``id``, ``title``, ``published`` and ``source``.

    Gives a frame with the same index and a column of strings for each field of a result; the lists (mentions,
    entities, relations, warnings) are JSON. Raises ValueError when there is no column ``text``.
    """
    if "text" not in frame.columns:
        raise ValueError(f"the frame has no column 'text'; it has {', '.join(map(str, frame.columns))}")
    meta = pandas.DataFrame({name: pandas.Series(dtype=object) for name in SCHEMA.names})
    return frame.map_partitions(_frame, tuple(relation_files), meta=meta)


def _dicts(articles: Iterable[Any], relation_files: tuple[str, ...]) -> list[dict[str, Any]]:
    read = process_batch(map(_article, articles), relation_files)
    return [result.model_dump(mode="json") for result in read]


def _article(given: Article | str | Mapping[str, Any]) -> Article:
    if isinstance(given, Article):
        return given
    return Article(text=given) if isinstance(given, str) else Article.model_validate(dict(given))


def _frame(frame: pandas.DataFrame, relation_files: tuple[str, ...]) -> pandas.DataFrame:
    columns = [name for name in FIELDS if name in frame.columns]
    records = (
        {k: v for k, v in record.items() if not pandas.isna(v)}
        for record in frame[columns].to_dict("records")
    )
    read = process_batch(map(_article, records), relation_files)
    return pandas.DataFrame([row(r) for r in read], index=frame.index, columns=SCHEMA.names, dtype=object)
