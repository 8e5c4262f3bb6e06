"""Bodies that the tagger saw at one place and passed over at another: «радио «[Волна]» …; «[Волна]» молчит»."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from svyaz.lexicon import bodies
from svyaz.mentions.found import Found, found
from svyaz.morph import fold, parses
from svyaz.names.phrase import nominative
from svyaz.parse import Sentence, Token
from svyaz.text import CLOSING, OPENING

_MAX_WORDS = 5
# So many letters at its beginning does a name keep in every case: «Ока», «Оку».
_STEM = 2
Key = tuple[str, int]
# What may be called as its maker is: «бренд «[Восход]»».
_BRANDS = frozenset({"бренд", "марка", "проект", "приложение", "система"})


@dataclass(frozen=True)
class _Table:
    """The bodies' names by their words and how many these are, each with whether it stands in quotes."""

    names: Mapping[Key, tuple[Found, bool]]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The letters with which the names begin."""
        return frozenset(words[:_STEM] for words, _ in self.names)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Of how many words the names are, the longest first."""
        return tuple(sorted({size for _, size in self.names}, reverse=True))


def add(sentences: Sequence[Sentence], named: Sequence[Sequence[Found]]) -> list[tuple[Found, ...]]:
    """For each sentence its names, those of its words that are a body's name elsewhere in the article among them;
    less those that the article elsewhere gives to a thing: after «шаттл «Челленджер»» «[Челленджер]» is no body."""
    table = _table(sentences, named)
    if not table.names:
        return [tuple(names) for names in named]
    if (things := set(_things(sentences, table))) and (things := things - _surely_bodies(sentences, named)):
        named = [[n for n in names if not _is_thing(n, things)] for names in named]
        table = _Table({key: name for key, name in table.names.items() if key[0] not in things})
    return [_with_repeated(s, n, table) for s, n in zip(sentences, named, strict=True)]


def _is_thing(name: Found, things: set[str]) -> bool:
    return name.type == "organization" and name.form == "name" and fold(name.normal) in things


def _things(sentences: Sequence[Sentence], table: _Table) -> Iterator[str]:
    """The names behind a noun for a thing: «корабля «[Союз]»»; in the genitive they own it: «песня «[Волны]»»."""
    for sentence in sentences:
        if _nouns_for_things().isdisjoint(sentence.lemmas):
            continue
        for noun in sentence.tokens[:-1]:
            if noun.lemma not in _nouns_for_things():
                continue
            at = noun.index + 1 + (sentence.tokens[noun.index + 1].text in OPENING)
            if at < len(sentence.tokens) and fold(sentence.tokens[at].text)[:_STEM] in table.stems:
                words = [fold(t.text) for t in sentence.tokens[at : at + _MAX_WORDS]]
                found_here = _known(sentence, sentence.tokens[at], table)
                yield from (form for form, size in found_here if form == " ".join(words[:size]))


@cache
def _nouns_for_things() -> frozenset[str]:
    return bodies.words("quoted_works") - bodies.words("stakes") - _BRANDS


def _surely_bodies(sentences: Sequence[Sentence], named: Sequence[Sequence[Found]]) -> set[str]:
    """The names that the lexicon knows, or that stand without quotes or behind a kind of body somewhere."""
    out: set[str] = set()
    for sentence, names in zip(sentences, named, strict=True):
        for name in names:
            before = sentence.tokens[max(0, name.first - 2) : name.first]
            quoted = bool(before) and before[-1].text in OPENING
            kind = quoted and len(before) == 2 and bodies.head(before[0].lemma) is not None
            if name.type == "organization" and (kind or not quoted or bodies.known(name.normal)):
                out.add(fold(name.normal))
    return out


def _table(sentences: Sequence[Sentence], named: Sequence[Sequence[Found]]) -> _Table:
    """The bodies' names of an article; one that is also a person's or a place's there is left out."""
    others = {fold(n.normal) for names in named for n in names if n.type != "organization"}
    table: dict[Key, tuple[Found, bool]] = {}
    for sentence, names in zip(sentences, named, strict=True):
        for name in names:
            size = name.last - name.first + 1
            if name.type != "organization" or name.form != "name" or size > _MAX_WORDS:
                continue
            if fold(name.normal) in others or len(name.normal) < 3:
                continue
            before = sentence.tokens[name.first - 1].text if name.first else ""
            table.setdefault((fold(name.normal), size), (name, before in OPENING))
    return _Table(table)


def _with_repeated(sentence: Sentence, names: Sequence[Found], table: _Table) -> tuple[Found, ...]:
    beginnings = [t for t in sentence.capitals if fold(t.text)[:_STEM] in table.stems]
    if not beginnings or sentence.in_capitals:
        return tuple(names)
    taken = {i for n in names if n.form == "name" for i in range(n.first, n.last + 1)}
    out = [*names]
    for token in beginnings:
        if token.index in taken:
            continue
        for mention in _at(sentence, token, taken, table):
            taken.update(range(mention.first, mention.last + 1))
            inside = {n.first for n in out if mention.covers(n.first) and n.form == "adjective"}
            out = [n for n in out if n.first not in inside or n.form != "adjective"] + [mention]
    return tuple(sorted(out, key=lambda m: (m.start, -m.end)))


def _at(sentence: Sentence, token: Token, taken: set[int], table: _Table) -> Iterator[Found]:
    for form, size in _known(sentence, token, table):
        tokens = sentence.tokens[token.index : token.index + size]
        name, quoted = table.names[form, size]
        if not taken & {t.index for t in tokens} and _is_again(sentence, tokens, quoted):
            yield found(sentence, tokens, "organization", _normal(tokens, name), info=name.info)
            return


def _known(sentence: Sentence, token: Token, table: _Table) -> Iterator[Key]:
    """The keys of the names that may begin at a token, longest first."""
    for size in table.sizes:
        tokens = sentence.tokens[token.index : token.index + size]
        if len(tokens) == size:
            yield from ((form, size) for form in _forms(tokens) if (form, size) in table.names)


def _forms(tokens: Sequence[Token]) -> list[str]:
    """The words as they stand, in the nominative, and of a single word all its dictionary forms."""
    forms = [fold(" ".join(t.text for t in tokens)), fold(nominative(tokens))]
    if len(tokens) == 1:
        forms += [fold(p.lemma) for p in parses(tokens[0].text) if p.known]
    return list(dict.fromkeys(forms))


def _normal(tokens: Sequence[Token], name: Found) -> str:
    normal = nominative(tokens)
    return normal if fold(normal) == fold(name.normal) else name.normal


def _is_again(sentence: Sentence, tokens: Sequence[Token], quoted: bool) -> bool:
    """A name in quotes must stand in quotes again; another is no sentence's first word that is a common one."""
    first, last = tokens[0].index, tokens[-1].index
    before = sentence.tokens[first - 1].text if first else ""
    behind = sentence.tokens[last + 1].text if last + 1 < len(sentence.tokens) else ""
    if quoted or before in OPENING:
        return before in OPENING and behind in CLOSING
    text = tokens[0].text
    common = len(tokens) == 1 and text.isalpha() and not text[1:2].isupper() and not text[0].isascii()
    if not common or not any(p.known for p in parses(text)):
        return True
    return first > 0 and tokens[0].pos in {"PROPN", "X"}
