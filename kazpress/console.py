"""What every command prints with: tables, JSON, sentences. Results go to standard output,
everything else to standard error.

What holds text from outside is shown through `plain`, so that it can't steer a terminal. Tables
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

from pipeline.normalize.characters import clean_characters

_UNBROKEN = 100_000


def output() -> Console:
    """Standard output. Nothing is broken or coloured where it is no terminal."""
    width = None if sys.stdout.isatty() else _UNBROKEN
    return Console(width=width, highlight=False, markup=False, emoji=False)


def print_table(columns: Sequence[str], rows: "Iterable[Sequence[object]]") -> None:
    """A table; numbers stand to the right."""
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
    """A value for machines, in UTF-8 whatever the terminal's encoding is."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(text.encode(errors="replace"))


def complain(sentence: str) -> None:
    """A sentence for the person at the terminal, beside the results."""
    click.echo(f"kazpress: {clean_characters(sentence)}", err=True)


def plain(value: object) -> Text:
    """Text from anywhere, without what would steer a terminal."""
    return Text(clean_characters("-" if value is None else str(value)))


def utc_text(time: str) -> str:
    """A stored moment for people, in UTC, to whole seconds."""
    return f"{time[:19].replace('T', ' ')} UTC"
