"""Common nouns that mean somebody or something named before: «оператор», «чиновник», «страна».

What is found here has an entity only if entities/callings.py or entities/nominals.py knows which one is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from svyaz.lexicon import bodies, listed
from svyaz.mentions.found import Body, Found, Place, Post, found
from svyaz.model import PersonName
from svyaz.morph import fold
from svyaz.parse import Sentence, Token
from svyaz.text import QUOTES

# What places are called by; the kind is that of the lexicon, None where the name itself must say it («край»).
PLACE_KINDS = {
    "страна": "state",
    "государство": "state",
    "столица": "city",
    "город": "city",
    "регион": "region",
    "республика": None,
    "край": None,
    "область": None,
    "район": None,
}
# Words beside a noun by which it means nobody named before: «[другой] гость», «[наша] страна».
_ANOTHER = frozenset(
    "другой новый иной любой каждый некий один чужой многий несколько будущий какой какой-то ряд похожий отдельный"
    " еще никакой третий второй наш ваш весь сам мой твой соседний".split()
)


def find(sentence: Sentence, mentions: Sequence[Found], dropped: Sequence[Found]) -> tuple[Found, ...]:
    """``mentions`` with such nouns added; ``dropped`` are words for posts that are none where they stand."""
    posts = {m.head: m.info.head for m in dropped if m.first == m.last and isinstance(m.info, Post)}
    if not posts and _nouns().isdisjoint(sentence.lemmas):
        return tuple(mentions)
    taken = {i for m in mentions for i in range(m.first, m.last + 1)}
    free = [t for t in sentence.tokens if (t.lemma in _nouns() or t.index in posts) and t.index not in taken]
    more = [m for t in free if (m := _calling(sentence, t, posts.get(t.index)))]
    return (
        tuple(sorted([*mentions, *more], key=lambda m: (m.start, -m.end, m.type)))
        if more
        else tuple(mentions)
    )


@cache
def _nouns() -> frozenset[str]:
    """Lemmas by which somebody or some place may be called, whatever else the sentence says of them."""
    return frozenset(PLACE_KINDS) | listed("persons", "roles")


def _calling(sentence: Sentence, token: Token, post: str | None) -> Found | None:
    place = token.lemma in PLACE_KINDS
    if (
        token.feats.get("Number") == "Plur"
        or token.pos not in {"NOUN", "ADJ", "VERB"}
        or (token.text[:1].isupper() and token.index > 0 and sentence.tokens[token.index - 1].pos != "PUNCT")
    ):
        return None
    if any(_tells(t) for t in sentence.dependents[token.index]):
        return None
    if place and not _in_place(sentence, token):
        return None
    if place:
        return found(sentence, [token], "location", token.lemma, "nominal", Place(PLACE_KINDS[token.lemma]))
    entry = bodies.head(post) if post else None
    if entry is not None and entry.nominal:
        if (
            sentence.tokens[token.index + 1 : token.index + 2]
            and sentence.tokens[token.index + 1].text in QUOTES
        ):
            return None  # «долю в [операторе] «Транс-Карго»» is told by its own name
        body = Body(fold(entry.name), entry.kind)
        return found(sentence, [token], "organization", fold(entry.name), "nominal", body)
    gender = token.feats.get("Gender")
    if gender not in {"Masc", "Fem"} or _is_predicate(sentence, token):
        return None
    person = PersonName(gender="m" if gender == "Masc" else "f")
    return found(sentence, [token], "person", token.lemma, "nominal", person)


def _tells(below: Token) -> bool:
    """Whether a word says that another is meant: «[другой] гость», «два [гостя]»."""
    return below.lemma in _ANOTHER or below.rel.startswith("nummod")


def _is_predicate(sentence: Sentence, token: Token) -> bool:
    """«Титов — [политик]», «стал [игроком]», «как [игрок]»: what somebody is, and nobody named."""
    below = sentence.dependents[token.index]
    if any(t.rel in {"nsubj", "cop"} or t.lemma == "как" for t in below):
        return True
    return token.case in {"Ins", "Voc"} and not any(t.pos == "ADP" for t in below)


def _in_place(sentence: Sentence, token: Token) -> bool:
    """Whether a noun for a place takes part in what happens: «прилетел в [страну]», «поездка в [город]», but not
    «тюрьмы [страны]»; a capital does so anywhere. Its own words may only be those that say no more than «this»."""
    below = sentence.dependents[token.index]
    if token.rel == "appos" or any(
        t.rel in {"appos", "flat:name", "acl", "acl:relcl", "conj"} for t in below
    ):
        return False
    if token.lemma == "столица":
        return True
    if any(t.rel in {"amod", "nmod"} for t in below):
        return False
    head = sentence.tokens[token.head] if token.head >= 0 else None
    if head is None or not token.rel.startswith(("obl", "obj", "nsubj", "nmod")):
        return False
    if PLACE_KINDS[token.lemma] == "state" and token.case == "Loc":
        return False  # «выборы пройдут в [стране]» says but where all this happens
    way = token.case == "Acc" and any(t.pos == "ADP" for t in below)
    return head.pos == "VERB" or (head.pos == "NOUN" and way)
