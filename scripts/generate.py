"""Write what the program itself can say: the blocks of README.md, and docs/schema.json.

``--check`` writes nothing and fails when a file is not what would be written.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SEED = "seeds/000_47da46eae803e762.txt"
SENTENCE = "Сергей Лавров встретился с Ван И в Пекине 12 января."
_BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def svyaz(*arguments: str, text: str = "") -> str:
    """What the command prints; raises CalledProcessError when it fails."""
    return python("-c", "from svyaz.cli import main; main(prog_name='svyaz')", *arguments, text=text)


def python(*arguments: str, text: str = "") -> str:
    """What this Python prints in the root of the checkout, on a screen of 80 columns."""
    environment = os.environ | {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, *arguments]
    run = subprocess.run(
        command, input=text.encode(), cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True
    )
    return run.stdout.decode()


def fenced(text: str, language: str = "text") -> str:
    """A code block of Markdown."""
    return f"```{language}\n{text.strip()}\n```\n"


def demo() -> str:
    """The seed's relations."""
    output = svyaz("extract", SEED, "--published", "2024-01-15", "--to", "table")
    return fenced(f"$ make demo\n{output}")


def sentence() -> str:
    """A sentence in, JSON out."""
    output = svyaz("extract", "-", "--published", "2024-01-15", "--to", "json", text=SENTENCE)
    command = f"$ echo -n '{SENTENCE}' | svyaz extract - --published 2024-01-15 --to json"
    return fenced(command) + "\n" + fenced(compact(said(json.loads(output))), "json")


def said(value: Any) -> Any:
    """The value without what is null or empty."""
    if isinstance(value, dict):
        return {k: said(v) for k, v in value.items() if v not in (None, [], {})}
    return [said(v) for v in value] if isinstance(value, list) else value


def compact(value: Any, indent: str = "", width: int = 150) -> str:
    """JSON with every object on one line that fits there."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or (indent and len(indent) + len(line) <= width):
        return line
    inner = indent + "  "
    if isinstance(value, list):
        items, (before, after) = [compact(v, inner, width) for v in value], "[]"
    else:
        items = [f"{json.dumps(k)}: {compact(v, inner, width)}" for k, v in value.items()]
        before, after = "{}"
    return before + ",".join(f"\n{inner}{item}" for item in items) + f"\n{indent}{after}"


def usage() -> str:
    """The command line's help."""
    commands = (("--help",), ("extract", "--help"), ("evaluate", "--help"), ("explain", "--help"))
    return "\n".join(fenced(f"$ svyaz {' '.join(c)}\n{svyaz(*c)}") for c in commands)


def library() -> str:
    """The example of the library and what it prints."""
    script = ROOT / "scripts" / "library_example.py"
    return fenced(script.read_text("utf-8"), "python") + "\n" + fenced(python(str(script)))


def relations() -> str:
    """The relation types as a table of Markdown."""
    from svyaz.export.types import attributes, roles
    from svyaz.relations.frames import registry

    rows = [(f"`{t.name}`", roles(t), attributes(t), t.definition) for t in registry()]
    lines = [("type", "roles", "attributes", "says"), ("---",) * 4, *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def figures() -> str:
    """How good the program is on the gold articles, and how well the labels' two passes agree."""
    sys.path.insert(0, str(ROOT / "scripts"))
    from agreement import measured

    from evaluate import dated, gold
    from svyaz.pipeline import Extractor

    articles, rows = measured()
    agreed = {r.measure: r.f1 or 0 for r in rows if r.type == "all"}
    twice = (
        f"Agreement of the two labelling passes ({articles} articles, F1): mentions {agreed['mentions']:.3f}, "
        f"entities {agreed['entities']:.3f}, relations {agreed['relations']:.3f}.\n"
    )
    page = (ROOT / "README.md").read_text("utf-8")
    before = next(m.group(0) for m in _BLOCK.finditer(page) if m.group(2) == "figures")
    return dated(f"{gold(Extractor())}\n{twice}", before)


BLOCKS: dict[str, Callable[[], str]] = {
    "demo": demo,
    "sentence": sentence,
    "usage": usage,
    "library": library,
    "relations": relations,
    "figures": figures,
}


def readme(text: str) -> str:
    """README.md with its blocks written anew; raises ValueError when a block is missing or unknown."""
    named = sorted(match.group(2) for match in _BLOCK.finditer(text))
    if named != sorted(BLOCKS):
        raise ValueError(f"README.md has the blocks {named}, the script writes {sorted(BLOCKS)}")
    return _BLOCK.sub(lambda match: match.group(1) + BLOCKS[match.group(2)]() + match.group(3), text)


def main(arguments: list[str]) -> int:
    """Write the files, or with ``--check`` compare them; the exit status."""
    page, schema = ROOT / "README.md", ROOT / "docs" / "schema.json"
    wanted = {page: readme(page.read_text("utf-8")), schema: svyaz("schema")}
    stale = 0
    for path, text in wanted.items():
        old = path.read_text("utf-8") if path.exists() else ""
        if old == text:
            continue
        stale += 1
        if "--check" in arguments:
            name = path.relative_to(ROOT)
            print(
                *unified_diff(
                    old.splitlines(), text.splitlines(), f"{name}", f"{name}, fresh", "", "", 1, ""
                ),
                sep="\n",
            )
            print(f"{name} is not fresh: make generate")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
