"""Names that the tagger passed over: in quotes behind a kind of body, abbreviations, states, towns, people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from svyaz.lexicon import bodies, places, posts
from svyaz.mentions.found import Body, Found, Place, found
from svyaz.mentions.named import body_info, body_of
from svyaz.names import person
from svyaz.names.phrase import nominative
from svyaz.parse import Sentence, Token
from svyaz.text import CLOSING, OPENING, QUOTES


def quoted(sentence: Sentence, taken: set[int]) -> Iterator[Found]:
    """Names in quotes that the tagger passed over, behind a kind of body («сервис «[Курьерика]»»), a stake
    («25% акций «[Волгаметалла]»») or an owner («хозяин «[Империал-банка]»»)."""
    for token in sentence.tokens[:-2]:
        opening = sentence.tokens[token.index + 1]
        if opening.text not in OPENING or not (token.pos == "NOUN" or token.text == "%"):
            continue
        entry = bodies.head(token.lemma) or (_OWNED if _is_owned(token) else None)
        if entry is None and not _runs_bodies(token):
            continue
        closing = next(
            (t.index for t in sentence.tokens[opening.index + 1 : opening.index + 8] if t.text in CLOSING),
            None,
        )
        inside = sentence.tokens[opening.index + 1 : closing] if closing else ()
        if inside and inside[0].text[:1].isupper() and not taken & {t.index for t in inside}:
            taken.update(t.index for t in inside)
            normal = nominative(inside)
            info = body_of(entry, None, normal) if entry else Body(normal)
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


def joined_in_quotes(sentence: Sentence, names: Sequence[Found], taken: set[int]) -> Iterator[Found]:
    """«подписанное «Новатэком» и «[Синопеком]»»: what stands in quotes beside a body in quotes is one too."""
    ends = {
        m.last + 1: m
        for m in names
        if m.type == "organization" and m.first and sentence.tokens[m.first - 1].text in OPENING
    }
    for closing in ends:
        signs = [t.text for t in sentence.tokens[closing : closing + 3]]
        if len(signs) < 3 or signs[0] not in CLOSING or signs[1] not in {"и", ","} or signs[2] not in OPENING:
            continue
        start = closing + 3
        end = next((t.index for t in sentence.tokens[start : start + 5] if t.text in CLOSING), start)
        inside = sentence.tokens[start:end]
        if inside and inside[0].text[:1].isupper() and not taken & {t.index for t in inside}:
            taken.update(t.index for t in inside)
            normal = nominative(inside)
            yield found(sentence, inside, "organization", normal, info=body_info(inside, normal))


def missed(sentence: Sentence, taken: set[int]) -> Iterator[Found]:
    """Abbreviations and states that the tagger passed over: «МИД», «РФ», «США»."""
    for token in sentence.capitals:
        if token.index in taken or len(token.text) < 2:
            continue
        normal = nominative([token])
        body, place = bodies.known(normal), places.by_name(normal)
        if body is None and place is None:
            continue
        acronym = normal.isupper() and len(normal) < 8 and not sentence.in_capitals
        state = place and place.kind in {"state", "region", "area"} and (acronym or token.pos == "PROPN")
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


def missed_people(sentence: Sentence, taken: set[int]) -> Iterator[Found]:
    """People whom the tagger of names passed over, but not that of words: «[Джо Байден] намерен», «[Путин] и …».

    Two capitalised animate names in a row; for one alone see ``surnames``.
    """
    end = 0
    for token in sentence.proper:
        if token.index < end or token.index in taken:
            continue
        run = _name_run(sentence, token.index, taken)
        if len(run) < 2 or sentence.in_capitals:
            continue
        end = token.index + len(run)
        if named := person.read(run):
            taken.update(t.index for t in run)
            yield found(sentence, run, "person", named[0], info=named[1])


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
