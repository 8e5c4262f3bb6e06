"""What belongs to which clause: «контракт, [который «Иркут» подписал], оценили»."""

from __future__ import annotations

from dataclasses import replace

from svyaz import morph
from svyaz.lexicon import listed
from svyaz.parse import Token
from svyaz.readings import NOMINAL
from svyaz.repair.tree import above, under


def relative_clauses(tokens: list[Token]) -> None:
    """«Контракт, [который «Иркут» подписал], оценили»: the verb of the clause hangs on the noun before it."""
    for pronoun in [t for t in tokens[2:] if t.lemma == "который"]:
        comma = pronoun.index - 1
        while comma > 0 and tokens[comma].text != "," and pronoun.index - comma <= 2:
            comma -= 1
        noun = tokens[comma - 1] if comma > 0 and tokens[comma].text == "," else None
        verb = next(
            (t for t in tokens[pronoun.index :] if t.feats.get("VerbForm") == "Fin" or t.text in {",", ";"}),
            None,
        )
        if noun is None or noun.pos not in NOMINAL or verb is None or verb.text in {",", ";"}:
            continue
        if tokens[verb.index].rel == "acl:relcl" or noun.feats.get("Number") != pronoun.feats.get("Number"):
            continue
        if verb.rel not in {"root", "conj", "parataxis", "ccomp"} or above(tokens, noun.index, verb.index):
            continue
        tokens[verb.index] = replace(verb, head=noun.index, rel="acl:relcl")
        role = "nsubj" if pronoun.case == "Nom" else "obj"
        for word in tokens[pronoun.index : verb.index]:  # what the tree hung on the clause around it
            if word.index == pronoun.index and comma == pronoun.index - 1:
                tokens[word.index] = replace(word, head=verb.index, rel=role)
            elif word.rel in {"nsubj", "obj", "obl"} and not pronoun.index <= word.head <= verb.index:
                tokens[word.index] = replace(word, head=verb.index)


def out_of_clause(tokens: list[Token]) -> None:
    """«[Лавров] заявил, что Москва подготовила …»: nothing before «что» depends on a word behind it."""
    for mark in under(tokens, "mark"):
        if mark.head <= mark.index or morph.fold(mark.text) not in {"что", "чтобы"}:
            continue
        verb = tokens[mark.head]
        matrix = tokens[verb.head] if 0 <= verb.head < mark.index else None
        if matrix is None or verb.rel not in {"ccomp", "advcl"}:
            continue
        for token in tokens[: mark.index]:
            if token.head <= mark.index or token.pos == "PUNCT":
                continue
            case = next(
                (t.index for t in tokens[: token.index] if t.rel == "case" and t.head == token.index), None
            )
            beside = tokens[case - 1] if case else None
            noun = beside is not None and beside.pos in NOMINAL
            head = beside.index if noun and beside is not None else matrix.index
            if head != token.index and not above(tokens, head, token.index):
                tokens[token.index] = replace(token, head=head)


def infinitives(tokens: list[Token]) -> None:
    """«Иванов [вступать] в партию не планирует»: an infinitive before the verb that governs it, which the tree hung on
    the subject or joined to the clause before."""
    for token in under(tokens, "xcomp", "conj"):
        up = tokens[token.head] if token.head >= 0 else None
        if token.feats.get("VerbForm") != "Inf" or up is None or up.index > token.index:
            continue
        if token.rel == "xcomp" and (
            up.pos not in {"NOUN", "PROPN", "PRON"} or not up.rel.startswith("nsubj")
        ):
            continue
        if token.rel == "conj" and up.feats.get("VerbForm") == "Inf":
            continue
        verb = _governing_behind(tokens, token)
        if verb is not None and not above(tokens, verb.index, token.index):
            tokens[token.index] = replace(token, head=verb.index, rel="xcomp")


def _governing_behind(tokens: list[Token], infinitive: Token) -> Token | None:
    """The verb behind in the same clause that takes infinitives and has none."""
    for token in tokens[infinitive.index + 1 :]:
        if token.text in {",", ";", ":", "—"} or morph.fold(token.text) in {"и", "а", "но"}:
            return None
        if token.feats.get("VerbForm") == "Fin" or token.feats.get("Variant") == "Short":
            own = any(t.head == token.index and t.feats.get("VerbForm") == "Inf" for t in tokens)
            taking = any({token.lemma} & listed("modality", key) for key in ("planned", "possible", "denied"))
            return token if taking and not own else None
    return None
