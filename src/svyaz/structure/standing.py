"""Whether a noun of the lexicon is a post where it stands: «партнёр компании», but not «партнёр» alone."""

from __future__ import annotations

from svyaz.lexicon import posts
from svyaz.mentions.agreement import plural
from svyaz.mentions.found import Found, Post
from svyaz.parse import Sentence
from svyaz.structure.tie import Tie


def holds(sentence: Sentence, tie: Tie) -> bool:
    """Whether the office of a tie is one: some nouns are a post only beside a body, a place or a person
    («партнёр компании»), and plural workers without names («специалистами») are none."""
    entry = posts.entry(tie.office.info.head) if isinstance(tie.office.info, Post) else None
    beside = tie.body or tie.holder or tie.client
    if entry is None or tie.holder or _in_place_of_post(sentence, tie.office):
        return True
    if not entry.bare and not beside:
        return False
    return not (entry.kind in _WORKERS and plural(sentence, tie.office))


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
