"""``svyaz evaluate``: how good the extractor is on labelled articles, and what a change won and lost."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from svyaz.cli.common import check_types, extractor, is_terminal, registry_of, relations_option, screen

_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument(
    "folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR"
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["svyaz", "brat", "factrueval", "nerel"]),
    default="svyaz",
    show_default=True,
    help="How the articles are labelled; brat standoff in the manner of gold/GUIDELINES.md is svyaz.",
)
@click.option("--to", type=click.Choice(["json", "table"]), default="table", show_default=True)
@click.option("--errors", is_flag=True, help="List misses and false alarms with their sentences.")
@click.option(
    "--type", "types", multiple=True, metavar="TYPE", help="List cases of this type only; may be repeated."
)
@click.option(
    "--rule", "rules", multiple=True, metavar="RULE", help="List cases of this rule only; may be repeated."
)
@click.option(
    "--compare",
    nargs=2,
    type=_file,
    metavar="OLD.json NEW.json",
    help="What was gained and lost between two reports.",
)
@relations_option
def evaluate(
    folder: Path | None,
    format_: str,
    to: str,
    errors: bool,
    types: tuple[str, ...],
    rules: tuple[str, ...],
    compare: tuple[Path, Path] | None,
    own: tuple[Path, ...],
) -> None:
    """Compare what svyaz finds in the articles of DIR with their labels."""
    if (folder is None) == (compare is None):
        raise click.UsageError("give a folder of labelled articles, or --compare with two reports")
    from svyaz.evaluate.corpus import CorpusError

    try:
        if compare is not None:
            _compare(*compare)
        elif folder is not None:
            _evaluate(folder, format_, to, errors, types, rules, own)
    except CorpusError as error:
        raise click.ClickException(str(error)) from None


def _evaluate(
    folder: Path,
    format_: str,
    to: str,
    errors: bool,
    types: tuple[str, ...],
    rules: tuple[str, ...],
    own: tuple[Path, ...],
) -> None:
    from svyaz.evaluate.run import evaluate as run
    from svyaz.export import evaluation

    if format_ in {"svyaz", "brat"}:
        check_types(types, own)
    report = run(folder, format_, extractor(own), registry_of(own))  # type: ignore[arg-type]  # one of click's choices
    if to == "json":
        click.echo(report.as_json())
        return
    wrong = [c for c in report.cases if not c.right] if errors or types or rules else []
    listed = [c for c in wrong if (not types or c.type in types) and (not rules or c.rule in rules)]
    width, colour = screen(is_terminal(sys.stdout))
    click.echo(evaluation.as_table(report, listed, width=width, colour=colour), nl=False)


def _compare(old: Path, new: Path) -> None:
    from svyaz.evaluate.report import compare, load
    from svyaz.export import evaluation

    width, colour = screen(is_terminal(sys.stdout))
    click.echo(evaluation.comparison(compare(load(old), load(new)), width=width, colour=colour), nl=False)
