"""One side of a measurement, in a process of its own: reads articles and prints what it took, as JSON.

Called by bench.py, once for each repeat; not meant for people.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import corpus

Reader = Callable[[str], object]


def svyaz() -> Reader:
    """svyaz, complete: relations and all."""
    from svyaz import Extractor

    return Extractor().extract


def natasha() -> Reader:
    """natasha, complete: segmentation, morphology, syntax, names, lemmas, normal forms of the names."""
    from natasha import (  # type: ignore[import-not-found]
        Doc,
        MorphVocab,
        NewsEmbedding,
        NewsMorphTagger,
        NewsNERTagger,
        NewsSyntaxParser,
        Segmenter,
    )

    segmenter, vocabulary, vectors = Segmenter(), MorphVocab(), NewsEmbedding()
    morphology, syntax, names = NewsMorphTagger(vectors), NewsSyntaxParser(vectors), NewsNERTagger(vectors)

    def read(text: str) -> object:
        doc = Doc(text)
        doc.segment(segmenter)
        doc.tag_morph(morphology)
        doc.parse_syntax(syntax)
        doc.tag_ner(names)
        for token in doc.tokens:
            token.lemmatize(vocabulary)
        for span in doc.spans:
            span.normalize(vocabulary)
        return doc

    return read


def peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def speed(read: Reader, texts: list[str]) -> dict[str, float]:
    """Characters a second over the articles, after one that loads the models, and the peak of memory."""
    read(texts[0])
    began = time.perf_counter()
    for text in texts:
        read(text)
    return {"speed": sum(map(len, texts)) / (time.perf_counter() - began), "memory": peak()}


def memory(read: Reader, texts: list[str], count: int) -> dict[str, float]:
    """The peak after a tenth of a stream of so many articles, and at its end."""
    early = 0.0
    for number, text in enumerate(corpus.stream(texts, count)):
        read(text)
        if number == count // 10:
            early = peak()
    return {"early": early, "end": peak()}


def lengths(read: Reader, texts: list[str], sizes: list[int]) -> dict[str, float]:
    """Microseconds a character for articles of each size in bytes. Up to a megabyte all sizes are cut from the same
    text, which was read before, so that no size meets more new words than another."""
    shared = corpus.long(texts, 1_000_000)
    read(shared)
    found = {}
    for size in sizes:
        text = shared if size <= 1_000_000 else corpus.long(texts, size)
        characters = max(1, len(shared) * size // 1_000_000)
        pieces = [text[at : at + characters] for at in range(0, len(text), characters)]
        began = time.perf_counter()
        for piece in pieces:
            read(piece)
        found[str(size)] = (time.perf_counter() - began) / len(text) * 1e6
    return found


def workers(texts: list[str], count: int) -> dict[str, float]:
    """Characters a second through a pipe with so many workers, their start left out."""
    from svyaz import Extractor

    results = iter(Extractor().pipe([texts[0]] * 64 * count + texts, workers=count))
    for _ in range(64 * count):
        next(results)
    began = time.perf_counter()
    for _ in results:
        pass
    return {"speed": sum(map(len, texts)) / (time.perf_counter() - began)}


def main(arguments: list[str]) -> None:
    """``side.py {svyaz|natasha} {speed|memory|lengths|workers} DATA [NUMBER...]``"""
    name, what, data, *numbers = arguments
    texts = corpus.articles(Path(data) if data else None)
    given = [int(n) for n in numbers]
    if what == "workers":
        found = workers(texts, given[0])
    else:
        reader = {"svyaz": svyaz, "natasha": natasha}[name]()
        if what == "speed":
            found = speed(reader, texts[: given[0]])
        elif what == "memory":
            found = memory(reader, texts, given[0])
        else:
            found = lengths(reader, texts, given)
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
