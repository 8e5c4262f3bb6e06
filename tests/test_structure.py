"""The shape of the code: imports point one way, and a few doors have one keeper."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src"
FILES = sorted((SRC / "svyaz").rglob("*.py"))
# Each part imports from its own row or from rows above.
ROWS = (
    ("model",),
    (
        "lexicon",
        "text",
        "dictionary",
        "morph",
        "readings",
        "layout",
        "weights",
        "taggers",
        "opinion",
        "parse",
        "decoding",
        "pages",
        "sources",
    ),
    ("repair",),
    ("mentions", "names"),
    ("structure",),
    ("entities",),
    ("relations",),
    ("assemble", "worker", "processes", "parallel", "pipeline"),
    ("evaluate", "export"),
    ("batch",),
    ("dask",),
    ("cli",),
    ("__main__",),
)
RANK = {part: rank for rank, row in enumerate(ROWS) for part in row}
KEEPERS = {
    "razdel": {"svyaz.parse"},
    "slovnet": {"svyaz.taggers", "svyaz.weights"},
    "navec": {"svyaz.weights"},
    "pymorphy3": {"svyaz.dictionary"},
    "dask": {"svyaz.dask", "svyaz.batch.run"},
    "distributed": {"svyaz.batch.run"},
    "natasha": set[str](),
    "pymorphy2": set[str](),
    "trafilatura": {"svyaz.pages"},
    "charset_normalizer": {"svyaz.decoding"},
}
MAX_LINES = 400


def name(path: Path) -> str:
    """«src/svyaz/relations/frames.py» → «svyaz.relations.frames»."""
    return ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name(path): ast.parse(path.read_text("utf-8")) for path in FILES}
# The package's own __init__ hands names on from everywhere; it is looked at by its own test.
PARTS = sorted(module for module in MODULES if module != "svyaz")


def running(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those that only type checkers see."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from running(child)


def imports(module: str) -> Iterator[str]:
    """Every module that is imported, at the top or inside a function; own ones by their full name."""
    for node in running(MODULES[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import in line {node.lineno}"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in MODULES else node.module or ""


def part(module: str) -> str:
    """«svyaz.relations.frames» → «relations»."""
    return module.split(".")[1]


def own(module: str) -> set[str]:
    return {found for found in imports(module) if found.startswith("svyaz.") and found != module}


@pytest.mark.parametrize("module", PARTS)
def test_imports_point_one_way(module: str) -> None:
    assert part(module) in RANK, f"give {part(module)} its place in ROWS"
    assert {found for found in own(module) if RANK[part(found)] > RANK[part(module)]} == set()


def test_no_import_leads_back() -> None:
    tuple(TopologicalSorter({module: own(module) for module in PARTS}).static_order())


def test_reading_articles_knows_nothing_of_the_language() -> None:
    allowed = {"svyaz.model", "svyaz.decoding", "svyaz.pages"}
    assert own("svyaz.sources") | own("svyaz.decoding") | own("svyaz.pages") <= allowed


@pytest.mark.parametrize(("package", "keepers"), KEEPERS.items(), ids=KEEPERS)
def test_a_library_has_one_keeper(package: str, keepers: set[str]) -> None:
    users = {module for module in MODULES if package in {found.split(".")[0] for found in imports(module)}}
    assert users <= keepers


@pytest.mark.parametrize("module", sorted(MODULES))
def test_only_the_command_line_prints(module: str) -> None:
    found = [
        node.lineno
        for node in ast.walk(MODULES[module])
        if (isinstance(node, ast.Name) and node.id == "print")
        or (isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr", "__stdout__", "__stderr__"})
    ]
    assert module.startswith("svyaz.cli") or found == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_modules_are_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES


def python(code: str) -> str:
    """What the code prints in a fresh interpreter."""
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(SRC)!r})\n{code}"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = {"numpy", "slovnet", "pymorphy3", "pydantic", "yaml", "click", "rich"}
    loaded = python("import svyaz; print(*{name.split('.')[0] for name in sys.modules})").split()
    assert heavy.isdisjoint(loaded)


def test_every_exported_name_is_there() -> None:
    import svyaz

    assert set(svyaz.__all__) <= set(dir(svyaz))
    assert all(getattr(svyaz, exported) for exported in svyaz.__all__)
    with pytest.raises(AttributeError, match="nothing_such"):
        svyaz.nothing_such  # noqa: B018


def test_it_works_where_pymorphy2_cannot_be_imported() -> None:
    out = python(
        "sys.modules.update(dict.fromkeys(('pymorphy2', 'pkg_resources', 'yargy')))\n"
        "from svyaz import extract\n"
        "found = extract('Сергей Лавров встретился с Ван И в Пекине.').relations\n"
        "print(len(found), 'natasha' in sys.modules)"
    )
    assert out.split() == ["1", "False"]
