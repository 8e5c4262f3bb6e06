"""What a body's name takes behind its head: «музей [природы Бурятии]», «комитет [по бюджету]», «служба [при мэрии]»."""

from __future__ import annotations

from collections.abc import Sequence

from svyaz.mentions.found import Found
from svyaz.parse import Sentence, Token

# How many common words may stand between a head noun and its name: «департамент городского имущества Москвы».
_MAX_COMPLEMENT = 6
# Common nouns by which an article calls the place it writes of: «администрация [города]».
PLACE_NOUNS = frozenset(
    "город область край республика регион страна государство район округ штат провинция".split()
)
# Whose servants a body may be: «служба при [президенте]», «администрация [губернатора]».
_MASTERS = frozenset(
    "правительство президент министерство мид губернатор мэр глава мэрия премьер премьер-министр прокуратура".split()
)


def place_at(names: Sequence[Found], index: int) -> Found | None:
    """The place by name that starts at a token."""
    return next((n for n in names if n.first == index and n.type == "location" and n.form == "name"), None)


def name_at(names: Sequence[Found], index: int) -> Found | None:
    """The place or body by name that starts at a token, the longest of several."""
    at = [
        n for n in names if n.first == index and n.type in {"location", "organization"} and n.form == "name"
    ]
    return max(at, key=lambda n: n.last, default=None)


def genitive(
    sentence: Sentence,
    last: int,
    names: Sequence[Found],
    *,
    bare: bool = False,
    strict: bool = False,
    filled: bool = True,
) -> int:
    """The last token of the words in the genitive behind ``last`` that end in a name or, when ``bare``, in a
    place's common noun («[города]»); ``last`` if there are none.

    ``strict`` asks for a name whose own ending is the genitive's: «партия [Штирии]», not «партия [Яблоко]»;
    ``filled`` lets common words stand before it: «департамент [городского имущества] Москвы».
    """
    at, end = last + 1, last
    while at < len(sentence.tokens) and at - last <= _MAX_COMPLEMENT:
        token = sentence.tokens[at]
        if name := name_at(names, at):
            called = at > last + 1 and sentence.tokens[at - 1].lemma in PLACE_NOUNS  # «района [Кунцево]»
            if not called and not _in_genitive(sentence, name, strict=strict):
                return end
            end, at = name.last, name.last + 1
        elif token.lemma in PLACE_NOUNS and token.case == "Gen" and token.feats.get("Number") == "Sing":
            end = at if bare or end > last else end
            at += 1
        elif filled and end == last and _is_filling(token, at > last + 1):
            at += 1
        else:
            return end
    return end


def _in_genitive(sentence: Sentence, name: Found, *, strict: bool) -> bool:
    token = sentence.tokens[name.head]
    foreign = token.feats.get("Foreign") == "Yes"
    if not strict:
        return token.case in {"Gen", None} or foreign
    fixed = name.type == "location" and token.text[-1].lower() in "оеиуэю"  # «университет [Осло]»
    return (token.case == "Gen" or fixed) and not foreign


def _is_filling(token: Token, inside: bool) -> bool:
    """Words between a head and the name that it takes: «департамент [городского имущества] Москвы»."""
    if token.text == "по" or (inside and (token.text == "и" or token.pos == "ADV")):
        return True
    return (
        token.pos in {"NOUN", "ADJ"} and token.case in {"Gen", "Dat"} and token.feats.get("Animacy") != "Anim"
    )


def numbered(sentence: Sentence, last: int, names: Sequence[Found]) -> int:
    """«школа [№ 5 Омска]», «отдел [полиции № 3]»: a number names a body, common words in the genitive before it too."""
    for token in sentence.tokens[last + 1 : last + 5]:
        if token.text in {"№", "N"}:
            number = sentence.tokens[token.index + 1 : token.index + 2]
            if not number or not number[0].text[:1].isdigit():
                return last
            place = place_at(names, token.index + 2)
            return place.last if place and _in_genitive(sentence, place, strict=True) else token.index + 1
        if token.pos not in {"NOUN", "ADJ"} or token.case != "Gen" or not token.text.islower():
            return last
    return last


def charge(sentence: Sentence, last: int, names: Sequence[Found], *, places_only: bool = False) -> int:
    """«комитет Госдумы [по бюджету и налогам]», «УФСИН [по Омской области]»: what or whom the body serves."""
    tokens = sentence.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].lemma not in {"по", "против"}:
        return last
    place = place_at(names, last + 2)
    if place is None and tokens[last + 2].lemma in PLACE_NOUNS:
        place = place_at(names, last + 3)  # «УМВД [по городу Сочи]»
    if place:
        return _and_another(sentence, place, names)
    return last if places_only else _task(tokens, last)


def _and_another(sentence: Sentence, place: Found, names: Sequence[Found]) -> int:
    """«по Омску [и Омской области]»."""
    second = place_at(names, place.last + 2)
    joined = second is not None and sentence.tokens[place.last + 1].text == "и"
    same = joined and second and sentence.tokens[second.head].case == sentence.tokens[place.head].case
    return second.last if second and same else place.last


def _task(tokens: Sequence[Token], last: int) -> int:
    end, at = last, last + 2
    case = {"Dat", "Gen"} if tokens[last + 1].lemma == "по" else {"Gen"}
    while at < len(tokens) and at - last <= _MAX_COMPLEMENT + 2:
        token = tokens[at]
        if token.pos in {"NOUN", "ADJ"} and token.case in case and token.feats.get("Animacy") != "Anim":
            end = at if token.pos == "NOUN" else end
        elif token.text != "и":
            break
        at += 1
    return end


def attached(sentence: Sentence, last: int, names: Sequence[Found]) -> int:
    """«… [при правительстве государства]», «… [при президенте РФ]»."""
    tokens = sentence.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].lemma != "при":
        return last
    if tokens[last + 2].pos not in {"NOUN", "PROPN"} or tokens[last + 2].lemma not in _MASTERS:
        return last
    return _and_its_place(sentence, last + 2, names)


def master(sentence: Sentence, last: int, names: Sequence[Found]) -> int:
    """«администрация [президента США]», «пресс-служба [губернатора]»: a body that serves a post."""
    following = sentence.tokens[last + 1 : last + 2]
    if not following or following[0].lemma not in _MASTERS or following[0].case != "Gen":
        return last
    return _and_its_place(sentence, last + 1, names)


def _and_its_place(sentence: Sentence, last: int, names: Sequence[Found]) -> int:
    place = name_at(names, last + 1)
    if place and _in_genitive(sentence, place, strict=False):
        return place.last
    following = sentence.tokens[last + 1 : last + 2]
    common = following and following[0].lemma in PLACE_NOUNS and following[0].case == "Gen"
    return last + 1 if common else last  # «при правительстве государства»


def person_behind(sentence: Sentence, last: int, names: Sequence[Found]) -> int:
    """«правительство [Медведева]», «администрация президента [Обамы]»."""
    person = _person_at(names, last + 1)
    return person.last if person and sentence.tokens[person.head].case == "Gen" else last


def named_after(sentence: Sentence, last: int, names: Sequence[Found]) -> int:
    """«театр [имени Вахтангова]», «театр [им. Йозефа Бойса]»."""
    words = [t.lemma for t in sentence.tokens[last + 1 : last + 3]]
    if words[:1] == ["имя"]:
        person = _person_at(names, last + 2)
    elif words == ["им", "."]:
        person = _person_at(names, last + 3)
    else:
        return last
    return person.last if person else last


def _person_at(names: Sequence[Found], index: int) -> Found | None:
    return next((n for n in names if n.first == index and n.type == "person" and n.form == "name"), None)
