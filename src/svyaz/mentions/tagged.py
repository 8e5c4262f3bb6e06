"""What the second tagger (``opinion.py``) adds to slovnet's names and to the posts of the lexicon.

It is asked last and heard only where it is sure: it was taught on other labels than the contract's, and where
rules and slovnet have found something, they stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from svyaz.lexicon import posts
from svyaz.mentions.found import Found, Post, found
from svyaz.mentions.named import name, pieces
from svyaz.mentions.offices import phase
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
_HARDLY = 0.05
_ADDED: tuple[NameType, ...] = ("PER", "LOC")
_NAMES: tuple[NameType, ...] = ("PER", "LOC", "ORG")


def checked(sentence: Sentence, spans: Sequence[NameSpan], opinion: Opinion) -> tuple[NameSpan, ...]:
    """slovnet's spans without words that are no names («[Верёвка] для белья» taken for a person), and with towns
    that it takes for bodies put right («[ТВЕРЬ], 9 мая»). Only single words are looked at: a name of several
    words has more to show for itself."""
    return tuple(c for s in spans if (c := _checked(sentence, s, opinion)) is not None)


def _checked(sentence: Sentence, span: NameSpan, opinion: Opinion) -> NameSpan | None:
    tokens = sentence.at(span.start, span.end)
    if len(tokens) != 1:
        return span
    chance = {kind: _chance(tokens, kind, opinion) for kind in _NAMES}
    if span.type == "PER" and max(chance.values()) < _HARDLY and _common(tokens[0]):
        return None
    quoted = tokens[0].index > 0 and sentence.tokens[tokens[0].index - 1].text in QUOTES  # «шахта «[Южная]»»
    if span.type == "ORG" and not quoted and chance["LOC"] > _SURE_PLACE and chance["ORG"] < _HARDLY:
        return NameSpan(span.start, span.end, "LOC")
    return span


def _common(token: Token) -> bool:
    """Whether the dictionary knows the word, and by no reading as a name of people."""
    readings = parses(token.text)
    return any(p.known for p in readings) and not any(_MARKS["PER"] & p.marks for p in readings)


def _chance(tokens: Sequence[Token], kind: NameType, opinion: Opinion) -> float:
    """The mean chance of the tokens to be of a kind, in the layer that believes it more."""
    inside = slice(tokens[0].index, tokens[-1].index + 1)
    return max(float(opinion.of(layer, kind)[inside].mean()) for layer in opinion.chances)


def names(sentence: Sentence, known: Sequence[Found], opinion: Opinion) -> tuple[Found, ...]:
    """``known`` with the people and places that slovnet passed over («чемпионат [Европы]»), in order."""
    out = list(known)
    taken = _words(known)
    for layer in opinion.chances:
        for seen in opinion.spans(layer):
            kind = next((k for k in _ADDED if k == seen.type), None)
            if kind is None or seen.sure < _SURE_NAME or taken & _words([seen]) or _doubtful(sentence, seen):
                continue
            added = list(_read(sentence, seen, kind))
            out += added
            taken |= _words(added)
    return tuple(sorted(out, key=lambda m: (m.start, -m.end)))


def _read(sentence: Sentence, seen: Seen, kind: NameType) -> Iterator[Found]:
    span = NameSpan(sentence.tokens[seen.first].start, sentence.tokens[seen.last].end, kind)
    for tokens, told in pieces(sentence, span):
        if mention := name(sentence, tokens, told):
            yield mention


def _words(mentions: Sequence[Found | Seen]) -> set[int]:
    return {i for m in mentions for i in range(m.first, m.last + 1)}


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


_MARKS = {"PER": frozenset({"Name", "Surn", "Patr"}), "LOC": frozenset({"Geox", "Abbr"})}


def offices(
    sentence: Sentence, names: Sequence[Found], known: Sequence[Found], opinion: Opinion
) -> tuple[Found, ...]:
    """``known`` with posts that no entry of the lexicon names («норвежский [гидролог] Эйнар Хауген»), in order;
    each is told how sure the tagger is of it."""
    taken = _words([*names, *known])
    added = [
        office
        for seen in opinion.spans("outer")
        if seen.type == "POST" and seen.sure >= _SURE_POST and not taken & _words([seen])
        if (office := _office(sentence, seen))
    ]
    chances = opinion.of("outer", "POST")
    out = [
        replace(m, info=replace(m.info, chance=float(chances[m.head]))) if isinstance(m.info, Post) else m
        for m in (*known, *added)
    ]
    return tuple(sorted(out, key=lambda m: m.start))


def _office(sentence: Sentence, seen: Seen) -> Found | None:
    tokens = sentence.tokens[seen.first : seen.last + 1]
    head = next((t for t in tokens if t.pos in {"NOUN", "PROPN"}), None)
    if head is None or not _animate(head) or head.lemma in posts.words("no_posts"):
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
