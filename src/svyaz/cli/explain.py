"""``svyaz explain``: why a relation was found in a sentence, or why not."""

from __future__ import annotations

import datetime
import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from svyaz.cli.common import check_types, day, extractor, is_terminal, relations_option, screen


@click.command()
@click.argument("text")
@click.option("--to", type=click.Choice(["json", "table"]), default="table", show_default=True)
@click.option(
    "--type", "types", multiple=True, metavar="TYPE", help="Only frames of this type; may be repeated."
)
@click.option(
    "--published", callback=day, metavar="DATE", help="Day that relative dates are resolved against."
)
@relations_option
def explain(
    text: str, to: str, types: tuple[str, ...], published: datetime.date | None, own: tuple[Path, ...]
) -> None:
    """Show how a sentence is read: its tree, its mentions and entities, and every frame that was tried.

    A frame is tried where one of its trigger words stands; for each slot it tells what filled it, and for a
    frame that did not match, which condition failed and on which word.
    """
    from svyaz.export import explanation

    check_types(types, own)
    reader = extractor(own)
    found = explanation.chosen(reader.explain(text, published=published), types)
    result = reader.extract(explanation.article(text, published))
    if to == "json":
        body = {"result": result.model_dump(mode="json"), "sentences": [asdict(e) for e in found]}
        click.echo(json.dumps(body, ensure_ascii=False, indent=1))
        return
    width, colour = screen(is_terminal(sys.stdout))
    click.echo(explanation.as_table(result, found, width=width, colour=colour), nl=False)
