"""The collector of unreachable objects rests while an article is read, for reading makes none that it must find."""

from __future__ import annotations

import gc

import pytest

from svyaz.pipeline import extract

TEXT = "Иван Петров, мэр Москвы, 12 января встретился с послом России. Он возглавляет фонд «Мост»."


def test_reading_leaves_no_cycles() -> None:
    extract(TEXT)
    gc.collect()
    gc.disable()
    try:
        extract(TEXT)
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_left_as_it_was(enabled: bool) -> None:
    (gc.enable if enabled else gc.disable)()
    try:
        extract(TEXT)
        assert gc.isenabled() == enabled
    finally:
        gc.enable()
