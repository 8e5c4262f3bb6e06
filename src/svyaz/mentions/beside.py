"""Names that only their surroundings tell: «рассказал «[Деловому курьеру]»», «концерн «Восход» ([Voskhod])»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from svyaz.lexicon import bodies, load, places
from svyaz.mentions.found import Body, Found, found
from svyaz.mentions.named import body_of
from svyaz.morph import fold
from svyaz.names.phrase import nominative
from svyaz.parse import Sentence, Token
from svyaz.text import CLOSING, OPENING

_MAX_NAME = 6
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&'’.-]*|[A-Z0-9&,.’'-]+")
_DOMAINS = frozenset("ru com рф org net info tv su ua kz by me io biz".split())


def told(sentence: Sentence, taken: set[int]) -> Iterator[Found]:
    """A medium in quotes to which or by which something is said: «рассказал «[Деловому курьеру]»»."""
    for verb in sentence.tokens[:-2]:
        opening = sentence.tokens[verb.index + 1]
        if opening.text not in OPENING or fold(verb.lemma) not in _sayings():
            continue
        inside = _quoted(sentence, opening.index)
        if not inside or not inside[0].text[:1].isupper() or taken & {t.index for t in inside}:
            continue
        if any(t.pos in {"VERB", "PUNCT", "PRON"} for t in inside):
            continue
        cases = {t.case for t in inside if t.pos in {"NOUN", "PROPN"}}
        if "Dat" in cases or (cases <= {"Nom", "Acc", None} and _ends_clause(sentence, inside[-1].index + 2)):
            taken.update(t.index for t in inside)
            normal = nominative(inside)
            yield found(sentence, inside, "organization", normal, info=Body(normal, kind="media"))


@cache
def _sayings() -> frozenset[str]:
    return frozenset(fold(w) for w in load("reporting")["verbs"]) - {"говориться", "считать"}


def _quoted(sentence: Sentence, opening: int) -> Sequence[Token]:
    behind = sentence.tokens[opening + 1 : opening + 2 + _MAX_NAME]
    end = next((i for i, t in enumerate(behind) if t.text in CLOSING), 0)
    return behind[:end]


def _ends_clause(sentence: Sentence, at: int) -> bool:
    return at >= len(sentence.tokens) or sentence.tokens[at].text in {",", ".", "со"}


def bracketed(sentence: Sentence, names: Sequence[Found], taken: set[int]) -> Iterator[Found]:
    """The foreign or short form of a name in brackets behind it: «концерн «Восход» ([Voskhod])»."""
    waiting = [n for n in names if n.type in {"organization", "location"} and n.form == "name"]
    while waiting:
        name = waiting.pop()
        at = name.last + 1
        while at < len(sentence.tokens) and sentence.tokens[at].text in CLOSING | {")"}:
            at += 1
        inside = _in_brackets(sentence, at)
        if not inside or taken & {t.index for t in inside} or not _is_other_form(inside):
            continue
        taken.update(t.index for t in inside)
        normal = " ".join(t.text for t in inside) if len(inside) == 1 else nominative(inside)
        info = replace(name.info, head=normal) if isinstance(name.info, Body) else name.info
        mention = found(sentence, inside, name.type, normal, info=info)
        waiting.append(mention)
        yield mention


def _in_brackets(sentence: Sentence, at: int) -> Sequence[Token]:
    behind = sentence.tokens[at : at + 2 + _MAX_NAME]
    if not behind or behind[0].text != "(":
        return ()
    end = next((i for i, t in enumerate(behind) if t.text in {")", ",", ";"}), 0)
    return behind[1:end]


def _is_other_form(inside: Sequence[Token]) -> bool:
    if len(inside) == 1 and _is_acronym(inside[0]):
        return True
    words = [t.text for t in inside]
    return len("".join(words)) > 2 and words[0][:1].isupper() and all(_LATIN.fullmatch(w) for w in words)


def _is_acronym(token: Token) -> bool:
    text = token.text
    known = (
        places.by_name(text)
        or bodies.known(text)
        or fold(text) in bodies.words("not_organizations") | bodies.legal_forms()
    )
    return text.isalpha() and text.isupper() and 2 < len(text) < 9 and not known


def domains(sentence: Sentence, taken: set[int]) -> Iterator[Found]:
    """A medium called by its address: «сообщает [lenta.ru]»."""
    if _DOMAINS.isdisjoint(sentence.words):
        return
    for token in sentence.tokens[1:-2]:
        dot, zone = sentence.tokens[token.index + 1 : token.index + 3]
        if dot.text != "." or dot.start > token.end or zone.start > dot.end or zone.text not in _DOMAINS:
            continue
        before = sentence.tokens[token.index - 1]
        address = before.text in {"@", ".", "/"} | OPENING or before.lemma in {"адрес", "домен", "зона"}
        if taken & {token.index, zone.index} or not token.text[0].isalnum() or address:
            continue
        taken.update({token.index, dot.index, zone.index})
        inside = [token, dot, zone]
        normal = "".join(t.text for t in inside)
        yield found(sentence, inside, "organization", normal, info=Body(normal, kind="media"))


def companies(sentence: Sentence) -> Iterator[Found]:
    """A company whose name has the form of an address: «[ДОМ.РФ]», «[ВЭБ.РФ]»; the tagger sees the zone alone."""
    if "РФ" not in sentence.words:
        return
    for token in sentence.tokens[:-2]:
        dot, zone = sentence.tokens[token.index + 1 : token.index + 3]
        if zone.text != "РФ" or dot.text != "." or dot.start > token.end or zone.start > dot.end:
            continue
        if token.text.isupper() and token.text.isalpha():
            inside = [token, dot, zone]
            normal = "".join(t.text for t in inside)
            yield found(sentence, inside, "organization", normal, info=Body(normal, country="RU"))


def lexical(sentence: Sentence, names: Sequence[Found], taken: set[int]) -> Iterator[Found]:
    """Names of several words that the lexicon knows: «[Международная амнистия]», «[Голос Америки]»."""
    for token in sentence.capitals:
        if token.index in taken:
            continue
        for size in bodies.sizes(token.text):
            tokens = sentence.tokens[token.index : token.index + size]
            if len(tokens) < size or not {t.index for t in tokens}.isdisjoint(taken - _places(names)):
                continue
            normal = nominative(tokens)
            entry = bodies.known(normal)
            if entry and not any(t.pos == "PUNCT" for t in tokens):
                taken.update(t.index for t in tokens)
                yield found(sentence, tokens, "organization", normal, info=body_of(entry, entry.country))
                break


def _places(names: Sequence[Found]) -> set[int]:
    """The words of the places among ``names``."""
    return {i for n in names if n.type == "location" for i in range(n.first, n.last + 1)}
