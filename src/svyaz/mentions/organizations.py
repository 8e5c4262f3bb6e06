"""Organisations around their head nouns: «мэрия Душанбе», «Служба связи при правительстве», «ведомство».

A head noun of the lexicon with a name behind it makes a name («пресс-служба МИД РФ»); with a place
adjective before it («российское посольство») or alone («компания») it is a nominal mention.
"""

from __future__ import annotations

from collections.abc import Sequence

from svyaz.lexicon import bodies, posts
from svyaz.lexicon.bodies import BodyEntry
from svyaz.mentions.found import Body, Found, Place, found
from svyaz.mentions.named import body_info
from svyaz.morph import fold
from svyaz.names.phrase import nominative
from svyaz.parse import Sentence, Token
from svyaz.text import QUOTES

# How many common words may stand between a head noun and its name: «департамент городского имущества Москвы».
_MAX_COMPLEMENT = 6
_UNIT_KINDS = frozenset(
    ("court police university school hospital museum theatre research team church parliament").split()
)


def find(sentence: Sentence, names: Sequence[Found], offices: Sequence[Found]) -> tuple[Found, ...]:
    """``names`` with organisations grown around head nouns and nominal ones added, in order of the text.

    Names that a grown mention swallows whole stay when they are places or other bodies («МИД РФ» in
    «пресс-служба МИД РФ»); an organisation's own bare name («Служба») does not.
    """
    grown: list[Found] = []
    busy = {i for o in offices for i in range(o.first, o.last + 1)}
    for token in sentence.tokens:
        if token.index in busy:
            continue
        inside = bool(grown) and grown[-1].covers(token.index)
        if inside and (token.index <= grown[-1].head or bodies.head(token.lemma) is None):
            continue
        mention = _grow(sentence, token, names)
        if inside and (
            mention is None
            or mention.form != "name"
            or mention.head != token.index
            or mention.last > grown[-1].last
        ):
            continue  # «пресс-служба [правительства РФ]»: a whole inside must be a name of its own
        if mention:
            grown.append(mention)
    kept = [n for n in names if not any(_same_head(n, g) for g in grown)]
    return tuple(sorted([*kept, *grown], key=lambda m: (m.start, -m.end)))


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
    if entry is None or token.pos not in {"NOUN", "PROPN"}:
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
    last = name.last
    following = _place_at(names, last + 1)
    if following and _takes_place(sentence, name, following, info):
        last = following.last
    if info and (info.state_body or info.represents):
        last = _charge(sentence, last, names)
    last = _attached(sentence, last, names)
    if last == name.last:
        return None
    tokens = sentence.tokens[name.first : last + 1]
    normal = nominative(tokens)
    return found(sentence, tokens, "organization", normal, info=body_info(tokens, normal), head=name.head)


def _takes_place(sentence: Sentence, name: Found, place: Found, info: Body | None) -> bool:
    """Whether a body is called by the place behind it: «[МИД] Казахстана», «[Банк] России»."""
    if sentence.tokens[place.head].case not in {"Gen", None}:
        return False
    whole = nominative(sentence.tokens[name.first : place.last + 1])
    return bool(info and (info.state_body or info.represents)) or bodies.known(whole) is not None


def _place_at(names: Sequence[Found], index: int) -> Found | None:
    return next((n for n in names if n.first == index and n.type == "location" and n.form == "name"), None)


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
    if not (entry.state_body or entry.part or entry.represents or entry.kind in _UNIT_KINDS):
        return _attached(sentence, head, names)
    at = head + 1
    while at < len(sentence.tokens) and at - head <= _MAX_COMPLEMENT:
        name = next(
            (
                n
                for n in names
                if n.first == at and n.type in {"location", "organization"} and n.form == "name"
            ),
            None,
        )
        if name:
            token = sentence.tokens[name.head]
            genitive = token.case in {"Gen", None} or token.feats.get("Foreign") == "Yes"
            return _attached(sentence, _charge(sentence, name.last, names), names) if genitive else head
        token = sentence.tokens[at]
        linked = (token.text == "по" and at > head) or (
            (token.text == "и" or token.pos == "ADV") and at > head + 1
        )
        if not linked and not (
            token.pos in {"NOUN", "ADJ"}
            and token.case in {"Gen", "Dat"}
            and token.feats.get("Animacy") != "Anim"
        ):
            return _attached(sentence, head, names)
        at += 1
    return head


def _charge(sentence: Sentence, last: int, names: Sequence[Found]) -> int:
    """«комитет Госдумы [по бюджету и налогам]», «УФСИН [по Омской области]»: what or whom the body serves."""
    tokens = sentence.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].lemma != "по":
        return last
    place = _place_at(names, last + 2)
    if place is None and tokens[last + 2].lemma in {"город", "область", "край", "республика", "район"}:
        place = _place_at(names, last + 3)  # «УМВД [по городу Сочи]»
    if place:
        return place.last
    end, at = last, last + 2
    while at < len(tokens) and at - last <= _MAX_COMPLEMENT + 2:
        token = tokens[at]
        if (
            token.pos in {"NOUN", "ADJ"}
            and token.case in {"Dat", "Gen"}
            and token.feats.get("Animacy") != "Anim"
        ):
            end = at if token.pos == "NOUN" else end
        elif token.text != "и":
            break
        at += 1
    return end


def _attached(sentence: Sentence, last: int, names: Sequence[Found]) -> int:
    """«… [при правительстве государства]», «… [при президенте РФ]»."""
    tokens = sentence.tokens
    if (
        last + 2 >= len(tokens)
        or tokens[last + 1].lemma != "при"
        or tokens[last + 2].pos not in {"NOUN", "PROPN"}
    ):
        return last
    if tokens[last + 2].lemma not in {
        "правительство",
        "президент",
        "министерство",
        "мид",
        "губернатор",
        "мэр",
        "глава",
        "мэрия",
    }:
        return last
    place = _place_at(names, last + 3)
    if (
        place is None
        and last + 3 < len(tokens)
        and tokens[last + 3].lemma in _COUNTRIES | {"страна", "республика"}
    ):
        return last + 3  # «при правительстве государства»
    return place.last if place else last + 2


def _info(tokens: Sequence[Token], entry: BodyEntry) -> Body:
    named = body_info(tokens[1:], tokens[-1].text) if len(tokens) > 1 else None
    country = entry.country or (named.country if named else None)
    return Body(fold(entry.name), entry.kind, entry.state_body, entry.represents, country, entry.part)


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
    info = Body(
        fold(entry.name),
        entry.kind,
        entry.state_body,
        entry.represents,
        entry.country or country,
        entry.part,
        described,
    )
    return found(sentence, [token], "organization", nominative([token]), "nominal", info)


# States, not their organs: «палестинское государство».
_COUNTRIES = frozenset({"государство", "режим", "монархия"})
