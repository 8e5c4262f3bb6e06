"""Who «я» is: the speaker whom the sentence names beside the quote."""

from __future__ import annotations

from svyaz.parse import Sentence, Token
from svyaz.relations import subjects, syntax
from svyaz.text import QUOTES

_DASHES = frozenset({"—", "–", "-"})


def first_person(s: Sentence, i: int, own: list[int]) -> bool:
    """Whether the subject of a verb is «я», said or shown by the verb: «[я] ездил», «[встречаюсь]»."""
    if own:
        return len(own) == 1 and s.tokens[own[0]].lemma == "я"
    feats = s.tokens[i].feats
    return feats.get("Person") == "1" and feats.get("Number") == "Sing"


def speaker(s: Sentence, i: int) -> list[int]:
    """Who says the words around token ``i``: «„Я ездил в Милан“, — сказал [Левитин]», «[Он] сказал: „Я ездил“»."""
    verb = next((t for t in s.tokens[i + 1 :] if _closes(s, t)), None) or _opens(s, i)
    if verb is None:
        return []
    told = subjects.subject(s, verb.index)
    return [t for t in told if s.tokens[t].lemma != "я"]


def _closes(s: Sentence, token: Token) -> bool:
    """«…, — [говорит] Левитин»: a verb behind a comma and a dash, whatever it means («…, — улыбается он»)."""
    if token.index < 2 or not syntax.is_verb(token) or token.feats.get("VerbForm") != "Fin":
        return False
    before = s.tokens[token.index - 2 : token.index]
    return before[0].text == "," and before[1].text in _DASHES and token.feats.get("Person") != "1"


def _opens(s: Sentence, i: int) -> Token | None:
    """«Левитин [рассказал]: „Я ездил в Милан“»: the verb before the colon that opens the quote."""
    quote = next((t.index for t in reversed(s.tokens[:i]) if t.text in QUOTES), 0)
    if quote < 2 or s.tokens[quote - 1].text != ":":
        return None
    verbs = [t for t in s.tokens[: quote - 1] if syntax.is_verb(t) and t.feats.get("VerbForm") == "Fin"]
    return verbs[-1] if verbs else None
