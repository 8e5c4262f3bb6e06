"""What the taggers plainly get wrong between words, put right before anything reads the tree.

Only what the dictionary or the grammar leaves no doubt about: «в ходе встречи» hangs together by its nouns, a bare
noun under a noun is no accusative, and the clause of «который» hangs on the noun before it. Single words are put
right before, by ``readings``.
"""

from __future__ import annotations

import operator
from dataclasses import replace

from svyaz import morph
from svyaz.parse import Sentence, Token
from svyaz.readings import NOMINAL


def repaired(s: Sentence) -> Sentence:
    """The same sentence with tags and tree put right; the words and their offsets stay."""
    tokens = list(s.tokens)
    _opening_names(tokens)
    _compound_prepositions(tokens)
    _relative_clauses(tokens)
    _out_of_clause(tokens)
    _subjects(tokens)
    _conjuncts(tokens)
    _neighbours(tokens)
    _same_case(tokens)
    _genitives(tokens)
    if all(map(operator.is_, tokens, s.tokens)):
        return s
    return Sentence(s.number, s.start, s.end, s.section, tuple(tokens))


def _under(tokens: list[Token], *rels: str) -> list[Token]:
    """The tokens that hang on another by one of the relations: few, so that each repair looks at no others."""
    return [t for t in tokens if t.rel in rels]


def _opening_names(tokens: list[Token]) -> None:
    """«[Ван] И»: a capitalised word of no known kind that the name behind it hangs on is a name too."""
    for token in [t for t in tokens[:-1] if t.pos in {"PART", "X"} and t.text.istitle()]:
        following = tokens[token.index + 1]
        bound = following.head == token.index and following.rel in {"appos", "flat:name"}
        animate = following.pos == "PROPN" and following.feats.get("Animacy") == "Anim"
        if bound and animate:
            case = "Nom" if token.rel == "nsubj" else following.case
            feats = {**following.feats, **({"Case": case} if case else {})}
            tokens[token.index] = replace(token, pos="PROPN", feats=feats)


def _compound_prepositions(tokens: list[Token]) -> None:
    """«в [ходе] встречи», «со [стороны] Ирана»: the noun heads the phrase, what follows is its genitive."""
    for noun in _under(tokens, "fixed"):
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


def _relative_clauses(tokens: list[Token]) -> None:
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
        if verb.rel not in {"root", "conj", "parataxis", "ccomp"} or _above(tokens, noun.index, verb.index):
            continue
        tokens[verb.index] = replace(verb, head=noun.index, rel="acl:relcl")
        role = "nsubj" if pronoun.case == "Nom" else "obj"
        for word in tokens[pronoun.index : verb.index]:  # what the tree hung on the clause around it
            if word.index == pronoun.index and comma == pronoun.index - 1:
                tokens[word.index] = replace(word, head=verb.index, rel=role)
            elif word.rel in {"nsubj", "obj", "obl"} and not pronoun.index <= word.head <= verb.index:
                tokens[word.index] = replace(word, head=verb.index)


def _out_of_clause(tokens: list[Token]) -> None:
    """«[Лавров] заявил, что Москва подготовила …»: nothing before «что» depends on a word behind it."""
    for mark in _under(tokens, "mark"):
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
            if head != token.index and not _above(tokens, head, token.index):
                tokens[token.index] = replace(token, head=head)


def _subjects(tokens: list[Token]) -> None:
    """Subjects that the tree loses: «Указом [Антонов] освобождён», a name in the nominative hung on a thing;
    «[Делегации] встретятся», a plural nominative read as a genitive."""
    for token in _under(tokens, "nsubj", "appos"):
        if token.head < 0 or token.pos not in NOMINAL:
            continue
        up = tokens[token.head]
        if token.rel == "nsubj" and token.case == "Gen" and up.feats.get("Number") == "Plur":
            readings = morph.parses(token.text)
            if any(
                p.case == "Nom" and p.number == "Plur" and p.known for p in readings
            ) and not _has_dependent(tokens, token, "case"):
                tokens[token.index] = replace(token, feats={**token.feats, "Case": "Nom", "Number": "Plur"})
        name = token.pos == "PROPN" and token.feats.get("Animacy") == "Anim" and token.case == "Nom"
        thing = up.pos in NOMINAL and up.feats.get("Animacy") != "Anim" and up.case not in {"Nom", None}
        if name and thing and token.rel == "appos":
            verb = next(
                (t for t in _governors(tokens, up) if t.feats.get("VerbForm") in {"Fin", "Part"}), None
            )
            if verb is not None and _lacks_subject(tokens, verb) and _same_form(token, verb):
                rel = "nsubj:pass" if verb.feats.get("Voice") == "Pass" else "nsubj"
                tokens[token.index] = replace(token, head=verb.index, rel=rel)


def _has_dependent(tokens: list[Token], token: Token, rel: str) -> bool:
    return any(t.rel == rel and t.head == token.index for t in tokens)


def _governors(tokens: list[Token], token: Token) -> list[Token]:
    out: list[Token] = []
    while token.head >= 0 and tokens[token.head] not in out:
        token = tokens[token.head]
        out.append(token)
    return out


def _lacks_subject(tokens: list[Token], verb: Token) -> bool:
    full = verb.feats.get("VerbForm") == "Part" and verb.feats.get("Variant") != "Short"
    return not full and not any(t.rel.startswith("nsubj") and t.head == verb.index for t in tokens)


def _same_form(noun: Token, verb: Token) -> bool:
    """Whether a verb's number and gender let the noun be its subject."""
    gender = verb.feats.get("Gender")
    number = verb.feats.get("Number") in {None, noun.feats.get("Number")}
    return number and (gender is None or gender == noun.feats.get("Gender"))


def _conjuncts(tokens: list[Token]) -> None:
    """«Власти Петербурга и [Росатом]»: what is joined stands in one case, so with the noun above."""
    for token in _under(tokens, "conj"):
        head = tokens[token.head] if token.head >= 0 else None
        if (
            head is None
            or head.head < 0
            or head.rel != "nmod"
            or token.pos not in NOMINAL
            or token.case is None
        ):
            continue
        if _has_dependent(tokens, head, "case"):  # «между Фумио Кисидой и [Юн] Сок Ёлем»
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


def _neighbours(tokens: list[Token]) -> None:
    """«… виделись в Астане; тогда же [Казахстан] и [Узбекистан] подписали»: a name joined to one in another clause is
    joined to the name right before its «и»."""
    for token in _under(tokens, "conj"):
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
            and not _above(tokens, before.index, i)
        ):
            tokens[i] = replace(token, head=before.index)


def _same_case(tokens: list[Token]) -> None:
    """«фирму «Луч», учреждённую [им] и [Григоряном]»: an instrumental joined to a word in another case is joined to
    the instrumental right before its «и»."""
    for token in _under(tokens, "conj"):
        i = token.index
        if token.pos not in NOMINAL or i < 2 or morph.fold(tokens[i - 1].text) != "и":
            continue
        before, head = tokens[i - 2], tokens[token.head]
        alike = before.case == token.case == "Ins" != head.case and before.pos in NOMINAL | {"PRON"}
        if alike and head.case is not None and not _above(tokens, before.index, i):
            tokens[i] = replace(token, head=before.index)


def _above(tokens: list[Token], start: int, wanted: int) -> bool:
    """Whether the token ``wanted`` governs ``start``."""
    seen = set()
    while start >= 0 and start not in seen:
        if start == wanted:
            return True
        seen.add(start)
        start = tokens[start].head
    return False


def _genitives(tokens: list[Token]) -> None:
    """«договор [поставки]»: a bare noun behind a noun that is no verb's object can only be a genitive."""
    for token in _under(tokens, "nmod"):
        person = token.pos == "PROPN" and token.feats.get("Animacy") == "Anim"  # «поездка [Нэнси] Пелоси»
        if token.case not in {"Acc", "Nom"} or not (token.pos == "NOUN" or person):
            continue
        head = tokens[token.head] if token.head >= 0 else None
        if head is None or head.pos != "NOUN" or head.index > token.index:
            continue
        if not _has_dependent(tokens, token, "case") and morph.can_be(token.text, "Gen"):
            tokens[token.index] = replace(token, feats={**token.feats, "Case": "Gen"})
