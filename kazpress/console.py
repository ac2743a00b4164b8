"""Tables, JSON and sentences, as every command prints them. Results go to standard output,
everything else to standard error.

Text from outside is shown through `plain`, so that it can't control a terminal. Tables
fit 80 columns; where standard output is no terminal, no line is broken.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kazpress.streams import say
from pipeline.clock import almaty_minute, moment
from pipeline.normalize.characters import clean_characters

_WIDE_COLUMNS = 100_000


def output() -> Console:
    """Standard output. Where it is no terminal, no line is broken and nothing is coloured."""
    width = None if sys.stdout.isatty() else _WIDE_COLUMNS
    return Console(width=width, highlight=False, markup=False, emoji=False)


def print_table(columns: Sequence[str], rows: "Iterable[Sequence[object]]") -> None:
    """Print a table; columns of numbers are aligned to the right."""
    kept = [list(row) for row in rows]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for number, name in enumerate(columns):
        numbers = all(isinstance(row[number], int | float) for row in kept)
        table.add_column(name, overflow="fold", justify="right" if numbers else "left")
    for row in kept:
        table.add_row(*(plain(value) for value in row))
    console = output()
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


def print_json(value: Any) -> None:
    """Print a value for machines, in UTF-8 whatever the terminal's encoding is."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(text.encode(errors="replace"))


def complain(sentence: str) -> None:
    """Print a sentence for the user, apart from the results."""
    say(f"kazpress: {clean_characters(sentence)}")


def plain(value: object) -> Text:
    """Text from anywhere, without control characters."""
    return Text(clean_characters("-" if value is None else str(value)))


def utc_text(time: str) -> str:
    """A stored time (RFC 3339) for people: UTC, whole seconds."""
    return f"{time[:19].replace('T', ' ')} UTC"


def almaty_text(time: str) -> str:
    """A stored time (RFC 3339) for people: Almaty's, to the minute; a day alone stays one."""
    return almaty_minute(moment(time)) if "T" in time else time
