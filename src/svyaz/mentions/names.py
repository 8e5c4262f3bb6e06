"""Proper names: people, places and organisations that the tagger sees, with their borders put right.

The tagger knows names by their context; the lexicon corrects it where a word can only be one thing
(«РФ», «МИД») and adds place adjectives («российский», «российско-китайский»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from svyaz.lexicon import bodies, places, posts
from svyaz.mentions import surnames
from svyaz.mentions.found import Body, Found, Place, found
from svyaz.morph import fold, parses
from svyaz.names import person
from svyaz.names.phrase import nominative
from svyaz.parse import NameSpan, Sentence, Token

QUOTES = frozenset("«»„“”\"'‘’")
_LETTERS = re.compile(r"[A-Za-zА-Яа-яЁё]")
# Nouns after a place adjective that make it no place: «французский язык», «московское время».
_NO_PLACE = frozenset({"язык", "время", "кухня", "акцент", "алфавит", "рулетка", "горка"})


def find(sentence: Sentence, spans: Sequence[NameSpan]) -> tuple[Found, ...]:
    """The names of one sentence; ``spans`` are the tagger's spans in it, in order."""
    out: list[Found] = []
    taken: set[int] = set()
    for span in _joined(sentence, spans):
        for tokens in _pieces(sentence, span):
            mention = _name(sentence, tokens, span.type)
            if mention:
                out.append(mention)
                taken.update(range(mention.first, mention.last + 1))
    out += _quoted(sentence, taken)
    out += _joined_in_quotes(sentence, out, taken)
    out += _missed(sentence, taken)
    out += _missed_people(sentence, taken)
    out += surnames.find(sentence, taken)
    out += _adjectives(sentence, taken)
    return tuple(sorted(out, key=lambda m: (m.start, -m.end)))


def _joined(sentence: Sentence, spans: Sequence[NameSpan]) -> Iterator[NameSpan]:
    """«[Орлову] [Наталью Петровну]»: a surname and the first name with patronymic behind it are one name."""
    waiting: NameSpan | None = None
    for span in spans:
        if waiting and _surname_before(
            sentence.at(waiting.start, waiting.end), sentence.at(span.start, span.end)
        ):
            yield NameSpan(waiting.start, span.end, "PER")
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = span if span.type == "PER" else None
        if waiting is None:
            yield span
    if waiting:
        yield waiting


def _surname_before(surname: Sequence[Token], rest: Sequence[Token]) -> bool:
    if len(surname) != 1 or len(rest) != 2 or rest[0].index != surname[0].index + 1:
        return False
    name = person.read(rest)
    whole = name is not None and name[1].first and name[1].middle and not name[1].last
    return bool(whole) and surname[0].case == rest[0].case


def _pieces(sentence: Sentence, span: NameSpan) -> Iterator[tuple[Token, ...]]:
    """Trim quotes and signs at the ends; «Организация (ОИС)» gives the name and the abbreviation."""
    tokens = list(sentence.at(span.start, span.end))
    opening = next((i for i, t in enumerate(tokens) if t.text == "("), None)
    parts = [tokens] if opening is None else [tokens[:opening], tokens[opening + 1 :]]
    for part in parts:
        while part and not _LETTERS.search(part[0].text) and not part[0].text[0].isdigit():
            del part[0]
        while part and not _LETTERS.search(part[-1].text) and not part[-1].text[0].isdigit():
            if part[-1].text in QUOTES and any(t.text in QUOTES for t in part[:-1]):
                break  # «ООО „Ромашка"» keeps its closing quote
            if part[-1].text == "." and len(part) > 1 and len(part[-2].text) == 1:
                break
            del part[-1]
        if part and any(_LETTERS.search(t.text) for t in part):
            yield tuple(part)


def _name(sentence: Sentence, tokens: Sequence[Token], kind: str) -> Found | None:
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
    if single and (entry := places.by_name(nominative(tokens))) and entry.kind == "state":
        return _location(sentence, tokens)
    named = person.read(tokens)
    if named is None:
        return None
    normal, parts = named
    return found(sentence, tokens, "person", normal, info=parts)


def _is_title(token: Token) -> bool:
    """«[Кронпринц] Нарухито», «[Награждённый] Иванов»: a post, a kind of body or a participle before the name."""
    if token.feats.get("VerbForm"):
        return True
    known = posts.entry(token.lemma) is not None or bodies.head(token.lemma) is not None
    return known and not any("Name" in p.marks for p in parses(token.text))


def _location(sentence: Sentence, tokens: Sequence[Token]) -> Found | None:
    normal = nominative(tokens)
    body = bodies.known(normal)
    if body and places.by_name(normal) is None:  # «Кремль», «Евросоюз» taken for a place
        return _organization(sentence, tokens)
    if not any(t.text[:1].isupper() for t in tokens) or _opens_with_noun(tokens, normal):
        return None
    if len(tokens) == 1 and tokens[0].pos == "ADJ" and (entry := places.by_adjective(tokens[0].lemma)):
        return _adjective_mention(sentence, tokens[0], entry)
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
    entry = places.by_name(normal)
    return Place(entry.kind, entry.country) if entry else Place()


def _without_clause(tokens: Sequence[Token]) -> Sequence[Token]:
    """«Созданный Львом Кацем [театр «Ковчег»]»: a participle begins no name; what follows its phrase may."""
    if tokens[0].pos != "VERB":
        return tokens
    start = next((i for i, t in enumerate(tokens) if bodies.head(t.lemma) or t.text in QUOTES), 0)
    return tokens[start:]


def _organization(sentence: Sentence, tokens: Sequence[Token]) -> Found | None:
    tokens = _without_clause(tokens)
    while len(tokens) > 1 and tokens[0].text[:1].islower() and posts.entry(tokens[0].lemma):
        tokens = tokens[1:]  # «экс-руководителя [управления ФСБ]»
    tokens, described = _without_kind(_without_adjectives(_with_closing_quote(sentence, tokens)))
    normal = nominative(tokens)
    entry = places.by_name(normal)
    if entry and not described and entry.kind in {"state", "region"} and bodies.known(normal) is None:
        return found(sentence, tokens, "location", normal, info=Place(entry.kind, entry.country))
    if _is_common(tokens) or _is_work(sentence, tokens):
        return None
    info = body_info(tokens, normal)
    if described and info.kind is None:
        info = _body(normal, described)
    return found(sentence, tokens, "organization", normal, info=info)


def _without_kind(tokens: Sequence[Token]) -> tuple[Sequence[Token], bodies.BodyEntry | None]:
    """«Партия «[Единая Россия]»»: a full word before the quotes tells the kind and is no part of the name."""
    entry = bodies.head(tokens[0].lemma)
    if entry is None or len(tokens) < 3 or tokens[0].text.isupper() or tokens[1].text not in _OPENING:
        return tokens, None
    closing = next((i for i, t in enumerate(tokens) if i > 2 and t.text in _CLOSING), len(tokens))
    return (tokens[2:closing], entry) if closing >= len(tokens) - 1 else (tokens, None)


def _body(name: str, entry: bodies.BodyEntry) -> Body:
    """What the noun before a name in quotes says of the body."""
    return Body(name, entry.kind, entry.state_body, entry.represents, None, entry.part)


def _without_adjectives(tokens: Sequence[Token]) -> Sequence[Token]:
    """«Московский [завод «Хроматрон»]»: adjectives before the kind are no part of the name in quotes."""
    opening = next((i for i, t in enumerate(tokens) if t.text in _OPENING), 0)
    if opening < 2 or tokens[-1].text not in _CLOSING or bodies.head(tokens[opening - 1].lemma) is None:
        return tokens
    return tokens[opening - 1 :] if all(t.pos == "ADJ" for t in tokens[: opening - 1]) else tokens


def _with_closing_quote(sentence: Sentence, tokens: Sequence[Token]) -> Sequence[Token]:
    """«АО «Восход» cut before its closing quote gets it back."""
    after = sentence.tokens[tokens[-1].index + 1 : tokens[-1].index + 2]
    opened = sum(t.text in _OPENING for t in tokens) > sum(t.text in _CLOSING for t in tokens)
    return (
        (*tokens, *after)
        if opened and after and after[0].text in _CLOSING and after[0].text not in _OPENING
        else tokens
    )


def _is_common(tokens: Sequence[Token]) -> bool:
    """«IT-компании», «компания», «СМИ»: a kind or a thing, not a name."""
    if fold(nominative(tokens)) in bodies.words("not_organizations"):
        return True
    if len(tokens) > 1:
        return not any(t.text[:1].isupper() or t.text in QUOTES for t in tokens)
    token = tokens[0]
    return bodies.head(token.lemma) is not None and ("-" in token.text or token.text.islower())


def _is_work(sentence: Sentence, tokens: Sequence[Token]) -> bool:
    """A quoted name behind «фильм», «операция», «премия» is no organisation."""
    first = tokens[0].index
    if first < 2 or sentence.tokens[first - 1].text not in QUOTES:
        return False
    return sentence.tokens[first - 2].lemma in bodies.words("quoted_works")


def body_info(tokens: Sequence[Token], normal: str) -> Body:
    """What an organisation's own words say of it: by abbreviation, by full name, by its head noun."""
    known = bodies.known(normal) or bodies.known(normal.split()[0])
    heads = [h for t in tokens if t.pos in {"NOUN", "PROPN"} and (h := bodies.head(t.lemma))]
    entry = known or (heads[0] if heads else None)
    last = places.by_name(tokens[-1].text) or places.by_name(tokens[-1].lemma)
    country = (entry.country if entry else None) or (last.country if last and len(tokens) > 1 else None)
    if entry is None:
        return Body(head=normal, country=country)
    return Body(fold(entry.name), entry.kind, entry.state_body, entry.represents, country, entry.part)


def _quoted(sentence: Sentence, taken: set[int]) -> Iterator[Found]:
    """Names in quotes that the tagger passed over, behind a kind of body («сервис «[Курьерика]»»), a stake
    («25% акций «[Волгаметалла]»») or an owner («хозяин «[Империал-банка]»»)."""
    for token in sentence.tokens[:-2]:
        opening = sentence.tokens[token.index + 1]
        if opening.text not in _OPENING or not (token.pos == "NOUN" or token.text == "%"):
            continue
        entry = bodies.head(token.lemma) or (_OWNED if _is_owned(token) else None)
        if entry is None and not _runs_bodies(token):
            continue
        closing = next(
            (t.index for t in sentence.tokens[opening.index + 1 : opening.index + 8] if t.text in _CLOSING),
            None,
        )
        inside = sentence.tokens[opening.index + 1 : closing] if closing else ()
        if inside and inside[0].text[:1].isupper() and not taken & {t.index for t in inside}:
            taken.update(t.index for t in inside)
            normal = nominative(inside)
            info = _body(normal, entry) if entry else Body(normal)
            yield found(sentence, inside, "organization", normal, info=info)


# What is owned in shares is a company.
_OWNED = bodies.BodyEntry("компания", kind="company")


def _is_owned(token: Token) -> bool:
    post = posts.entry(token.lemma)
    return token.lemma in bodies.words("stakes") or token.text == "%" or bool(post and post.tie == "owner")


def _runs_bodies(token: Token) -> bool:
    """Posts behind which quotes hold a body: «директор «Атлант-банка»»; not «режиссёр «Соляриса»»."""
    entry = posts.entry(token.lemma)
    return (entry is not None and entry.kind in {"general", "business", "finance", "sport"}) or (
        entry is not None and entry.tie is not None
    )


_OPENING, _CLOSING = frozenset('«„“"'), frozenset('»”“"')


def _joined_in_quotes(sentence: Sentence, names: Sequence[Found], taken: set[int]) -> Iterator[Found]:
    """«подписанное «Новатэком» и «[Синопеком]»»: what stands in quotes beside a body in quotes is one too."""
    ends = {
        m.last + 1: m
        for m in names
        if m.type == "organization" and m.first and sentence.tokens[m.first - 1].text in _OPENING
    }
    for closing in ends:
        signs = [t.text for t in sentence.tokens[closing : closing + 3]]
        if (
            len(signs) < 3
            or signs[0] not in _CLOSING
            or signs[1] not in {"и", ","}
            or signs[2] not in _OPENING
        ):
            continue
        start = closing + 3
        end = next((t.index for t in sentence.tokens[start : start + 5] if t.text in _CLOSING), start)
        inside = sentence.tokens[start:end]
        if inside and inside[0].text[:1].isupper() and not taken & {t.index for t in inside}:
            taken.update(t.index for t in inside)
            normal = nominative(inside)
            yield found(sentence, inside, "organization", normal, info=body_info(inside, normal))


def _missed(sentence: Sentence, taken: set[int]) -> Iterator[Found]:
    """Abbreviations and states that the tagger passed over: «МИД», «РФ», «США»."""
    for token in sentence.tokens:
        if token.index in taken or not token.text[:1].isupper() or len(token.text) < 2:
            continue
        normal = nominative([token])
        acronym = normal.isupper() and len(normal) < 8 and not _in_capitals(sentence)
        body, place = bodies.known(normal), places.by_name(normal)
        state = place and place.kind in {"state", "region"} and (acronym or token.pos == "PROPN")
        town = place and place.kind == "city" and _is_town(sentence, token)
        if place and (state or town):
            mention = found(sentence, [token], "location", normal, info=Place(place.kind, place.country))
        elif body and (acronym or token.pos == "PROPN") and token.text[1:2] != "":
            mention = found(sentence, [token], "organization", normal, info=body_info([token], normal))
        else:
            continue
        taken.add(token.index)
        yield mention


def _is_town(sentence: Sentence, token: Token) -> bool:
    """A town that stands alone: «посетивший [Омск] глава»; not in quotes, not beside another name."""
    beside = (
        sentence.tokens[max(0, token.index - 1) : token.index]
        + sentence.tokens[token.index + 1 : token.index + 2]
    )
    inanimate = token.pos == "PROPN" and token.feats.get("Animacy") == "Inan"
    return token.index > 0 and inanimate and not any(t.text in QUOTES or t.pos == "PROPN" for t in beside)


def _missed_people(sentence: Sentence, taken: set[int]) -> Iterator[Found]:
    """People whom the tagger of names passed over, but not that of words: «[Джо Байден] намерен», «[Путин] и …».

    Two capitalised animate names in a row; for one alone see ``surnames``.
    """
    if _in_capitals(sentence):
        return
    at = 0
    while at < len(sentence.tokens):
        run = _name_run(sentence, at, taken)
        if len(run) > 1:
            named = person.read(run)
            if named:
                taken.update(t.index for t in run)
                yield found(sentence, run, "person", named[0], info=named[1])
        at += max(len(run), 1)


def _name_run(sentence: Sentence, at: int, taken: set[int]) -> list[Token]:
    run: list[Token] = []
    for token in sentence.tokens[at : at + 3]:
        capital = token.text[:1].isupper() and "." not in token.text and (len(token.text) > 1 or bool(run))
        animate = token.pos == "PROPN" and token.feats.get("Animacy") == "Anim"
        tail = bool(run) and token.rel in {"flat:name", "appos"} and token.head == run[0].index
        if token.index in taken or not capital or not (animate or tail):
            break
        if (
            bodies.head(token.lemma)
            or posts.entry(token.lemma)
            or places.by_name(token.text)
            or (token.text.isupper() and len(token.text) > 1)
        ):
            break
        if run and token.case not in {run[0].case, None} and token.rel not in {"flat:name", "appos"}:
            break
        run.append(token)
    quoted = bool(run) and run[0].index > 0 and sentence.tokens[run[0].index - 1].text in QUOTES
    return [] if quoted else run


def _in_capitals(sentence: Sentence) -> bool:
    """A headline all in capitals says nothing of abbreviations."""
    words = [t.text for t in sentence.tokens if _LETTERS.search(t.text)]
    return len(words) > 2 and sum(w.isupper() for w in words) > len(words) / 2


def _adjectives(sentence: Sentence, taken: set[int]) -> Iterator[Found]:
    for token in sentence.tokens:
        if token.index in taken or token.pos not in {"ADJ", "PROPN", "NOUN", "X"}:
            continue
        following = sentence.tokens[token.index + 1 : token.index + 2]
        if following and following[0].lemma in _NO_PLACE:
            continue
        entry = places.by_adjective(token.lemma)
        if entry and token.pos == "ADJ":
            yield _adjective_mention(sentence, token, entry)
        elif "-" in token.text:
            yield from _compound_adjective(sentence, token)


def _adjective_mention(sentence: Sentence, token: Token, entry: places.PlaceEntry) -> Found:
    info = Place(entry.kind, entry.country)
    return found(sentence, [token], "location", entry.name, form="adjective", info=info)


def _compound_adjective(sentence: Sentence, token: Token) -> Iterator[Found]:
    """«российско-китайские»: two places in one word, each half a mention of its own."""
    *stems, _ = token.text.split("-")
    last = places.by_adjective(token.lemma.rsplit("-", 1)[-1])
    entries = [places.by_stem(s) for s in stems] + [last]
    if last is None or any(e is None for e in entries):
        return
    start = token.start
    for half, entry in zip(token.text.split("-"), entries, strict=True):
        if entry:
            mention = _adjective_mention(sentence, token, entry)
            yield replace(mention, start=start, end=start + len(half))
        start += len(half) + 1
