"""People: «Владимир Путин» = «Путин» = «В. Путин» = «он»; two people of one surname stay apart."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from svyaz.entities.draft import Book, Draft
from svyaz.mentions.found import Found
from svyaz.model import PersonName
from svyaz.morph import fold
from svyaz.parse import Sentence

# Endings by which one surname may differ from itself where the tagger took the wrong case or gender.
_ENDING = re.compile(r"(?:ого|ому|ой|ую|ая|ый|ий|ым|им|ом|ем|ых|а|я|у|ю|е|ы|и|й|ь)$")


def join(book: Book) -> None:
    """Give every name of a person its entity: full names first, then surnames, then first names."""
    named = [(i, m.info) for i, m in book.of_type("person", "name") if isinstance(m.info, PersonName)]
    people = _People(book)
    for i, name in named:
        if name.last and name.first:
            people.place(i, name, [d for d in people.like(name.last) if _same_full(d.person, name)])
    for i, name in named:
        if name.last and not name.first:
            same = [d for d in people.like(name.last) if _same_last(d.person, name)]
            agreeing = [d for d in same if _same_gender(d.person, name)] or same
            people.place(i, name, _nearest(agreeing, i))
    for i, name in named:
        if not name.last:
            same = [d for d in people.like(name.first) if d.person and _same_first(d.person, name)]
            people.place(i, name, _nearest(same, i))


class _People:
    """The persons found so far, looked up by the first letters of a name's parts."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._drafts: dict[str, list[Draft]] = {}

    def like(self, part: str | None) -> list[Draft]:
        """Persons one of whose names begins as ``part`` does."""
        return self._drafts.get(fold(part or "")[:2], [])

    def place(self, index: int, name: PersonName, found: Sequence[Draft]) -> None:
        """Add a mention to the first of the persons ``found``, or make a new one."""
        draft = found[0] if found else self._book.new("person", index)
        if found:
            self._book.join(draft, index)
        draft.person = _fuller(draft.person, name)
        for part in (name.last, name.first):
            bucket = self._drafts.setdefault(fold(part or "")[:2], [])
            if draft not in bucket:
                bucket.append(draft)


def _same_first(a: PersonName, b: PersonName) -> bool:
    return bool(a.first and b.first) and fold(a.first or "") == fold(b.first or "")


def _nearest(drafts: Sequence[Draft], index: int) -> list[Draft]:
    """The entity mentioned last before ``index``, else the first one after it."""
    return sorted(drafts, key=lambda d: _distance(d.mentions, index))


def _distance(mentions: Sequence[int], index: int) -> tuple[bool, int]:
    at = bisect_right(mentions, index)
    return (False, index - mentions[at - 1]) if at else (True, mentions[0] - index)


def _fuller(a: PersonName | None, b: PersonName) -> PersonName:
    """Join what two forms of a name say; a whole first name wins over its initial."""
    if a is None:
        return b
    first = a.first if not _is_initial(a.first) or not b.first else b.first
    middle = a.middle if not _is_initial(a.middle) or not b.middle else b.middle
    last = a.last if a.first or not b.first else b.last
    gender = a.gender or b.gender
    return PersonName(
        last=last or b.last,
        first=first,
        middle=middle or b.middle,
        nickname=a.nickname or b.nickname,
        gender=gender,
    )


def _is_initial(part: str | None) -> bool:
    return part is None or len(part.rstrip(".")) <= 2


def _same_full(a: PersonName | None, b: PersonName) -> bool:
    if a is None or not (a.last and a.first and b.last and b.first):
        return False
    return (
        _same_last(a, b)
        and _same_part(a.first, b.first)
        and (not (a.middle and b.middle) or _same_part(a.middle, b.middle))
    )


def _same_part(a: str, b: str) -> bool:
    a, b = fold(a).rstrip("."), fold(b).rstrip(".")
    if len(a) <= 2 or len(b) <= 2:  # an initial
        return a[:1] == b[:1]
    return a == b or (min(len(a), len(b)) > 3 and _ENDING.sub("", a) == _ENDING.sub("", b))


def _same_last(a: PersonName | None, b: PersonName) -> bool:
    if a is None or not (a.last and b.last):
        return False
    x, y = fold(a.last), fold(b.last)
    if x == y:
        return True
    stems = _ENDING.sub("", x), _ENDING.sub("", y)
    return (
        min(map(len, stems)) >= 3
        and (stems[0] == stems[1] or x == stems[1] or y == stems[0])
        and _same_gender(a, b)
    )


def _same_gender(a: PersonName | None, b: PersonName) -> bool:
    return a is None or a.gender is None or b.gender is None or a.gender == b.gender


def join_pronouns(book: Book, sentences: Sequence[Sentence]) -> None:
    """Give «он», «её» the person that they most likely mean, or leave them without an entity.

    Looked at are persons named before, in the same sentence or the two before it, of the same section and
    gender; a subject wins over other persons, a nearer sentence over a farther one.
    """
    for index, pronoun in book.of_type("person", "pronoun"):
        best: tuple[int, Draft] | None = None
        for before in range(index - 1, -1, -1):
            candidate, draft = book.mentions[before], book.entity[before]
            if pronoun.sentence - candidate.sentence > 2 or book.sections[before] != book.sections[index]:
                break
            person = draft.holder if draft and draft.type == "office" else draft
            if (
                person is None
                or person.type != "person"
                or not _may_mean(person, pronoun)
                or _bound(sentences, candidate, pronoun)
            ):
                continue
            score = _salience(sentences, candidate, pronoun)
            if best is None or score > best[0]:
                best = (score, person)
        if best:
            book.join(best[1], index)


def _bound(sentences: Sequence[Sentence], candidate: Found, pronoun: Found) -> bool:
    """«Олег — [его] брат»: the pronoun of a predicate is not its own subject."""
    tokens = sentences[pronoun.sentence].tokens
    head = tokens[candidate.head] if candidate.sentence == pronoun.sentence else None
    governor = tokens[pronoun.head].head
    return (
        head is not None
        and governor >= 0
        and tokens[governor].pos == "NOUN"
        and head.rel == "nsubj"
        and head.head == governor
    )


def _may_mean(person: Draft, pronoun: Found) -> bool:
    return isinstance(pronoun.info, PersonName) and _same_gender(person.person, pronoun.info)


def _salience(sentences: Sequence[Sentence], candidate: Found, pronoun: Found) -> int:
    head = sentences[candidate.sentence].tokens[candidate.head]
    token = sentences[pronoun.sentence].tokens[pronoun.head]
    subject = head.rel.startswith("nsubj") or (
        head.rel in {"appos", "flat:name"} and _governor_is_subject(sentences, candidate)
    )
    same_sentence = candidate.sentence == pronoun.sentence
    if same_sentence and not subject and token.rel.startswith("nsubj"):
        return 1
    return 10 * (3 - (pronoun.sentence - candidate.sentence)) + 12 * subject


def _governor_is_subject(sentences: Sequence[Sentence], candidate: Found) -> bool:
    tokens = sentences[candidate.sentence].tokens
    head = tokens[candidate.head]
    return head.head >= 0 and tokens[head.head].rel.startswith("nsubj")
