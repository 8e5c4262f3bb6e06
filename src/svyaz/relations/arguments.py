"""Oblique arguments and attributes: bare cases, prepositions, possessors, adjectives, appositions."""

from __future__ import annotations

from svyaz.lexicon import bodies
from svyaz.morph import fold, unbent
from svyaz.parse import Sentence, Token
from svyaz.relations.subjects import agents, subject
from svyaz.relations.syntax import (
    CASE_RELS,
    NOMINAL,
    ancestors,
    children,
    coordinated,
    is_passive,
    is_verb,
    may_be,
    meant,
    one_of,
    preposition,
)
from svyaz.text import QUOTES

# Parts of speech that stand in a bare case, and behind a preposition.
_IN_CASE = NOMINAL | {"ADJ"}
_IN_PHRASE = _IN_CASE | {"VERB"}
# Relations in which a dependent does not have its case from the word above it.
_UNGOVERNED = CASE_RELS - {"flat:name"}


def bare(s: Sentence, i: int, case: str) -> list[int]:
    """Dependents in a bare case, without a preposition: «встреча [министров]», «вручил [Иванову]»."""
    token = s.tokens[i]
    if token.rel == "cop" and token.head >= 0:  # «был [министром]»: the predicate is the copula's governor
        head = s.tokens[token.head]
        return [head.index] if head.case == case and preposition(s, head.index) is None else []
    if not s.dependents[i]:
        return []
    found = [
        t
        for t in s.dependents[i]
        if t.pos in _IN_CASE and (t.rel not in _UNGOVERNED or _is_agent(token, t)) and may_be(s, t, case)
    ]
    if case == "Ins" and is_passive(token):
        doers = set(agents(s, i))
        found = [t for t in found if t.index in doers]
    found += [
        t
        for t in children(s, i, "appos")
        if t.case == case == "Gen" and token.case not in {"Gen", "Acc", None}
    ]
    found = [t for t in found if preposition(s, t.index) is None and t.rel not in {"amod", "nummod", "det"}]
    if case in {"Dat", "Gen"} and (second := _second_genitive(s, token)):
        found = [second] if case == "Dat" else [t for t in found if t is not second]
    if case == "Dat":
        found += _datives(s, token, found)
    if case == "Gen":
        found += _whose(s, i)
        found += [t for t in children(s, i, "det") if t.lemma in {"он", "она", "его", "ее", "свой"}]
    return meant(s, found)


def _is_agent(noun: Token, name: Token) -> bool:
    """«посещение Китая [Макроном]»: an apposition in the instrumental beside another case is none."""
    return name.rel == "appos" and name.case == "Ins" and noun.case not in {"Ins", None} and not is_verb(noun)


def _second_genitive(s: Sentence, token: Token) -> Token | None:
    """«продажа «Кировэнерго» [компании] «Вятка»»: of two genitives the second, where its dative looks the same."""
    if token.pos != "NOUN" or is_verb(token):
        return None
    both = [
        t for t in children(s, token.index, "nmod") if t.case == "Gen" and preposition(s, t.index) is None
    ]
    if len(both) != 2 or both[0].index < token.index or not both[1].text.lower().endswith("ии"):
        return None
    return both[1]


def _whose(s: Sentence, i: int) -> list[Token]:
    """Whom «чей» means: the noun of the relative clause, else the word before the comma («[Иванов], чей брат …»)."""
    whose = next((t.index for t in children(s, i) if t.lemma == "чей"), 0)
    if whose < 2 or s.tokens[whose - 1].text != ",":
        return []
    return [s.tokens[up.head] for up in ancestors(s, i) if up.rel == "acl:relcl" and 0 <= up.head < i][
        :1
    ] or [s.tokens[whose - 2]]


def _datives(s: Sentence, token: Token, found: list[Token]) -> list[Token]:
    """Datives that the tree or the tagger took for something else: an indirect object read as a genitive
    («[Компании] принадлежит завод»), a name hung on the object («продала завод «Янтарь» [Болотову]»)."""
    out = [
        t
        for t in children(s, token.index, "iobj")
        if t.case == "Gen" and preposition(s, t.index) is None and t not in found
    ]
    if found or out:
        return out
    below = [
        c
        for c in children(s, token.index, "obj", "nsubj", "nsubj:pass", "nmod")
        if c.case != "Dat" and preposition(s, c.index) is None
    ]
    for noun in below:
        out += [
            t
            for t in children(s, noun.index, "appos", "nmod", "flat:name", "iobj")
            if t.case == "Dat"
            and t.index > noun.index
            and t.pos in {"NOUN", "PROPN"}
            and preposition(s, t.index) is None
        ]
    return out


def by_preposition(s: Sentence, i: int, word: str, case: str) -> list[int]:
    """Dependents with a preposition: «встреча [с Байденом]», «приехал [в Москву]»."""
    token = s.tokens[i]
    below = s.dependents[token.head if token.rel == "cop" and token.head >= 0 else i]
    if not below or word not in s.prepositions:
        return []
    found = [t for t in below if s.prepositions[t.index] == word and _in_case(t, case, word)]
    return meant(s, [t for t in found if t.pos in _IN_PHRASE])


def inside_clause(s: Sentence, i: int, word: str, case: str) -> list[int]:
    """Phrases with the preposition that hang on what depends on token ``i``: the tree often hangs them too low,
    «выступил на сессии [от имени] России»."""
    if word not in s.prepositions:
        return []
    out: list[int] = []
    queue = [t.index for t in s.dependents[i] if not is_verb(t)]
    seen = set(queue)
    for at in queue:  # grows on the way
        out += by_preposition(s, at, word, case)
        for child in s.dependents[at]:
            if child.index not in seen and not is_verb(child):
                seen.add(child.index)
                queue.append(child.index)
    return sorted(set(out))


def adjacent_preposition(s: Sentence, i: int, word: str, case: str) -> list[int]:
    """«увеличил долю [в «Орионе»]»: a phrase right behind a noun that the tree hung on the noun's own verb."""
    tokens = s.tokens
    if i + 1 >= len(tokens) or tokens[i].pos not in {"NOUN", "SYM", "PROPN"} or tokens[i + 1].pos != "ADP":
        return []
    found = [t for t in children(s, tokens[i].head) if t.index > i + 1] if tokens[i].head >= 0 else []
    found = [t for t in found if preposition(s, t.index) == fold(word) and _in_case(t, case, word)]
    return meant(s, [t for t in found if any(c.index == i + 1 for c in children(s, t.index, "case"))])


def possessor(s: Sentence, i: int) -> list[int]:
    """Whose relative or thing a noun with «свой», or a bare one with «с», is: «[Ремизов] прилетел с женой»."""
    before = next((t for t in reversed(s.tokens[:i]) if t.pos not in {"ADJ", "NUM"}), None)
    if before is not None and before.text.lower() in {"его", "её", "ее", "их"}:
        return [before.index]  # «[Её] младший брат», whatever the tree hangs «её» on
    own = any(t.lemma == "свой" for t in children(s, i, "det", "amod", "nmod"))
    first = s.tokens[i].head if s.tokens[i].rel == "conj" else i
    with_ = preposition(s, first) == "с" and not bare(s, i, "Gen")
    verb = next((t for t in ancestors(s, i) if is_verb(t)), None)
    return subject(s, verb.index) if verb and (own or with_) else []


def _in_case(token: Token, case: str, word: str) -> bool:
    """Only «в», «на», «с», «за», «под», «по», «о» take more than one case; the tagger's gaps count as right."""
    unbending = token.feats.get("Foreign") == "Yes" or (token.text.isupper() and len(token.text) > 1)
    if (
        unbending
        or token.case is None
        or token.case == case
        or fold(word) not in {"в", "на", "с", "за", "под", "по", "о", "между"}
    ):
        return True
    if {token.case, case} == {
        "Acc",
        "Loc",
    } and token.pos == "PROPN":  # «прибыл в [Баку]» looks like «был в Баку»
        return unbent(token.text)
    return {token.case, case} == {"Gen", "Ins"} and fold(word) == "между"


def attributes(s: Sentence, i: int) -> list[int]:
    """The adjectives of a noun, coordinated ones too."""
    found = [t for t in children(s, i, "amod", "det", "acl") if t.pos in {"ADJ", "DET", "VERB", "PROPN"}]
    return [c for t in found for c in coordinated(s, t.index)]


def appositions(s: Sentence, i: int) -> list[int]:
    """Names beside a noun, before or after it: «компания [«Орион»]», «саммит [Россия — Африка]»."""
    i = one_of(s, i)
    found = children(s, i, "appos", "flat:name", "flat", "flat:foreign", "parataxis")
    head = s.tokens[i].head
    up = [s.tokens[head]] if head >= 0 and s.tokens[i].rel in {"appos", "flat:name"} else []
    token = s.tokens[i]
    quoted = [
        t
        for t in children(s, i, "nmod")
        if t.case == token.case == "Nom" and s.tokens[t.index - 1].text in QUOTES
    ]
    below = [  # «филиал «Россетей» — «[Тулэнерго]»» hung on «Россетей», in another case
        t
        for child in children(s, i, "nmod")
        if child.case == "Gen" != token.case
        for t in children(s, child.index, "appos")
        if t.case == token.case and not _names(s, child, t)
    ]
    strays = {t.index for t in found if _strays(s.tokens[i], t)}
    return meant(s, [*up, *(t for t in found if t.index not in strays), *quoted, *below])


def _strays(noun: Token, name: Token) -> bool:
    """A person in another case beside a thing: «от имени компании «Оптима» [Рогов] подписал»."""
    animate = name.feats.get("Animacy") == "Anim" and noun.feats.get("Animacy") != "Anim"
    return name.rel == "appos" and animate and name.case != noun.case


def _names(s: Sentence, noun: Token, name: Token) -> bool:
    """«дочка холдинга [«Сетевые активы»]»: the name is that of the body's noun, unless a dash parts them."""
    return bodies.head(noun.lemma) is not None and not any(
        t.text in {"—", "–"} for t in s.tokens[noun.index : name.index]
    )
