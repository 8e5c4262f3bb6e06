"""Word order and case, where the tree is plainly wrong: «встреча Путина … с [Байденом]» with «с Байденом»
hung on some other word, a finite verb without a subject beside a name in the nominative."""

from __future__ import annotations

from svyaz.lexicon import bodies
from svyaz.mentions.agreement import case_of
from svyaz.mentions.found import Found, Place
from svyaz.morph import fold, unbent
from svyaz.parse import Sentence, Token, plain_preposition
from svyaz.relations import arguments, subjects, syntax
from svyaz.relations.scene import Scene
from svyaz.text import QUOTES

# How far a preposition may stand behind its trigger.
_REACH = 12


def nearby_preposition(scene: Scene, i: int, word: str, case: str) -> list[int]:
    """The phrase with the preposition behind token ``i``, before any verb or clause border.

    Only phrases count that hang on a word between the trigger and themselves, and with «с» only on a name, an
    animate noun or below a noun that is the trigger: «рассмотрели возможности сотрудничества с Москвой» is no
    talk with Moscow, «меморандум о сотрудничестве с «Сибуром»» is one with Sibur.
    """
    s = scene.sentence
    wanted = fold(word)
    if wanted == "у":  # «У [Ремизова] 25% акций»: the tree makes the owner the head of it all
        return [
            t.index
            for t in syntax.ancestors(s, i)
            if t.head < 0 and syntax.preposition(s, t.index) == "у" and t.index < i
        ]
    if " " in wanted:
        return []
    if wanted not in {"с", "между"}:
        return _right_behind(s, i, wanted, case)
    if wanted == "с" and s.tokens[i].pos in {"PROPN", "NOUN"} and s.tokens[i - 1].text in QUOTES:
        return _right_behind(s, i, wanted, case)
    if syntax.is_verb(s.tokens[i]) and i > 1 and _pronoun_before(s, i, wanted, case):
        return [i - 1]
    for token in s.tokens[i + 1 : i + 1 + _REACH]:
        if _ends_phrase(s, token):
            return []
        if plain_preposition(token.text) == wanted and token.head > token.index:
            noun = s.tokens[token.head]
            if noun.case not in {case, None} and not noun.text.isupper():  # «с [ООО] «Мост»»
                continue
            return [noun.index] if _is_side(scene, i, token, noun, wanted) else []
    return []


def _is_side(scene: Scene, i: int, preposition: Token, noun: Token, wanted: str) -> bool:
    """Whether the noun behind «с» or «между» belongs to the trigger ``i``, by the word that the tree hangs it on."""
    s = scene.sentence
    hangs = s.tokens[noun.head] if noun.head >= 0 else noun
    below = s.tokens[i].pos == "NOUN" and (noun.head < 0 or _below(scene, hangs, i))
    if below and _names(scene, noun):
        return True
    if not i <= hangs.index < preposition.index:
        return False
    if wanted == "с" and _somebody_beside(scene, i, hangs, noun):
        return True
    return wanted == "между" or hangs.feats.get("Animacy") == "Anim" or hangs.pos == "PROPN"


def _somebody_beside(scene: Scene, i: int, hangs: Token, noun: Token) -> bool:
    """«встретился в рамках форума [с послом] Индии»: somebody hung on the circumstance, and not on an object, of the
    verb."""
    s = scene.sentence
    chain = [hangs, *syntax.ancestors(s, hangs.index)]
    top = next((t for t in chain if t.head == i), None)
    aside = (
        top is not None and top.index > i and syntax.preposition(s, top.index) in {"в", "на", "после", "во"}
    )
    somebody = any(m.type in {"person", "office"} and m.head == noun.index for m in scene.at(noun.index))
    return aside and somebody and syntax.is_verb(s.tokens[i])


def _pronoun_before(s: Sentence, i: int, wanted: str, case: str) -> bool:
    """«На дамбе [с ним] встретился Носов»: a pronoun right before the verb, hung on a word farther back."""
    token, before = s.tokens[i - 1], s.tokens[i - 2]
    shape = token.pos == "PRON" and token.case == case and before.pos == "ADP"
    return shape and plain_preposition(before.text) == wanted


def _ends_phrase(s: Sentence, token: Token) -> bool:
    """A stop or a verb; not the dash of a list: «соглашение о кадрах [—] между «Сибуром» и МГУ»."""
    if token.text in {"—", "–"} and token.index + 1 < len(s.tokens):
        return fold(s.tokens[token.index + 1].text) != "между"
    verb = syntax.is_verb(token) and not syntax.is_participle(token)
    return verb or token.text in {".", ";", ":", "?", "!", "—", "("}


def _below(scene: Scene, word: Token, i: int) -> bool:
    """Whether a word hangs on the noun ``i`` by nouns alone: «меморандум о [подготовке] [кадров]»."""
    chain = [word, *syntax.ancestors(scene.sentence, word.index)]
    above = next((n for n, t in enumerate(chain) if t.index == i), 0)
    return above > 0 and all(t.pos == "NOUN" and not scene.in_name(t.index) for t in chain[:above])


def _names(scene: Scene, noun: Token) -> bool:
    """Whether a body, a state or a post stands there, no person («договор о поставке с Ивановым» is rare)."""
    if any(
        m.type in {"organization", "location"} and m.form == "name" and m.head == noun.index
        for m in scene.at(noun.index)
    ):
        return True
    return bool(scene.fillers(noun.index, ("organization",)))


def _right_behind(s: Sentence, i: int, wanted: str, case: str) -> list[int]:
    """«присоединение Балтийского банка [к Альфа-банку] завершат»: right behind a noun with its genitive, though the
    tree hangs the phrase on the verb."""
    if s.tokens[i].pos not in ({"NOUN", "PROPN"} if wanted == "с" else {"NOUN"}):
        return []
    end, queue = i, [i]
    while queue:
        below = [
            t
            for t in syntax.children(s, queue.pop())
            if t.index > i and t.rel in {"nmod", "flat:name", "amod", "appos", "flat:foreign"}
        ]
        queue += [t.index for t in below]
        end = max([end, *(t.index for t in below)])
    if end == i and wanted != "с":  # «компания «Восход» [со штаб-квартирой] в Туле купила …»
        return []
    at = next((t for t in s.tokens[end + 1 : end + 3] if t.text not in QUOTES), None)
    if at is None or at.pos != "ADP" or plain_preposition(at.text) != wanted or at.head <= at.index:
        return []
    noun = s.tokens[at.head]
    return [noun.index] if noun.case in {case, None} and noun.pos in {"NOUN", "PROPN"} else []


def second_side(s: Sentence, i: int) -> list[int]:
    """The other side of «между X и [Y]», where the tree joins «и Y» to some other word.

    «между Службой связи при правительстве и [компанией]»: the next noun in the instrumental behind «и».
    """
    for token in s.tokens[i + 1 :]:
        if token.text in {".", ";", ":", "?", "!"} or (
            syntax.is_verb(token) and token.feats.get("VerbForm") == "Fin"
        ):
            return []
        joined = any(fold(t.text) == "и" for t in syntax.children(s, token.index, "cc"))
        if joined and token.case == "Ins" and token.rel == "conj":
            return [token.index]
    return []


def first_side(s: Sentence, i: int) -> list[int]:
    """The side of «между [X] и Y» that the tree hung below Y."""
    start = next((t.index for t in syntax.children(s, i, "case") if fold(t.text) == "между"), i)
    inside = s.tokens[start + 1 : i]
    joint = next((t.index for t in inside if fold(t.text) == "и"), None)
    if joint is None:
        return []
    return [
        t.index
        for t in inside
        if t.index < joint and t.case == "Ins" and t.head == i and t.pos in {"NOUN", "PROPN"}
    ][:1]


def nearby_bare(scene: Scene, i: int, case: str) -> list[int]:
    """A mention in the dative or instrumental that the tree hangs on a word which it cannot depend on: «передал пост
    председателя общества [Седовой]», «основание Академии [Шуваловым]», «назначенный вчера [начальником] …»."""
    s = scene.sentence
    for mention in scene.mentions:
        described = scene.descriptor(mention) if mention.type == "organization" else None
        token = s.tokens[mention.head if described is None else described]  # «продал завод [компании] «Бета»»
        office = mention.type == "office" and case == "Ins" and syntax.is_verb(s.tokens[i])
        named = mention.type in {"person", "organization"} and mention.form == "name" and mention.first > i
        shown = case_of(s, mention) if mention.type == "office" else token.case
        if shown != case or not (office or named) or syntax.preposition(s, token.index) is not None:
            continue
        if abs(token.index - i) > _REACH or not _same_clause(s, mention.last, i):
            continue
        if token.case == case and not _ill_hung(
            s, token, i
        ):  # «[исполняющей] обязанности министра» heads another word
            continue
        return [token.index]
    return []


def _same_clause(s: Sentence, a: int, b: int) -> bool:
    between = s.tokens[min(a, b) + 1 : max(a, b)]
    return not any(
        t.text in {",", ";", ":", "—", "("} or (syntax.is_verb(t) and not syntax.is_participle(t))
        for t in between
    )


def _ill_hung(s: Sentence, token: Token, i: int) -> bool:
    """Whether the tree hangs a word on one that cannot govern it: an apposition in another case, or, behind a
    participle, on a verb beyond the noun that the participle describes."""
    if token.head < 0:
        return False
    up, trigger = s.tokens[token.head], s.tokens[i]
    if (
        syntax.is_participle(trigger)
        and syntax.is_verb(up)
        and i < token.index < syntax.modified(s, i) < up.index
    ):
        return True
    return (
        token.rel in {"appos", "nmod", "flat:name"}
        and up.case != token.case
        and up.index != i
        and not syntax.is_verb(up)
    )


def nearby_place(scene: Scene, i: int, word: str) -> list[int]:
    """The place that the tree hung on a name or an object below token ``i``: «встретился с Ван И [в Пекине]».

    Behind a post or a body it may be theirs («с послом [в Пекине]»), so it is taken from names of people and from
    words that are no mention; only settlements, for «соглашение о торговле [в Африке]» tells where trade goes on.
    """
    s = scene.sentence
    out: list[int] = []
    for at in arguments.inside_clause(s, i, word, "Loc"):
        below = s.tokens[at].head
        spot = [m for m in scene.at(at) if m.type == "location" and m.form == "name" and m.head == at]
        hosts = [m for m in scene.at(below) if m.type != "date"]
        if not spot or at < i or any(m.type != "person" for m in hosts):
            continue
        if isinstance(spot[0].info, Place) and spot[0].info.kind in {None, "city"}:
            out.append(at)
    return out[:1]


def heads_line(scene: Scene, mention: Found) -> bool:
    """Whether only a mention, with an office before it, stands before the mark behind it: «Мэр Носов: …»."""
    before = scene.sentence.tokens[: mention.first]
    return all(t.case in {"Nom", "Gen"} and not syntax.is_verb(t) and scene.at(t.index) for t in before)


def nearby_subject(scene: Scene, i: int) -> list[int]:
    """The mention in the nominative nearest to a finite verb that agrees with it; only without a subject."""
    verb = scene.sentence.tokens[i]
    if (
        verb.feats.get("VerbForm") != "Fin"
        or syntax.is_passive(verb)
        or verb.feats.get("Person") in {"1", "2"}
    ):
        return []
    own = [t for t in syntax.children(scene.sentence, i) if t.rel.startswith("nsubj")]
    if any(not subjects.misread(scene.sentence, verb, t) for t in own):  # «[акции] Мохов продал»
        return []
    best: tuple[int, int] | None = None
    for mention in scene.mentions:
        if mention.first > i + _REACH or mention.last < i - _REACH or mention.type == "date":
            continue
        described = scene.descriptor(mention)
        if described is not None and bodies.head(scene.sentence.tokens[described].lemma) is None:
            described = None  # «меморандум о партнёрстве «Сибур» и …»: the noun need not be the name's
        head = scene.sentence.tokens[mention.head if described is None else described]
        opening = _opening(scene.sentence, mention.head)
        joined = len(syntax.coordinated(scene.sentence, opening)) > 1
        if mention.form == "adjective" or head.case != "Nom" or not _agree(head, verb, joined):
            continue
        if _separated(scene.sentence, mention.last, i) and _separated(scene.sentence, i, mention.first):
            continue
        distance = min(abs(mention.first - i), abs(mention.last - i))
        if distance <= 8 and (best is None or distance < best[0]):
            best = (distance, opening)
    return [best[1]] if best else []


def _opening(s: Sentence, i: int) -> int:
    """The first of those joined: «соглашение о торговле [Перу] и Боливия не подписали» with an unbending first."""
    token = s.tokens[i]
    first = s.tokens[token.head] if token.rel == "conj" and token.head >= 0 else token
    return first.index if first.pos == "PROPN" and unbent(first.text) else i


def _agree(noun: Token, verb: Token, joined: bool = False) -> bool:
    number = verb.feats.get("Number")
    gender = verb.feats.get("Gender")
    if joined and number == "Plur":  # «подписали Франция и Алжир»
        return True
    same = noun.feats.get("Number") in {None, number}
    return same and (gender is None or noun.feats.get("Gender") in {None, gender})


def _separated(s: Sentence, a: int, b: int) -> bool:
    """Whether a clause border or another verb stands between two tokens, or they are out of order."""
    if a >= b:
        return True
    between = s.tokens[a + 1 : b]
    if any(
        t.text in {";", ":", "—", "(", ")"} or (syntax.is_verb(t) and t.feats.get("VerbForm") == "Fin")
        for t in between
    ):
        return True
    return sum(t.text == "," for t in between) % 2 == 1
