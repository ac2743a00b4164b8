"""The bounds of spreadsheets (Excel's, which others have too), and what goes beyond them."""

from dataclasses import dataclass, field

from kazpress.errors import UsageError

MAX_UNITS = 32_767
"""How long a text in a cell may be, in UTF-16 units, as Excel counts."""
MAX_ROWS = 1_048_576
"""How many rows a sheet may have, the header's among them."""
_NAMED = 3


@dataclass(slots=True)
class LongTexts:
    """Texts that are too long for a cell: how many, and the first records that have some."""

    count: int = 0
    ids: list[str] = field(default_factory=list)

    def note(self, record_id: str | None) -> None:
        """One more, in the record of this id."""
        self.count += 1
        if record_id and record_id not in self.ids and len(self.ids) < _NAMED:
            self.ids.append(record_id)

    def __str__(self) -> str:
        """As in `2 texts are longer than 32,767 characters (in 0123456789abcdef)`."""
        texts = "1 text is" if self.count == 1 else f"{self.count:,} texts are"
        more = ", …" if self.count > len(self.ids) == _NAMED else ""
        where = f" (in {', '.join(self.ids)}{more})" if self.ids else ""
        return f"{texts} longer than {MAX_UNITS:,} characters{where}"


def is_too_long(text: str, units: int = MAX_UNITS) -> bool:
    """Whether a text has more than so many UTF-16 units."""
    return len(text) > units // 2 and len(text.encode("utf-16-le", "replace")) > 2 * units


def cut(text: str, units: int = MAX_UNITS) -> str:
    """A text of more than so many UTF-16 units, cut to them in whole characters, with a mark at its
    end that says how long it was.
    """
    mark = f" … [cut here, of {len(text):,} characters]"
    room = max(2 * (units - len(mark)), 0)
    return text.encode("utf-16-le", "replace")[:room].decode("utf-16-le", "ignore") + mark


def known_delimiter(text: str) -> str:
    """What stands between the cells of a CSV, from what a user wrote; `tab` and `\\t` are a tab.

    Raises UsageError for what could not be told from a cell's text.
    """
    character = "\t" if text in {"tab", "\\t"} else text
    if len(character) != 1 or character.isalnum() or character in "\"'\r\n \0=+-@":
        raise UsageError(f'"{text}" can\'t stand between cells; write one of: "," ";" "|" tab')
    return character
