"""People: «Владимир Путин» = «Путин» = «В. Путин» = «он»; two people of one surname stay apart."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from svyaz.entities.draft import Book, Draft
from svyaz.lexicon import listed, load
from svyaz.mentions.found import Found
from svyaz.model import PersonName
from svyaz.morph import fold
from svyaz.parse import Sentence

# Endings by which one surname may differ from itself where the tagger took the wrong case or gender.
_ENDING = re.compile(r"(?:ого|ому|ой|ую|ая|ый|ий|ым|им|ом|ем|ых|а|я|у|ю|е|ы|и|й|ь)$")

# So many letters a surname shares with all forms that pass for it.
_SURE_LETTERS = 3


def join(book: Book, sentences: Sequence[Sentence]) -> None:
    """Give every name of a person its entity: full names first, then surnames, then first names."""
    named = [(i, m, m.info) for i, m in book.of_type("person", "name") if isinstance(m.info, PersonName)]
    people = _People(book)
    for i, _, name in named:
        if name.last and name.first:
            people.place(i, name, [d for d in people.surnamed(name.last) if _same_full(d.person, name)])
    for i, _, name in named:
        if name.first and name.middle and not name.last:
            same = [d for d in people.like(name.first) if d.person and _same_given(d.person, name)]
            people.place(i, name, _nearest(same, i))
    for i, mention, name in named:
        if not name.first:
            surname = name if name.last else name.model_copy(update={"last": name.middle, "middle": None})
            people.place(i, surname, _by_surname(people, sentences[mention.sentence], mention, surname, i))
    for i, _, name in named:
        if name.first and not name.last and not name.middle:
            same = [d for d in people.like(name.first) if d.person and _same_first(d.person, name)]
            last = PersonName(last=name.first, gender=name.gender)  # «Уильямс» is a surname as well
            same = same or [d for d in people.like(name.first) if _same_last(d.person, last)]
            people.place(i, name, _nearest(same, i))


def _by_surname(
    people: _People, sentence: Sentence, mention: Found, name: PersonName, index: int
) -> list[Draft]:
    """The persons that a surname alone may mean, the likeliest first. «Лапшина» may be a woman's nominative or a
    man's genitive: words that agree with it decide, else the tagger."""
    written = fold(sentence.tokens[mention.first].text) if mention.first == mention.last else ""
    like = [*people.surnamed(name.last), *people.surnamed(written)]
    same = [d for d in dict.fromkeys(like) if _same_last(d.person, name)]
    owner = _owner(like, name, written) if _behind_kin(sentence, mention) else []
    if owner and not any(d.person and d.person.gender == "f" for d in same):
        return _nearest(owner, index)
    nominative = [d for d in dict.fromkeys(like) if d.person and written == fold(_surname(d.person) or "")]
    shown = _shown_gender(sentence, mention)
    if shown:
        fitting = [d for d in dict.fromkeys([*nominative, *same]) if d.person and d.person.gender == shown]
        if fitting:
            return _nearest(fitting, index)
    agreeing = [d for d in same if same_gender(d.person, name)]
    return _nearest(agreeing or nominative or same, index)


def _behind_kin(sentence: Sentence, mention: Found) -> bool:
    """«[свекровь] Кедрова»: a word of kinship right before a name."""
    before = sentence.tokens[mention.first - 1].lemma if mention.first else ""
    return mention.first == mention.last and before in listed("persons", "kin")


def _owner(like: Sequence[Draft], name: PersonName, written: str) -> list[Draft]:
    """The man whose genitive a surname behind a word of kinship is: «Иван Кедров … свекровь [Кедрова]»."""
    man = name.model_copy(update={"gender": "m"})
    known = [d for d in dict.fromkeys(like) if d.person and d.person.gender == "m"]
    return [
        d
        for d in known
        if d.person and _same_last(d.person, man) and written != fold(_surname(d.person) or "")
    ]


def _shown_gender(sentence: Sentence, mention: Found) -> str | None:
    """The gender that a word beside a name shows: «[20-летняя] Ермекова», «Белова [приехала]»."""
    head = sentence.tokens[mention.head]
    found = {t.feats.get("Gender") for t in sentence.tokens if t.head == head.index and t.rel == "amod"}
    if not found and head.rel == "nsubj" and head.head >= 0:
        verb = sentence.tokens[head.head]
        found = {verb.feats.get("Gender")} if verb.feats.get("Tense") == "Past" else set()
    return {"Masc": "m", "Fem": "f"}.get(found.pop() or "") if len(found) == 1 else None


def _surname(name: PersonName) -> str | None:
    """The surname, or what may be one: «Милош [Радованович]» is read as a first name with a patronymic."""
    return name.last or name.middle


class _People:
    """The persons found so far, looked up by the first letters of a name's parts."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._like: dict[str, dict[Draft, None]] = {}
        self._surnamed: dict[str, dict[Draft, None]] = {}

    def like(self, part: str) -> Iterable[Draft]:
        """Persons one of whose names begins as ``part`` does, which may be short for it."""
        return self._like.get(fold(part)[:2], ())

    def surnamed(self, part: str | None) -> Iterable[Draft]:
        """Persons who may have the surname: a longer article has too many who share but two letters with it.

        Without a name: persons of whom some mention tells no surname.
        """
        return self._surnamed.get(fold(part or "")[:_SURE_LETTERS], ())

    def place(self, index: int, name: PersonName, found: Sequence[Draft]) -> None:
        """Add a mention to the first of the persons ``found``, or make a new one."""
        draft = found[0] if found else self._book.new("person", index)
        if found:
            self._book.join(draft, index)
        draft.person = _fuller(draft.person, name)
        for part in filter(None, (name.last, name.first, name.middle)):
            self._like.setdefault(fold(part)[:2], {})[draft] = None
            self._surnamed.setdefault(fold(part)[:_SURE_LETTERS], {})[draft] = None
        if not name.last:
            self._surnamed.setdefault("", {})[draft] = None


def _same_first(a: PersonName, b: PersonName) -> bool:
    if not (a.first and b.first):
        return False
    return bool(_given(a.first) & _given(b.first))


def _same_given(a: PersonName, b: PersonName) -> bool:
    return _same_first(a, b) and not (a.middle and b.middle and not _same_part(a.middle, b.middle))


def _given(first: str) -> set[str]:
    """A first name with the full names that it is short for: «Костя» is Константин."""
    return {fold(first), *load("persons")["short_names"].get(fold(first), ())}


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
    if not a.last and b.last and a.middle and fold(a.middle) == fold(b.last):
        middle = None  # «Милош Радованович», then «Радованович»
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
    last, other = (_surname(a) if a else None), b.last
    if not (last and other):
        return False
    x, y = fold(last), fold(other)
    if x == y:
        return True
    stems = _ENDING.sub("", x), _ENDING.sub("", y)
    return (
        min(map(len, stems)) >= 3
        and (stems[0] == stems[1] or x == stems[1] or y == stems[0])
        and same_gender(a, b)
    )


def same_gender(a: PersonName | None, b: PersonName) -> bool:
    return a is None or a.gender is None or b.gender is None or a.gender == b.gender
