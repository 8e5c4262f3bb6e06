"""Offices: «посол России» alone means the man named before as «руководитель российского посольства»."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count

from svyaz import morph
from svyaz.entities.draft import Book, Draft
from svyaz.lexicon import places, posts
from svyaz.mentions.found import Found, Post
from svyaz.structure import Tie


@dataclass(slots=True)
class _Seat:
    """An office entity with what it is compared by: the post in its canonical words, and whose post it is."""

    names: frozenset[str]
    place: str | None
    holder: Draft | None
    draft: Draft
    section: int
    order: int
    last: int  # index of its last mention
    head: str | None = None  # its head noun, by which it may be called in short: «министр»


Shared = dict[tuple[int, int], Draft]

# How many sentences back a post without a place can be the one named before.
_REACH = 4


class _Seats:
    """The offices found so far, by their holders, by post and place, and by the sentence that named them last: in a
    long article there are too many to try each."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._orders = count()
        self._held: dict[Draft, list[_Seat]] = {}
        self._named: dict[tuple[str, str | None], list[_Seat]] = {}
        self._last: dict[int, list[_Seat]] = {}

    def add(self, draft: Draft, names: frozenset[str], place: str | None, head: str | None = None) -> None:
        """Take up an office that has one mention."""
        first = draft.mentions[0]
        section, order = self._book.sections[first], next(self._orders)
        seat = _Seat(names, place, draft.holder, draft, section, order, first, head)
        for name in names:
            self._named.setdefault((name, place), []).append(seat)
        if draft.holder is not None:
            self._held.setdefault(draft.holder, []).append(seat)
        self.mention(seat, first)

    def mention(self, seat: _Seat, index: int) -> None:
        """Note the mention ``index`` as the last of an office."""
        seat.last = index
        self._last.setdefault(self._book.mentions[index].sentence, []).append(seat)

    def held(self, holder: Draft) -> Sequence[_Seat]:
        """The offices of a person."""
        return self._held.get(holder, ())

    def named(self, names: Iterable[str], place: str | None) -> list[_Seat]:
        """The offices of a place by one of the names, in order."""
        return _in_order(s for name in names for s in self._named.get((name, place), ()))

    def near(self, sentence: int) -> list[_Seat]:
        """The offices named in a sentence or shortly before, in order; some of them again later in the article."""
        around = range(sentence - _REACH, sentence + 1)
        return _in_order(s for at in around for s in self._last.get(at, ()))


def _in_order(seats: Iterable[_Seat]) -> list[_Seat]:
    return [seat for _, seat in sorted({s.order: s for s in seats}.items())]


def join(book: Book, ties: Sequence[Tie]) -> Shared:
    """Give every office mention an entity: with a known holder first, then those that stand alone.

    What comes back tells who is meant by a plural: for «министры обороны [России] и [Китая]» the holders of the two
    posts, by the identities of the office mention and of the body mention.
    """
    index = {id(m): i for i, m in enumerate(book.mentions)}
    seats = _Seats(book)
    alone: list[tuple[int, Tie]] = []
    for tie in ties:
        i = index[id(tie.office)]
        holder = book.entity[index[id(tie.holder)]] if tie.holder else None
        if book.entity[i] is not None:
            if holder and book.entity[i].holder not in {None, holder}:  # type: ignore[union-attr]
                book.entity[i].holder = None  # type: ignore[union-attr]  # «президенты … Путин и Байден»
            continue
        if holder is None:
            alone.append((i, tie))
        else:
            _seat(book, seats, i, tie, holder, index)
    for i, tie in alone:
        if book.entity[i] is None:
            _alone(book, seats, i, tie, index)
    return _shared(book, seats, [t for _, t in alone if t.body], index)


def _shared(book: Book, seats: _Seats, alone: Sequence[Tie], index: dict[int, int]) -> Shared:
    """Who holds the posts that a plural names: «главы МИД Сербии и Кыргызстана провели переговоры»."""
    out: Shared = {}
    names: dict[int, frozenset[str]] = {}
    plurals = [t for t in alone if _singular(t.office) != t.office]
    for tie in plurals:
        one = replace(tie, office=_singular(tie.office))
        names[id(tie.office)] = names.get(id(tie.office), frozenset()) | _names(book, one, index)
    for tie in plurals:
        place = _place(book, tie, index)
        holders = [s.holder for s in seats.named(names[id(tie.office)], place) if s.holder]
        if holders and tie.body:
            out[id(tie.office), id(tie.body)] = holders[0]
    return out


def _singular(office: Found) -> Found:
    """«министры иностранных дел» as «министр иностранных дел»."""
    head = office.info.head if isinstance(office.info, Post) else ""
    words = office.normal.split(" ")
    at = next((i for i, w in enumerate(words) if head and morph.fold(w)[:4] == head[:4]), None)
    return office if at is None else replace(office, normal=" ".join([*words[:at], head, *words[at + 1 :]]))


def _seat(book: Book, seats: _Seats, i: int, tie: Tie, holder: Draft, index: dict[int, int]) -> None:
    names, place = _names(book, tie, index), _place(book, tie, index)
    same = next((s for s in seats.held(holder) if s.names & names and s.place == place), None)
    if same:
        book.join(same.draft, i)
        seats.mention(same, i)
        return
    draft = book.new("office", i)
    draft.holder = holder
    seats.add(draft, names, place, _head(tie))


def _alone(book: Book, seats: _Seats, i: int, tie: Tie, index: dict[int, int]) -> None:
    names, place = _names(book, tie, index), _place(book, tie, index)
    short = _head(tie) if tie.body is None and morph.fold(tie.office.normal) == _head(tie) else None
    if place is not None:
        known = seats.named(names, place)
    else:
        near = seats.near(book.mentions[i].sentence)
        known = [s for s in near if s.names & names or (short and s.head == short)]
    fitting = [s for s in known if _fits(s, place, tie, book, i)]
    fitting.sort(
        key=lambda s: (not s.names & names, s.section != book.sections[i], s.last > i, abs(s.last - i))
    )
    if fitting and not _is_plural(tie.office):
        book.join(fitting[0].draft, i)
        seats.mention(fitting[0], max(fitting[0].last, i))
        return
    draft = book.new("office", i)
    if place:
        seats.add(draft, names, place)


def _head(tie: Tie) -> str | None:
    return tie.office.info.head if isinstance(tie.office.info, Post) else None


def _is_plural(office: Found) -> bool:
    readings = morph.parses(office.normal.split()[-1])
    return bool(readings) and readings[0].number == "Plur" and readings[0].case == "Nom"


def _fits(seat: _Seat, place: str | None, tie: Tie, book: Book, i: int) -> bool:
    """Whether an office alone can be the one of ``seat``: the same place, or none and near in the text."""
    if isinstance(tie.office.info, Post) and tie.office.info.phase in {"end", "start"} and place is None:
        return False
    if place is not None:
        return seat.place == place
    last = book.mentions[seat.last]
    return seat.section == book.sections[i] and 0 <= book.mentions[i].sentence - last.sentence <= _REACH


def _names(book: Book, tie: Tie, index: dict[int, int]) -> frozenset[str]:
    """The post's words in canonical form, with and without its body: «руководитель (посольства)» → посол."""
    normal = morph.fold(tie.office.normal)
    forms = [normal, *(f"{normal} {w}" for w in _body_words(tie))]
    found = {posts.canonical(f) for f in forms} - {None}
    if not found:
        found = {normal} if tie.body is None or tie.body.type == "location" else set()
    plain = {n.removeprefix("первый ") for n in (found or {normal}) if n}
    return frozenset(plain | {n.removeprefix("первый ") for n in _by_own_words(tie)})


def _by_own_words(tie: Tie) -> set[str]:
    """The same office told through its head noun's synonym: «премьер» is «премьер-министр»."""
    entry = posts.entry(tie.office.info.head) if isinstance(tie.office.info, Post) else None
    if entry is None or morph.fold(tie.office.normal) != morph.fold(entry.lemma):
        return set() if tie.body is not None else {morph.fold(tie.office.normal)}
    return {morph.fold(entry.same_as or entry.lemma)}


def _body_words(tie: Tie) -> list[str]:
    """The genitive of the body's head noun, or its abbreviation: «посольства», «МИД»."""
    if tie.body is None or tie.body.type != "organization":
        return []
    words = tie.body.normal.split()
    head = getattr(tie.body.info, "head", "")
    genitive = morph.inflect(head, case="Gen", feats={"Case": "Nom"}) if head and " " not in head else None
    tail = places.by_tail(tie.body.normal)
    return [w for w in (genitive, tail[0] if tail else None, words[0]) if w]


def _place(book: Book, tie: Tie, index: dict[int, int]) -> str | None:
    """Whose office it is: the place (Россия, Душанбе) where the body has one, else the body itself."""
    if tie.body is None:
        return None
    draft = book.entity[index[id(tie.body)]]
    if tie.body.type == "location":
        entry = places.by_name(tie.body.normal)
        return entry.name if entry else morph.fold(tie.body.normal)
    if draft is None:
        return None
    return draft.place or f"#{draft.mentions[0]}"
