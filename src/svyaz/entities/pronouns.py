"""Pronouns: «он», «её», «ему» mean a person, or a body, named before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from svyaz.entities.draft import Book, Draft
from svyaz.entities.nominals import is_subject
from svyaz.entities.persons import same_gender
from svyaz.mentions.found import Body, Found
from svyaz.model import PersonName
from svyaz.parse import Sentence


def join(book: Book, sentences: Sequence[Sentence]) -> None:
    """Give «он», «её» the person that they most likely mean, or leave them without an entity.

    Looked at are persons named before, in the same sentence or the two before it, of the same section and
    gender; a subject wins over other persons, a nearer sentence over a farther one.
    """
    for index, pronoun in book.of_type("person", "pronoun"):
        if book.entity[index] is not None:
            continue
        best: tuple[int, Draft] | None = None
        for before in range(index - 1, -1, -1):
            candidate, draft = book.mentions[before], book.entity[before]
            if pronoun.sentence - candidate.sentence > 2 or book.sections[before] != book.sections[index]:
                break
            person = draft.holder if draft and draft.type == "office" else draft
            if (
                person is None
                or person.type != "person"
                or not _may_mean(person, pronoun)
                or _bound(sentences, candidate, pronoun)
            ):
                continue
            score = _salience(sentences, candidate, pronoun)
            if best is None or score > best[0]:
                best = (score, person)
        if best:
            book.join(best[1], index)


def _bound(sentences: Sequence[Sentence], candidate: Found, pronoun: Found) -> bool:
    """«Олег — [его] брат»: the pronoun of a predicate is not its own subject."""
    tokens = sentences[pronoun.sentence].tokens
    head = tokens[candidate.head] if candidate.sentence == pronoun.sentence else None
    governor = tokens[pronoun.head].head
    return (
        head is not None
        and governor >= 0
        and tokens[governor].pos == "NOUN"
        and head.rel == "nsubj"
        and head.head == governor
    )


def _may_mean(person: Draft, pronoun: Found) -> bool:
    return isinstance(pronoun.info, PersonName) and same_gender(person.person, pronoun.info)


def _salience(sentences: Sequence[Sentence], candidate: Found, pronoun: Found) -> int:
    head = sentences[candidate.sentence].tokens[candidate.head]
    token = sentences[pronoun.sentence].tokens[pronoun.head]
    said = head.head >= 0 and sentences[candidate.sentence].tokens[head.head].lemma in {"слово", "мнение"}
    subject = said or is_subject(sentences[candidate.sentence], candidate)
    same_sentence = candidate.sentence == pronoun.sentence
    if same_sentence and not subject and token.rel.startswith("nsubj"):
        return 1
    return 10 * (3 - (pronoun.sentence - candidate.sentence)) + 12 * subject


def join_bodies(book: Book, sentences: Sequence[Sentence]) -> None:
    """«Компания «Орион» растёт. [Её] штаб-квартира …»: a pronoun that no person fits means the one body that was
    subject in its sentence or the one before and whose noun agrees with it; it becomes a mention of a body."""
    for i, mention in book.of_type("person", "pronoun"):
        if book.entity[i] is not None or not isinstance(mention.info, PersonName):
            continue
        gender = "Fem" if mention.info.gender == "f" else "Masc"
        found: dict[int, Draft] = {}
        for before in range(i - 1, -1, -1):
            other, draft = book.mentions[before], book.entity[before]
            if mention.sentence - other.sentence > 1 or book.sections[before] != book.sections[i]:
                break
            if (
                draft
                and draft.type == "organization"
                and _subject_gender(sentences[other.sentence], other) == gender
            ):
                found[id(draft)] = draft
        if len(found) == 1:
            _join_as_body(book, i, next(iter(found.values())))


def _join_as_body(book: Book, index: int, draft: Draft) -> None:
    """Make a pronoun a mention of a body."""
    mention = book.mentions[index]
    book.retype(index, replace(mention, type="organization", info=Body(head=mention.normal)))
    book.join(draft, index)


def _subject_gender(sentence: Sentence, mention: Found) -> str | None:
    """The gender of the noun that names a body as a subject: of «компания» in «[компания] «Орион» растёт»."""
    token = sentence.tokens[mention.head]
    if token.rel in {"appos", "flat:foreign"} and token.head >= 0:
        token = sentence.tokens[token.head]
    return token.feats.get("Gender") if token.rel.startswith("nsubj") else None


# What a body has and a person has not, and what is done to bodies only: «[её] гендиректор», «[его] учредил».
_RULING = frozenset(
    "директор гендиректор главврач ректор президент председатель глава учредитель соучредитель основатель сооснователь"
    " владелец совладелец собственник акционер бенефициар штаб-квартира филиал дочка акция".split()
)
_DONE_TO_BODIES = frozenset(
    "основать учредить возглавить возглавлять купить приобрести продать ликвидировать переименовать".split()
)


def join_owned(book: Book, sentences: Sequence[Sentence]) -> None:
    """«ООО „Мост“; [его] учредитель …»: a pronoun in a place that only a body fills means the body that agrees with
    it in the sentence, or in the one before; two of them give none."""
    for i, mention in book.of_type("person", "pronoun"):
        tokens = sentences[mention.sentence].tokens
        token = tokens[mention.head]
        governor = tokens[token.head] if token.head >= 0 else None
        if governor is None or not isinstance(mention.info, PersonName):
            continue
        ruled = governor.lemma in _RULING and token.rel != "nsubj" and governor.pos == "NOUN"
        done = governor.lemma in _DONE_TO_BODIES and token.rel == "obj"
        if not (ruled or done):
            continue
        genders = {"Fem"} if mention.info.gender == "f" else {"Masc", "Neut"}
        found = _agreeing(book, sentences, i, genders)
        if found is not None:
            _join_as_body(book, i, found)


def _agreeing(book: Book, sentences: Sequence[Sentence], index: int, genders: set[str]) -> Draft | None:
    """The one body of a gender named before in the sentence, else the one subject of the sentence before."""
    here = book.mentions[index].sentence
    near: dict[int, Draft] = {}
    before: dict[int, Draft] = {}
    for j in range(index - 1, -1, -1):
        other, draft = book.mentions[j], book.entity[j]
        if here - other.sentence > 1 or book.sections[j] != book.sections[index]:
            break
        if draft is None or draft.type != "organization":
            continue
        sentence = sentences[other.sentence]
        if _gender(sentence, other) in genders:
            if other.sentence == here:
                near[id(draft)] = draft
            elif is_subject(sentence, other):
                before[id(draft)] = draft
    found = near or before
    return next(iter(found.values())) if len(found) == 1 else None


def _gender(sentence: Sentence, mention: Found) -> str | None:
    """The gender of a body: of its noun («[компания] «Орион»», «[ООО] «Мост»»), else of its name."""
    token = sentence.tokens[mention.head]
    if token.rel in {"appos", "flat:foreign", "flat:name"} and token.head >= 0:
        token = sentence.tokens[token.head]
    if token.text in {"ООО", "АО", "ПАО", "ЗАО", "ОАО"}:
        return "Neut"
    return token.feats.get("Gender")
