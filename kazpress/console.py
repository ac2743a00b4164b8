"""Tables, JSON and sentences, as every command prints them. Results go to standard output,
everything else to standard error.

Text from outside is shown through `plain`, so that it can't control a terminal. Where standard
output is no terminal, no line is broken; where it is one, no word is.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import click
from rich.cells import cell_len
from rich.console import Console, ConsoleDimensions
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from kazpress.streams import say
from pipeline.clock import almaty_minute, moment
from pipeline.normalize.characters import clean_characters, one_line

_Value = TypeVar("_Value")

_WIDE_COLUMNS = 100_000
_LEAST_TITLE_WIDTH = 12
"""Characters of a title that are shown at the narrowest terminal."""


class _Output(Console):
    """Lines break between words, and no word does: an address is copied and clicked whole. Where
    one is wider than the terminal, it is the terminal that breaks the line.
    """

    def print(self, *objects: Any, **options: Any) -> None:
        """Print texts line by line, everything else as Rich does."""
        for one in objects:
            lines = one.split(allow_blank=True) if isinstance(one, Text) else [one]
            for line in lines:
                is_wide = isinstance(line, Text) and widest_word(line) > self.width
                super().print(line, **{"soft_wrap": is_wide} | options)
        if not objects:
            super().print(**options)


def output() -> Console:
    """Standard output. Where it is no terminal, no line is broken and nothing is coloured."""
    width = None if sys.stdout.isatty() else _WIDE_COLUMNS
    return _Output(width=width, highlight=False, markup=False, emoji=False)


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, whole: int | None = None
) -> None:
    """Print a table; columns of numbers are aligned to the right. At a terminal the others give way
    to columns of addresses, and to the one that stays `whole`.
    """
    kept = [list(row) for row in rows]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for number, name in enumerate(columns):
        cells = [row[number] for row in kept]
        numbers = all(isinstance(cell, int | float) for cell in cells)
        kept_whole = [
            cell_len(str(cell)) for cell in cells if number == whole or "://" in str(cell)
        ]
        table.add_column(
            name, overflow="fold", justify="right" if numbers else "left",
            no_wrap=bool(kept_whole), min_width=max(kept_whole, default=None),
        )  # fmt: skip
    for row in kept:
        table.add_row(*(plain(value) for value in row))
    console = output()
    whole_words = Measurement.get(console, console.options.update(width=_WIDE_COLUMNS), table)
    console.size = ConsoleDimensions(max(console.width, whole_words.minimum), console.height)
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


def print_list(
    columns: Sequence[str], rows: Iterable[Sequence[str | int | None]], *, title: int
) -> None:
    """Print a table at a terminal, the titles cut so that each row is one line there. Elsewhere
    lines as they come, in UTF-8 and without a head: cells parted by tabs, with none inside.
    """
    if not sys.stdout.isatty():
        for row in rows:
            _write_utf8("\t".join(map(_cell, row)) + "\n")
        return
    kept = [list(row) for row in rows]
    others = (
        max(cell_len(str(cell)) for cell in (columns[number], *(row[number] for row in kept)))
        for number in range(len(columns))
        if number != title
    )
    width = max(output().width - sum(others) - 2 * (len(columns) - 1), _LEAST_TITLE_WIDTH)
    for row in kept:
        text = Text(_cell(row[title]) or "-")
        text.truncate(width, overflow="ellipsis")
        row[title] = text.plain
    print_table(columns, kept, whole=title)


def widest_word(text: Text) -> int:
    """The columns of a terminal that the widest word of a text takes."""
    return max((cell_len(word) for word in text.plain.split()), default=0)


def print_json(value: Any) -> None:
    """Print a value for machines, in UTF-8 whatever the terminal's encoding is."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(text.encode(errors="replace"))


def print_json_list(values: Iterable[Any]) -> None:
    """Print a list as `print_json` does, its values as they come."""
    before = "["
    for one in values:
        text = json.dumps([one], ensure_ascii=False, indent=2)
        _write_utf8(before + text.removeprefix("[").removesuffix("\n]"))
        before = ","
    _write_utf8("[]\n" if before == "[" else "\n]\n")


def said_if_none(values: Iterable[_Value], sentence: str) -> Iterator[_Value]:
    """The values as they come; where none came, a sentence for the user."""
    any_came = False
    for one in values:
        any_came = True
        yield one
    if not any_came:
        complain(sentence)


def complain(sentence: str) -> None:
    """Print a sentence for the user, apart from the results."""
    say(f"kazpress: {clean_characters(sentence)}")


def plain(value: object) -> Text:
    """Text from anywhere, without control characters."""
    return Text(clean_characters("-" if value is None else str(value)))


def almaty_text(time: str) -> str:
    """A stored time (RFC 3339) for people: Almaty's, to the minute; a day alone stays one."""
    return almaty_minute(moment(time)) if "T" in time else time


def _cell(value: str | int | None) -> str:
    return "" if value is None else one_line(str(value))


def _write_utf8(text: str) -> None:
    """Write for machines: not through `click.echo`, which empties the buffer for every line."""
    sys.stdout.buffer.write(text.encode(errors="replace"))
