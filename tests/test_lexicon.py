"""Properties of the lexicon that its look-ups rely on."""

from __future__ import annotations

from svyaz.lexicon import places
from svyaz.morph import fold


def test_genitives_are_found_by_the_first_letters_of_the_name() -> None:
    for start, named in places._named().items():
        for name, _ in named:
            assert fold(places.genitive(name)).startswith(start)


def test_a_body_is_split_from_its_state() -> None:
    tail = places.by_tail("Министерство обороны Российской Федерации")
    assert tail is not None
    assert (tail[0], tail[1].name) == ("Министерство обороны", "Россия")
    assert places.by_tail("Рога и копыта") is None
