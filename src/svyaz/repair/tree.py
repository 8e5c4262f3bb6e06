"""Walking the tokens of a tree that is being put right."""

from __future__ import annotations

from svyaz.parse import Token


def under(tokens: list[Token], *rels: str) -> list[Token]:
    """The tokens that hang on another by one of the relations: few, so that each repair looks at no others."""
    return [t for t in tokens if t.rel in rels]


def has_dependent(tokens: list[Token], token: Token, rel: str) -> bool:
    return any(t.rel == rel and t.head == token.index for t in tokens)


def governors(tokens: list[Token], token: Token) -> list[Token]:
    out: list[Token] = []
    while token.head >= 0 and tokens[token.head] not in out:
        token = tokens[token.head]
        out.append(token)
    return out


def lacks_subject(tokens: list[Token], verb: Token) -> bool:
    full = verb.feats.get("VerbForm") == "Part" and verb.feats.get("Variant") != "Short"
    return not full and not any(t.rel.startswith("nsubj") and t.head == verb.index for t in tokens)


def same_form(noun: Token, verb: Token) -> bool:
    """Whether a verb's number and gender let the noun be its subject."""
    gender = verb.feats.get("Gender")
    number = verb.feats.get("Number") in {None, noun.feats.get("Number")}
    return number and (gender is None or gender == noun.feats.get("Gender"))


def above(tokens: list[Token], start: int, wanted: int) -> bool:
    """Whether the token ``wanted`` governs ``start``."""
    seen = set()
    while start >= 0 and start not in seen:
        if start == wanted:
            return True
        seen.add(start)
        start = tokens[start].head
    return False
