"""What a tagger plainly gets wrong, put right before anything reads the tree.

Only what the dictionary or the grammar leaves no doubt about: «Подписали» at the start of a sentence is no
name, «денонсировали» no future, «в ходе встречи» hangs together by its nouns, a bare noun under a noun is no
accusative, and the clause of «который» hangs on the noun before it.
"""

from __future__ import annotations

from dataclasses import replace

from svyaz import morph
from svyaz.parse import Sentence, Token

_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN"})


def repaired(s: Sentence) -> Sentence:
    """The same sentence with tags and tree put right; the words and their offsets stay."""
    tokens = [_only_case(_verbal(t)) for t in s.tokens]
    _opening_names(tokens)
    _compound_prepositions(tokens)
    _relative_clauses(tokens)
    tokens = [_genitive(t, tokens) for t in tokens]
    return replace(s, tokens=tuple(tokens))


def _verbal(token: Token) -> Token:
    """A word that the dictionary knows only as a verb form: «Подписали» (a name?), «посещён» (a noun?)."""
    if len(token.text) < 4 or token.pos in {"PUNCT", "ADP", "CCONJ", "SCONJ", "PART", "PRON"}:
        return token
    reading = morph.verb_form(token.text, token.feats.get("Case"), token.feats.get("Number"))
    if reading is None or _agrees(token, reading):
        return token
    participle = reading.get("VerbForm") == "Part" and "Variant" not in reading
    reflexive = morph.fold(token.text).endswith(("ся", "сь"))
    if participle and token.pos not in _VERBAL and not (reflexive or token.rel in {"acl", "acl:relcl"}):
        return token  # «обвиняемый», «объединённый» may be nouns and adjectives
    if reflexive and token.feats.get("Voice") == "Pass" and reading["Aspect"] == "Imp":
        reading["Voice"] = "Pass"  # «обсуждающийся» is discussed by others
    pos = token.pos if token.pos in _VERBAL else "VERB"
    return replace(token, pos=pos, feats=reading, lemma=morph.lemma(token.text, pos, reading))


def _agrees(token: Token, reading: dict[str, str]) -> bool:
    if token.pos not in _VERBAL or token.feats.get("VerbForm") != reading.get("VerbForm"):
        return False
    if reading["VerbForm"] == "Fin":
        return token.feats.get("Tense") == reading.get("Tense") or reading.get("Tense") != "Past"
    if reading["VerbForm"] == "Part":
        return token.feats.get("Voice") == reading.get("Voice")
    return True


def _opening_names(tokens: list[Token]) -> None:
    """«[Ван] И»: a capitalised word of no known kind that the name behind it hangs on is a name too."""
    for token, following in zip(list(tokens), tokens[1:], strict=False):
        bound = following.head == token.index and following.rel in {"appos", "flat:name"}
        animate = following.pos == "PROPN" and following.feats.get("Animacy") == "Anim"
        if token.pos in {"PART", "X"} and token.text.istitle() and bound and animate:
            case = "Nom" if token.rel == "nsubj" else following.case
            feats = {**following.feats, **({"Case": case} if case else {})}
            tokens[token.index] = replace(token, pos="PROPN", feats=feats)


def _only_case(token: Token) -> Token:
    """A noun whose form has one case only: «[торгпредом]» is no accusative, «Семёном» no nominative."""
    if token.pos not in _NOMINAL or token.case is None or token.feats.get("Foreign") == "Yes":
        return token
    cases = {p.case for p in morph.parses(token.text) if p.known and p.pos == "NOUN"}
    known = all(p.known for p in morph.parses(token.text))
    if not known or len(cases) != 1 or token.case in cases or cases & {None, "Loc"}:
        return token
    numbers = {p.number for p in morph.parses(token.text)}
    number = {"Number": str(next(iter(numbers)))} if len(numbers) == 1 and None not in numbers else {}
    return replace(token, feats={**token.feats, "Case": str(next(iter(cases))), **number})


def _compound_prepositions(tokens: list[Token]) -> None:
    """«в [ходе] встречи», «со [стороны] Ирана»: the noun heads the phrase, what follows is its genitive."""
    for noun in list(tokens):
        if noun.rel != "fixed" or noun.pos not in _NOMINAL or noun.case is None or noun.head != noun.index - 1:
            continue
        preposition = tokens[noun.head]
        fixed = [t for t in tokens if t.rel == "fixed" and t.head == preposition.index]
        below = _first_noun(tokens, noun.index)  # the tree may have bound the preposition to a later phrase
        if preposition.pos != "ADP" or len(fixed) > 1 or below <= noun.index or tokens[below].case not in {"Gen", None}:
            continue
        governed = tokens[below]
        tokens[noun.index] = replace(noun, head=governed.head, rel=governed.rel if governed.head >= 0 else "root")
        tokens[below] = replace(governed, head=noun.index, rel="nmod")
        tokens[preposition.index] = replace(preposition, head=noun.index, rel="case")


def _first_noun(tokens: list[Token], start: int) -> int:
    """The noun that directly follows token ``start`` but for adjectives and quotes; ``start`` if none does."""
    for token in tokens[start + 1 :]:
        if token.pos in _NOMINAL | {"PRON", "X"}:
            return token.index
        if token.pos not in {"ADJ", "DET", "NUM"} and token.text not in "«„“\"":
            break
    return start


def _relative_clauses(tokens: list[Token]) -> None:
    """«Контракт, [который «Иркут» подписал], оценили»: the verb of the clause hangs on the noun before it."""
    for pronoun in list(tokens):
        if pronoun.lemma != "который" or pronoun.index < 2:
            continue
        comma = pronoun.index - 1
        while comma > 0 and tokens[comma].text != "," and pronoun.index - comma <= 2:
            comma -= 1
        noun = tokens[comma - 1] if comma > 0 and tokens[comma].text == "," else None
        verb = next((t for t in tokens[pronoun.index :] if t.feats.get("VerbForm") == "Fin" or t.text in {",", ";"}), None)
        if noun is None or noun.pos not in _NOMINAL or verb is None or verb.text in {",", ";"}:
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


def _above(tokens: list[Token], start: int, wanted: int) -> bool:
    """Whether the token ``wanted`` governs ``start``."""
    seen = set()
    while start >= 0 and start not in seen:
        if start == wanted:
            return True
        seen.add(start)
        start = tokens[start].head
    return False


def _genitive(token: Token, tokens: list[Token]) -> Token:
    """«договор [поставки]»: a bare noun behind a noun that is no verb's object can only be a genitive."""
    person = token.pos == "PROPN" and token.feats.get("Animacy") == "Anim"  # «поездка [Нэнси] Пелоси»
    if token.rel != "nmod" or token.case not in {"Acc", "Nom"} or not (token.pos == "NOUN" or person):
        return token
    head = tokens[token.head] if token.head >= 0 else None
    if head is None or head.pos != "NOUN" or head.index > token.index:
        return token
    if any(t.rel == "case" and t.head == token.index for t in tokens) or not morph.can_be(token.text, "Gen"):
        return token
    return replace(token, feats={**token.feats, "Case": "Gen"})
