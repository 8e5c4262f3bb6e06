"""From the tagger's spans to names: trimmed, freed of titles and clauses, told apart by the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from svyaz.lexicon import bodies, listed, places, posts
from svyaz.mentions.adjectives import adjective_mention
from svyaz.mentions.found import Body, Found, Place, found, head_of
from svyaz.morph import fold, parses
from svyaz.names import person
from svyaz.names.phrase import nominative
from svyaz.parse import NameSpan, NameType, Sentence, Token
from svyaz.text import CLOSING, OPENING, QUOTES

LETTERS = re.compile(r"[A-Za-zА-Яа-яЁё]")


def pieces(sentence: Sentence, span: NameSpan) -> Iterator[tuple[tuple[Token, ...], NameType]]:
    """The names of a span with their types: parted at brackets, trimmed of quotes and signs at their ends."""
    for part, kind in _parts(sentence, span):
        while part and not LETTERS.search(part[0].text) and not part[0].text[0].isdigit():
            del part[0]
        while part and not LETTERS.search(part[-1].text) and not part[-1].text[0].isdigit():
            if part[-1].text in QUOTES and any(t.text in QUOTES for t in part[:-1]):
                break  # «ООО „Ромашка"» keeps its closing quote
            if part[-1].text == "." and len(part) > 1 and len(part[-2].text) == 1:
                break
            del part[-1]
        if part and any(LETTERS.search(t.text) for t in part):
            yield tuple(part), kind


# What parts names that the tagger took for one: «Организация (ОИС)», «Чад • Мали», of people «Сёмин, Рой».
_BREAKS: dict[NameType, frozenset[str]] = {
    "PER": frozenset({"(", "•", "|", ","}),
    "LOC": frozenset({"(", "•", "|"}),
    "ORG": frozenset({"(", "•", "|"}),
}


def _parts(sentence: Sentence, span: NameSpan) -> Iterator[tuple[list[Token], NameType]]:
    part: list[Token] = []
    for token in sentence.at(span.start, span.end):
        opens = span.type == "PER" and not part and span.end > token.end and len(token.text) > 3
        if opens and bodies.known(nominative([token])):
            yield [token], "ORG"  # «лидер [Аль-Каиды] [Усама бин Ладен]»
        elif token.text in _BREAKS[span.type]:
            yield part, span.type
            part = []
        elif span.type == "LOC" and token.text == "по" and part:
            break  # «Бюро [США] по патентам»: what a body does is no part of the place in its name
        else:
            part.append(token)
    yield part, span.type


def name(sentence: Sentence, tokens: Sequence[Token], kind: str) -> Found | None:
    if kind == "PER":
        return _person(sentence, tokens)
    if kind == "LOC":
        return _location(sentence, tokens)
    return _organization(sentence, tokens)


def _person(sentence: Sentence, tokens: Sequence[Token]) -> Found | None:
    while len(tokens) > 1 and (_is_title(tokens[0]) or not tokens[0].text[:1].isupper()):
        tokens = tokens[1:]
    if not tokens[0].text[:1].isupper() or tokens[0].feats.get("VerbForm"):
        return None
    single = len(tokens) == 1
    if single and tokens[0].text[:2].isupper() and bodies.known(nominative(tokens)):
        return _organization(sentence, tokens)  # «ВОЗа»
    if (entry := _place_named(tokens)) and entry.kind == "state":
        return _location(sentence, tokens)
    named = person.read(tokens)
    if named is None:
        return None
    normal, parts = named
    return found(sentence, tokens, "person", normal, info=parts)


def _place_named(tokens: Sequence[Token]) -> places.PlaceEntry | None:
    """The place of a name that was taken for a person's: «Коста Рика», with or without its hyphen."""
    normal = nominative(tokens)
    return places.by_name(normal) or places.by_name(normal.replace(" ", "-"))


def _is_title(token: Token) -> bool:
    """«[Кронпринц] Нарухито», «[Награждённый] Иванов»: a post, a kind of body or a participle before the name."""
    if token.feats.get("VerbForm"):
        return True
    kin = token.lemma in listed("persons", "kin")
    known = kin or posts.entry(token.lemma) is not None or bodies.head(token.lemma) is not None
    return known and not any("Name" in p.marks for p in parses(token.text))


def _location(sentence: Sentence, tokens: Sequence[Token]) -> Found | None:
    normal = nominative(tokens)
    body = bodies.known(normal)
    if body and places.by_name(normal) is None:  # «Кремль», «Евросоюз» taken for a place
        return _organization(sentence, tokens)
    if not any(t.text[:1].isupper() for t in tokens) or _opens_with_noun(tokens, normal):
        return None
    if len(tokens) == 1 and tokens[0].pos == "ADJ" and (entry := places.by_adjective(tokens[0].lemma)):
        return adjective_mention(sentence, tokens[0], entry)
    return found(sentence, tokens, "location", normal, info=place_info(normal))


def _opens_with_noun(tokens: Sequence[Token], normal: str) -> bool:
    """«[Границу] с Южной Кореей открыли»: a sentence's first word that the dictionary knows as a thing only."""
    if len(tokens) > 1 or tokens[0].index > 0 or tokens[0].case == "Nom":
        return False
    if tokens[0].text[1:2].isupper() or places.by_name(normal):
        return False
    readings = parses(tokens[0].text)
    return bool(readings) and all(p.known and not p.animate and not _PROPER & p.marks for p in readings)


_PROPER = frozenset({"Geox", "Name", "Surn", "Patr", "Orgn", "Trad", "Abbr"})


def place_info(normal: str) -> Place:
    """What the lexicon knows of a place by its nominative name; an empty Place for an unknown one."""
    entry = places.by_name(normal) or places.by_name(normal.replace(" ", "-"))
    return Place(entry.kind, entry.country) if entry else Place()


def _without_clause(tokens: Sequence[Token]) -> Sequence[Token]:
    """«Созданный Львом Кацем [театр «Ковчег»]»: a participle begins no name; what follows its phrase may."""
    if tokens[0].pos != "VERB":
        return tokens
    start = next((i for i, t in enumerate(tokens) if bodies.head(t.lemma) or t.text in QUOTES), 0)
    return tokens[start:]


def _before_verb(tokens: Sequence[Token]) -> Sequence[Token]:
    """«[Банк развития] предоставит Молдавии»: a finite verb behind a noun that is not quoted ends the name."""
    if any(t.text in QUOTES for t in tokens):
        return tokens
    for i, token in enumerate(tokens[1:], 1):
        if token.text.islower() and token.pos == "VERB" and token.feats.get("VerbForm") == "Fin":
            return tokens[:i]
    return tokens


def _organization(sentence: Sentence, tokens: Sequence[Token]) -> Found | None:
    tokens = _before_verb(_without_clause(tokens))
    while len(tokens) > 1 and _is_no_part(sentence, tokens[0], tokens[1]):
        tokens = tokens[1:]
    tokens, described = _without_kind(_without_adjectives(_with_closing_quote(sentence, tokens)))
    normal = nominative(tokens)
    if not described and (place := _place_taken_for_body(sentence, tokens, normal)):
        return found(sentence, tokens, "location", normal, info=place)
    following = sentence.tokens[tokens[-1].index + 1 : tokens[-1].index + 2]
    kind = bodies.head(tokens[0].lemma) if len(tokens) == 1 else None
    if kind and not kind.part and following and following[0].text in OPENING:
        return None  # «[Соцсеть] «ВКонтакте»»: the name follows
    if _is_common(tokens, normal) or _noun_before(sentence, tokens, "quoted_works"):
        return None
    info = body_info(tokens, normal)
    if described and info.kind is None:
        info = body_of(described, None, normal)
    return found(sentence, tokens, "organization", normal, info=info)


def _place_taken_for_body(sentence: Sentence, tokens: Sequence[Token], normal: str) -> Place | None:
    """A state, a world part, a seat or a building that the tagger took for a body: «[РФ]», «в [Белом доме]»."""
    entry = places.by_name(normal)
    quoted = tokens[0].index > 0 and sentence.tokens[tokens[0].index - 1].text in QUOTES
    kinds = {"state", "region"} if quoted else {"state", "region", "area"}  # «банк «[Ока]»» is no river
    known = entry is not None and entry.kind in kinds and bodies.known(normal) is None
    if known or _is_seat(sentence, tokens, normal) or _noun_before(sentence, tokens, "quoted_places"):
        return place_info(normal)
    return None


def _is_no_part(sentence: Sentence, first: Token, second: Token) -> bool:
    """«экс-руководителя [управления ФСБ]», «Замглавы [ФМС]», «Исследователи [Томского университета]», «самого …»."""
    if first.pos == "DET" or (first.text[:1].islower() and posts.entry(first.lemma)):
        return True
    quoted = first.index > 0 and sentence.tokens[first.index - 1].text in QUOTES  # «Социалисты Приморья»
    people = not quoted and first.pos == "NOUN" and first.feats.get("Animacy") == "Anim"
    return people and second.case == "Gen" != first.case and second.text[:1].isupper()


def _without_kind(tokens: Sequence[Token]) -> tuple[Sequence[Token], bodies.BodyEntry | None]:
    """«Партия «[Единая Россия]»»: a full word before the quotes tells the kind and is no part of the name."""
    entry = bodies.head(tokens[0].lemma)
    if entry is None or len(tokens) < 3 or tokens[0].text.isupper() or tokens[1].text not in OPENING:
        return tokens, None
    closing = next((i for i, t in enumerate(tokens) if i > 2 and t.text in CLOSING), len(tokens))
    return (tokens[2:closing], entry) if closing >= len(tokens) - 1 else (tokens, None)


def body_of(
    entry: bodies.BodyEntry, country: str | None, head: str | None = None, described: str | None = None
) -> Body:
    """What an entry of the lexicon says of a body; ``head`` when its own name takes the place of the entry's."""
    name = fold(entry.name) if head is None else head
    return Body(name, entry.kind, entry.state_body, entry.represents, country, entry.part, described)


def _without_adjectives(tokens: Sequence[Token]) -> Sequence[Token]:
    """«Московский [завод «Хроматрон»]»: adjectives before the kind are no part of the name in quotes."""
    opening = next((i for i, t in enumerate(tokens) if t.text in OPENING), 0)
    if opening < 2 or tokens[-1].text not in CLOSING or bodies.head(tokens[opening - 1].lemma) is None:
        return tokens
    return tokens[opening - 1 :] if all(t.pos == "ADJ" for t in tokens[: opening - 1]) else tokens


def _with_closing_quote(sentence: Sentence, tokens: Sequence[Token]) -> Sequence[Token]:
    """«АО «Восход» cut before its closing quote gets it back."""
    after = sentence.tokens[tokens[-1].index + 1 : tokens[-1].index + 2]
    opened = sum(t.text in OPENING for t in tokens) > sum(t.text in CLOSING for t in tokens)
    return (
        (*tokens, *after)
        if opened and after and after[0].text in CLOSING and after[0].text not in OPENING
        else tokens
    )


def _is_common(tokens: Sequence[Token], normal: str) -> bool:
    """«IT-компании», «компания», «СМИ»: a kind or a thing, not a name."""
    if fold(normal) in bodies.words("not_organizations"):
        return True
    if len(tokens) > 1:
        return not any(t.text[:1].isupper() or t.text in QUOTES for t in tokens)
    token = tokens[0]
    post = posts.heads().get(fold(token.text))  # «Замглавы МИД …» at the start of a sentence
    if post is not None and post.indeclinable and not token.text.isupper():
        return True
    if _is_post(token):
        return True
    return bodies.head(token.lemma) is not None and ("-" in token.text or token.text.islower())


def _is_post(token: Token) -> bool:
    """«[Торгпред] Вьетнама»: a post with the capital of the sentence's first word."""
    plain = token.index == 0 and token.text.istitle()
    return plain and posts.entry(token.lemma) is not None and bodies.head(token.lemma) is None


def _noun_before(sentence: Sentence, tokens: Sequence[Token], words: str) -> bool:
    """Whether a noun of a list stands before a name in quotes: a «фильм», «операция», «премия» is no organisation."""
    first = tokens[0].index
    if first < 2 or sentence.tokens[first - 1].text not in QUOTES:
        return False
    return sentence.tokens[first - 2].lemma in bodies.words(words)


def _is_seat(sentence: Sentence, tokens: Sequence[Token], normal: str) -> bool:
    """«принял в [Белом доме]»: the building; «в [Кремле] заявили»: those who sit there."""
    entry = bodies.known(normal)
    token = sentence.tokens[head_of(sentence, tokens[0].index, tokens[-1].index)]
    if entry is None or not entry.seat or token.case != "Loc":
        return False
    verb = sentence.tokens[token.head] if token.head >= 0 else None
    speak = verb is not None and verb.pos == "VERB" and verb.feats.get("Number") == "Plur"
    return not speak or any(sentence.tokens[c].rel.startswith("nsubj") for c in sentence.children[token.head])


def body_info(tokens: Sequence[Token], normal: str) -> Body:
    """What an organisation's own words say of it: by abbreviation, by full name, by its head noun."""
    known = bodies.known(normal) or bodies.known(normal.split()[0])
    heads = [h for t in tokens if t.pos in {"NOUN", "PROPN"} and (h := bodies.head(t.lemma))]
    entry = known or (heads[0] if heads else None)
    last = places.by_name(tokens[-1].text) or places.by_name(tokens[-1].lemma)
    country = (entry.country if entry else None) or (last.country if last and len(tokens) > 1 else None)
    if entry is None:
        return Body(head=normal, country=country)
    return body_of(entry, country)
