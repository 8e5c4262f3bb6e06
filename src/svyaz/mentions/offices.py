"""Offices: a head noun of the lexicon with the words of the post around it.

«бывший [первый заместитель министра иностранных дел] России»: modifiers before the head, the deputy's
post, the minister's portfolio. The body, the place and «бывший» stay outside the mention.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from svyaz import morph
from svyaz.lexicon import bodies, places, posts
from svyaz.lexicon.posts import PostEntry
from svyaz.mentions.found import Found, Post, found
from svyaz.mentions.post_heads import entry_of
from svyaz.model import Phase
from svyaz.names.phrase import join
from svyaz.parse import Sentence, Token
from svyaz.text import CLOSING, OPENING

_MAX_ACTING = 6  # tokens
_ACTING = {"исполнять", "исполняющий", "замещать"}


def find(sentence: Sentence, names: Sequence[Found]) -> tuple[Found, ...]:
    """The office mentions of a sentence; ``names`` are its names, whose words are no posts («Король»)."""
    heads = [t for t in sentence.tokens if entry_of(t) is not None]
    if not heads:
        return ()
    taken = {i for n in names if n.form == "name" for i in range(n.first, n.last + 1)}
    out: list[Found] = []
    done = -1
    for token in heads:
        if token.index <= done or token.index in taken:
            continue
        office = _office(sentence, token, taken)
        if office and (not out or office.first > out[-1].last):
            out.append(office)
            done = office.last
    return tuple(out)


def _office(sentence: Sentence, token: Token, taken: set[int]) -> Found | None:
    entry = entry_of(token)
    if entry is None or _is_attribute(sentence, token) or _of_board(sentence, token):
        return None
    if _of_company(sentence, token, taken) or _of_ship(sentence, token):
        return None
    first = _expand_left(sentence, token.index, taken)
    entry, last = _compound(sentence, token, entry, first)
    if entry.phrase or in_honour(sentence, first):
        return None
    last = _expand_right(sentence, last, entry, taken)
    first, acting = _acting(sentence, first)
    tokens = sentence.tokens[first : last + 1]
    post = Post(
        head=morph.fold(entry.lemma),
        kind=entry.kind,
        phase=phase(sentence, first, token),
        represents=entry.represents,
        member=entry.member,
        tie=entry.tie,
    )
    normal = _normal(sentence, tokens, token, acting)
    return found(sentence, tokens, "office", normal, "nominal", post, head=token.index)


def in_honour(sentence: Sentence, first: int) -> bool:
    """«школа имени [маршала] Жукова», «завод им. [академика] Королёва»: the name of a thing."""
    before = [morph.fold(t.text) for t in sentence.tokens[max(0, first - 2) : first]]
    return before[-1:] in (["имени"], ["им"]) or before == ["им", "."]


def _of_board(sentence: Sentence, token: Token) -> bool:
    """«совет [директоров]», «союз [композиторов]»: a board is no post of anybody."""
    before = sentence.tokens[token.index - 1] if token.index else None
    plural = token.feats.get("Number") == "Plur" and token.case == "Gen"
    return (
        plural
        and before is not None
        and before.lemma in {"совет", "союз", "собрание", "кабинет", "палата", "коллегия", "гильдия", "съезд"}
    )


def _of_company(sentence: Sentence, token: Token, taken: set[int]) -> bool:
    """«[оператор] «Мегафон»»: a word for people and for companies with the company's name right behind it."""
    behind = sentence.tokens[token.index + 1 : token.index + 3]
    quoted = len(behind) == 2 and behind[0].text in OPENING and behind[1].index in taken
    return quoted and behind[1].case in {"Nom", None} and bodies.head(token.lemma) is not None


def _of_ship(sentence: Sentence, token: Token) -> bool:
    """«ледокол «[Капитан] Драницын»», ««[Король]» бензоколонок»: a post in a ship's name, or alone in quotes."""
    start = token.index
    if start == 0 or sentence.tokens[start - 1].text not in OPENING or not token.text[:1].isupper():
        return False
    closing = next((t for t in sentence.tokens[start + 1 : start + 4] if t.text in CLOSING), None)
    inside = sentence.tokens[start + 1 : closing.index] if closing else ()
    ship = start > 1 and sentence.tokens[start - 2].lemma in _SHIPS
    return closing is not None and (not inside or (ship and all(t.text[:1].isupper() for t in inside)))


_SHIPS = frozenset(
    "ледокол теплоход крейсер лайнер судно яхта эсминец фрегат корвет траулер паром танкер подлодка корабль".split()
)


def _is_attribute(sentence: Sentence, token: Token) -> bool:
    """Adjectives that only look like a post: «управляющая компания», «рабочий визит»."""
    following = sentence.tokens[token.index + 1 : token.index + 2]
    if (
        following
        and token.pos in {"ADJ", "VERB"}
        and token.lemma != following[0].lemma
        and following[0].case == token.case
        and following[0].pos == "NOUN"
        and posts.entry(following[0].lemma)
    ):  # «[ведущий] аналитик»
        return True
    return (
        token.pos in {"ADJ", "VERB"}
        and bool(following)
        and following[0].pos in {"NOUN", "PROPN"}
        and following[0].case == token.case
        and following[0].feats.get("Animacy") == "Inan"
    )


def _expand_left(sentence: Sentence, at: int, taken: set[int]) -> int:
    """Take in modifiers that agree: «первый», «генеральный», «чрезвычайный и полномочный»."""
    first = at
    head = sentence.tokens[at]
    while first > 0 and first - 1 not in taken:
        token = sentence.tokens[first - 1]
        if _modifies(token, head):
            first -= 1
        elif token.text == "и" and first > 1 and _modifies(sentence.tokens[first - 2], head) and first < at:
            first -= 2
        else:
            break
    return first


def _modifies(token: Token, head: Token) -> bool:
    if token.lemma not in posts.words("modifiers") and token.text.rstrip("-") not in {"пресс", "бизнес"}:
        return False
    alike = {token.case, head.case} == {"Gen", "Acc"}  # «уволил [главного] тренера»
    return token.case is None or head.case is None or token.case == head.case or alike or token.pos != "ADJ"


def _compound(sentence: Sentence, token: Token, entry: PostEntry, first: int) -> tuple[PostEntry, int]:
    """Read «глава государства», «главный редактор» as the lexicon's phrase of that head."""
    before = [t.lemma for t in sentence.tokens[first : token.index]]
    after = [morph.fold(t.text) for t in sentence.tokens[token.index + 1 : token.index + 6]]
    for phrase in posts.compounds().get(morph.fold(entry.lemma), ()):
        n, m = len(phrase.before), len(phrase.after)
        if before[len(before) - n :] == list(phrase.before)[-n or len(before) :] and after[:m] == list(
            phrase.after
        ):
            fields = {k: v for k, v in phrase.fields.items() if k in PostEntry.__dataclass_fields__}
            return replace(entry, phrase=False, **fields), token.index + m  # type: ignore[arg-type]
    return entry, token.index


def _expand_right(sentence: Sentence, last: int, entry: PostEntry, taken: set[int]) -> int:
    """Take in the complements that the lexicon allows the head; they may follow each other."""
    for complement in (*entry.takes, *(("field",) if "post" in entry.takes else ())):
        last = _COMPLEMENTS[complement](sentence, last, taken)
    return last


def _folded(sentence: Sentence, last: int, width: int = 6) -> list[str]:
    return [morph.fold(t.text) for t in sentence.tokens[last + 1 : last + 1 + width]]


def _listed(key: str) -> Callable[[Sentence, int, set[int]], int]:
    def expand(sentence: Sentence, last: int, taken: set[int]) -> int:
        length = posts.longest(key, _folded(sentence, last))
        free = not any(i in taken for i in range(last + 1, last + 1 + length))
        return last + length if free else last

    return expand


def _portfolio(sentence: Sentence, last: int, taken: set[int]) -> int:
    """«министр [экономического развития и торговли]»: a listed phrase, or a genitive of things; more behind «и»."""
    length = posts.longest("portfolios", _folded(sentence, last)) or _affairs(sentence, last, taken)
    if not length:
        return _field(sentence, last, taken)
    last += length
    while _folded(sentence, last)[:1] in (["и"], [","]):
        following = _folded(sentence, last)[1:]
        more = posts.longest("portfolios", following) or _affairs(sentence, last + 1, taken)
        if not more or (_folded(sentence, last)[0] == "," and "и" not in following[more : more + 1]):
            break
        last += 1 + more
    return last


def _affairs(sentence: Sentence, last: int, taken: set[int]) -> int:
    """How many words of «[лёгкой промышленности] Хорватии», a genitive that no list has: adjectives and one thing,
    no body and no place («министр [правительства]», «… области»)."""
    for token in sentence.tokens[last + 1 : last + 5]:
        if token.index in taken or token.case != "Gen" or token.text[:1].isupper():
            return 0
        if token.pos == "NOUN":
            thing = token.feats.get("Animacy") == "Inan" and token.lemma not in places.NOUNS
            return token.index - last if thing and bodies.head(token.lemma) is None else 0
        if token.pos != "ADJ":
            return 0
    return 0


def _post(sentence: Sentence, last: int, taken: set[int]) -> int:
    """«заместитель [генерального директора по развитию]»: the genitive post of the one who is served."""
    start = last + 1
    while start < len(sentence.tokens) and _modifies(sentence.tokens[start], sentence.tokens[start]):
        start += 1
    if start >= len(sentence.tokens) or start in taken:
        return last
    token = sentence.tokens[start]
    entry = entry_of(token)
    if entry is None or not (entry.indeclinable or token.case in {"Gen", None}):
        return last
    if token.feats.get("Case") == "Nom" and not entry.indeclinable:
        return last
    entry, end = _compound(sentence, token, entry, last + 1)
    return _expand_right(sentence, end, entry, taken)


def _field(sentence: Sentence, last: int, taken: set[int]) -> int:
    """«директор [по маркетингу и рекламе]», «уполномоченный [по правам ребёнка]»: по + dative."""
    tokens = sentence.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].lemma != "по":
        return last
    end, at = last, last + 2
    while at < len(tokens) and at not in taken and tokens[at].pos in {"ADJ", "NOUN", "CCONJ", "PROPN"}:
        token = tokens[at]
        if token.pos == "PROPN" and token.text[:1].isupper() and not token.text.isupper():
            break
        if token.pos == "NOUN" and token.case not in {"Dat", "Gen", "Ins", None}:
            break
        if token.feats.get("Animacy") == "Anim" and token.case != "Gen":
            break
        body = token.case == "Gen" and bodies.head(token.lemma)  # «директор по маркетингу | компании»
        if body and tokens[at - 1].lemma not in {"дело", "вопрос", "связь"}:  # «министр по делам [разведки]»
            break
        if token.pos in {"NOUN", "PROPN"}:
            end = at
        at += 1
    return end


def _candidacy(sentence: Sentence, last: int, taken: set[int]) -> int:
    """«кандидат [в президенты]»."""
    tokens = sentence.tokens
    if last + 2 < len(tokens) and tokens[last + 1].lemma in {"в", "на"} and entry_of(tokens[last + 2]):
        return last + 2
    return last


def _troops(sentence: Sentence, last: int, taken: set[int]) -> int:
    """«командующий [воздушно-десантными войсками]», «начальник [генерального штаба]»."""
    end = at = last
    while at + 1 < len(sentence.tokens) and sentence.tokens[at + 1].lemma in posts.troops():
        at += 1
        if sentence.tokens[at].pos in {"NOUN", "PROPN"}:
            end = at
    return end if end + 1 not in taken and not taken & set(range(last + 1, end + 1)) else last


_COMPLEMENTS = {
    "portfolio": _portfolio,
    "field": _field,
    "organ": _listed("organs"),
    "science": _listed("sciences"),
    "troops": _troops,
    "post": _post,
    "candidacy": _candidacy,
}


def _acting(sentence: Sentence, first: int) -> tuple[int, bool]:
    """Take in «врио», «и.о.», «исполняющий обязанности» before the post."""
    tokens = sentence.tokens
    before = [morph.fold(t.text) for t in tokens[max(0, first - _MAX_ACTING) : first]]
    if before and before[-1] in posts.words("acting"):
        return first - 1, True
    for length in range(_MAX_ACTING, 2, -1):  # razdel splits «вр.и.о.» into up to six tokens
        if len(before) >= length and "".join(before[-length:]) in posts.words("acting"):
            return first - length, True
    if before and before[-1] in {"обязанности", "функции"} and len(before) > 1:
        start = first - 2
        if tokens[start].lemma in _ACTING:
            return (start - 1 if before[-3:-2] and before[-3].startswith("временно") else start), True
    return first, False


def phase(sentence: Sentence, first: int, token: Token) -> Phase | None:
    """«бывший», «нынешний», «новый» before the mention, or «экс-» in its head."""
    if posts.ex(token.lemma) or posts.ex(morph.fold(token.text)):
        return "end"
    for before in reversed(sentence.tokens[max(0, first - 4) : first]):
        said = posts.phases().get(before.lemma)
        if not said and before.pos in {"ADJ", "VERB"} and posts.may_set_phase(before.text):
            said = posts.phases().get(morph.as_adjective(before.text, before.pos, before.feats))
        if said:
            return None if said == "future" else said  # type: ignore[return-value]
        if before.pos not in {"ADJ", "DET", "ADV"} and before.text != "-":
            break
    return None


def _normal(sentence: Sentence, tokens: Sequence[Token], head: Token, acting: bool) -> str:
    """Only the words that agree with the head turn: «первым замглавы» → «первый замглавы»."""
    readings = [p for p in morph.parses(head.text) if p.pos == "NOUN"]
    surely = bool(readings) and all(p.number == "Plur" for p in readings)  # whatever the tagger says
    plural = surely or head.feats.get("Number") == "Plur"
    words = list(_turned(tokens, head, acting, "Plur" if plural else "Sing"))
    if words and not (len(words[0]) > 1 and words[0][1].isupper()):
        words[0] = words[0][:1].lower() + words[0][1:]
    return join(tokens, words)


def _turned(tokens: Sequence[Token], head: Token, acting: bool, number: str) -> Iterator[str]:
    entry = entry_of(head)
    for token in tokens:
        if token.index > head.index or (acting and token.pos != "VERB") or (entry and entry.indeclinable):
            agrees = token.index < head.index and token.pos == "ADJ" and not acting
        else:
            agrees = token.index == head.index or token.pos in {"ADJ", "VERB"}
        form = None
        if agrees:
            gender = head.feats.get("Gender") if token.pos not in {"NOUN", "PROPN"} else None
            form = morph.inflect(token.text, pos=token.pos, feats=token.feats, number=number, gender=gender)
        yield form or token.text
