"""A sentence with its mentions: from words of the tree to the mentions that stand there."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from svyaz.entities import Draft, Resolution
from svyaz.lexicon import bodies, posts
from svyaz.mentions.found import Found
from svyaz.model import MentionType
from svyaz.morph import fold
from svyaz.parse import Sentence, Token
from svyaz.relations import arguments, syntax
from svyaz.relations.node import Node
from svyaz.relations.prospects import Prospects
from svyaz.structure import Tie
from svyaz.text import QUOTES

_APPOSITION = frozenset({"appos", "flat:name", "flat", "flat:foreign"})
_MANY = 1_000_000


@dataclass(frozen=True)
class Scene:
    """One sentence, the mentions in it that are entities' (or dates'), and the ties of its offices."""

    sentence: Sentence
    mentions: tuple[Found, ...]
    ties: tuple[Tie, ...]
    resolution: Resolution
    # Where steps from a word led: kept, because many frames of one trigger ask for the same.
    reached: dict[tuple[int, Hashable, bool], tuple[Node, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def _by_token(self) -> dict[int, tuple[Found, ...]]:
        table: dict[int, list[Found]] = {}
        for mention in self.mentions:
            for i in range(mention.first, mention.last + 1):
                table.setdefault(i, []).append(mention)
        return {
            i: tuple(sorted(found, key=lambda m: (m.head != i, m.last - m.first)) if found[1:] else found)
            for i, found in table.items()
        }

    @cached_property
    def prospects(self) -> Prospects:
        """What the sentence offers frames."""
        # An office may stand for its holder or for people named elsewhere.
        if any(m.type == "office" for m in self.mentions):
            return Prospects(self.sentence, self.mentions, _MANY)
        entities = {id(self.entity(m)) for m in self.mentions}
        return Prospects(self.sentence, self.mentions, len(entities))

    def at(self, token: int) -> tuple[Found, ...]:
        """The mentions that cover a token, those headed by it first, then the shortest."""
        return self._by_token.get(token, ())

    def office_ties(self, office: Found) -> tuple[Tie, ...]:
        """The ties of one office mention."""
        return tuple(t for t in self.ties if t.office is office)

    def in_name(self, token: int) -> bool:
        """Whether a word stands inside a proper name."""
        return any(m.form == "name" and m.type != "date" for m in self.at(token))

    def entity(self, mention: Found) -> Draft | None:
        """The entity of a mention."""
        return self.resolution.of(mention)

    def fillers(self, token: int, types: Sequence[MentionType], tie: Tie | None = None) -> list[Found]:
        """The mentions of the types that the phrase headed by ``token`` stands for.

        «[глава МИД] Лавров» gives Лавров where a person may stand, «компания «Орион»» gives Орион,
        «генерал Иванов» gives Иванов.
        """
        for mention in self.at(token):
            if mention.form == "adjective" and "location" not in types:
                continue
            if mention.form == "adjective":  # «российско-китайский» names two
                return [m for m in self.at(token) if m.form == "adjective"]
            found = self._from(mention, types, tie)
            if found:
                return found
        return self._beside(token, types)

    def _from(self, mention: Found, types: Sequence[MentionType], tie: Tie | None) -> list[Found]:
        if mention.type == "office":
            plural = self.sentence.tokens[mention.head].feats.get("Number") == "Plur"
            ties = [tie] if tie else list(self.office_ties(mention))
            holders = list(dict.fromkeys(t.holder for t in ties if t.holder))
            if "person" in types and holders:
                return [h for h in holders if h is not None]
            if plural and "person" in types:  # «министры», «акционеры»: nobody in particular
                return []
            draft = self.entity(mention)
            if "person" in types and draft is not None and draft.holder is not None:
                return [mention]  # «дочь [певца]», whom the article names elsewhere
        return (
            [mention] if mention.type in types or ("location" in types and self._is_building(mention)) else []
        )

    def _is_building(self, mention: Found) -> bool:
        """«принял [в Кремле]»: a body that is named after its seat, and the seat is meant."""
        entry = bodies.known(mention.normal) if mention.type == "organization" else None
        return entry is not None and entry.seat and self.sentence.tokens[mention.head].case == "Loc"

    def stands(self, mention: Found, types: Sequence[MentionType]) -> list[Found]:
        """The mention where it can stand; a plural post without names («представители России») is nobody."""
        plural = self.sentence.tokens[mention.head].feats.get("Number") == "Plur"
        nobody = mention.type == "office" and plural and "person" in types
        return [mention] if mention.type in types and not nobody else []

    def members(self, token: int, types: Sequence[MentionType]) -> list[Found]:
        """The states that a plural stands for: «президенты [России] и [Франции]», «правительства …»."""
        noun = self.sentence.tokens[token]
        office = next((m for m in self.at(token) if m.type == "office" and m.head == token), None)
        if noun.feats.get("Number") != "Plur" or not (office or bodies.head(noun.lemma)):
            return []
        if office:
            named = [t.body for t in self.office_ties(office) if t.body is not None and t.holder is None]
            known = [self.resolution.meant(office, m, office.sentence) for m in named]
            people = [m for m in known if m is not None]
            if len(people) == len(named) > 1 and "person" in types:
                return people
        else:
            below = [
                c
                for t in arguments.bare(self.sentence, token, "Gen")
                for c in syntax.coordinated(self.sentence, t)
            ]
            named = [m for i in below for m in self.at(i) if m.head == i and m.form == "name"]
        fit = [m for m in named if m.type in types]
        return fit if len(fit) > 1 else []

    def descriptor(self, name: Found) -> int | None:
        """The common noun before a name that says what it is: «[завод] «Хроматрон»»."""
        at = name.first - 1
        while at >= 0 and self.sentence.tokens[at].text in QUOTES:
            at -= 1
        noun = self.sentence.tokens[at] if at >= 0 else None
        return (
            at if noun is not None and noun.pos in {"NOUN", "PROPN"} and self._describes(at, name) else None
        )

    def _beside(self, token: int, types: Sequence[MentionType]) -> list[Found]:
        """The name that a common noun describes: right behind it, or in apposition to it."""
        word = self.sentence.tokens[token]
        if word.pos not in {"NOUN", "PROPN", "X"}:
            return []
        named = self._next_name(token, types)
        if any(m.type == "office" for m in self.at(token)):
            # «брокеру «[Финам]»» is the body itself, «директору «Финама»» is not
            same = named and named.type == "organization" and word.case not in {"Nom", None}
            quoted = named and self.sentence.tokens[named.first - 1].text in QUOTES
            if named and same and bodies.head(word.lemma) and self._with_legal_form(named):
                return [named]  # «разработчика ООО «[Виждент]»»
            return (
                [named]
                if named and same and quoted and self.sentence.tokens[named.head].case == "Nom"
                else []
            )
        if named:
            return [named, *self._joined(word, named)]
        for child in syntax.children(self.sentence, token):
            dash = child.rel == "parataxis" and self.sentence.tokens[token + 1].text in {"—", "–", "-"}
            if child.rel in _APPOSITION or dash:
                found = [m for m in self.at(child.index) if m.type in types and m.form == "name"]
                if found and self._describes(token, found[0]):
                    return found[:1]
                if not self.at(child.index) and child.case == word.case and bodies.head(child.lemma):
                    # «поглотила конкурента — фирму «[Бета]»»
                    beyond = self._next_name(child.index, types)
                    if beyond and beyond.type == "organization":
                        return [beyond]
        return self._identified(word, types)

    def _joined(self, word: Token, named: Found) -> list[Found]:
        """«супруги Максим и [Дарья Ершовы]»: the other names behind a plural noun."""
        if word.feats.get("Number") != "Plur" or named.type != "person":
            return []
        others = syntax.coordinated(self.sentence, named.head)
        return [
            m
            for i in others
            if i > named.last
            for m in self.at(i)
            if m.head == i and m.type == "person" and m.form == "name"
        ]

    def _with_legal_form(self, name: Found) -> bool:
        return fold(self.sentence.tokens[name.first].text) in bodies.legal_forms()

    def _identified(self, word: Token, types: Sequence[MentionType]) -> list[Found]:
        """«Предприниматель, который владеет заводом, — это [Валеев]»: the name that the noun is said to be."""
        if word.rel != "nsubj" or word.head <= word.index or word.feats.get("Animacy") != "Anim":
            return []
        if not any(t.text == "это" for t in syntax.children(self.sentence, word.head)):
            return []
        return [m for m in self.at(word.head) if m.type == "person" and m.type in types and m.form == "name"][
            :1
        ]

    def _next_name(self, token: int, types: Sequence[MentionType]) -> Found | None:
        """«бизнесмен [Иванов]», «компания «[Орион]»», «генерал-лейтенант в отставке [Петров]» (not that far)."""
        at = self._behind_complement(token)
        while at < len(self.sentence.tokens) and self.sentence.tokens[at].text in QUOTES:
            at += 1
        named = next((m for m in self.at(at) if m.first == at and m.type in types and m.form == "name"), None)
        return named if named and self._describes(token, named) else None

    def _behind_complement(self, token: int) -> int:
        """The place behind a noun, or behind a plain genitive and before a name that bends to no case: «сеть клиник
        [«Ланцет»]», «разработчик игр [Vega Games]», but not «офис компании [Vega Games]», whose own noun is there."""
        tokens, at = self.sentence.tokens, token + 1
        while (
            at < len(tokens)
            and tokens[at].case == "Gen"
            and tokens[at].pos in {"NOUN", "ADJ"}
            and not self.at(at)
        ):
            at += 1
        if at < len(tokens) and (syntax.opens_quote(self.sentence, at) or self._foreign_behind(token, at)):
            return at
        return token + 1

    def _foreign_behind(self, token: int, at: int) -> bool:
        between = self.sentence.tokens[token + 1 : at]
        own = any(bodies.head(t.lemma) or t.feats.get("Animacy") == "Anim" for t in between)
        return self.sentence.tokens[at].text.isascii() and not own

    def _describes(self, token: int, name: Found) -> bool:
        """Whether a noun is a descriptor of the name: an animate noun of a person, a body's kind of a body."""
        word = self.sentence.tokens[token]
        case = self.sentence.tokens[name.head].case
        if name.type == "person":
            animate = word.feats.get("Animacy") == "Anim" or word.lemma in posts.words("ranks")
            return animate and (case is None or word.case is None or case == word.case)
        if name.type == "organization":
            genitive = case == "Gen" != word.case  # «переговоры «Ростеха»»: whose they are
            quoted = (
                not genitive
                and self.sentence.tokens[name.first - 1].text in QUOTES
                and self.sentence.tokens[name.head].head in range(token, name.first)
            )
            unit = bodies.head(word.lemma)
            if unit is not None and unit.part and genitive:  # «подразделение «Ростелекома»»
                return False
            return unit is not None or (quoted and word.lemma not in bodies.words("quoted_works"))
        return word.lemma in PLACE_NOUNS and name.type == "location"


PLACE_NOUNS = frozenset(
    {"город", "область", "республика", "край", "село", "деревня", "посёлок", "поселок", "остров", "штат", "район",
     "провинция", "столица", "аэропорт", "государство", "страна", "регион", "округ", "порт", "курорт", "месторождение",
     "станция", "станица", "хутор", "аул", "улус", "полуостров", "архипелаг", "космодром", "аэродром", "полигон",
     "вокзал", "графство", "губерния", "кантон", "префектура", "муниципалитет", "заповедник", "бухта"}
)  # fmt: skip
