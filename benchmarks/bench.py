"""``make bench``: speed, memory, cold start, length and workers, measured against natasha in the same run.

Each figure is the median of repeats in fresh processes, the two sides in turn, so that a machine whose speed drifts
says the same of both. The table goes into the README between its markers.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "seeds" / "000_47da46eae803e762.txt"
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}
# Where straight.py lies, the path that the fast one is held against.
ENVIRONMENT = os.environ | ONE_THREAD | {"PYTHONPATH": str(ROOT / "tests")}
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
BLOCK = re.compile(r"(<!-- measured: speed -->\n).*?(<!-- end -->)", re.DOTALL)


def call(python: str, script: str, *arguments: object) -> Any:
    """What a script prints as JSON, run with one thread and warnings off."""
    command = [python, "-W", "ignore", str(ROOT / "benchmarks" / script), *map(str, arguments)]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=ENVIRONMENT)
    return json.loads(run.stdout)


def cold(own: str) -> float:
    """Seconds from the call of ``svyaz extract`` on the seed to its end."""
    began = time.perf_counter()
    command = [own, "-m", "svyaz", "extract", str(SEED), "--to", "jsonl"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    return time.perf_counter() - began


def against_natasha(own: str, other: str, data: str, repeats: int, count: int) -> list[tuple[str, str, str]]:
    """Speed and memory of both sides over the same articles, in turn."""
    found: dict[str, list[Any]] = {"svyaz": [], "natasha": []}
    for _ in range(repeats):
        for name, python in (("svyaz", own), ("natasha", other)):
            found[name].append(call(python, "side.py", name, "speed", data, count))
    speeds = {name: [run["speed"] for run in runs] for name, runs in found.items()}
    ratio = median(a / b for a, b in zip(speeds["svyaz"], speeds["natasha"], strict=True))
    memory = {name: median(run["memory"] for run in runs) for name, runs in found.items()}
    return [
        ("characters a second, svyaz with relations", f"{median(speeds['svyaz']):,.0f}", ""),
        ("characters a second, natasha without", f"{median(speeds['natasha']):,.0f}", ""),
        ("svyaz ÷ natasha", f"{ratio:.2f}", "≥ 3.0"),
        (
            "peak memory over these articles, svyaz / natasha",
            f"{memory['svyaz']:.0f} / {memory['natasha']:.0f} MB",
            "",
        ),
    ]


def main(arguments: Sequence[str]) -> None:
    """Measure, print the table, and write it into the README."""
    options = parsed(arguments)
    own, data = sys.executable, options.data
    rows = against_natasha(own, options.natasha, data, options.repeats, options.articles)
    same = call(own, "equality.py", data)
    rows.append(
        (
            f"articles of {same['articles']} with other results than on the straightforward path",
            str(same["different"]),
            "0",
        )
    )
    held = call(own, "side.py", "svyaz", "memory", data, options.stream)
    rows.append(
        (
            f"peak memory over a stream of {options.stream:,} articles, after a tenth / at the end",
            f"{held['early']:.0f} / {held['end']:.0f} MB",
            "≤ 450 MB, flat",
        )
    )
    rows.append(
        (
            "seconds from a cold start to the result for the seed",
            f"{median(cold(own) for _ in range(2 * options.repeats)):.2f}",
            "≤ 1.5",
        )
    )
    cost = call(own, "side.py", "svyaz", "lengths", data, *SIZES[: options.sizes])
    first = cost[str(SIZES[0])]
    rows += [
        (
            f"time a character in an article of {int(size) // 1000:,} KB ÷ that in one of 10 KB",
            f"{value / first:.2f}",
            "≤ 1.3",
        )
        for size, value in list(cost.items())[1:]
    ]
    pairs = [
        [call(own, "side.py", "svyaz", "workers", data, n)["speed"] for n in (2, 1)]
        for _ in range(options.repeats)
    ]
    rows.append(("two workers ÷ one", f"{median(two / one for two, one in pairs):.2f}", "≥ 1.8"))
    write(rows, options)


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="", help="folder of the public corpora; without it, gold/ is read")
    parser.add_argument("--natasha", required=True, help="the Python of an environment with natasha")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--articles", type=int, default=300, help="for the comparison of speeds")
    parser.add_argument("--stream", type=int, default=5000, help="articles in the stream for memory")
    parser.add_argument("--sizes", type=int, default=4, help="how many of the four lengths to try")
    return parser.parse_args(arguments)


def write(rows: Sequence[tuple[str, str, str]], options: argparse.Namespace) -> None:
    """Print the table and put it into the README with the day and the machine."""
    table = ["| measure | measured | to reach |", "|---|---|---|", *(f"| {' | '.join(r)} |" for r in rows)]
    texts = "the public corpora" if options.data else "gold/"
    said = (
        f"Measured on {datetime.date.today().isoformat()} on {processor()}, Python {platform.python_version()}, one "
        f"thread, the first {options.articles} articles of {texts}, medians of {options.repeats} alternated repeats."
    )
    block = "\n".join([said, "", *table, ""])
    print(block)
    page = ROOT / "README.md"
    page.write_text(BLOCK.sub(lambda m: m.group(1) + block + m.group(2), page.read_text("utf-8")), "utf-8")


def processor() -> str:
    """The processor's name and how many there are."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text("utf-8").splitlines() if about.is_file() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} × {names[0]}" if names else platform.processor() or platform.machine()


if __name__ == "__main__":
    main(sys.argv[1:])
