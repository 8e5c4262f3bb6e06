"""The collector of unreachable objects rests while an article is read, for reading makes none that it must find."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from svyaz.pipeline import extract

SOURCES = str(Path(__file__).parents[1] / "src")
TEXT = "Иван Петров, мэр Москвы, 12 января встретился с послом России. Он возглавляет фонд «Мост»."


def test_reading_leaves_no_cycles() -> None:
    """In a process of its own: threads that other tests leave behind make some."""
    script = (
        f"import gc, svyaz; svyaz.extract({TEXT!r}); gc.collect(); gc.disable(); svyaz.extract({TEXT!r}); "
    )
    command = [sys.executable, "-W", "ignore", "-c", script + "print(gc.collect())"]
    run = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": SOURCES}, stdout=subprocess.PIPE, check=True
    )
    assert run.stdout.split() == [b"0"]


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_left_as_it_was(enabled: bool) -> None:
    (gc.enable if enabled else gc.disable)()
    try:
        extract(TEXT)
        assert gc.isenabled() == enabled
    finally:
        gc.enable()
