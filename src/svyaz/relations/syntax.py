"""Walking the tree: dependents, governors, prepositions, «который», coordination, light verbs.

All functions take a sentence and a token's index and give indices of tokens (heads of phrases), in the
order of the text. They see through voice («подписан Ивановым»), participles («подписавший договор
Иванов»), relative clauses («который встретился»), infinitive chains («намерен провести»), shared subjects
(«приехал и встретился») and the copula («был министром»).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from svyaz.lexicon import posts
from svyaz.parse import Sentence, Token
from svyaz.relations.concord import agrees
from svyaz.text import QUOTES

_CLAUSE_RELS = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "csubj", "parataxis", "conj", "root"})


NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X", "NUM", "SYM", "DET"})


CASE_RELS = frozenset(
    {
        "nsubj",
        "nsubj:pass",
        "csubj",
        "conj",
        "appos",
        "flat",
        "flat:name",
        "flat:foreign",
        "punct",
        "case",
        "cc",
    }
)


MAX_CLIMB = 6


def children(s: Sentence, i: int, *rels: str) -> list[Token]:
    """The dependents of a token, all or those of the relations named."""
    below = s.dependents[i]
    if not below:
        return []
    return [t for t in below if t.rel in rels] if rels else list(below)


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
    return s.prepositions[i]


def modified(s: Sentence, i: int) -> int:
    """The noun that a full participle describes; -1 if none.

    The tree's noun if it agrees with the participle; else the next noun that does: behind a participle that opens
    the sentence («Назначенный начальником дороги [Тарасов]»), before one that follows a comma.
    """
    token = s.tokens[i]
    if i > 1 and s.tokens[i - 1].text == "," and s.tokens[i - 2].feats.get("Foreign") == "Yes":
        return (
            i - 2
        )  # «Digital Sky [Technologies], принадлежащая …»: a foreign name shows no gender to agree with
    head = token.head if token.rel in DESCRIBING else -1
    if head >= 0 and agrees(token, s.tokens[head]):
        return head
    before = next((t for t in reversed(s.tokens[:i]) if t.pos not in _ADVERBIAL), None)
    after = before is not None and before.text == ","
    span = reversed(s.tokens[max(0, i - 12) : before.index]) if after and before else s.tokens[i + 1 : i + 16]
    for other in span:
        if other.pos in {"NOUN", "PROPN"} and agrees(token, other) and preposition(s, other.index) is None:
            return other.index
        if other.feats.get("VerbForm") == "Fin" or (after and other.text in {",", ";"}):
            break
    return head


# What may stand between the comma and its participle: «Иванов, [до этого] работавший …».
_ADVERBIAL = frozenset({"ADV", "ADP", "PRON"})


DESCRIBING = frozenset({"acl", "amod", "acl:relcl", "appos"})


def one_of(s: Sentence, i: int) -> int:
    """«[один] из основателей» stands where its noun in the singular would; any other word for itself."""
    token = s.tokens[i]
    if token.head >= 0 and s.tokens[token.head].lemma == "один" and preposition(s, i) == "из":
        return token.head
    return i


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


def meant(s: Sentence, tokens: Iterable[Token]) -> list[int]:
    return [_stands_for(s, t) for t in tokens]


def _stands_for(s: Sentence, token: Token) -> int:
    """«рассказала приехавшая в Тулу [Матвиенко]»: where the tree takes the participle, its noun is meant."""
    noun = modified(s, token.index) if is_participle(token) else -1
    return noun if noun >= 0 else antecedent(s, token.index)


def may_be(s: Sentence, token: Token, case: str) -> bool:
    """Whether a word can stand in a case: names in quotes, foreign words and «25%» show none."""
    if token.case == case or token.case is None:
        return True
    if case == "Gen" and token.case == "Acc" and token.rel == "nmod" and token.feats.get("Animacy") == "Anim":
        return True  # «от должности [прокурора]»: the two cases of animate nouns look alike
    if (
        token.pos == "PROPN"
        and case == "Gen"
        and any(t.case == case for t in children(s, token.index, "flat:name"))
    ):
        return True  # «вдова [Александра] Солженицына» read as a woman's name
    shown = token.case == "Gen" and case in {"Dat", "Ins"}  # «продажа «[Башинформа]» холдингу»
    quoted = opens_quote(s, token.index - 1) and not shown
    post = posts.entry(token.lemma) if token.pos == "NOUN" else None
    if post is not None and post.indeclinable:  # «с министром Носовым и [замглавы] МИД Беловым»
        return True
    return quoted or token.feats.get("Foreign") == "Yes" or (token.text.isupper() and len(token.text) > 1)


def opens_quote(s: Sentence, i: int) -> bool:
    """Whether a token is an opening quotation mark; straight ones open where an even number stands before."""
    if i < 0 or s.tokens[i].text not in QUOTES or s.tokens[i].text == "»":
        return False
    same = sum(t.text == s.tokens[i].text for t in s.tokens[:i])
    return s.tokens[i].text in {"«", "„"} or same % 2 == 0


def coordinated(s: Sentence, i: int) -> list[int]:
    """A token with all that is coordinated with it and stands below it: «X, Y и Z»."""
    if not s.dependents[i]:  # most words, and the rest would be much ado
        return [i]
    out, queue = [i], [i]
    while queue:
        at = queue.pop(0)
        inner = [  # «Ивана [Иванова и …]», «партии «Мечта» и [«Альянс»]»
            c
            for part in children(s, at, "flat:name", "appos")
            if part.rel == "flat:name" or s.tokens[part.index - 1].text in QUOTES
            for c in children(s, part.index, "conj")
        ]
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
    if other.pos == "ADJ" and first.pos in {"NOUN", "PROPN"}:  # «между вузом и [костромским] комбинатом»
        return False
    if (
        other.pos == "NOUN"
        and first.case
        and not may_be(s, other, first.case)
        and {first.case, other.case} & {"Dat", "Ins", "Loc"}
    ):
        return False
    return not any(
        t.text == ";" for t in s.tokens[min(first.index, other.index) : max(first.index, other.index)]
    )


def _across_dash(s: Sentence, i: int) -> list[Token]:
    """The other end of «саммит Россия — [Африка]»."""
    pair = [t for t in children(s, i, "nmod", "appos", "flat:name", "parataxis") if t.index == i + 2]
    return [
        t
        for t in pair
        if s.tokens[i + 1].text in {"—", "–", "-"}
        and t.pos == "PROPN" == s.tokens[i].pos
        and t.case == s.tokens[i].case
    ]


def governor(s: Sentence, i: int, lemmas: frozenset[str]) -> int | None:
    """The light verb that carries a noun: «[провёл] переговоры», «переговоры [прошли]», «[проведённые] …».

    With «*» among the lemmas any verb will do that the noun hangs on: «на встрече с Си Лавров [подтвердил] …».
    """
    if "*" in lemmas:
        return next((t.index for t in ancestors(s, i) if is_verb(t)), None)
    for child in children(s, i, "acl", "amod", "acl:relcl"):
        if verb_lemmas(child) & lemmas:
            return child.index
    for chain, up in enumerate(ancestors(s, i)):
        if is_verb(up) or up.pos == "ADJ":
            if verb_lemmas(up) & lemmas:
                return up.index
            if up.feats.get("VerbForm") != "Inf":
                return None
        elif up.pos not in {"NOUN"} or (
            chain == 0 and up.lemma in _PAPERS and preposition(s, i) in {"о", "к"}
        ):
            return None  # «готовят меморандум [о консультациях]», «подписали протокол [к соглашению]»
        if chain > 2:
            return None
    if s.tokens[i].case == "Ins":  # «Владельцем завода, по документам, [остаётся] Орлов» with two roots
        return next(
            (t.index for t in s.tokens[i:] if t.rel == "root" and t.index != i and verb_lemmas(t) & lemmas),
            None,
        )
    return None


_PAPERS = frozenset(
    {
        "меморандум",
        "соглашение",
        "договор",
        "протокол",
        "декларация",
        "заявление",
        "документ",
        "контракт",
        "указ",
        "закон",
    }
)


def verb_lemmas(token: Token) -> frozenset[str]:
    """The lemmas under which a verb may be listed: «обсуждаться» also as обсуждать."""
    if token.lemma.endswith(("ться", "чься", "тись")):
        return frozenset({token.lemma, token.lemma[:-2]})
    return frozenset({token.lemma})


def reflexive(lemma: str) -> str | None:
    """The reflexive that is also looked up under a verb's lemma, «обсуждать» → обсуждаться: see ``verb_lemmas``."""
    if lemma.endswith(("ть", "чь")):
        return lemma + "ся"
    return lemma + "сь" if lemma.endswith("ти") else None


def clause_of(s: Sentence, i: int) -> int:
    """The head of the clause that a token stands in: its nearest governor that opens a clause."""
    token = s.tokens[i]
    if (is_verb(token) and token.rel in _CLAUSE_RELS) or token.head < 0:
        return i
    for up in ancestors(s, i):
        if (up.rel in _CLAUSE_RELS and (is_verb(up) or up.head < 0)) or up.head < 0:
            return up.index
    return i
