"""Organisations around their head nouns: «мэрия Душанбе», «Служба связи при правительстве», «ведомство».

A head noun of the lexicon with a name behind it makes a name («пресс-служба МИД РФ»); with a place
adjective before it («российское посольство») or alone («компания») it is a nominal mention.
"""

from __future__ import annotations

from collections.abc import Sequence

from svyaz.lexicon import bodies, posts
from svyaz.lexicon.bodies import BodyEntry
from svyaz.mentions.complement import (
    attached,
    charge,
    genitive,
    master,
    name_at,
    named_after,
    numbered,
    person_behind,
    place_at,
)
from svyaz.mentions.found import Body, Found, Place, found
from svyaz.mentions.named import body_info, body_of
from svyaz.names.phrase import head_index, nominative
from svyaz.parse import Sentence, Token
from svyaz.text import QUOTES

_UNIT_KINDS = frozenset(
    ("court police university school hospital museum theatre research team church parliament").split()
)
# Bodies of citizens are called by a place whose own ending says so: «федерация хоккея [Мурманской области]».
_CIVIC_KINDS = frozenset("union ngo party agency group international fund".split())
# … but these are too loose for that: «объединение Питкяранты с районом», «движение Луны».
_LOOSE = frozenset("объединение движение группа община организация коалиция диаспора сообщество".split())
# Called by the person or the post that they serve: «правительство [Медведева]», «пресс-служба [губернатора]».
_SERVING = frozenset("правительство кабинет администрация аппарат канцелярия пресс-служба штаб".split())


def find(sentence: Sentence, names: Sequence[Found], offices: Sequence[Found]) -> tuple[Found, ...]:
    """``names`` with organisations grown around head nouns and nominal ones added, in order of the text.

    Names that a grown mention swallows whole stay when they are places or other bodies («МИД РФ» in
    «пресс-служба МИД РФ»); an organisation's own bare name («Служба») does not.
    """
    grown: list[Found] = []
    for token in _beginnings(sentence, names, offices):
        inside = bool(grown) and grown[-1].covers(token.index)
        if inside and token.index <= grown[-1].head:
            continue
        mention = _grow(sentence, token, names)
        if inside and (
            mention is None
            or mention.form != "name"
            or token.index not in {mention.first, mention.head}
            or mention.last > grown[-1].last
        ):
            continue  # «пресс-служба [правительства РФ]»: a whole inside must be a name of its own
        if mention and not (inside and _shares_end(sentence, grown[-1], mention)):
            grown.append(mention)
    if not grown:
        return tuple(sorted(names, key=_place))
    kept = [n for n in names if not any(_same_head(n, g) for g in grown)]
    return tuple(sorted([*kept, *grown], key=_place))


def _shares_end(sentence: Sentence, outer: Found, inner: Found) -> bool:
    """Whether the end of a name within a name is the outer's alone: «ГУ [МВД] по Самарской области» is in charge of one
    region and the ministry of all, «отдел полиции [№ 3]» has the number."""
    charged = any(t.text == "по" for t in sentence.tokens[inner.first : inner.last])
    part = isinstance(inner.info, Body) and inner.info.part
    unit = charged and not part and sentence.tokens[inner.head].text.isupper()
    return outer.last == inner.last and (unit or sentence.tokens[inner.last - 1].text == "№")


def _place(mention: Found) -> tuple[int, int]:
    return (mention.start, -mention.end)


def _beginnings(sentence: Sentence, names: Sequence[Found], offices: Sequence[Found]) -> list[Token]:
    """The tokens that a body can be grown from, but for those of offices: the first of a body's name and head nouns,
    also within a body («филиал [Национального музея] республики»)."""
    starts = {n.first for n in names if n.type == "organization"}
    heads = [t for t in sentence.tokens if t.index in starts or _is_head(t)]
    if not heads or not offices:
        return heads
    busy = {i for o in offices for i in range(o.first, o.last + 1)}
    return [t for t in heads if t.index not in busy]


def _is_head(token: Token) -> bool:
    return token.pos in {"NOUN", "PROPN"} and bodies.head(token.lemma) is not None


def _same_head(name: Found, grown: Found) -> bool:
    return (
        name.type == "organization"
        and grown.first <= name.first
        and name.last <= grown.last
        and (name.head == grown.head or name.first == grown.head)
    )


def _grow(sentence: Sentence, token: Token, names: Sequence[Found]) -> Found | None:
    inside = next((n for n in names if n.covers(token.index) and n.form == "name"), None)
    if inside:
        return _grow_name(sentence, inside, token, names)
    entry = bodies.head(token.lemma)
    if entry is None or not _is_head(token):
        return None
    plural = token.feats.get("Number") == "Plur" and entry.name not in {"власть", "войско"}
    if plural:
        return None
    first = _attributes(sentence, token, names)
    last = _complement(sentence, token.index, entry, names)
    if last > token.index:
        tokens = sentence.tokens[first : last + 1]
        return found(
            sentence, tokens, "organization", nominative(tokens), info=_info(tokens, entry), head=token.index
        )
    if _has_own_name(sentence, token, names):
        return None
    return _nominal(sentence, token, entry, names)


def _grow_name(sentence: Sentence, name: Found, token: Token, names: Sequence[Found]) -> Found | None:
    """Grow what the tagger cut short: «[Служба связи] при правительстве», «[МИД] Казахстана»."""
    if name.type != "organization" or token.index != name.first:
        return None
    info = name.info if isinstance(name.info, Body) else None
    organ = bool(info and (info.state_body or info.represents))
    noun = _has_head_noun(sentence, name)
    last = name.last
    whole = _whole_behind(sentence, name, names)
    if whole:
        last = whole.last
    if noun:
        last = genitive(sentence, last, names, bare=True, strict=True, filled=False)
        last = named_after(sentence, last, names)
    elif (following := place_at(names, last + 1)) and _takes_place(sentence, whole or name, following, info):
        last = following.last
    last = numbered(sentence, last, names) if noun else last
    if organ:
        last = charge(sentence, last, names, places_only=not noun)
    last = attached(sentence, last, names)
    if last == name.last:
        return None
    tokens = sentence.tokens[name.first : last + 1]
    normal = nominative(tokens)
    return found(sentence, tokens, "organization", normal, info=body_info(tokens, normal), head=name.head)


def _whole_behind(sentence: Sentence, name: Found, names: Sequence[Found]) -> Found | None:
    """«ГУ [МВД] по Самарской области», «СУ [СК РФ]»: the body that an abbreviation for a unit belongs to."""
    token = sentence.tokens[name.first]
    entry = bodies.known(token.text) if name.first == name.last and token.text.isupper() else None
    if entry is None or not entry.part:
        return None
    behind = name_at(names, name.last + 1)
    if behind is None or behind.type != "organization" or not isinstance(behind.info, Body):
        return None
    return behind if behind.info.state_body else None


def _has_head_noun(sentence: Sentence, name: Found) -> bool:
    """«[Торгово-промышленная палата] Вьетнама»: named by a kind, not by a brand or in quotes."""
    tokens = sentence.tokens[name.first : name.last + 1]
    if any(t.text in QUOTES for t in tokens) or (
        name.first and sentence.tokens[name.first - 1].text in QUOTES
    ):
        return False
    at = head_index(tokens)
    return at is not None and not tokens[at].text.isupper() and bodies.head(tokens[at].lemma) is not None


def _takes_place(sentence: Sentence, name: Found, place: Found, info: Body | None) -> bool:
    """Whether a body is called by the place behind it: «[МИД] Казахстана», «[Банк] России»."""
    if sentence.tokens[place.head].case not in {"Gen", None}:
        return False
    whole = nominative(sentence.tokens[name.first : place.last + 1])
    return bool(info and (info.state_body or info.represents)) or bodies.known(whole) is not None


def _attributes(sentence: Sentence, token: Token, names: Sequence[Found]) -> int:
    """The first of the adjectives before the head that belong to its name: «[областной] суд»."""
    first = token.index
    places = {n.first for n in names if n.form == "adjective"}
    while first > 0:
        before = sentence.tokens[first - 1]
        plain = before.pos == "ADJ" and before.case == token.case and before.feats.get("Degree") == "Pos"
        if not plain or posts.entry(before.lemma) or first - 1 in places or before.lemma in _PLAIN_ADJECTIVES:
            break
        first -= 1
    return first


# Adjectives that describe and do not name.
_PLAIN_ADJECTIVES = frozenset(
    (
        "новый старый крупный крупнейший местный бывший нынешний другой ведущий известный данный большой "
        "иностранный зарубежный отечественный дочерний головной частный последний прошлый"
    ).split()
)


def _complement(sentence: Sentence, head: int, entry: BodyEntry, names: Sequence[Found]) -> int:
    """The last token of the name that a head noun takes: «департамент культуры [Москвы]»; ``head`` if none."""
    organ = entry.state_body or entry.part or entry.represents or entry.kind in _UNIT_KINDS
    last = head
    if organ or (entry.kind in _CIVIC_KINDS and entry.name not in _LOOSE):
        last = genitive(sentence, head, names, bare=entry.state_body, strict=not organ)
    last = numbered(sentence, last, names)
    if last > head:
        last = charge(sentence, last, names)
    elif entry.name in _SERVING:
        last = person_behind(sentence, master(sentence, head, names), names)
    else:
        last = named_after(sentence, head, names)
    return attached(sentence, last, names)


def _info(tokens: Sequence[Token], entry: BodyEntry) -> Body:
    named = body_info(tokens[1:], tokens[-1].text) if len(tokens) > 1 else None
    country = entry.country or (named.country if named else None)
    return body_of(entry, country)


def _has_own_name(sentence: Sentence, token: Token, names: Sequence[Found]) -> bool:
    """«компания [«МегаФон»]»: the noun describes the name behind it and is no mention of its own."""
    at = token.index + 1
    while at < len(sentence.tokens) and sentence.tokens[at].text in QUOTES:
        at += 1
    return any(n.first == at and n.type == "organization" for n in names)


def _nominal(sentence: Sentence, token: Token, entry: BodyEntry, names: Sequence[Found]) -> Found | None:
    """«посольство» in «российское посольство», «ведомство» alone; the adjective is a mention of its own."""
    adjective = next((n for n in names if n.form == "adjective" and n.first == token.index - 1), None)
    if entry.name in _COUNTRIES or not (adjective or entry.nominal):
        return None
    country = described = None
    if adjective and isinstance(adjective.info, Place):
        if (
            sentence.tokens[adjective.first].feats.get("Number") == "Plur"
        ):  # «российские IT-компании»: no one body
            return None
        country = adjective.info.country
        described = nominative(sentence.tokens[adjective.first : token.index + 1])
    info = body_of(entry, entry.country or country, described=described)
    return found(sentence, [token], "organization", nominative([token]), "nominal", info)


# States, not their organs: «палестинское государство».
_COUNTRIES = frozenset({"государство", "режим", "монархия"})
