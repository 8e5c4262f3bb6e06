"""svyaz in a Dask graph of one's own: bags of articles, data frames with a column of texts (``svyaz[dask]``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import dask.bag
import dask.dataframe
import pandas

from svyaz.batch.work import extractor
from svyaz.batch.writing import SCHEMA, row
from svyaz.model import Article, Result
from svyaz.sources import FIELDS, article_of


def extract_bag(articles: dask.bag.Bag, relation_files: Sequence[str] = ()) -> dask.bag.Bag:
    """Read a bag of articles: texts, or mappings with ``text`` and, where known, ``id``, ``title``, ``published``
    and ``source``. Gives a bag of results as the contract's plain dicts, in order.

    The graph raises ValueError for what is no article, and says which of its partition.
    """
    return articles.map_partitions(_dicts, tuple(relation_files))


def extract_frame(
    frame: dask.dataframe.DataFrame, relation_files: Sequence[str] = ()
) -> dask.dataframe.DataFrame:
    """Read a data frame with a column ``text`` and, where known, ``id``, ``title``, ``published`` and ``source``.

    Gives a frame with the same index and a column of strings for each field of a result; the lists (mentions,
    entities, relations, warnings) are JSON. Raises ValueError when there is no column ``text``; the graph raises it for
    a row that is no article, and says which.
    """
    if "text" not in frame.columns:
        raise ValueError(f"the frame has no column 'text'; it has {', '.join(map(str, frame.columns))}")
    meta = pandas.DataFrame({name: pandas.Series(dtype=object) for name in SCHEMA.names})
    return frame.map_partitions(_frame, tuple(relation_files), meta=meta)


def _dicts(articles: Iterable[Any], relation_files: tuple[str, ...]) -> list[dict[str, Any]]:
    numbered = ((f"article {n} of its partition", given) for n, given in enumerate(articles, start=1))
    return [result.model_dump(mode="json") for result in _results(numbered, relation_files)]


def _frame(frame: pandas.DataFrame, relation_files: tuple[str, ...]) -> pandas.DataFrame:
    columns = [name for name in FIELDS if name in frame.columns]
    records = (
        (f"row {index!r}", {k: v for k, v in record.items() if not pandas.isna(v)})
        for index, record in zip(frame.index, frame[columns].to_dict("records"), strict=True)
    )
    rows = [row(result) for result in _results(records, relation_files)]
    return pandas.DataFrame(rows, index=frame.index, columns=SCHEMA.names, dtype=object)


def _results(named: Iterable[tuple[str, Any]], relation_files: tuple[str, ...]) -> Iterator[Result]:
    """The results of texts, articles and records; raises ValueError with the name of what is none of these."""
    reader = extractor(relation_files)
    for name, given in named:
        if isinstance(given, str | Article):
            yield reader.extract(given)
            continue
        if not isinstance(given, Mapping):
            raise ValueError(f"{name}: neither a text nor an article, but {type(given).__name__}")
        try:
            article, warnings = article_of(given)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
        yield reader.extract(article, warnings=warnings)
