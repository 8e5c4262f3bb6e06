"""Subjects that the tree loses: «Указом [Антонов] освобождён», «Громову принадлежит [ООО] «Луч»»."""

from __future__ import annotations

from dataclasses import replace

from svyaz import morph
from svyaz.lexicon import bodies
from svyaz.parse import Token
from svyaz.readings import NOMINAL
from svyaz.repair.tree import above, governors, has_dependent, lacks_subject, same_form, under


def subjects(tokens: list[Token]) -> None:
    """Subjects that the tree loses: «Указом [Антонов] освобождён», a name in the nominative hung on a thing;
    «[Делегации] встретятся», a plural nominative read as a genitive."""
    for token in under(tokens, "nsubj", "appos"):
        if token.head < 0 or token.pos not in NOMINAL:
            continue
        up = tokens[token.head]
        if token.rel == "nsubj" and token.case == "Gen" and up.feats.get("Number") == "Plur":
            readings = morph.parses(token.text)
            if any(
                p.case == "Nom" and p.number == "Plur" and p.known for p in readings
            ) and not has_dependent(tokens, token, "case"):
                tokens[token.index] = replace(token, feats={**token.feats, "Case": "Nom", "Number": "Plur"})
        name = token.pos == "PROPN" and token.feats.get("Animacy") == "Anim" and token.case == "Nom"
        thing = up.pos in NOMINAL and up.feats.get("Animacy") != "Anim" and up.case not in {"Nom", None}
        if name and thing and token.rel == "appos":
            verb = next(
                (t for t in governors(tokens, up) if t.feats.get("VerbForm") in {"Fin", "Part"}), None
            )
            if verb is not None and lacks_subject(tokens, verb) and same_form(token, verb):
                rel = "nsubj:pass" if verb.feats.get("Voice") == "Pass" else "nsubj"
                tokens[token.index] = replace(token, head=verb.index, rel=rel)


def opening_participles(tokens: list[Token]) -> None:
    """«[Сменивший] Савина на посту директора Громов обещает …»: the name at the end of the phrase is the subject, and
    the participle describes it."""
    for token in under(tokens, "nsubj", "nsubj:pass"):
        if token.feats.get("VerbForm") != "Part" or token.feats.get("Variant") == "Short" or token.head < 0:
            continue
        named = [
            t
            for t in tokens[token.index + 1 :]
            if t.head == token.index and t.rel == "appos" and t.pos == "PROPN" and t.case == "Nom"
        ]
        if named and token.head > named[0].index:
            tokens[named[0].index] = replace(named[0], head=token.head, rel=token.rel)
            tokens[token.index] = replace(token, head=named[0].index, rel="acl")


def legal_forms(tokens: list[Token]) -> None:
    """«Громову принадлежит [ООО] «Луч»», «По данным Росстата, [АО] «Луч» на 100% принадлежит …»: the abbreviation shows
    no case, so the tree takes it for a second dative or leaves it outside; a verb without a subject has it there."""
    for token in under(tokens, "iobj", "parataxis", "root"):
        if morph.fold(token.text) not in bodies.legal_forms() or has_dependent(tokens, token, "case"):
            continue
        if token.rel == "iobj":
            verb = tokens[token.head]
            others = [t for t in tokens if t.head == verb.index and t.rel == "iobj" and t.case == "Dat"]
            verb_found = verb if len(others) > 1 else None
        else:
            verb_found = _verb_behind(tokens, token)
        if verb_found is None or verb_found.feats.get("Number") == "Plur":
            continue
        if lacks_subject(tokens, verb_found) and not above(tokens, verb_found.index, token.index):
            feats = {**token.feats, "Case": "Nom"}
            rel = "nsubj:pass" if verb_found.feats.get("Voice") == "Pass" else "nsubj"
            tokens[token.index] = replace(token, head=verb_found.index, rel=rel, feats=feats)


def _verb_behind(tokens: list[Token], token: Token, opens: bool = True) -> Token | None:
    """The finite verb behind a name, which may have to open its clause."""
    if opens and token.index and tokens[token.index - 1].text != ",":
        return None
    for other in tokens[token.index + 1 :]:
        if other.text in {",", ";", ":", "—"}:
            return None
        if other.feats.get("VerbForm") == "Fin":
            return other
    return None


def second_objects(tokens: list[Token]) -> None:
    """«Пакет «Луча» приобрёл кипрский [офшор]»: of two objects the one behind the verb in the nominative is its
    subject."""
    for token in under(tokens, "obj"):
        verb = tokens[token.head] if token.head >= 0 else None
        if verb is None or token.case != "Nom" or token.index < verb.index or token.pos not in NOMINAL:
            continue
        before = any(t.rel == "obj" and t.head == verb.index and t.index < verb.index for t in tokens)
        fits = lacks_subject(tokens, verb) and same_form(token, verb)
        if before and fits and verb.feats.get("Voice") == "Act":
            tokens[token.index] = replace(token, rel="nsubj")


def other_names(tokens: list[Token]) -> None:
    """«Встречаться с Зеленским [Путин] отказался»: a name in the nominative right behind one in another case is no part
    of it, but the subject of the verb behind it."""
    for token in under(tokens, "flat:name", "appos"):
        up = tokens[token.head] if token.head >= 0 else None
        if up is None or up.index != token.index - 1 or token.case != "Nom" or up.case not in {"Ins", "Dat"}:
            continue
        people = all(t.pos == "PROPN" and t.feats.get("Animacy") == "Anim" for t in (token, up))
        verb = _verb_behind(tokens, token, opens=False)
        apart = not morph.can_be(up.text, "Nom") and not morph.can_be(token.text, up.case or "")
        if people and apart and verb is not None and lacks_subject(tokens, verb) and same_form(token, verb):
            tokens[token.index] = replace(token, head=verb.index, rel="nsubj")


def datives(tokens: list[Token]) -> None:
    """«ВТБ откроет «Северной [верфи]» линию»: of two objects one that may be a dative and stands in the genitive is the
    one to whom it is done."""
    for token in under(tokens, "obj"):
        verb = tokens[token.head] if token.head >= 0 else None
        if verb is None or token.case != "Gen" or not morph.can_be(token.text, "Dat"):
            continue
        others = [t for t in tokens if t.head == verb.index and t.rel == "obj" and t.case == "Acc"]
        denied = any(t.head == verb.index and morph.fold(t.text) == "не" for t in tokens)
        if others and not denied and not has_dependent(tokens, token, "case"):
            tokens[token.index] = replace(token, rel="iobj", feats={**token.feats, "Case": "Dat"})
            for word in [t for t in tokens if t.head == token.index and t.rel == "amod" and t.case == "Gen"]:
                tokens[word.index] = replace(word, feats={**word.feats, "Case": "Dat"})


def predicates(tokens: list[Token]) -> None:
    """«[Главой] музея может стать Орлова»: what one becomes hangs on the verb of becoming, not on the one above it."""
    for token in under(tokens, "xcomp", "obl", "obj"):
        verb = tokens[token.head] if token.head >= 0 else None
        if (
            verb is None
            or token.case != "Ins"
            or token.pos not in NOMINAL
            or has_dependent(tokens, token, "case")
        ):
            continue
        below = [
            t for t in tokens if t.head == verb.index and t.rel in {"xcomp", "csubj"} and t.lemma in _BECOMING
        ]
        if below and not any(t.head == below[0].index and t.case == "Ins" for t in tokens):
            tokens[token.index] = replace(token, head=below[0].index, rel="obl")


_BECOMING = frozenset(
    "стать становиться быть являться остаться оставаться назначить избрать утвердить".split()
)


def own_places(tokens: list[Token]) -> None:
    """«принял в своей резиденции [заместителя] премьера»: a place that is one's own has no other owner, so the person
    behind it is the object."""
    for token in under(tokens, "nmod"):
        place = tokens[token.head] if token.head >= 0 else None
        if place is None or token.case != "Gen" or token.feats.get("Animacy") != "Anim" or place.head < 0:
            continue
        own = any(t.head == place.index and t.lemma == "свой" for t in tokens)
        verb = tokens[place.head]
        bare = not any(t.head == verb.index and t.rel == "obj" for t in tokens)
        if own and bare and verb.pos == "VERB" and not has_dependent(tokens, token, "case"):
            tokens[token.index] = replace(
                token, head=verb.index, rel="obj", feats={**token.feats, "Case": "Acc"}
            )
