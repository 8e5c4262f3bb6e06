"""Whether a noun of the lexicon is a post where it stands: «партнёр компании», but not «партнёр» alone."""

from __future__ import annotations

from collections.abc import Sequence

from svyaz.lexicon import posts
from svyaz.mentions.agreement import plural
from svyaz.mentions.found import Found, Post
from svyaz.parse import Sentence
from svyaz.structure.tie import Tie


def standing(sentences: Sequence[Sentence], tied: Sequence[Sequence[Tie]]) -> tuple[Tie, ...]:
    """The ties of the offices that are ones; ``tied`` are those of each sentence.

    A calling alone («[певица] уехала») counts where the article names somebody by it («певица Анна Лунина»).
    """
    by_themselves = [[holds(s, t) for t in ties] for s, ties in zip(sentences, tied, strict=True)]
    named = {
        mark
        for ties, kept in zip(tied, by_themselves, strict=True)
        for tie, right in zip(ties, kept, strict=True)
        if right and tie.holder
        for mark in _callings(tie.office)
    }
    return tuple(
        tie
        for sentence, ties, kept in zip(sentences, tied, by_themselves, strict=True)
        for tie, right in zip(ties, kept, strict=True)
        if right or _recalls(sentence, tie.office, named)
    )


def _callings(office: Found) -> set[str]:
    """By what a holder may be called later: the head of the post, and the general words for its kind."""
    if not isinstance(office.info, Post):
        return set()
    return {office.info.head, *posts.general().get(office.info.kind, ())}


def _recalls(sentence: Sentence, office: Found, named: set[str]) -> bool:
    head = sentence.tokens[office.head]
    alone = office.first == office.last and not plural(sentence, office)
    return alone and isinstance(office.info, Post) and office.info.head in named and head.case != "Voc"


def holds(sentence: Sentence, tie: Tie) -> bool:
    """Whether the office of a tie is one: some nouns are a post only beside a body, a place or a person
    («партнёр компании»), and plural workers without names («специалистами») are none."""
    post = tie.office.info if isinstance(tie.office.info, Post) else None
    entry = posts.entry(post.head) if post else None
    beside = tie.body or tie.holder or tie.client
    if tie.holder or _in_place_of_post(sentence, tie.office):
        return True
    stated = post and (post.tie or (post.represents and beside))  # «не является [представителем] «Газпрома»»
    if post and post.chance is not None and not stated and post.chance < _HARDLY_A_POST:
        return False
    if post and post.chance is not None and post.chance > _SURELY_A_POST and not plural(sentence, tie.office):
        return True
    if entry is None:  # seen by the second tagger alone: «[гидролог] из Осло»
        return beside is not None
    if not entry.bare and not beside:
        return False
    return not (entry.kind in _WORKERS and plural(sentence, tie.office))


# What the second tagger takes for something else: a company that is a «разработчик», the «владелец» of a dog.
_HARDLY_A_POST = 0.3
# One person called by a post alone: «арест [журналиста] возмутил коллег».
_SURELY_A_POST = 0.985


def _in_place_of_post(sentence: Sentence, office: Found) -> bool:
    """Whether only a post can stand there: «на должность [аналитика]», «в качестве [управляющего]», «пришла
    [аналитиком]», «[советник президента]»."""
    head = sentence.tokens[office.head]
    if any(posts.entry(t.lemma) for t in sentence.tokens[office.head + 1 : office.last + 1]):
        return True
    if plural(sentence, office):
        return False
    before = next((t for t in reversed(sentence.tokens[: office.first]) if t.pos != "ADJ"), None)
    if before is not None and before.lemma in _POST_NOUNS and head.case in {"Gen", "Acc"}:
        return True
    governor = sentence.tokens[head.head] if head.head >= 0 else None
    preposition = any(sentence.tokens[c].pos == "ADP" for c in sentence.children[head.index])
    return head.case == "Ins" and not preposition and governor is not None and governor.lemma in _POST_VERBS


_POST_NOUNS = frozenset(
    ("пост должность качество кресло место обязанность позиция функция полномочие").split()
)


_POST_VERBS = frozenset(
    (
        "прийти устроиться устраиваться работать поработать проработать трудиться служить назначить "
        "назначать избрать утвердить нанять наняться подрабатывать вернуться перейти поступить"
    ).split()
)


_WORKERS = frozenset({"worker", "culture", "sport", "media", "science", "health", "education", "party"})
