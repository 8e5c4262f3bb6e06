"""What the commands share: options, errors told to people, the width of the screen."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from svyaz.pipeline import Extractor
    from svyaz.relations.frames import RelationType

# Where no terminal says how wide it is; the same everywhere, so that output in files and pipes is.
WIDTH = 110

relations_option = click.option(
    "--relations",
    "own",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A relation type of your own, as YAML; may be repeated.",
)
no_text_option = click.option("--no-text", is_flag=True, help="Leave the article's text out of the results.")


def extractor(own: Sequence[Path]) -> Extractor:
    """An extractor that knows the relation types of the user's own files too."""
    from svyaz.pipeline import Extractor

    return Extractor(own)


def registry_of(own: Sequence[Path]) -> tuple[RelationType, ...]:
    """All relation types; raises UsageError, naming file and line, for a file that is wrong."""
    from svyaz.relations.frames import registry

    try:
        return registry(tuple(own))
    except (OSError, ValueError) as error:
        raise click.UsageError(str(error)) from None


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person looks at it; a stream that was closed before the program began is None."""
    return stream is not None and stream.isatty()


def screen(terminal: bool) -> tuple[int, bool]:
    """Columns, and whether to use colours."""
    if not terminal:
        return WIDTH, False
    return shutil.get_terminal_size((WIDTH, 24)).columns, "NO_COLOR" not in os.environ


def day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> datetime.date | None:
    """Read an option's ISO date; raises BadParameter for what is none."""
    if value is None:
        return None
    try:
        return datetime.datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a date; write it as 2024-01-15.") from None


published_option = click.option(
    "--published",
    callback=day,
    metavar="DATE",
    help="Day of publication, for articles that do not state theirs.",
)


def check_types(types: Sequence[str], own: Sequence[Path]) -> None:
    """Raise UsageError for a type that is none, and for a file of the user's own types that is wrong."""
    if not types and not own:
        return
    known = [relation.name for relation in registry_of(own)]
    for wrong in (t for t in types if t not in known):
        raise click.BadParameter(f"{wrong!r} is none of {', '.join(known)}.", param_hint="--type")


def say_failure(name: str, line: int | None, message: str) -> None:
    """Say on stderr what is wrong with an item, where it stands, and why."""
    click.echo(f"svyaz: {name}{f':{line}' if line is not None else ''}: {message}", err=True)
