"""Names of one body or place that differ: «Балтлогистик» and «„Балтлогистика“», an abbreviation, a name in brackets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from svyaz.entities.draft import Book, Draft
from svyaz.lexicon import bodies
from svyaz.mentions.found import Found
from svyaz.morph import fold
from svyaz.parse import Sentence
from svyaz.text import OPENING, QUOTES

_CASE_ENDING = re.compile(
    r"(?:иями|ями|ами|его|ого|ему|ому|ыми|ими|ией|иях|иям|ием|ев|ов|ей|ой|ом|ем|ам|ям|ах|ях|ую|юю|ая|яя|ое|ее|ые|ие"
    r"|ый|ий|ых|их|ым|им|ию|ии|ия|ью|а|я|о|е|у|ю|ы|и|ь|й)$"
)
_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")


def join(book: Book, sentences: Sequence[Sentence], known: dict[str, Draft]) -> None:
    """Join the organisations of ``known`` (by the key of their name) that are one under several names."""
    join_forms(book, sentences, known)
    _join_initials(book, known)
    _join_shorter(book, known)


def join_forms(book: Book, sentences: Sequence[Sentence], known: dict[str, Draft]) -> None:
    """Names that no dictionary can turn stand in several cases: «Балтлогистик» and «гендиректор „Балтлогистика“»."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for key, draft in known.items():
        stems = _stems(book.mentions[draft.mentions[0]].normal)
        if stems and book.mentions[draft.mentions[0]].form == "name" and not draft.merged:
            groups.setdefault(stems, []).append(key)
    for keys in groups.values():
        kept = known[keys[0]]
        for key in keys[1:]:
            if known[key] is not kept:
                book.merge(kept, known[key])
                known[key] = kept
        if len(keys) > 1:
            _mark_cases(book, sentences, kept)


def _stems(name: str) -> tuple[str, ...]:
    """A name's words without their case endings; empty for one that has too little left to compare."""
    words = [w for w in re.split(r"[^\w]+", fold(name)) if w]
    stems = tuple(_CASE_ENDING.sub("", w) if len(w) > 4 and _CYRILLIC.match(w) else w for w in words)
    return stems if any(len(s) > 3 for s in stems) and not name.isupper() else ()


def _mark_cases(book: Book, sentences: Sequence[Sentence], draft: Draft) -> None:
    """Call a body by the form that is surely the nominative; the others are no aliases but its cases."""
    forms = [i for i in draft.mentions if book.mentions[i].form == "name"]
    ranked: dict[str, tuple[int, int]] = {}
    for i in forms:
        mention = book.mentions[i]
        sure = _certainty(sentences[mention.sentence], mention)
        before = ranked.get(mention.normal, (0, 0))
        ranked[mention.normal] = (max(sure, before[0]), -len(mention.normal))
    name = max(ranked, key=lambda n: ranked[n])
    draft.cases |= {n for n in ranked if n != name and _stems(n) == _stems(name)}


def _certainty(sentence: Sentence, mention: Found) -> int:
    """How surely a name stands in the nominative: in quotes behind its noun («сети [„Лада“]») it does."""
    before = sentence.tokens[max(0, mention.first - 2) : mention.first]
    if len(before) == 2 and before[1].text in OPENING and bodies.head(before[0].lemma):
        return 2
    head = sentence.tokens[mention.head]
    return int(head.case == "Nom" and head.rel.startswith("nsubj"))


def _initials(name: str) -> str:
    words = [w for w in re.findall(r"[А-Яа-яЁё]+", name) if len(w) > 1]
    return "".join(w[0] for w in words).upper() if len(words) > 1 else ""


def _join_initials(book: Book, known: dict[str, Draft]) -> None:
    """«Организация исламского сотрудничества (ОИС)»: an abbreviation by the first letters."""
    whole: dict[str, Draft] = {}
    for draft in known.values():
        whole.setdefault(_initials(book.mentions[draft.mentions[0]].normal), draft)
    for key, draft in known.items():
        first = book.mentions[draft.mentions[0]].normal
        other = whole.get(first) if first.isupper() and 2 < len(first) < 8 else None
        if other is not None and other is not draft:
            book.merge(other, draft)
            known[key] = other


def _join_shorter(book: Book, known: dict[str, Draft]) -> None:
    """«Сбербанк» = «Сбербанк России», «МИД» = the only «МИД России» of the article."""
    ordered = sorted(known)
    for key in ordered:
        draft, stem = known[key], key if key.endswith("|") else key + " "
        at = bisect_right(ordered, key)
        longer: dict[int, Draft] = {}
        while at < len(ordered) and ordered[at].startswith(key):
            if ordered[at].startswith(stem) and known[ordered[at]] is not draft:
                longer[id(known[ordered[at]])] = known[ordered[at]]
            at += 1
        kept = next(iter(longer.values())) if len(longer) == 1 else None
        if (
            kept
            and not kept.merged
            and not draft.merged
            and (key.endswith("|") or (len(key) > 4 and kept.place))
        ):
            book.merge(kept, draft)
            known[key] = kept


def join_bracketed(book: Book, sentences: Sequence[Sentence]) -> None:
    """«Джошуа Вольф ([Joshua Wolf])», «Комиссия по биржам ([SEC])»: a name in brackets behind another of its type,
    in other letters or as its abbreviation."""
    for i, mention in enumerate(book.mentions):
        kept = book.entity[i]
        if kept is None or mention.form != "name" or mention.type not in _NAMED:
            continue
        at = _inside(sentences[mention.sentence], mention)
        inside = next(
            (j for j in range(i + 1, min(i + 4, len(book.mentions))) if _opens(book, j, mention, at)), None
        )
        other = book.entity[inside] if inside is not None else None
        if inside is None or other is None or other is kept or kept.merged or other.merged:
            continue
        if _double(mention.normal, book.mentions[inside].normal):
            cyrillic = _CYRILLIC.search(mention.normal)
            book.merge(*((kept, other) if cyrillic else (other, kept)))


_NAMED = frozenset({"person", "organization", "location"})


def _inside(sentence: Sentence, mention: Found) -> int | None:
    """The first token of what stands in brackets right behind a mention."""
    at = mention.last + 1
    while at < len(sentence.tokens) and sentence.tokens[at].text in QUOTES:
        at += 1
    if at + 2 >= len(sentence.tokens) or sentence.tokens[at].text != "(":
        return None
    at += 1
    return at + 1 if sentence.tokens[at].text in QUOTES else at


def _opens(book: Book, index: int, mention: Found, at: int | None) -> bool:
    other = book.mentions[index]
    return (
        at is not None
        and other.sentence == mention.sentence
        and (other.first, other.type, other.form)
        == (
            at,
            mention.type,
            "name",
        )
    )


def _double(name: str, other: str) -> bool:
    """Whether two names beside each other may be one: in two alphabets, or an abbreviation of the other's letters."""
    if bool(_LATIN.search(name)) != bool(_LATIN.search(other)):
        return bool(_CYRILLIC.search(name)) != bool(_CYRILLIC.search(other)) or other.isupper()
    short, long = sorted((fold(name), fold(other)), key=len)
    if not (other.isupper() and 1 < len(other) < 9 and len(name) > len(other) and short[:1] == long[:1]):
        return False
    letters = iter(long)
    return all(c in letters for c in short)
