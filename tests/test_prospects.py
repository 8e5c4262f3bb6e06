"""The tests that put a frame aside before its paths are followed only pass over what would state nothing."""

from __future__ import annotations

import pytest

from svyaz.pipeline import read
from svyaz.relations import examples
from svyaz.relations.engine import Engine, match
from svyaz.relations.extract import scenes
from svyaz.relations.frames import registry

ENGINE = Engine(registry())
# Some rows of each type's table.
TEXTS = [row.text for row in list(examples.shipped())[::15]]


@pytest.mark.parametrize("text", TEXTS)
def test_hopeless_triggers_state_nothing(text: str) -> None:
    reading = read(text, examples.PUBLISHED)
    for scene in scenes(reading.sentences, reading.ties, reading.resolution):
        stated = [fact for trigger in ENGINE.triggers(scene) for fact in match(scene, trigger)]
        assert list(ENGINE.facts(scene)) == stated
