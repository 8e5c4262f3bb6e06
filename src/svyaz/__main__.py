"""``python -m svyaz``: the same as the command ``svyaz``."""

from svyaz.cli import main

main()
