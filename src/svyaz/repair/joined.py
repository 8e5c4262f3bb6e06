"""Which words «и» joins: «власти Петербурга и [Росатом]»."""

from __future__ import annotations

from dataclasses import replace

from svyaz import morph
from svyaz.parse import Token
from svyaz.readings import NOMINAL
from svyaz.repair.tree import above, governors, has_dependent, under
from svyaz.text import OPENING


def conjuncts(tokens: list[Token]) -> None:
    """«Власти Петербурга и [Росатом]»: what is joined stands in one case, so with the noun above."""
    for token in under(tokens, "conj"):
        head = tokens[token.head] if token.head >= 0 else None
        if (
            head is None
            or head.head < 0
            or head.rel != "nmod"
            or token.pos not in NOMINAL
            or token.case is None
        ):
            continue
        if has_dependent(tokens, head, "case"):  # «между Фумио Кисидой и [Юн] Сок Ёлем»
            continue
        above = tokens[head.head]
        if token.lemma == above.lemma:  # «МИД Казахстана и [МИД] Финляндии»
            tokens[token.index] = replace(token, head=above.index)
            continue
        other = head.case is not None and token.case != head.case and token.case == above.case
        if (
            other
            and above.pos in NOMINAL
            and token.text.istitle()
            and not morph.can_be(token.text, head.case or "")
        ):
            tokens[token.index] = replace(token, head=above.index)


def backward(tokens: list[Token]) -> None:
    """«между правительством края и [ПАО] «Север» подписали Томенков …»: what is joined by «и» hangs on a word before
    it, the first of its case; an abbreviation, which shows none, on the one behind «между»."""
    for token in under(tokens, "conj"):
        i = token.index
        joint = i - 2 if i > 2 and tokens[i - 1].text in OPENING else i - 1
        if token.head < i or joint < 1 or tokens[joint].lemma != "и" or token.pos not in NOMINAL:
            continue
        before = tokens[joint - 1]
        left = [t for t in (before, *governors(tokens, before)) if t.index < joint and t.pos in NOMINAL]
        if token.text.isupper():
            fits = [t for t in left if _after_between(tokens, t)]
        else:
            fits = [t for t in left if t.case == token.case]
        if fits and not above(tokens, fits[0].index, i):
            tokens[i] = replace(
                token, head=fits[0].index, feats={**token.feats, "Case": fits[0].case or "Nom"}
            )


def _after_between(tokens: list[Token], token: Token) -> bool:
    return any(
        t.rel == "case" and t.head == token.index and morph.fold(t.text) == "между"
        for t in tokens[: token.index]
    )


def neighbours(tokens: list[Token]) -> None:
    """«… виделись в Астане; тогда же [Казахстан] и [Узбекистан] подписали»: a name joined to one in another clause is
    joined to the name right before its «и»."""
    for token in under(tokens, "conj"):
        i = token.index
        if token.pos != "PROPN" or i < 2 or morph.fold(tokens[i - 1].text) != "и":
            continue
        before = tokens[i - 2]
        between = tokens[token.head + 1 : i - 2]
        apart = any(t.text == ";" or t.feats.get("VerbForm") == "Fin" for t in between)
        if (
            apart
            and before.pos == "PROPN"
            and before.case == token.case
            and not above(tokens, before.index, i)
        ):
            tokens[i] = replace(token, head=before.index)


def same_case(tokens: list[Token]) -> None:
    """«фирму «Луч», учреждённую [им] и [Григоряном]»: an instrumental joined to a word in another case is joined to
    the instrumental right before its «и»."""
    for token in under(tokens, "conj"):
        i = token.index
        joint = i - 2 if i > 2 and tokens[i - 1].text in OPENING else i - 1  # «между краем и «[Сибуром]»»
        if token.pos not in NOMINAL or joint < 1 or morph.fold(tokens[joint].text) != "и":
            continue
        before, head = tokens[joint - 1], tokens[token.head]
        alike = before.case == token.case == "Ins" != head.case and before.pos in NOMINAL | {"PRON"}
        if alike and head.case is not None and not above(tokens, before.index, i):
            tokens[i] = replace(token, head=before.index)
