"""The command line: one module a command. The only package that prints."""

from __future__ import annotations

import gc
import logging
import os
from typing import Any

import click

from svyaz import __version__
from svyaz.cli.batch import batch
from svyaz.cli.evaluate import evaluate
from svyaz.cli.explain import explain
from svyaz.cli.extract import extract, schema
from svyaz.cli.relations import relations


class _Commands(click.Group):
    """The commands; what the system refuses (a full disk, a folder that is gone) is told to people, too."""

    def invoke(self, ctx: click.Context) -> Any:
        """Call a command; raises ClickException for an OSError that it does not tell of itself."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # the reader has seen enough; click ends quietly
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{place}{error.strerror or error}") from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="svyaz")
def main() -> None:
    """Read Russian news offline: people, offices, organisations, places, dates and what ties them.

    Exit status: 0 all went well, 1 some items could not be read (stderr names them), 2 wrong usage.
    """
    # More threads cost twice the CPU for little; and several processes with many threads each crawl.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # All that is loaded stays: to search it for what nobody holds, every 700 objects, takes a tenth of the start.
    gc.set_threshold(100_000)
    # The page parser's own complaints; a page that cannot be read is reported by name below.
    for noisy in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)


for command in (extract, batch, explain, evaluate, relations, schema):
    main.add_command(command)
