"""NEREL's pairs on a small document."""

from __future__ import annotations

from pathlib import Path

from svyaz.evaluate import nerel
from svyaz.evaluate.report import make
from svyaz.pipeline import Extractor

TEXT = "Президент России Владимир Путин приехал в Сочи. Путин доволен."
ANN = """T1\tPROFESSION 0 16\tПрезидент России
T2\tCOUNTRY 10 16\tРоссии
T3\tPERSON 17 31\tВладимир Путин
T4\tCITY 42 46\tСочи
T5\tPERSON 48 53\tПутин
R1\tWORKS_AS Arg1:T3 Arg2:T1
R2\tWORKPLACE Arg1:T3 Arg2:T2
R3\tALTERNATIVE_NAME Arg1:T3 Arg2:T5
R4\tWORKS_AS Arg1:T5 Arg2:T1
"""


def test_pairs_end_to_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.ann").write_text(ANN, "utf-8")
    (gold,) = nerel.documents(tmp_path)
    assert gold.mention("T3").entity == gold.mention("T5").entity
    scored = nerel.score(gold, Extractor().extract(TEXT))
    rows = {
        (r.measure, r.type): r for r in make("x", "nerel", 1, len(TEXT), scored.tallies, scored.cases).rows
    }
    assert rows["pairs", "WORKS_AS"].gold == 1  # R1 and R4 are one pair of entities
    assert rows["pairs", "WORKS_AS"].f1 == 1.0
    assert rows["pairs", "WORKPLACE"].f1 == 1.0
    assert rows["mentions", "person"].recall == 1.0
