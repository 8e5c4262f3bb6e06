"""Modality: whether a fact is asserted, planned, possible or denied, read on the way up from its trigger."""

from __future__ import annotations

from collections.abc import Iterator

from svyaz.lexicon import listed
from svyaz.model import Modality
from svyaz.morph import as_adjective, fold
from svyaz.parse import Sentence, Token
from svyaz.relations import syntax

_MAX_CLIMB = 5


_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "nmod", "appos"})


def words(key: str) -> frozenset[str]:
    return listed("modality", key)


def of_title(s: Sentence, trigger: int) -> Modality:
    """A title is what it says, but for its own adjectives: «[возможный] преемник»."""
    found = set(_of_attributes(s, s.tokens[trigger]))
    return next((v for v in ("denied", "possible", "planned") if v in found), "asserted")


def no_longer(s: Sentence, trigger: int) -> bool:
    """«[больше] не министр», «[уже] не работает»: what is denied has ended."""
    near = {fold(t.text) for t in s.tokens[max(0, trigger - 3) : trigger]}
    return bool(near & {"больше", "уже", "более"}) and bool(near & {"не", "нет"})


def modality(s: Sentence, trigger: int, support: int | None = None) -> Modality:
    """Whether the fact stated at ``trigger`` is asserted, planned, possible or denied.

    «намерен провести переговоры» is planned, «предложил встретиться» possible, «встреча не состоялась»
    denied. The strongest word on the way up decides: denied, then possible, then planned.
    """
    if s.tokens[trigger].pos == "PUNCT":  # «Мэр: „Мы не уйдём“»: the colon states that he said so
        return "asserted"
    if (
        s.tokens[trigger].rel == "cop" and s.tokens[trigger].head >= 0
    ):  # «не был министром»: «не» hangs on the noun
        trigger = s.tokens[trigger].head
    verb = trigger if support is None else support
    if _cannot_but(s, verb):
        return "asserted"
    found = set(_of_chain(s, trigger)) | (set(_of_chain(s, support)) if support is not None else set())
    if _denied_report(s, verb) or (found and _called_off(s, trigger, verb)):
        return "denied"
    for value in ("denied", "possible", "planned"):
        if value in found:
            return value
    return "asserted"


def _cannot_but(s: Sentence, verb: int) -> bool:
    """«не мог не [встретиться]»: he did."""
    token = s.tokens[verb]
    if token.feats.get("VerbForm") != "Inf" or token.head < 0 or not _negated(s, token):
        return False
    return s.tokens[token.head].lemma == "мочь" and _negated(s, s.tokens[token.head])


def _denied_report(s: Sentence, verb: int) -> bool:
    """«опроверг сообщения о том, что [встретится] …», where the clause describes the noun of the report."""
    token = s.tokens[verb]
    if token.rel not in {"acl", "ccomp"} or not any(
        fold(t.text) == "что" for t in syntax.children(s, verb, "mark")
    ):
        return False
    for up in list(syntax.ancestors(s, verb))[:3]:
        if syntax.is_verb(up):
            return bool(syntax.verb_lemmas(up) & words("denied")) and not _negated(s, up)
    return False


def _called_off(s: Sentence, trigger: int, verb: int) -> bool:
    """What was meant and then came to nothing: «собирался [посетить] Баку, но поездку отменили»."""
    for turn in s.tokens[verb + 1 :]:
        end = s.tokens[turn.head] if fold(turn.text) in words("turns") and turn.head > turn.index else None
        if end is None or not syntax.is_verb(end):
            continue
        lemmas = syntax.verb_lemmas(end)
        failed = lemmas & words("undone") if _negated(s, end) else lemmas & words("denied")
        sides = syntax.children(s, end.index, "nsubj", "nsubj:pass", "obj")
        meant = [t for t in sides if t.lemma in words("deeds") or t.lemma == s.tokens[trigger].lemma]
        alone = not sides and not syntax.children(s, end.index, "obl") and lemmas & words("given_up")
        if (failed and meant) or alone:
            return True
    return False


def _of_chain(s: Sentence, start: int) -> Iterator[Modality]:
    """The values that the words from ``start`` upwards give."""
    token = s.tokens[start]
    yield from _own(s, token)
    # what «брат X» is told to do says nothing of whose brother he is
    of_person = token.pos == "NOUN" and token.feats.get("Animacy") == "Anim" and token.rel in _ARGUMENTS
    climbed, denials = 0, 0
    for up in syntax.ancestors(s, start):
        if _is_report(s, token, up):
            if _untrue(s, up):
                yield "denied"
            if up.lemma != "слух":
                break
        if climbed >= _MAX_CLIMB or not _governs(s, token, up) or (of_person and syntax.is_verb(up)):
            break
        value = _governing(s, up, token)
        if value == "stop":
            break
        negated = _negated(s, up)
        if value == "denied" and negated and up.lemma in words("negated_denial"):
            value = None
        elif value == "denied" and negated and up.lemma in words("negated_possible"):
            value = "possible"
        elif negated and value != "denied":
            value, denials = "denied", denials + 1
        if value:
            yield value  # type: ignore[misc]
        yield from _tense(s, up)
        token, climbed = up, climbed + 1


def _is_report(s: Sentence, token: Token, up: Token) -> bool:
    """«[сообщения] о встрече», «[факт] встречи»: what is told of a thing, whose own verbs say nothing of the thing."""
    if token.rel != "nmod" or up.lemma not in words("report_nouns"):
        return False
    return syntax.preposition(s, token.index) == "о" or (up.lemma == "факт" and token.case == "Gen")


def _untrue(s: Sentence, report: Token) -> bool:
    """«[ложные] сообщения», «опроверг [слухи]», «[данные] не подтвердились», «[информация] оказалась ложной»."""
    if any(t.lemma in words("untrue") for t in syntax.children(s, report.index, "amod", "acl")):
        return True
    if report.head < 0 or report.rel not in {"nsubj", "nsubj:pass", "obj", "nmod"}:
        return False
    above = s.tokens[report.head]
    if report.rel == "nmod":  # «опровержение слухов о продаже»
        return above.lemma in words("denied_nouns")
    told = {above.lemma} | {t.lemma for t in syntax.children(s, above.index)}
    lemmas, negated = syntax.verb_lemmas(above), _negated(s, above)
    if lemmas & words("negated_denial") or above.lemma in words("denied") or told & words("untrue"):
        return not negated
    return negated and bool(lemmas & words("confirming"))


def _governs(s: Sentence, token: Token, up: Token) -> bool:
    """Whether ``up`` can colour ``token``: it governs it as complement, and no new clause begins between."""
    if token.rel in {"acl:relcl", "conj", "parataxis", "appos", "nsubj:pass", "flat:name"} or (
        token.rel == "acl" and syntax.is_participle(token)
    ):
        return token.rel == "nsubj:pass" and syntax.is_verb(up)
    if token.rel == "advcl":
        return any(
            fold(t.text) in words("hypothetical_marks") for t in syntax.children(s, token.index, "mark")
        )
    if token.rel == "ccomp" and token.feats.get("VerbForm") == "Fin":
        return up.lemma in words("denied") | {
            "исключать",
            "допускать",
            "допустить",
            "надеяться",
            "хотеть",
            "ожидать",
            "предложить",
        }
    if token.rel == "nmod" and up.pos == "NOUN":
        nouns = words("possible_nouns") | words("planned_nouns") | words("denied_nouns")
        about = up.lemma in words("possible_about") and syntax.preposition(s, token.index) == "о"
        return about or up.lemma in nouns | words("event_nouns") or syntax.is_verb(up)
    return True


def _own(s: Sentence, token: Token) -> Iterator[Modality]:
    if _negated(s, token):
        yield "denied"
    yield from _tense(s, token)
    yield from _of_attributes(s, token)
    for child in syntax.children(s, token.index):
        word = fold(child.text)
        if _is_hearsay(s, child):
            yield "possible"
        if (
            child.rel in {"advmod", "parataxis", "discourse"}
            and (child.lemma in words("possible_adverbs") or word in words("possible_adverbs"))
        ) or (child.rel in {"mark", "aux"} and word in words("hypothetical_marks") and word != "что"):
            yield "possible"


def _is_hearsay(s: Sentence, child: Token) -> bool:
    """«по [слухам]», «по неподтверждённым [данным]»."""
    if child.pos != "NOUN" or syntax.preposition(s, child.index) != "по":
        return False
    doubted = any(t.lemma in words("unconfirmed") for t in syntax.children(s, child.index, "amod", "acl"))
    return child.lemma == "слух" or doubted


def _of_attributes(s: Sentence, token: Token) -> Iterator[Modality]:
    """«[возможная] встреча», «[несостоявшийся] визит»."""
    for child in syntax.children(s, token.index, "amod", "acl"):
        lemmas = {child.lemma, fold(child.text)} | {as_adjective(child.text, child.pos, child.feats)}
        for value in ("denied", "possible", "planned"):
            if lemmas & words(f"{value}_attributes"):
                yield value


def _negated(s: Sentence, token: Token) -> bool:
    return any(
        fold(t.text) in {"не", "нет"} and t.index < token.index + 1 for t in syntax.children(s, token.index)
    )


def _tense(s: Sentence, token: Token) -> Iterator[Modality]:
    """The future is planned: «встретится», «будет проводить», «будет подписан»; «бы» is possible."""
    if token.feats.get("Tense") == "Fut" or (
        token.feats.get("Aspect") == "Perf"
        and token.feats.get("Tense") == "Pres"
        and token.feats.get("VerbForm") == "Fin"
    ):
        yield "planned"
    for child in syntax.children(s, token.index, "aux", "aux:pass", "cop"):
        if (
            child.lemma == "быть"
            and child.feats.get("Tense") in {"Fut", "Pres"}
            and fold(child.text).startswith("буд")
        ):
            yield "planned"
        if fold(child.text) in {"бы", "б"}:
            yield "possible"


def _governing(s: Sentence, up: Token, below: Token) -> str | None:
    """What a governor says of what it governs; «stop» where its clause is another matter."""
    lemmas = syntax.verb_lemmas(up)
    infinitive = below.feats.get("VerbForm") == "Inf"
    noun = below.pos in {"NOUN", "PROPN"}
    if up.pos == "NOUN" and not syntax.is_verb(up):
        for key in ("denied", "possible", "planned"):
            if up.lemma in words(f"{key}_nouns"):
                return key
        if up.lemma in words("possible_about") and syntax.preposition(s, below.index) == "о":
            return "possible"
        return None if infinitive or below.rel == "nmod" else "stop"
    if not (infinitive or noun or below.rel in {"ccomp", "csubj", "xcomp", "advcl"}):
        return None
    if noun and below.rel in {"nsubj", "obl", "nsubj:pass"} and not _says_of(s, up, below):
        return "stop"
    if noun and below.rel == "nsubj" and up.lemma in words("of_object"):
        return "stop"
    for key in ("denied", "possible", "planned"):
        if lemmas & words(key):
            if key == "planned" and up.lemma == "стать":
                continue
            if up.lemma == "назначить" and not _is_set(s, up, below):
                continue
            if (
                key == "possible"
                and noun
                and up.lemma in {"обсудить", "обсуждать", "рассмотреть", "рассматривать"}
            ):
                continue
            return key
    if infinitive or noun:
        return None
    return "stop"


def _is_set(s: Sentence, up: Token, below: Token) -> bool:
    """«встреча [назначена] на пятницу»; «назначил штраф» and «назначен мэром» are done."""
    return below.rel in {"nsubj:pass", "nsubj", "obj"} and any(
        syntax.preposition(s, t.index) == "на" for t in syntax.children(s, up.index)
    )


def _says_of(s: Sentence, up: Token, below: Token) -> bool:
    """«встреча [ожидается]», «от встречи [отказался]»; but «на встрече [предложил] …» is another matter."""
    if below.rel in {"nsubj", "nsubj:pass"}:
        return True
    preposition = syntax.preposition(s, below.index)
    return preposition in {None, "от", "к", "о"}
