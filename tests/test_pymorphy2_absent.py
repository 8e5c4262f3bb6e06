"""The package works where pymorphy2 cannot be imported, and never asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SRC = Path(__file__).parents[1] / "src"

SCRIPT = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"pymorphy2", "pymorphy2_dicts", "pymorphy2_dicts_ru"}:
            raise ImportError(f"{name} is not to be imported")
        return None

sys.meta_path.insert(0, Absent())
try:
    import pymorphy2
except ImportError:
    pass
else:
    sys.exit("the finder does not hold")

from svyaz import extract

result = extract("Семёна Григорьева принял мэр Душанбе.")
assert [m.normal for m in result.mentions if m.type == "person"] == ["Семён Григорьев"], result.mentions
assert "natasha" not in sys.modules
assert not [name for name in sys.modules if name.startswith("pymorphy2")]
"""


def test_works_without_pymorphy2() -> None:
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(SRC)},
        check=False,
    )
    assert run.returncode == 0, run.stderr
