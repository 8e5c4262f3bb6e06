"""``svyaz relations``: the relation types, and their tables of examples."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from svyaz.cli.common import extractor, is_terminal, registry_of, relations_option, screen


@click.group(invoke_without_command=True)
@click.option("--to", type=click.Choice(["json", "table"]), default="table", show_default=True)
@relations_option
@click.pass_context
def relations(ctx: click.Context, to: str, own: tuple[Path, ...]) -> None:
    """List the relation types with their roles."""
    if ctx.invoked_subcommand is not None:
        return
    from svyaz.export import types

    registry = registry_of(own)
    if to == "json":
        click.echo(types.as_json(registry))
    else:
        width, colour = screen(is_terminal(sys.stdout))
        click.echo(types.as_table(registry, width=width, colour=colour), nl=False)


@relations.command("test")
@click.argument(
    "tables", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE..."
)
@relations_option
def test_relations(tables: tuple[Path, ...], own: tuple[Path, ...]) -> None:
    """Run example tables: those that come with svyaz, or FILE... of your own (<type>.examples).

    Exit status 1 when a row is not as marked. Rows marked ~ and ! are known to fail and must.
    """
    from svyaz.relations import examples

    registry_of(own)
    reader = extractor(own)
    try:
        rows = [e for t in tables for e in examples.read_file(t)] if tables else list(examples.shipped())
    except examples.ExampleError as error:
        raise click.UsageError(str(error)) from None
    wrong = 0
    for row in rows:
        found = examples.verdict(reader, row)
        wrong += bool(found)
        for problem in found:
            click.echo(f"{row.file}:{row.line}: {problem}\n    {row.text}")
    click.echo(f"{len(rows)} rows, {wrong} not as marked")
    sys.exit(1 if wrong else 0)
