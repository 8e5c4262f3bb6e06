"""What the taggers plainly get wrong between words, put right before anything reads the tree.

Only what the dictionary or the grammar leaves no doubt about: «в ходе встречи» hangs together by its nouns, a bare
noun under a noun is no accusative, and the clause of «который» hangs on the noun before it. Single words are put
right before, by ``readings``.
"""

from __future__ import annotations

import operator
from dataclasses import replace

from svyaz.parse import Sentence
from svyaz.repair import clauses, joined, phrases, sides


def repaired(s: Sentence) -> Sentence:
    """The same sentence with tags and tree put right; the words and their offsets stay."""
    tokens = list(s.tokens)
    phrases.opening_names(tokens)
    phrases.compound_prepositions(tokens)
    clauses.relative_clauses(tokens)
    clauses.out_of_clause(tokens)
    sides.subjects(tokens)
    sides.other_names(tokens)
    sides.opening_participles(tokens)
    sides.datives(tokens)
    clauses.infinitives(tokens)
    sides.predicates(tokens)
    sides.own_places(tokens)
    sides.legal_forms(tokens)
    phrases.names_by_case(tokens)
    joined.conjuncts(tokens)
    sides.second_objects(tokens)
    joined.backward(tokens)
    joined.neighbours(tokens)
    joined.same_case(tokens)
    phrases.genitives(tokens)
    if all(map(operator.is_, tokens, s.tokens)):
        return s
    return replace(s, tokens=tuple(tokens))
