"""Common nouns for bodies: «компания», «ведомство», «завод» mean a body that the article names.

A noun by which the article introduces a body («холдинг «Балтлогистик»») means that body wherever it stands; a general
one («компания») the body that the text is about: near, a subject, named often. Two equal candidates give no entity.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from svyaz.entities.draft import Book, Draft
from svyaz.entities.organizations import place_inside
from svyaz.lexicon import bodies, load
from svyaz.mentions.found import Body, Found
from svyaz.parse import Sentence

# How many sentences back a general noun looks for its name.
_REACH = 5
# Words beside a noun that make it a body not named before: «[другой] банк», «[собственная] фирма».
_ANOTHER = frozenset(
    "другой новый собственный иной любой каждый некий один чужой многий несколько будущий дочерний частный какой"
    " какой-то ряд аналогичный подобный похожий отдельный еще никакой".split()
)
# Kinds of bodies that a bare noun names well enough; «глава компании» says only that there is one.
_PARTICULAR = frozenset(
    "parliament university court theatre school museum hospital church municipal regional_government".split()
)


def join(book: Book, sentences: Sequence[Sentence], filling: frozenset[int] = frozenset()) -> None:
    """Give nominal bodies the entity that they most likely mean, or leave them without one.

    ``filling`` are the mentions that an office belongs to: «ректор [консерватории]» is one body though unnamed.
    """
    nouns = book.of_type("organization", "nominal")
    _learn(book, sentences, nouns)
    introduced = _introduced(book)
    for i, mention in nouns:
        body = book.body(i)
        if book.entity[i] is not None or body is None:
            continue
        sentence = sentences[mention.sentence]
        if _is_predicate(book, sentence, mention):
            continue
        draft = None if _is_another(book, sentence, mention) else _meant(book, sentences, introduced, i, body)
        if draft is not None:
            book.join(draft, i)
        elif (body.country and body.described and (body.state_body or body.represents)) or (
            i in filling and body.kind in _PARTICULAR
        ):
            _start(book, introduced, i, body)


def _start(book: Book, introduced: dict[str, list[Draft]], index: int, body: Body) -> None:
    """An entity that only a noun phrase names: «российское посольство», «ректор [консерватории]»."""
    draft = book.new("organization", index)
    draft.kinds |= {k for k in (body.kind, body.head) if k}
    draft.state_body, draft.country, draft.described = body.state_body, body.country, body.described
    draft.place = place_inside(book, book.mentions[index]) if body.described else None
    introduced.setdefault(body.head, []).append(draft)


def _learn(book: Book, sentences: Sequence[Sentence], nouns: Sequence[tuple[int, Found]]) -> None:
    """«„Лучтелеком“ — [оператор] связи», «[подрядчик] — ООО „Мост“»: a noun that says what a named body is."""
    for i, mention in nouns:
        named, body = _told(book, sentences[mention.sentence], mention), book.body(i)
        if named is not None and body is not None:
            named.kinds |= {k for k in (body.kind, body.head) if k}
    agents = load("organizations")["agents"]
    for i, mention in book.of_type("organization", "name"):
        sentence, draft = sentences[mention.sentence], book.entity[i]
        verb = _verb(sentence, mention)
        if verb is not None and draft is not None and is_subject(sentence, mention):
            also = [c.lemma for c in sentence.dependents[verb] if c.rel == "xcomp"]  # «намерен [вложить]»
            draft.kinds |= {agents[w] for w in (sentence.tokens[verb].lemma, *also) if w in agents}


def _told(book: Book, sentence: Sentence, mention: Found) -> Draft | None:
    """The body of which a noun is the predicate, or whose name stands in apposition to it."""
    token = sentence.tokens[mention.head]
    near = {t.index for t in sentence.dependents[token.index] if t.rel in {"nsubj", "appos"}}
    if token.index + 1 < len(sentence.tokens) and sentence.tokens[token.index + 1].text in {"—", "–"}:
        near |= {c for c in sentence.children[token.index] if sentence.tokens[c].rel == "parataxis"}
    if token.rel in {"nsubj", "appos"} and not any(
        t.head == token.head and t.rel == "cop" for t in sentence.tokens
    ):
        head = sentence.tokens[token.head] if token.head >= 0 else None
        near |= {head.index} if head is not None and head.pos in {"NOUN", "PROPN", "X"} else set()
    for other in book.by_sentence[mention.sentence]:
        if other.type == "organization" and other.form == "name" and other.head in near:
            return book.entity_named(other)
    return None


def _is_predicate(book: Book, sentence: Sentence, mention: Found) -> bool:
    """«„Лучтелеком“ — [оператор]», «[разработчик] теплиц «Росток»»: what says what a body is means nothing itself."""
    token = sentence.tokens[mention.head]
    below = sentence.dependents[token.index]
    if any(c.rel == "appos" for t in below if t.rel == "nmod" for c in sentence.dependents[t.index]):
        return True
    if token.case == "Nom" and token.index and sentence.tokens[token.index - 1].text in {"—", "–"}:
        return True
    subject = any(t.rel == "nsubj" for t in below)
    return subject and token.case in {"Nom", None}


def _is_another(book: Book, sentence: Sentence, mention: Found) -> bool:
    """«[другая] компания», «партия [экс-премьера]»: a noun that tells by its own words which body it means."""
    below = [t for t in sentence.dependents[mention.head] if not mention.covers(t.index)]
    if any(t.rel in {"amod", "det", "nummod", "nummod:gov"} and t.lemma in _ANOTHER for t in below):
        return True
    owners = {t.index for t in below if t.rel == "nmod" and t.case == "Gen" and t.index > mention.head}
    return any(
        m.head in owners and m.type in {"person", "organization", "office"} and m.form != "pronoun"
        for m in book.by_sentence[mention.sentence]
    )


def _introduced(book: Book) -> dict[str, list[Draft]]:
    """Which bodies the article names together with each noun."""
    table: dict[str, list[Draft]] = {}
    for draft in book.drafts:
        if draft.type == "organization" and not draft.merged:
            for kind in draft.kinds:
                table.setdefault(kind, []).append(draft)
    return table


def _meant(
    book: Book, sentences: Sequence[Sentence], introduced: dict[str, list[Draft]], index: int, body: Body
) -> Draft | None:
    """The body that a noun means: the best of the candidates, if no other is as good."""
    mention = book.mentions[index]
    barred = beside_verb(book, sentences[mention.sentence], index)
    scored: dict[int, tuple[float, Draft]] = {}
    for draft, rank in _candidates(book, introduced, index, body):
        if id(draft) not in barred and not _elsewhere(draft, body):
            score = rank + salience(book, sentences, draft, index)
            scored[id(draft)] = max(scored.get(id(draft), (0.0, draft)), (score, draft), key=lambda s: s[0])
    best = sorted(scored.values(), key=lambda s: -s[0])[:2]
    if not best or (len(best) == 2 and best[0][0] - best[1][0] < _MARGIN):
        return None
    return best[0][1]


_MARGIN = 2.0


def _candidates(
    book: Book, introduced: dict[str, list[Draft]], index: int, body: Body
) -> Iterator[tuple[Draft, float]]:
    """Bodies with how well the noun fits them: introduced by it, by a synonym, of its kind, of no known kind."""
    section = book.sections[index]
    own = [d for d in introduced.get(body.head, ()) if not d.merged]
    for draft in own:
        known = draft.mentions[0] < index or (len(own) == 1 and body.head not in _GENERAL)
        if known and any(book.sections[m] == section for m in draft.mentions):
            yield draft, 30.0
    found = False
    for draft in near(book, index, _REACH):
        fit = _fit(draft, body)
        if fit:
            found = True
            yield draft, fit
    alone = list(near(book, index, 1))
    if not own and not found and len(alone) == 1 and _unknown(alone[0], body):
        yield alone[0], 4.0  # «„Орион“ обновил ленту. [Соцсеть] …»: there is no other body to mean


def near(book: Book, index: int, reach: int) -> Iterator[Draft]:
    """The bodies with a mention before ``index``, in the same section, at most ``reach`` sentences back."""
    seen: set[int] = set()
    for before in range(index - 1, -1, -1):
        other, draft = book.mentions[before], book.entity[before]
        if (
            book.mentions[index].sentence - other.sentence > reach
            or book.sections[before] != book.sections[index]
        ):
            return
        if draft is not None and draft.type == "organization" and id(draft) not in seen:
            seen.add(id(draft))
            yield draft


def _fit(draft: Draft, body: Body) -> float:
    """How well a noun fits a body that was not introduced by it; 0 when it cannot mean it."""
    if body.head in draft.kinds:
        return 30.0
    heads = {k for k in draft.kinds if not k.isascii() and bodies.head(k)}
    if heads & _synonyms().get(body.head, frozenset()):
        return 14.0
    kinds = _called().get(body.head, frozenset())
    if draft.kinds & kinds:
        near_kind = 10.0 if body.kind in draft.kinds else 6.0  # «компания» is a firm sooner than a fund
        return near_kind if not heads or body.head in _GENERAL else 0.0
    if body.head == "ведомство" and draft.state_body:  # «Роскосмос» is a state's company
        return 6.0
    return 4.0 if _unknown(draft, body) and body.head in _GENERAL else 0.0


def _unknown(draft: Draft, body: Body) -> bool:
    """Whether nothing is known of a body, so that it may be a company."""
    known = any(k in _all_kinds() if k.isascii() else bodies.head(k) for k in draft.kinds)
    return not known and body.kind in {"company", "group"} and not draft.state_body


def _elsewhere(draft: Draft, body: Body) -> bool:
    """«казахстанское ведомство» is no body of another state."""
    return bool(body.country and draft.country and body.country != draft.country)


def salience(book: Book, sentences: Sequence[Sentence], draft: Draft, index: int) -> float:
    """How much the text is about a body where mention ``index`` stands: near, a subject, named often."""
    here = book.mentions[index].sentence
    best = 0.0
    count = bisect_left(draft.mentions, index)
    for m in reversed(draft.mentions[:count]):
        other = book.mentions[m]
        if here - other.sentence > _REACH:
            break
        if book.sections[m] == book.sections[index]:
            subject = is_subject(sentences[other.sentence], other)
            best = max(best, 3.0 * (_REACH - here + other.sentence) + 5.0 * subject)
    early = count > 0 and book.mentions[draft.mentions[0]].sentence < 2
    return best + 2.5 * min(count, 6) + 3.0 * early


def is_subject(sentence: Sentence, mention: Found) -> bool:
    """Whether a mention, or the noun that it is in apposition to, is a subject."""
    token = sentence.tokens[mention.head]
    if token.rel in {"appos", "flat:name", "flat:foreign"} and token.head >= 0:
        token = sentence.tokens[token.head]
    return token.rel.startswith("nsubj")


def beside_verb(book: Book, sentence: Sentence, index: int) -> set[int]:
    """The entities of the other arguments of a mention's verb: in «компания купила у X [завод]» it is new."""
    verb = _verb(sentence, book.mentions[index])
    if verb is None:
        return set()
    around = range(max(0, index - 8), min(len(book.mentions), index + 8))
    same = [j for j in around if j != index and book.mentions[j].sentence == sentence.number]
    return {id(book.entity[j]) for j in same if book.entity[j] and _verb(sentence, book.mentions[j]) == verb}


def _verb(sentence: Sentence, mention: Found) -> int | None:
    """The verb that a mention depends on, through «12% [компании]» as well."""
    token = sentence.tokens[mention.head]
    for _ in range(6):  # a tree may be no tree
        if token.rel not in {"appos", "nmod", "flat:name", "conj"} or token.head < 0:
            break
        before, token = token, sentence.tokens[token.head]
        if token.feats.get("Animacy") == "Anim" and before.rel == "nmod":
            return None  # «директор [компании] сообщил «Ведомостям»»
    head = sentence.tokens[token.head] if token.head >= 0 else None
    if head is not None and head.rel == "xcomp" and head.head >= 0:  # «[намерен] вложить в компанию»
        head = sentence.tokens[head.head]
    if head is None:
        return None
    ruled = any(t.rel == "xcomp" for t in sentence.dependents[head.index])
    return head.index if head.pos == "VERB" or ruled else None


@cache
def _called() -> dict[str, frozenset[str]]:
    return {noun: frozenset(kinds) for noun, kinds in load("organizations")["called"].items()}


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for row in load("organizations")["synonyms"]:
        for noun in row:
            table[noun] = table.get(noun, frozenset()) | frozenset(row) - {noun}
    return table


@cache
def _all_kinds() -> frozenset[str]:
    return frozenset(entry["kind"] for entry in load("organizations")["heads"].values())


# Nouns that say little of a body: any company is «компания», «фирма», «предприятие».
_GENERAL = frozenset(
    "компания фирма предприятие корпорация организация учреждение ведомство группа вуз издание регулятор"
    " парламент объединение инвестор".split()
)
