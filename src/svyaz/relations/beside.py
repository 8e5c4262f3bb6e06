"""Names set off beside a word: in brackets, by commas, behind a noun's genitives."""

from __future__ import annotations

from svyaz import morph
from svyaz.mentions.found import Found, Place
from svyaz.morph import fold
from svyaz.relations import syntax
from svyaz.relations.scene import Scene
from svyaz.text import QUOTES


def place_behind(scene: Scene, i: int) -> list[Found]:
    """The place in brackets behind a name, «завод «Луч» [(Тула)]», or the region behind a place and a comma,
    «Высоцк, [Ленинградская область]»."""
    tokens = scene.sentence.tokens
    name = next((m for m in scene.at(i) if m.head == i and m.form == "name"), None)
    at = name.last + 1 if name else len(tokens)
    while at < len(tokens) and tokens[at].text in QUOTES:
        at += 1
    if name is None or at + 2 >= len(tokens) or tokens[at].text not in {"(", "/", ","}:
        return []
    found = next((m for m in scene.at(at + 1) if m.type == "location" and m.first == at + 1), None)
    if found is None or found.form != "name" or found.info is None:
        return []
    closing = tokens[found.last + 1].text if found.last + 1 < len(tokens) else "."
    kind = found.info.kind if isinstance(found.info, Place) else None
    if name.type == "location" and kind != "region":
        return []
    if tokens[at].text == ",":
        return [found] if name.type == "location" and closing in {",", ")", ".", "—"} else []
    return [found] if closing in {")", "/", ","} and not found.normal.isascii() else []


def nearby_apposition(scene: Scene, i: int) -> list[int]:
    """«Дочь мэра Носова [Вера Носова]»: the person behind a noun and its genitives, in the noun's own case."""
    tokens = scene.sentence.tokens
    noun, at = tokens[i], i + 1
    while noun.feats.get("Animacy") == "Anim" and at < len(tokens):
        name = next(
            (m for m in scene.at(at) if m.type == "person" and m.form == "name" and m.first == at), None
        )
        if name and tokens[name.head].case == noun.case and at > i + 1:
            return [name.head]
        set_off = tokens[at].text == "," and _set_off(scene, at, noun.case)
        if set_off:
            return [set_off.head]
        words = tokens[at : (name.last if name else at) + 1]
        if noun.case == "Gen" or not any(t.case == "Gen" for t in words):
            return []
        at += len(words)
    return [m.head for m in _named_before(scene, i)]


def owner_behind(scene: Scene, i: int) -> list[int]:
    """«Свекровь [Кедрова] приехала»: a genitive that looks like a woman's nominative, told by whom it means."""
    tokens = scene.sentence.tokens
    name = next((m for m in scene.at(i + 1) if m.type == "person" and m.first == m.last == i + 1), None)
    meant = scene.entity(name) if name and name.form == "name" else None
    if name is None or meant is None or meant.person is None or fold(tokens[i].text) != tokens[i].lemma:
        return []
    last = fold(meant.person.last or "")
    written = fold(tokens[name.head].text)
    genitive = written.startswith(last[:-2]) and (
        written in {last + "а", last + "я"} or (written != last and morph.can_be(written.title(), "Gen"))
    )
    return [name.head] if last and genitive else []


def _named_before(scene: Scene, i: int) -> list[Found]:
    """«[«Газэнергосеть»], „дочка“ «Газпрома», …», «[YouTube] — часть Google»: the body set off before a noun."""
    tokens = scene.sentence.tokens
    at = i - 1
    while at >= 0 and (tokens[at].text in QUOTES or (tokens[at].pos == "ADJ" and tokens[at].head == i)):
        at -= 1
    if at < 1 or tokens[at].text not in {",", "—", "–"} or tokens[i].case not in {"Nom", tokens[at - 1].case}:
        return []
    last = at - 1
    while last > 0 and tokens[last].text in QUOTES:
        last -= 1
    named = next((m for m in scene.at(last) if m.last in {last, at - 1} and m.form == "name"), None)
    if (
        named is None
        or named.type != "organization"
        or tokens[i].feats.get("Animacy") == "Anim"
        or tokens[named.head].case not in {tokens[i].case, "Nom", None}
    ):
        return []
    return [named]


def _set_off(scene: Scene, comma: int, case: str | None) -> Found | None:
    """«отец Игоря Круглова, [Пётр Круглов], …»: a name between two commas."""
    tokens = scene.sentence.tokens
    post = next((m for m in scene.at(comma + 1) if m.type == "office" and m.first == comma + 1), None)
    at = comma + 1 if post is None or tokens[post.head].case != case else post.last + 1
    found = next(
        (m for m in scene.at(at) if m.type == "person" and m.form == "name" and m.first == at),
        None,
    )
    closing = {","} if at == comma + 1 else {",", ".", ";", ")"}  # «его жена, режиссёр [Алла Кантор].»
    closed = found is not None and found.last + 1 < len(tokens) and tokens[found.last + 1].text in closing
    return found if found and closed and tokens[found.head].case == case else None


# How far the dash of a verb left out may stand behind its phrase.
_REACH = 12


def gapped(scene: Scene, i: int) -> list[int]:
    """Who stands behind the dash for a verb left out: «со [стороны] Рязани — [замдиректора Олег Сурков]»."""
    tokens = scene.sentence.tokens
    for token in tokens[i + 1 : i + 1 + _REACH]:
        if token.text in {"—", "–", "-"}:
            behind = [m for m in scene.mentions if m.first > token.index and m.type in {"person", "office"}]
            first = min(behind, key=lambda m: (m.first, -m.last), default=None)
            between = tokens[token.index + 1 : first.first] if first else ()
            close = first is not None and all(t.pos in {"ADJ", "NOUN"} and t.case == "Nom" for t in between)
            return [first.head] if first and close and tokens[first.head].case in {"Nom", None} else []
        if token.text in {",", ";", ":"} or syntax.is_verb(token):
            return []
    return []
