"""Words that belong to one phrase: «[Ван] И», «в [ходе] встречи», «договор [поставки]»."""

from __future__ import annotations

from dataclasses import replace

from svyaz import morph
from svyaz.parse import Token
from svyaz.readings import NOMINAL
from svyaz.repair.tree import governors, has_dependent, under


def opening_names(tokens: list[Token]) -> None:
    """«[Ван] И»: a capitalised word of no known kind that the name behind it hangs on is a name too."""
    for token in [t for t in tokens[:-1] if t.pos in {"PART", "X"} and t.text.istitle()]:
        following = tokens[token.index + 1]
        bound = following.head == token.index and following.rel in {"appos", "flat:name"}
        animate = following.pos == "PROPN" and following.feats.get("Animacy") == "Anim"
        if bound and animate:
            case = "Nom" if token.rel == "nsubj" else following.case
            feats = {**following.feats, **({"Case": case} if case else {})}
            tokens[token.index] = replace(token, pos="PROPN", feats=feats)


def compound_prepositions(tokens: list[Token]) -> None:
    """«в [ходе] встречи», «со [стороны] Ирана»: the noun heads the phrase, what follows is its genitive."""
    for noun in under(tokens, "fixed"):
        if noun.pos not in NOMINAL or noun.case is None or noun.head != noun.index - 1:
            continue
        preposition = tokens[noun.head]
        fixed = [t for t in tokens if t.rel == "fixed" and t.head == preposition.index]
        if noun.lemma == "глава" and _led(tokens, noun, preposition):
            continue
        below = _first_noun(tokens, noun.index)  # the tree may have bound the preposition to a later phrase
        if (
            preposition.pos != "ADP"
            or len(fixed) > 1
            or below <= noun.index
            or tokens[below].case not in {"Gen", None}
        ):
            continue
        governed = tokens[below]
        tokens[noun.index] = replace(
            noun, head=governed.head, rel=governed.rel if governed.head >= 0 else "root"
        )
        tokens[below] = replace(governed, head=noun.index, rel="nmod")
        tokens[preposition.index] = replace(preposition, head=noun.index, rel="case")


def _led(tokens: list[Token], noun: Token, preposition: Token) -> bool:
    """«делегация во [главе] с Мединским»: hang the phrase together where it is one."""
    with_ = tokens[noun.index + 1] if noun.index + 1 < len(tokens) else None
    if (
        preposition.pos != "ADP"
        or with_ is None
        or morph.fold(with_.text) not in {"с", "со"}
        or with_.head < 0
    ):
        return False
    leader = tokens[with_.head]
    above = preposition.head if leader.head == preposition.index else leader.head
    before = tokens[preposition.index - 1] if preposition.index else None
    if above == leader.index and before is not None and before.pos in NOMINAL:
        above = before.head if before.rel == "nmod" else before.index  # «[делегация] Пакистана во главе»
    if above in {noun.index, leader.index, preposition.index, -1}:
        return False
    tokens[noun.index] = replace(noun, head=above, rel="nmod")
    tokens[preposition.index] = replace(preposition, head=noun.index, rel="case")
    tokens[leader.index] = replace(leader, head=noun.index, rel="nmod")
    return True


def _first_noun(tokens: list[Token], start: int) -> int:
    """The noun that directly follows token ``start`` but for adjectives and quotes; ``start`` if none does."""
    for token in tokens[start + 1 :]:
        if token.pos in NOMINAL | {"PRON", "X"}:
            return token.index
        if token.pos not in {"ADJ", "DET", "NUM"} and token.text not in '«„“"':
            break
    return start


def names_by_case(tokens: list[Token]) -> None:
    """«с лидером профсоюза медиков [Ириной] Салтыковой»: a person's name is called by the noun above that stands in
    its case, not by a genitive between."""
    for token in under(tokens, "appos"):
        up = tokens[token.head] if token.head >= 0 else None
        person = token.pos == "PROPN" and token.feats.get("Animacy") == "Anim"
        if up is None or not person or token.case not in {"Ins", "Dat"} or up.index > token.index:
            continue
        if token.case == "Dat" and up.case == "Ins":  # «приходится сестрой [Олегу] Громову»
            tokens[token.index] = replace(token, rel="nmod")
        if up.case != "Gen" or morph.can_be(up.text, token.case or ""):
            continue
        for above in governors(tokens, up):
            if above.pos not in NOMINAL or above.index > token.index:
                break
            if above.case == token.case and above.feats.get("Animacy") == "Anim":
                tokens[token.index] = replace(token, head=above.index)
                break


def genitives(tokens: list[Token]) -> None:
    """«договор [поставки]»: a bare noun behind a noun that is no verb's object can only be a genitive."""
    for token in under(tokens, "nmod"):
        person = token.pos == "PROPN" and token.feats.get("Animacy") == "Anim"  # «поездка [Нэнси] Пелоси»
        if token.case not in {"Acc", "Nom"} or not (token.pos == "NOUN" or person):
            continue
        head = tokens[token.head] if token.head >= 0 else None
        if head is None or head.pos != "NOUN" or head.index > token.index:
            continue
        if not has_dependent(tokens, token, "case") and morph.can_be(token.text, "Gen"):
            tokens[token.index] = replace(token, feats={**token.feats, "Case": "Gen"})
