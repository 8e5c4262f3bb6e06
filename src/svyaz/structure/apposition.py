"""Apposition: which person holds an office, and which body or place the office belongs to.

«[глава] [МИД РФ] [Сергей Лавров]», «[Иван Громов], бывший [директор] [«Атлант-банка»]», «[президенты]
[России] и [США] [Владимир Путин] и [Джо Байден]». Order and case decide; the tree of long chains of
genitives is not to be trusted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from svyaz.lexicon import bodies as body_lexicon
from svyaz.lexicon import places, posts
from svyaz.mentions.agreement import case_of, plural, same_case
from svyaz.mentions.found import Found, Post
from svyaz.parse import Sentence, Token
from svyaz.structure import holders
from svyaz.structure.chains import share
from svyaz.structure.tie import Tie
from svyaz.text import OPENING, QUOTES

_MAX_SKIPPED = 6
_COUNCILS = frozenset({"совет", "комитет", "комиссия", "коллегия"})


_HOST_KINDS = frozenset({"diplomat"})  # «посол России [в Таджикистане]»: the place is the host, not the body


@dataclass(slots=True)
class _Scan:
    """What stands behind an office, read from left to right."""

    bodies: list[Found]
    holders: list[Found]
    party: Found | None = None
    client: Found | None = None
    end: int = -1
    stop: int = -1  # where reading ended, behind what was passed over


def ties(sentence: Sentence, mentions: Sequence[Found]) -> tuple[Tie, ...]:
    """The ties of every office mention of the sentence, in order; an office may give several."""
    offices = [m for m in mentions if m.type == "office"]
    if not offices:
        return ()
    out: list[Tie] = []
    for office in offices:
        scan = _after(sentence, office, mentions)
        if not scan.bodies:
            scan.bodies = _before(sentence, office, mentions)
        if not scan.holders:
            scan.holders = holders.behind_dash(sentence, office, mentions, max(scan.end, scan.stop))
        if not scan.holders:
            scan.holders = holders.before(sentence, office, mentions, scan.end, out)
        out += _pairs(office, scan)
    return tuple(share(sentence, out))


def _starting(mentions: Sequence[Found], index: int, *types: str) -> Found | None:
    """The longest mention of the types that starts at a token."""
    at = [m for m in mentions if m.first == index and m.type in types]
    return max(at, key=lambda m: (m.last, m.form == "name"), default=None)


def _after(sentence: Sentence, office: Found, mentions: Sequence[Found]) -> _Scan:
    scan, at, skipped = _Scan([], []), office.last + 1, 0
    scan.end = at
    while at < len(sentence.tokens) and skipped <= _MAX_SKIPPED:
        token = sentence.tokens[at]
        name = _starting(mentions, at, "organization", "location", "person")
        if name:
            following = _starting(mentions, name.last + 1, "person") if name.type == "person" else None
            if (
                following
                and not scan.bodies
                and not scan.client
                and _is_client(sentence, office, name, following)
            ):
                scan.client = name
            elif not _take(sentence, office, name, scan):
                break
            at = scan.end = name.last + 1
            if name.type == "person" and scan.holders and not plural(sentence, office):
                break
        elif step := _skip(sentence, at, office, mentions, scan):
            skipped += 1
            at += step
        elif token.text in {"и", ","} and _continues(sentence, office, mentions, at, scan):
            at += 1
        else:
            break
    scan.stop = at
    while scan.end < len(sentence.tokens) and sentence.tokens[scan.end].text in QUOTES:
        scan.end += 1  # «директор «Атлант-банка[»], …»
    return scan


def _is_client(sentence: Sentence, office: Found, name: Found, following: Found) -> bool:
    """«адвокат [Петра Звягина] Ольга Михайлова»: of two people in a row the first, in the genitive."""
    genitive = sentence.tokens[name.head].case == "Gen" and case_of(sentence, office) not in {"Gen", "Acc"}
    return genitive and same_case(sentence, office, following)


def _take(sentence: Sentence, office: Found, name: Found, scan: _Scan) -> bool:
    """Put a mention behind an office into its place; False when it belongs to something else."""
    if name.type == "person":
        if same_case(sentence, office, name):
            scan.holders.append(name)
            return True
        if sentence.tokens[name.head].case in {"Gen", "Acc"} and not scan.bodies and not scan.client:
            scan.client = name
            return True
        return False
    if scan.holders:
        return False
    case = sentence.tokens[name.head].case
    if name.form == "adjective":
        return not scan.bodies  # «посол [российского] …»: its noun is what counts
    if name.form == "nominal" and case not in {"Gen", "Ins", None}:
        return False
    before = _preposition_before(sentence, name)
    quoted = (
        sentence.tokens[name.first - 1].text in QUOTES
        or sentence.tokens[name.head].feats.get("Foreign") == "Yes"
    )
    genitive = case in {"Gen", None} or quoted or (case == "Acc" and name.type == "organization")
    if before.pos == "ADP":
        return _by_preposition(sentence, office, name, before, scan)
    if not genitive and case != case_of(sentence, office):
        return _is_ruling(sentence, office) and case == "Ins" and _add_body(sentence, scan, name)
    if not genitive and name.type == "location":  # «депутат собрания района [Кунцево]»
        return sentence.tokens[name.first - 1].lemma in places.NOUNS and bool(scan.bodies)
    return _add_body(sentence, scan, name)


def _preposition_before(sentence: Sentence, name: Found) -> Token:
    """The word before a name with its quotes and descriptor: «[от] партии «Яблоко»»."""
    at = name.first - 1
    while at > 0 and (sentence.tokens[at].text in QUOTES or body_lexicon.head(sentence.tokens[at].lemma)):
        at -= 1
    return sentence.tokens[at] if sentence.tokens[at].pos == "ADP" else sentence.tokens[name.first - 1]


def _add_body(sentence: Sentence, scan: _Scan, name: Found) -> bool:
    """Take a body; one in the genitive behind another is the whole that the first is part of."""
    last = scan.bodies[-1] if scan.bodies else None
    between = sentence.tokens[last.last + 1 : name.first] if last else ()
    if last is None or any(t.text in {"и", ","} for t in between):
        scan.bodies.append(name)
    return True


def _is_ruling(sentence: Sentence, office: Found) -> bool:
    """«управляющий [банком]», «командующий [флотом]» take the instrumental."""
    return sentence.tokens[office.head].lemma in {
        "управляющий",
        "заведующий",
        "командующий",
        "управлять",
        "заведовать",
    }


def _by_preposition(sentence: Sentence, office: Found, name: Found, preposition: Token, scan: _Scan) -> bool:
    post = office.info
    lemma = preposition.lemma
    if lemma == "от" and name.type in {"organization", "location"}:
        scan.party = name
        return True
    if (isinstance(post, Post) and (post.kind in _HOST_KINDS or post.represents)) or scan.bodies:
        return lemma in {"в", "на", "при", "по"}  # the host of an envoy, or the seat of a body: passed over
    if lemma == "при" and sentence.tokens[office.last].lemma in _COUNCILS and office.last > office.head:
        return True  # «член экспертного совета [при] правительстве» sits in the council
    if lemma == "при" or (lemma in {"в", "на", "из"} and name.type == "organization"):
        return _add_body(sentence, scan, name)
    return lemma in {"в", "на", "по", "из"}  # «теннисистка [из Чехии] Боузкова»


def _skip(sentence: Sentence, at: int, office: Found, mentions: Sequence[Found], scan: _Scan) -> int:
    """How many tokens to pass over: quotes, descriptors («компании»), ranks, «(ЛДПР)», prepositions."""
    token = sentence.tokens[at]
    following = _starting(mentions, at + 1, "organization", "location") or (
        _starting(mentions, at + 2, "organization", "location")
        or _starting(mentions, at + 3, "organization", "location")
    )
    if _describes_client(sentence, token, office, mentions, scan):
        return 1
    if token.text == "(":
        closing = next((t.index for t in sentence.tokens[at : at + 12] if t.text == ")"), None)
        return closing - at + 1 if closing is not None and closing + 1 < len(sentence.tokens) else 0
    if token.text in QUOTES:
        return _quoted_length(sentence, at, mentions)
    if token.text == "и" and not scan.holders and not scan.bodies:
        return _thing(sentence, at, office, mentions)
    if token.lemma == "по" and not scan.holders and (length := _field_length(sentence, at, mentions)):
        # «начальник отдела [по делам молодёжи] мэрии», «посланник ООН [по вопросам] Ливии Кубиш», but whose the thing
        # is does not show in «генералов полиции по делу Носова»
        owned = bool(scan.bodies) and _starting(mentions, at + length, "person") is not None
        return 0 if owned and case_of(sentence, office) in {"Gen", "Acc"} else length
    if token.pos == "ADP" and following:
        return 1
    if token.pos == "ADP" and not scan.holders:
        unclear = not scan.bodies and case_of(sentence, office) in {"Gen", "Acc"}
        return 0 if unclear else _aside(sentence, at, office, mentions)  # «матроса в фильме [Белова]»
    if token.pos in {"NOUN", "PROPN", "ADJ"}:
        rank = token.lemma in posts.words("ranks")
        descriptor = body_lexicon.head(token.lemma) is not None or token.lemma in places.NOUNS
        genitive = token.case == "Gen" and not scan.holders and _governed(sentence, token, office)
        if (
            rank
            or descriptor
            or genitive
            or (token.pos == "ADJ" and token.case in {"Gen", case_of(sentence, office)})
        ):
            members = genitive and token.feats.get("Number") == "Plur"  # «лидер профсоюза [медиков] Орлова»
            return 0 if _inside(mentions, at, "office") and not members else 1
    return 0


def _governed(sentence: Sentence, token: Token, office: Found) -> bool:
    """Whether a genitive behind a post can be its own: «директор [завода]», «лидер [консерваторов]», «водитель
    [чиновника] Иван Солдатов», where the post itself is in no such case."""
    plain = token.feats.get("Animacy") != "Anim" or token.feats.get("Number") == "Plur"
    return plain or (token.pos == "NOUN" and case_of(sentence, office) not in {"Gen", "Acc", None})


def _quoted_length(sentence: Sentence, at: int, mentions: Sequence[Found]) -> int:
    """«директор дендрария [«Тёплый лог»] Вера Тихонова»: a name in quotes that is no mention is passed over."""
    if sentence.tokens[at].text not in OPENING or any(m.first == at + 1 for m in mentions):
        return 1
    inside = sentence.tokens[at + 1 : at + 9]
    closing = next((t.index for t in inside if t.text in QUOTES), None)
    named = closing is not None and inside[0].text[:1].isupper()
    free = named and not any(m.covers(t.index) for m in mentions for t in inside if t.index < (closing or 0))
    return (closing or at) - at + 1 if free else 1


def _thing(sentence: Sentence, at: int, office: Found, mentions: Sequence[Found]) -> int:
    """«капитан судна [и экипажа]»: another genitive joined to one; 0 for anything else."""
    before, after = sentence.tokens[at - 1], sentence.tokens[at + 1 : at + 2]
    behind = bool(after) and before.index >= office.last and before.index != office.head
    plain = (
        behind
        and before.case == after[0].case == "Gen"
        and after[0].pos == "NOUN"
        and after[0].feats.get("Animacy") == "Inan"
    )
    return 2 if plain and not any(m.covers(at + 1) for m in mentions) else 0


def _aside(sentence: Sentence, at: int, office: Found, mentions: Sequence[Found]) -> int:
    """«глава делегации [на переговорах] Юсуф Карим»: where or at what, with the holder right behind it."""
    for token in sentence.tokens[at + 1 : at + 5]:
        if token.pos == "NOUN" and token.feats.get("Animacy") == "Inan" and token.text.islower():
            holder = _starting(mentions, token.index + 1, "person")
            beside = holder is not None and holder.form == "name" and same_case(sentence, office, holder)
            return token.index - at + 1 if beside else 0
        if token.pos != "ADJ":
            return 0
    return 0


def _field_length(sentence: Sentence, at: int, mentions: Sequence[Found]) -> int:
    end = at
    for token in sentence.tokens[at + 1 : at + 8]:
        named = any(
            m.covers(token.index) and m.type in {"person", "organization", "location"} for m in mentions
        )
        if named or not (
            token.pos in {"ADJ", "ADV", "CCONJ"} or (token.pos == "NOUN" and token.case in {"Dat", "Gen"})
        ):
            break
        end = token.index if token.pos == "NOUN" else end
    return end - at + 1 if end > at else 0


def _describes_client(
    sentence: Sentence, token: Token, office: Found, mentions: Sequence[Found], scan: _Scan
) -> bool:
    """«агент [футболиста] Сорокина», «защитник [обвиняемого] Суркова»: a genitive beside the client's name."""
    person = _starting(mentions, token.index + 1, "person")
    if (
        person is None
        or scan.bodies
        or scan.holders
        or scan.client
        or case_of(sentence, office) in {"Gen", "Acc"}
    ):
        return False
    noun = token.pos in {"NOUN", "ADJ", "VERB"} and token.case in {"Gen", "Acc"}
    return (
        noun
        and sentence.tokens[person.head].case in {"Gen", "Acc"}
        and not same_case(sentence, office, person)
    )


def _inside(mentions: Sequence[Found], index: int, type_: str) -> bool:
    return any(m.type == type_ and m.covers(index) for m in mentions)


def _continues(sentence: Sentence, office: Found, mentions: Sequence[Found], at: int, scan: _Scan) -> bool:
    """Whether «и» or a comma joins another body or another holder: «президенты России [и] США»."""
    nxt = at + 1
    while nxt < len(sentence.tokens) and sentence.tokens[nxt].text in QUOTES:
        nxt += 1
    name = _starting(mentions, nxt, "organization", "location", "person")
    if name is None:
        return False
    if scan.holders:
        return name.type == "person" and plural(sentence, office)
    if not scan.bodies or name.type == "person" or (name.form == "nominal" and not plural(sentence, office)):
        return False
    if plural(sentence, office):
        return True
    return (
        sentence.tokens[at].text == "и"
        and sentence.tokens[name.head].case == "Gen" == sentence.tokens[scan.bodies[-1].head].case
    )


def _before(sentence: Sentence, office: Found, mentions: Sequence[Found]) -> list[Found]:
    """A place adjective before the office: «[российский] торговый представитель»."""
    at = office.first - 1
    while at >= 0 and sentence.tokens[at].pos in {"ADJ", "DET"} and office.first - at <= 4:
        here = [m for m in mentions if m.first == at and m.form == "adjective"]
        if here and sentence.tokens[at].case in {
            case_of(sentence, office),
            sentence.tokens[office.head].case,
            None,
        }:
            return here[-1:]
        at -= 1
    return []


def _pairs(office: Found, scan: _Scan) -> list[Tie]:
    """Pair bodies and holders in order; one of either serves all of the other."""
    bodies: list[Found | None] = [*scan.bodies]
    holders: list[Found | None] = [*scan.holders]
    if len(bodies) <= 1 or len(holders) <= 1:
        product = [(b, h) for b in bodies or [None] for h in holders or [None]]
    else:
        product = list(zip_longest(bodies, holders))
    return [Tie(office, b, h, scan.party, scan.client) for b, h in product]
