"""What the second tagger (``opinion.py``) adds to slovnet's names and to the posts of the lexicon.

It is asked last and heard only where it is sure: it was taught on other labels than the contract's, and where
rules and slovnet have found something, they stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from svyaz.lexicon import posts
from svyaz.mentions.found import Found, Post, found
from svyaz.mentions.named import name, pieces
from svyaz.mentions.offices import in_honour, phase
from svyaz.morph import parses
from svyaz.names.phrase import nominative
from svyaz.opinion import Opinion, Seen
from svyaz.parse import NameSpan, NameType, Sentence, Token
from svyaz.text import QUOTES

# How sure the tagger must be, chosen on the dev sets: gold/dev, factRuEval, NEREL.
_SURE_POST = 0.8
_SURE_NAME = 0.9
_SURE_PLACE = 0.8
# Below this no reading of the words lets them be a name.
_HARDLY = 0.2
_ADDED: Mapping[str, NameType] = {"PER": "PER", "LOC": "LOC"}
_NAMES: tuple[NameType, ...] = ("PER", "LOC", "ORG")
# The dictionary's marks of names.
_MARKS = {"PER": frozenset({"Name", "Surn", "Patr"}), "LOC": frozenset({"Geox", "Abbr"})}


def checked(sentence: Sentence) -> tuple[NameSpan, ...]:
    """slovnet's spans without words that are no names («[Верёвка] для белья» taken for a person), and with towns
    that it takes for bodies put right («[ТВЕРЬ], 9 мая»). Only single words are looked at: a name of several
    words has more to show for itself."""
    return tuple(c for s in sentence.names if (c := _checked(sentence, s)) is not None)


def _checked(sentence: Sentence, span: NameSpan) -> NameSpan | None:
    if span.type == "LOC":
        return span
    tokens = sentence.at(span.start, span.end)
    if len(tokens) != 1:
        return span
    token, opinion = tokens[0], sentence.opinion
    if span.type == "PER":
        unlikely = all(_chance(token, kind, opinion) < _HARDLY for kind in _NAMES)
        return None if unlikely and _common(token) else span
    quoted = token.index > 0 and sentence.tokens[token.index - 1].text in QUOTES  # «шахта «[Южная]»»
    if (
        not quoted
        and _chance(token, "LOC", opinion) > _SURE_PLACE
        and _chance(token, "ORG", opinion) < _HARDLY
    ):
        return NameSpan(span.start, span.end, "LOC")
    return span


def _common(token: Token) -> bool:
    """Whether the dictionary knows the word, and by no reading as a name of people."""
    readings = parses(token.text)
    return any(p.known for p in readings) and not any(_MARKS["PER"] & p.marks for p in readings)


def _chance(token: Token, kind: NameType, opinion: Opinion) -> float:
    """The chance of the token to be of a kind, in the layer that believes it more."""
    return max(opinion.chance(layer, kind, token.index) for layer in opinion.chances)


def names(sentence: Sentence, known: Sequence[Found]) -> tuple[Found, ...]:
    """``known`` with the people and places that slovnet passed over («чемпионат [Европы]»), in order."""
    out, opinion = list(known), sentence.opinion
    taken = _words(known)
    for layer in opinion.chances:
        for seen in opinion.spans(layer):
            kind = _ADDED.get(seen.type)
            if kind is None or not _is_free(seen, taken) or opinion.sure(layer, seen) < _SURE_NAME:
                continue
            if _doubtful(sentence, seen):
                continue
            added = list(_read(sentence, seen, kind))
            out += added
            taken |= _words(added)
    if len(out) == len(known):
        return tuple(known)
    return tuple(sorted(out, key=lambda m: (m.start, -m.end)))


def _read(sentence: Sentence, seen: Seen, kind: NameType) -> Iterator[Found]:
    span = NameSpan(sentence.tokens[seen.first].start, sentence.tokens[seen.last].end, kind)
    for tokens, told in pieces(sentence, span):
        if mention := name(sentence, tokens, told):
            yield mention


def _words(mentions: Sequence[Found]) -> set[int]:
    return {i for m in mentions for i in range(m.first, m.last + 1)}


def _is_free(seen: Seen, taken: set[int]) -> bool:
    return taken.isdisjoint(range(seen.first, seen.last + 1))


def _doubtful(sentence: Sentence, seen: Seen) -> bool:
    """One word that need not be such a name: an adjective («[французский] язык»), or the first of a
    sentence that the dictionary knows as something else («[Грант] получил институт», «[Владимир] стоит на
    Клязьме»)."""
    token = sentence.tokens[seen.first]
    if seen.last > seen.first:
        return False
    if token.pos == "ADJ":
        return True
    opens = token.index == 0 and not token.text[1:2].isupper()
    return opens and any(p.known and not _MARKS[seen.type] & p.marks for p in parses(token.text))


def offices(sentence: Sentence, names: Sequence[Found], known: Sequence[Found]) -> tuple[Found, ...]:
    """``known`` with posts that no entry of the lexicon names («норвежский [гидролог] Эйнар Хауген»), in order;
    each is told how sure the tagger is of it."""
    taken, opinion = _words([*names, *known]), sentence.opinion
    added = [
        office
        for seen in opinion.spans("outer")
        if seen.type == "POST" and _is_free(seen, taken) and opinion.sure("outer", seen) >= _SURE_POST
        if (office := _office(sentence, seen))
    ]
    return tuple(sorted((_with_chance(m, opinion) for m in (*known, *added)), key=lambda m: m.start))


def _with_chance(office: Found, opinion: Opinion) -> Found:
    if not isinstance(office.info, Post):
        return office
    return replace(office, info=replace(office.info, chance=opinion.chance("outer", "POST", office.head)))


def _office(sentence: Sentence, seen: Seen) -> Found | None:
    tokens = sentence.tokens[seen.first : seen.last + 1]
    head = next((t for t in tokens if t.pos in {"NOUN", "PROPN"}), None)
    if head is None or not _animate(head) or head.lemma in posts.words("no_posts"):
        return None
    if in_honour(sentence, seen.first):
        return None
    normal = nominative(tokens)
    info = Post(head=head.lemma, kind="worker", phase=phase(sentence, seen.first, head))
    return found(
        sentence, tokens, "office", normal[:1].lower() + normal[1:], "nominal", info, head=head.index
    )


def _animate(token: Token) -> bool:
    """Whether the word can mean a person; of «рок-музыкант» the last part tells."""
    readings = [p for p in parses(token.text.rsplit("-", 1)[-1]) if p.pos == "NOUN"]
    return any(p.animate for p in readings)
