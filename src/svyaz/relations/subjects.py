"""Who does it and to whom: subjects and objects through voice, control, coordination and relative clauses."""

from __future__ import annotations

from functools import cache

from svyaz.lexicon import load
from svyaz.morph import fold
from svyaz.parse import Sentence, Token
from svyaz.relations.concord import no_subject
from svyaz.relations.syntax import (
    CASE_RELS,
    DESCRIBING,
    MAX_CLIMB,
    NOMINAL,
    ancestors,
    children,
    coordinated,
    is_participle,
    is_passive,
    is_verb,
    meant,
    modified,
    one_of,
    preposition,
)
from svyaz.text import QUOTES


def subject(s: Sentence, i: int) -> list[int]:
    """The logical subject of a verb or of a nominal predicate («X — член НАТО»)."""
    return _subject(s, i, 0)


def _subject(s: Sentence, i: int, depth: int) -> list[int]:
    token = s.tokens[one_of(s, i)]
    i = token.index
    if depth > MAX_CLIMB:
        return []
    if token.rel in {"cop", "aux", "aux:pass"} and token.head >= 0:
        return _subject(s, token.head, depth + 1)
    if is_passive(token) and token.lemma not in _SEEMING:
        return agents(s, i)
    own = children(s, i, "nsubj", "nsubj:pass", "csubj")
    own = [
        t
        for t in own
        if (t.pos in NOMINAL or t.pos == "ADJ" or is_participle(t)) and not misread(s, token, t)
    ]
    if own:
        return meant(s, own)
    if is_participle(token):
        noun = modified(s, i)
        return [noun] if noun >= 0 else []
    if (
        token.pos in {"ADJ", "PROPN"}
        and token.rel in {"amod", "acl"}
        and token.feats.get("Variant") != "Short"
    ):
        noun = modified(s, i)  # «[компания], подконтрольная Савину»
        return [noun] if noun >= 0 else []
    if not is_verb(token) and token.pos not in {"ADJ", "ADV"}:
        return []
    return _inherited(s, token, depth)


# Their instrumental tells what one is, not who does it: «владельцем «Луча» [считается] Громов».
_SEEMING = frozenset({"считаться", "называться", "значиться", "числиться"})


def misread(s: Sentence, verb: Token, noun: Token) -> bool:
    """«X писал программы и создал [Facebook]»: a foreign or quoted name behind a verb that shares its subject
    is no subject but the object, whose case does not show."""
    if no_subject(verb, noun) and len(coordinated(s, noun.index)) == 1:
        return True
    if _second(s, verb, noun) or _named_before(s, verb, noun):
        return True
    if noun.index < verb.index or verb.rel != "conj" or verb.head < 0:
        return False
    plain = (
        noun.feats.get("Foreign") != "Yes"
        and not noun.text.isascii()
        and s.tokens[noun.index - 1].text not in QUOTES
    )
    return not plain and bool(children(s, verb.head, "nsubj", "nsubj:pass"))


def _second(s: Sentence, verb: Token, noun: Token) -> bool:
    """«Гуров учредил [агентство]», «[Институт] основал академик»: beside a subject, a thing whose accusative looks
    the same as its nominative."""
    if noun.feats.get("Animacy") == "Anim" or is_passive(verb):
        return False
    if noun.feats.get("Gender") == "Fem" and noun.case != "Acc" and noun.feats.get("Number") == "Sing":
        return False
    others = [t for t in children(s, verb.index, "nsubj") if t.case == "Nom" and t.index != noun.index]
    if noun.index < verb.index:
        return any(t.feats.get("Animacy") == "Anim" and t.index > verb.index for t in others)
    return noun.pos == "NOUN" and any(
        t.index < verb.index and (t.feats.get("Animacy") == "Anim" or t.pos == "PROPN") for t in others
    )


def _named_before(s: Sentence, verb: Token, noun: Token) -> bool:
    """«[Бишкек] посетил посол Носов»: of two subjects around a verb in the singular the thing is what he acts on."""
    if noun.feats.get("Animacy") == "Anim" or noun.index > verb.index or verb.feats.get("Number") != "Sing":
        return False
    if noun.pos != "PROPN" or verb.feats.get("Voice") != "Act" or children(s, verb.index, "obj"):
        return False
    others = [t for t in children(s, verb.index, "nsubj") if t.index > verb.index]
    return any(t.case == "Nom" and t.feats.get("Animacy") == "Anim" for t in others)


def agents(s: Sentence, i: int) -> list[int]:
    """«подписан [Ивановым]»: the bare instrumental of a passive."""
    found = [
        t
        for t in children(s, i)
        if t.rel == "obl:agent"
        or (t.case == "Ins" and t.pos in NOMINAL and t.rel not in CASE_RELS - {"nsubj:pass", "appos"})
    ]
    return meant(s, [t for t in found if preposition(s, t.index) is None])


def _inherited(s: Sentence, token: Token, depth: int) -> list[int]:
    """The subject that a verb without its own one takes over from its governor."""
    if token.head < 0:
        return _of_first_clause(s, token, depth)
    head = s.tokens[token.head]
    finite = token.feats.get("VerbForm") == "Fin"
    if (
        finite
        and token.rel in {"acl:relcl", "acl", "advcl"}
        and any(t.lemma in _WHERE for t in children(s, token.index))
    ):
        above = next(
            (t for t in ancestors(s, token.index) if is_verb(t)), None
        )  # «прибыл в Анкару, где проведёт переговоры»
        return (
            _active_subject(s, above.index, depth + 1)
            if above is not None and _person_of(above, token)
            else []
        )
    if token.rel == "conj" and (is_verb(head) or head.pos == "ADJ"):
        if (
            finite
            and token.feats.get("Number") != head.feats.get("Number")
            and is_passive(head) == is_passive(token)
        ):
            return []
        return _active_subject(s, head.index, depth + 1)
    if token.rel == "ccomp" and finite and is_verb(head) and _same_person(token, head):
        return _active_subject(s, head.index, depth + 1)
    if token.feats.get("VerbForm") == "Inf" or token.rel == "xcomp":  # «[Марат] может быть назначен»
        return _controller(s, token, head, depth)
    if token.feats.get("VerbForm") == "Conv" or token.rel == "advcl":
        return _active_subject(s, head.index, depth + 1) if not finite else []
    if token.rel == "parataxis" and not finite and is_verb(head):
        return _active_subject(s, head.index, depth + 1)
    return []


def _of_first_clause(s: Sentence, verb: Token, depth: int) -> list[int]:
    """«[Левин] был членом союза, а в 1994 году вступил в академию»: a second clause that the tree left by itself."""
    first = next((t for t in s.tokens[: verb.index] if t.head < 0), None)
    joined = any(
        fold(t.text) in {"а", "и", "но"} and t.index < verb.index for t in children(s, verb.index, "cc")
    )
    if first is None or not joined or verb.feats.get("VerbForm") != "Fin":
        return []
    bearer = next((t for t in children(s, first.index, "cop")), first)
    return (
        _active_subject(s, first.index, depth + 1) or _nominal_subject(s, first)
        if _person_of(bearer, verb)
        else []
    )


def _nominal_subject(s: Sentence, predicate: Token) -> list[int]:
    return meant(s, children(s, predicate.index, "nsubj"))


def _same_person(below: Token, above: Token) -> bool:
    """«отрицает, что [купил] завод»: a clause without a subject has that of the verb above, if they agree."""
    if below.feats.get("Person") in {"1", "2"} or "Neut" in {
        below.feats.get("Gender"),
        above.feats.get("Gender"),
    }:
        return False
    genders = {below.feats.get("Gender"), above.feats.get("Gender")} - {None}
    return below.feats.get("Number") == above.feats.get("Number") == "Sing" and len(genders) < 2


_WHERE = frozenset({"где", "куда", "откуда"})


def _person_of(above: Token, verb: Token) -> bool:
    """Whether two verbs agree in number, and in gender where both show one."""
    genders = {above.feats.get("Gender"), verb.feats.get("Gender")} - {None}
    return above.feats.get("Number") == verb.feats.get("Number") and len(genders) < 2


def _active_subject(s: Sentence, i: int, depth: int) -> list[int]:
    """The grammatical subject, which a coordinated verb shares even with a passive."""
    token = s.tokens[i]
    if is_passive(token) and not is_participle(token):
        own = children(s, i, "nsubj", "nsubj:pass")
        return meant(s, own) if own else _inherited(s, token, depth + 1)
    return _subject(s, i, depth)


def _controller(s: Sentence, token: Token, head: Token, depth: int) -> list[int]:
    """Who is meant to act: «предложил [Орбану] встретиться», «[Лавров] намерен встретиться»."""
    if head.lemma in _object_control():
        told = [
            t
            for t in children(s, head.index)
            if t.case in {"Dat", "Acc"} and t.rel in {"iobj", "obj", "obl", "nmod"}
        ]
        between = [t for t in children(s, token.index, "obj", "iobj") if head.index < t.index < token.index]
        told = told or [
            t for t in between if t.feats.get("Animacy") == "Anim"
        ]  # «пригласил [Раиси] посетить Минск»
        told = [t for t in told if preposition(s, t.index) is None and t.pos in NOMINAL]
        if told:
            return meant(s, told)
    if head.pos in {"NOUN"} and not is_verb(head):  # «принял решение встретиться»
        governor = next((t for t in ancestors(s, head.index) if is_verb(t)), None)
        own = children(s, head.index, "nsubj")
        if own:
            return meant(s, own)
        return _subject(s, governor.index, depth + 1) if governor else []
    dative = [t for t in children(s, head.index) if t.case == "Dat" and t.rel in {"iobj", "obl", "nsubj"}]
    found = _active_subject(s, head.index, depth + 1)
    if not found and dative and preposition(s, dative[0].index) is None:  # «Путину предстоит встретиться»
        return meant(s, dative)
    return found


def proposer(s: Sentence, i: int) -> list[int]:
    """Who offers to do a thing together, for an infinitive: «[Киев] предложил Баку подписать пакт»."""
    token = s.tokens[i]
    if (
        token.feats.get("VerbForm") != "Inf"
        or token.head < 0
        or s.tokens[token.head].lemma not in _object_control()
    ):
        return []
    return _active_subject(s, token.head, 1)


@cache
def _object_control() -> frozenset[str]:
    return frozenset(fold(w) for w in load("modality")["object_control"])


def object_(s: Sentence, i: int) -> list[int]:
    """The logical object of a verb: accusative, subject of a passive, noun of a passive participle."""
    token = s.tokens[i]
    if token.rel in {"cop", "aux", "aux:pass"} and token.head >= 0:
        return object_(s, token.head) if is_passive(s.tokens[token.head]) else []
    if is_passive(token):
        subject_ = token.rel.startswith("nsubj") and not children(
            s, i, "cop"
        )  # «[Исключённый] из союза Данько уехал»
        if is_participle(token) and (token.rel in DESCRIBING or subject_) and (noun := modified(s, i)) >= 0:
            return [noun]
        own = [t for t in children(s, i, "nsubj", "nsubj:pass") if t.case != "Ins"]  # that is the agent
        return meant(s, own) if own else _inherited(s, token, 0)
    found = [
        t
        for t in children(s, i)
        if t.rel == "obj"
        or (t.rel == "nsubj" and misread(s, token, t))
        or (t.case == "Acc" and t.rel in {"obl", "nmod", "conj", "iobj"})
    ]
    found = [t for t in found if preposition(s, t.index) is None and not is_verb(t)]
    found = [t for t in found if t.case != "Ins" or len(found) == 1]  # «назначить Иванову [торгпредом]»
    found = found or [
        t for t in children(s, i, "obl", "nmod") if t.text == "%" and preposition(s, t.index) is None
    ]
    found = found or _strayed(s, token)
    if not found and token.feats.get("VerbForm") == "Inf" and token.rel == "xcomp" and token.head >= 0:
        above = s.tokens[token.head]  # «[суд] могут перевести в Петербург»
        found = [t for t in children(s, above.index, "nsubj") if misread(s, above, t)]
    if not found and any(fold(t.text) == "не" for t in children(s, i)):
        found = [
            t
            for t in children(s, i)
            if t.case == "Gen" and t.pos in NOMINAL and preposition(s, t.index) is None
        ]
    return meant(s, found)


def _strayed(s: Sentence, verb: Token) -> list[Token]:
    """The object that the tree hung on the verb above: «уходит и уступила [долю]», «X, купивший [сеть], меняет»."""
    if verb.head < 0 or verb.feats.get("VerbForm") == "Inf":
        return []
    head = s.tokens[verb.head]
    if verb.rel == "conj" and is_verb(head) and verb.index > head.index:
        return [
            t
            for t in children(s, head.index, "obj")
            if t.index > verb.index and preposition(s, t.index) is None
        ]
    if (
        is_participle(verb)
        and verb.rel == "acl"
        and verb.index > verb.head >= 0
        and s.tokens[verb.index - 1].text == ","
    ):
        closing = next((t.index for t in s.tokens[verb.index :] if t.text == ","), len(s.tokens))
        inside = [
            t
            for t in s.tokens[verb.index + 1 : closing]
            if t.pos in {"NOUN", "PROPN"} and t.rel in {"nsubj", "obj"}
        ]
        return [
            t
            for t in inside
            if t.case in {"Nom", "Acc"}
            and t.feats.get("Animacy") != "Anim"
            and preposition(s, t.index) is None
        ]
    return []
