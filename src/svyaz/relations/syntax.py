"""The linguistics that every frame shares: who does it, to whom, by which preposition.

All functions take a sentence and a token's index and give indices of tokens (heads of phrases), in the
order of the text. They see through voice («подписан Ивановым»), participles («подписавший договор
Иванов»), relative clauses («который встретился»), infinitive chains («намерен провести»), shared subjects
(«приехал и встретился») and the copula («был министром»).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from svyaz.lexicon import load
from svyaz.mentions.names import QUOTES
from svyaz.morph import fold
from svyaz.parse import Sentence, Token
from svyaz.relations.concord import agrees, no_subject

_CLAUSE_RELS = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "csubj", "parataxis", "conj", "root"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X", "NUM", "SYM", "DET"})
_CASE_RELS = frozenset({"nsubj", "nsubj:pass", "csubj", "conj", "appos", "flat", "flat:name", "flat:foreign", "punct", "case", "cc"})
_MAX_CLIMB = 6


def children(s: Sentence, i: int, *rels: str) -> list[Token]:
    """The dependents of a token, all or those of the relations named."""
    return [s.tokens[c] for c in s.children[i] if not rels or s.tokens[c].rel in rels]


def ancestors(s: Sentence, i: int) -> Iterator[Token]:
    """The governors of a token from the nearest up; trees of the parser may hold cycles, so each once."""
    seen = {i}
    head = s.tokens[i].head
    while head >= 0 and head not in seen:
        seen.add(head)
        yield s.tokens[head]
        head = s.tokens[head].head


def is_verb(token: Token) -> bool:
    """Verbs in any form, participles and gerunds among them."""
    return token.pos in {"VERB", "AUX"} or token.feats.get("VerbForm") is not None


def is_passive(token: Token) -> bool:
    """«подписан», «подписанный», and reflexives that the tagger takes for passives («обсуждается»)."""
    return token.feats.get("Voice") == "Pass"


def is_participle(token: Token) -> bool:
    """A full participle, which stands as an attribute: «подписавший», «подписанный»."""
    return token.feats.get("VerbForm") == "Part" and token.feats.get("Variant") != "Short"


def preposition(s: Sentence, i: int) -> str | None:
    """The preposition of a noun phrase, lower case («во» → в, «со» → с); None for a bare case."""
    for child in children(s, i, "case"):
        if child.pos == "ADP" or child.index < i:
            words = [child.text, *(t.text for t in children(s, child.index, "fixed"))]
            return _PLAIN.get(fold(words[0]), fold(words[0])) if len(words) == 1 else " ".join(map(fold, words))
    return None


_PLAIN = {"во": "в", "со": "с", "ко": "к", "об": "о", "обо": "о", "изо": "из", "ото": "от", "надо": "над", "передо": "перед", "подо": "под"}


def modified(s: Sentence, i: int) -> int:
    """The noun that a full participle describes; -1 if none.

    The tree's noun if it agrees with the participle; else the next noun that does: behind a participle that opens
    the sentence («Назначенный начальником дороги [Тарасов]»), before one that follows a comma.
    """
    token = s.tokens[i]
    head = token.head if token.rel in _DESCRIBING else -1
    if head >= 0 and agrees(token, s.tokens[head]):
        return head
    before = next((t for t in reversed(s.tokens[:i]) if t.pos != "ADV"), None)
    after = before is not None and before.text == ","
    span = reversed(s.tokens[max(0, i - 12) : before.index]) if after and before else s.tokens[i + 1 : i + 16]
    for other in span:
        if other.pos in {"NOUN", "PROPN"} and agrees(token, other) and preposition(s, other.index) is None:
            return other.index
        if other.feats.get("VerbForm") == "Fin" or (after and other.text in {",", ";"}):
            break
    return head


_DESCRIBING = frozenset({"acl", "amod", "acl:relcl", "appos"})


def antecedent(s: Sentence, i: int) -> int:
    """For «который» the noun that its clause describes; for any other word the word itself."""
    token = s.tokens[i]
    if token.lemma not in {"который", "кто", "что"} or token.pos not in {"PRON", "DET", "ADJ"}:
        return i
    if token.lemma != "который" and not (i > 0 and s.tokens[i - 1].text == ","):
        return i
    for governor in ancestors(s, i):
        if governor.rel in {"acl:relcl", "acl"} and 0 <= governor.head < i:
            return governor.head
    return _noun_before(s, i) if token.lemma == "который" else i


def _noun_before(s: Sentence, i: int) -> int:
    """The nearest noun before «, который» that agrees with it in number and gender."""
    token = s.tokens[i]
    for before in reversed(s.tokens[:i]):
        same = before.feats.get("Number") == token.feats.get("Number")
        gender = token.feats.get("Gender")
        if before.pos in {"NOUN", "PROPN"} and same and gender in {None, before.feats.get("Gender")}:
            return before.index
    return i


def _all(s: Sentence, tokens: Iterable[Token]) -> list[int]:
    return [_stands_for(s, t) for t in tokens]


def _stands_for(s: Sentence, token: Token) -> int:
    """«рассказала приехавшая в Тулу [Матвиенко]»: where the tree takes the participle, its noun is meant."""
    noun = modified(s, token.index) if is_participle(token) else -1
    return noun if noun >= 0 else antecedent(s, token.index)


def subject(s: Sentence, i: int) -> list[int]:
    """The logical subject of a verb or of a nominal predicate («X — член НАТО»)."""
    return _subject(s, i, 0)


def _subject(s: Sentence, i: int, depth: int) -> list[int]:
    token = s.tokens[i]
    if depth > _MAX_CLIMB:
        return []
    if token.rel in {"cop", "aux", "aux:pass"} and token.head >= 0:
        return _subject(s, token.head, depth + 1)
    if is_passive(token):
        return _agents(s, i)
    own = children(s, i, "nsubj", "nsubj:pass", "csubj")
    own = [t for t in own if (t.pos in _NOMINAL or t.pos == "ADJ" or is_participle(t)) and not _misread(s, token, t)]
    if own:
        return _all(s, own)
    if is_participle(token):
        noun = modified(s, i)
        return [noun] if noun >= 0 else []
    if not is_verb(token) and token.pos not in {"ADJ", "ADV"}:
        return []
    return _inherited(s, token, depth)


def _misread(s: Sentence, verb: Token, noun: Token) -> bool:
    """«X писал программы и создал [Facebook]»: a foreign or quoted name behind a verb that shares its subject
    is no subject but the object, whose case does not show."""
    if no_subject(verb, noun) and not children(s, noun.index, "conj"):
        return True
    if noun.index < verb.index or verb.rel != "conj" or verb.head < 0:
        return False
    plain = noun.feats.get("Foreign") != "Yes" and not noun.text.isascii() and s.tokens[noun.index - 1].text not in QUOTES
    return not plain and bool(children(s, verb.head, "nsubj", "nsubj:pass"))


def _agents(s: Sentence, i: int) -> list[int]:
    """«подписан [Ивановым]»: the bare instrumental of a passive."""
    found = [
        t
        for t in children(s, i)
        if t.rel == "obl:agent" or (t.case == "Ins" and t.pos in _NOMINAL and t.rel not in _CASE_RELS - {"nsubj:pass", "appos"})
    ]
    return _all(s, [t for t in found if preposition(s, t.index) is None])


def _inherited(s: Sentence, token: Token, depth: int) -> list[int]:
    """The subject that a verb without its own one takes over from its governor."""
    if token.head < 0:
        return []
    head = s.tokens[token.head]
    finite = token.feats.get("VerbForm") == "Fin"
    if finite and token.rel in {"acl:relcl", "acl", "advcl"} and any(t.lemma in _WHERE for t in children(s, token.index)):
        above = next((t for t in ancestors(s, token.index) if is_verb(t)), None)  # «прибыл в Анкару, где проведёт переговоры»
        return _active_subject(s, above.index, depth + 1) if above is not None and _person_of(above, token) else []
    if token.rel == "conj" and (is_verb(head) or head.pos == "ADJ"):
        if finite and token.feats.get("Number") != head.feats.get("Number") and is_passive(head) == is_passive(token):
            return []
        return _active_subject(s, head.index, depth + 1)
    if token.rel == "ccomp" and finite and is_verb(head) and _same_person(token, head):
        return _active_subject(s, head.index, depth + 1)
    if token.feats.get("VerbForm") == "Inf":
        return _controller(s, token, head, depth)
    if token.feats.get("VerbForm") == "Conv" or token.rel == "advcl":
        return _active_subject(s, head.index, depth + 1) if not finite else []
    if token.rel == "parataxis" and not finite and is_verb(head):
        return _active_subject(s, head.index, depth + 1)
    return []


def _same_person(below: Token, above: Token) -> bool:
    """«отрицает, что [купил] завод»: a clause without a subject has that of the verb above, if they agree."""
    if below.feats.get("Person") in {"1", "2"} or "Neut" in {below.feats.get("Gender"), above.feats.get("Gender")}:
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
        return _all(s, own) if own else _inherited(s, token, depth + 1)
    return _subject(s, i, depth)


def _controller(s: Sentence, token: Token, head: Token, depth: int) -> list[int]:
    """Who is meant to act: «предложил [Орбану] встретиться», «[Лавров] намерен встретиться»."""
    if head.lemma in _object_control():
        told = [t for t in children(s, head.index) if t.case in {"Dat", "Acc"} and t.rel in {"iobj", "obj", "obl", "nmod"}]
        between = [t for t in children(s, token.index, "obj", "iobj") if head.index < t.index < token.index]
        told = told or [t for t in between if t.feats.get("Animacy") == "Anim"]  # «пригласил [Раиси] посетить Минск»
        told = [t for t in told if preposition(s, t.index) is None and t.pos in _NOMINAL]
        if told:
            return _all(s, told)
    if head.pos in {"NOUN"} and not is_verb(head):  # «принял решение встретиться»
        governor = next((t for t in ancestors(s, head.index) if is_verb(t)), None)
        own = children(s, head.index, "nsubj")
        if own:
            return _all(s, own)
        return _subject(s, governor.index, depth + 1) if governor else []
    dative = [t for t in children(s, head.index) if t.case == "Dat" and t.rel in {"iobj", "obl", "nsubj"}]
    found = _active_subject(s, head.index, depth + 1)
    if not found and dative and preposition(s, dative[0].index) is None:  # «Путину предстоит встретиться»
        return _all(s, dative)
    return found


def proposer(s: Sentence, i: int) -> list[int]:
    """Who offers to do a thing together, for an infinitive: «[Киев] предложил Баку подписать пакт»."""
    token = s.tokens[i]
    if token.feats.get("VerbForm") != "Inf" or token.head < 0 or s.tokens[token.head].lemma not in _object_control():
        return []
    return _active_subject(s, token.head, 1)


def _object_control() -> frozenset[str]:
    return frozenset(fold(w) for w in load("modality")["object_control"])


def object_(s: Sentence, i: int) -> list[int]:
    """The logical object of a verb: accusative, subject of a passive, noun of a passive participle."""
    token = s.tokens[i]
    if token.rel in {"cop", "aux", "aux:pass"} and token.head >= 0:
        return object_(s, token.head) if is_passive(s.tokens[token.head]) else []
    if is_passive(token):
        subject_ = token.rel.startswith("nsubj") and not children(s, i, "cop")  # «[Исключённый] из союза Данько уехал»
        if is_participle(token) and (token.rel in _DESCRIBING or subject_) and (noun := modified(s, i)) >= 0:
            return [noun]
        own = [t for t in children(s, i, "nsubj", "nsubj:pass") if t.case != "Ins"]  # that is the agent
        return _all(s, own) if own else _inherited(s, token, 0)
    found = [
        t
        for t in children(s, i)
        if t.rel == "obj" or (t.rel == "nsubj" and _misread(s, token, t)) or (t.case == "Acc" and t.rel in {"obl", "nmod", "conj", "iobj"})
    ]
    found = [t for t in found if preposition(s, t.index) is None and not is_verb(t)]
    found = [t for t in found if t.case != "Ins" or len(found) == 1]  # «назначить Иванову [торгпредом]»
    found = found or [t for t in children(s, i, "obl", "nmod") if t.text == "%" and preposition(s, t.index) is None]
    found = found or _strayed(s, token)
    if not found and token.feats.get("VerbForm") == "Inf" and token.rel == "xcomp" and token.head >= 0:
        above = s.tokens[token.head]  # «[суд] могут перевести в Петербург»
        found = [t for t in children(s, above.index, "nsubj") if _misread(s, above, t)]
    if not found and any(fold(t.text) == "не" for t in children(s, i)):
        found = [t for t in children(s, i) if t.case == "Gen" and t.pos in _NOMINAL and preposition(s, t.index) is None]
    return _all(s, found)


def _strayed(s: Sentence, verb: Token) -> list[Token]:
    """The object that the tree hung on the verb above: «уходит и уступила [долю]», «X, купивший [сеть], меняет»."""
    if verb.head < 0 or verb.feats.get("VerbForm") == "Inf":
        return []
    head = s.tokens[verb.head]
    if verb.rel == "conj" and is_verb(head) and verb.index > head.index:
        return [t for t in children(s, head.index, "obj") if t.index > verb.index and preposition(s, t.index) is None]
    if is_participle(verb) and verb.rel == "acl" and verb.index > verb.head >= 0 and s.tokens[verb.index - 1].text == ",":
        closing = next((t.index for t in s.tokens[verb.index :] if t.text == ","), len(s.tokens))
        inside = [t for t in s.tokens[verb.index + 1 : closing] if t.pos in {"NOUN", "PROPN"} and t.rel in {"nsubj", "obj"}]
        return [t for t in inside if t.case in {"Nom", "Acc"} and t.feats.get("Animacy") != "Anim" and preposition(s, t.index) is None]
    return []


def bare(s: Sentence, i: int, case: str) -> list[int]:
    """Dependents in a bare case, without a preposition: «встреча [министров]», «вручил [Иванову]»."""
    token = s.tokens[i]
    if token.rel == "cop" and token.head >= 0:  # «был [министром]»: the predicate is the copula's governor
        head = s.tokens[token.head]
        return [head.index] if head.case == case and preposition(s, head.index) is None else []
    found = [
        t
        for t in children(s, i)
        if t.pos in _NOMINAL | {"ADJ"} and (t.rel not in _CASE_RELS - {"flat:name"} or _is_agent(token, t)) and _may_be(s, t, case)
    ]
    if case == "Ins" and is_passive(token):
        agents = set(_agents(s, i))
        found = [t for t in found if t.index in agents]
    found += [t for t in children(s, i, "appos") if t.case == case == "Gen" and token.case not in {"Gen", "Acc", None}]
    found = [t for t in found if preposition(s, t.index) is None and t.rel not in {"amod", "nummod", "det"}]
    if case == "Dat":
        found += _datives(s, token, found)
    if case == "Gen":
        found += _whose(s, i)
        found += [t for t in children(s, i, "det") if t.lemma in {"он", "она", "его", "ее", "свой"}]
    return _all(s, found)


def _is_agent(noun: Token, name: Token) -> bool:
    """«посещение Китая [Макроном]»: an apposition in the instrumental beside another case is none."""
    return name.rel == "appos" and name.case == "Ins" and noun.case not in {"Ins", None} and not is_verb(noun)


def _whose(s: Sentence, i: int) -> list[Token]:
    """Whom «чей» means: the noun of the relative clause, else the word before the comma («[Иванов], чей брат …»)."""
    whose = next((t.index for t in children(s, i) if t.lemma == "чей"), 0)
    if whose < 2 or s.tokens[whose - 1].text != ",":
        return []
    return [s.tokens[up.head] for up in ancestors(s, i) if up.rel == "acl:relcl" and 0 <= up.head < i][:1] or [s.tokens[whose - 2]]


def _datives(s: Sentence, token: Token, found: list[Token]) -> list[Token]:
    """Datives that the tree or the tagger took for something else: an indirect object read as a genitive
    («[Компании] принадлежит завод»), a name hung on the object («продала завод «Янтарь» [Болотову]»)."""
    out = [t for t in children(s, token.index, "iobj") if t.case == "Gen" and preposition(s, t.index) is None and t not in found]
    if found or out:
        return out
    below = [c for c in children(s, token.index, "obj", "nsubj", "nsubj:pass", "nmod") if c.case != "Dat" and preposition(s, c.index) is None]
    for noun in below:
        out += [
            t
            for t in children(s, noun.index, "appos", "nmod", "flat:name", "iobj")
            if t.case == "Dat" and t.index > noun.index and t.pos in {"NOUN", "PROPN"} and preposition(s, t.index) is None
        ]
    return out


def _may_be(s: Sentence, token: Token, case: str) -> bool:
    """Whether a word can stand in a case: names in quotes, foreign words and «25%» show none."""
    if token.case == case or token.case is None:
        return True
    if case == "Gen" and token.case == "Acc" and token.rel == "nmod" and token.feats.get("Animacy") == "Anim":
        return True  # «от должности [прокурора]»: the two cases of animate nouns look alike
    if token.pos == "PROPN" and case == "Gen" and any(t.case == case for t in children(s, token.index, "flat:name")):
        return True  # «вдова [Александра] Солженицына» read as a woman's name
    quoted = token.index > 0 and s.tokens[token.index - 1].text in QUOTES
    return quoted or token.feats.get("Foreign") == "Yes" or (token.text.isupper() and len(token.text) > 1)


def by_preposition(s: Sentence, i: int, word: str, case: str) -> list[int]:
    """Dependents with a preposition: «встреча [с Байденом]», «приехал [в Москву]»."""
    token = s.tokens[i]
    at = token.head if token.rel == "cop" and token.head >= 0 else i
    found = [t for t in children(s, at) if preposition(s, t.index) == fold(word) and _in_case(t, case, word)]
    return _all(s, [t for t in found if t.pos in _NOMINAL | {"ADJ", "VERB"}])


def inside_clause(s: Sentence, i: int, word: str, case: str) -> list[int]:
    """Phrases with the preposition that hang on what depends on token ``i``: the tree often hangs them too low,
    «выступил на сессии [от имени] России»."""
    out: list[int] = []
    queue = [t.index for t in children(s, i) if not is_verb(t)]
    seen = set(queue)
    while queue:
        at = queue.pop(0)
        out += by_preposition(s, at, word, case)
        for child in children(s, at):
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
    return _all(s, [t for t in found if any(c.index == i + 1 for c in children(s, t.index, "case"))])


def possessor(s: Sentence, i: int) -> list[int]:
    """Whose relative or thing a noun with «свой», or a bare one with «с», is: «[Ремизов] прилетел с женой»."""
    own = any(t.lemma == "свой" for t in children(s, i, "det", "amod", "nmod"))
    first = s.tokens[i].head if s.tokens[i].rel == "conj" else i
    with_ = preposition(s, first) == "с" and not bare(s, i, "Gen")
    verb = next((t for t in ancestors(s, i) if is_verb(t)), None)
    return subject(s, verb.index) if verb and (own or with_) else []


def _in_case(token: Token, case: str, word: str) -> bool:
    """Only «в», «на», «с», «за», «под», «по», «о» take more than one case; the tagger's gaps count as right."""
    unbending = token.feats.get("Foreign") == "Yes" or (token.text.isupper() and len(token.text) > 1)
    if unbending or token.case is None or token.case == case or fold(word) not in {"в", "на", "с", "за", "под", "по", "о", "между"}:
        return True
    return {token.case, case} == {"Gen", "Ins"} and fold(word) == "между"


def attributes(s: Sentence, i: int) -> list[int]:
    """The adjectives of a noun, coordinated ones too."""
    found = [t for t in children(s, i, "amod", "det", "acl") if t.pos in {"ADJ", "DET", "VERB", "PROPN"}]
    return [c for t in found for c in coordinated(s, t.index)]


def appositions(s: Sentence, i: int) -> list[int]:
    """Names beside a noun, before or after it: «компания [«Орион»]», «саммит [Россия — Африка]»."""
    found = children(s, i, "appos", "flat:name", "flat", "flat:foreign", "parataxis")
    head = s.tokens[i].head
    up = [s.tokens[head]] if head >= 0 and s.tokens[i].rel in {"appos", "flat:name"} else []
    token = s.tokens[i]
    quoted = [t for t in children(s, i, "nmod") if t.case == token.case == "Nom" and s.tokens[t.index - 1].text in QUOTES]
    below = [  # «филиал «Россетей» — «[Тулэнерго]»» hung on «Россетей», in another case
        t
        for child in children(s, i, "nmod")
        if child.case == "Gen" != token.case
        for t in children(s, child.index, "appos")
        if t.case == token.case
    ]
    strays = {t.index for t in found if _strays(s.tokens[i], t)}
    return _all(s, [*up, *(t for t in found if t.index not in strays), *quoted, *below])


def _strays(noun: Token, name: Token) -> bool:
    """A person in another case beside a thing: «от имени компании «Оптима» [Рогов] подписал»."""
    animate = name.feats.get("Animacy") == "Anim" and noun.feats.get("Animacy") != "Anim"
    return name.rel == "appos" and animate and name.case != noun.case


def coordinated(s: Sentence, i: int) -> list[int]:
    """A token with all that is coordinated with it and stands below it: «X, Y и Z»."""
    out, queue = [i], [i]
    while queue:
        at = queue.pop(0)
        inner = [c for part in children(s, at, "flat:name") for c in children(s, part.index, "conj")]  # «Ивана [Иванова и …]»
        for child in [*children(s, at, "conj"), *inner, *_across_dash(s, at)]:
            if child.index not in out and _joins(s, s.tokens[i], child):
                out.append(child.index)
                queue.append(child.index)
    return sorted(out)


def _joins(s: Sentence, first: Token, other: Token) -> bool:
    """Whether two words can be coordinated: no semicolon between («…, Котов; Белов – …»), and a common noun agrees in
    case, so far as forms tell cases apart (accusative, genitive and nominative often look alike)."""
    if is_verb(other) and not is_verb(first):
        return False
    if other.pos == "NOUN" and first.case and not _may_be(s, other, first.case) and {first.case, other.case} & {"Dat", "Ins", "Loc"}:
        return False
    return not any(t.text == ";" for t in s.tokens[min(first.index, other.index) : max(first.index, other.index)])


def _across_dash(s: Sentence, i: int) -> list[Token]:
    """The other end of «саммит Россия — [Африка]»."""
    pair = [t for t in children(s, i, "nmod", "appos", "flat:name", "parataxis") if t.index == i + 2]
    return [t for t in pair if s.tokens[i + 1].text in {"—", "–", "-"} and t.pos == "PROPN" == s.tokens[i].pos and t.case == s.tokens[i].case]


def governor(s: Sentence, i: int, lemmas: frozenset[str]) -> int | None:
    """The light verb that carries a noun: «[провёл] переговоры», «переговоры [прошли]», «[проведённые] …»."""
    for child in children(s, i, "acl", "amod", "acl:relcl"):
        if verb_lemmas(child) & lemmas:
            return child.index
    chain = 0
    for up in ancestors(s, i):
        if is_verb(up) or up.pos == "ADJ":
            if verb_lemmas(up) & lemmas:
                return up.index
            if up.feats.get("VerbForm") != "Inf":
                return None
        elif up.pos not in {"NOUN"}:
            return None
        chain += 1
        if chain > 3:
            return None
    if s.tokens[i].case == "Ins":  # «Владельцем завода, по документам, [остаётся] Орлов» with two roots
        return next((t.index for t in s.tokens[i:] if t.rel == "root" and t.index != i and verb_lemmas(t) & lemmas), None)
    return None


def verb_lemmas(token: Token) -> frozenset[str]:
    """The lemmas under which a verb may be listed: «обсуждаться» also as обсуждать."""
    if token.lemma.endswith(("ться", "чься", "тись")):
        return frozenset({token.lemma, token.lemma[:-2]})
    return frozenset({token.lemma})


def clause_of(s: Sentence, i: int) -> int:
    """The head of the clause that a token stands in: its nearest governor that opens a clause."""
    token = s.tokens[i]
    if is_verb(token) and token.rel in _CLAUSE_RELS or token.head < 0:
        return i
    for up in ancestors(s, i):
        if up.rel in _CLAUSE_RELS and (is_verb(up) or up.head < 0) or up.head < 0:
            return up.index
    return i
