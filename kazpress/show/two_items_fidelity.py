"""How a print keeps to its release, as a person reads it below two items compared."""

from typing import TYPE_CHECKING

from rich.text import Text

from pipeline.history.edit_words import change_of
from pipeline.normalize.characters import one_line

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.edits.fidelity import Fidelity

_KIND_COLUMNS = 17
"""The letters of the longest kind."""
_HOUR, _DAY = 60, 24 * 60


def print_fidelity(console: "Console", found: "Fidelity", names: dict[str, str]) -> None:
    """Print what differs, a line each; `names` are those of the items by their ids."""
    release, printed = names[found.release], names[found.print]
    console.print(
        Text(f"{printed} against the release {release}: {_late(found)}; {_kept(found, release)}.")
    )
    for edit in found.edits:
        text = Text(f"  {edit.kind:{_KIND_COLUMNS}}  ", style="dim")
        text.append_text(Text(one_line(change_of(edit)), style="not dim"))
        if console.is_terminal:
            text.truncate(console.width, overflow="ellipsis")
        console.print(text, soft_wrap=not console.is_terminal)
    if not found.edits:
        console.print(Text("  the same sentences throughout", style="dim"))


def _kept(found: "Fidelity", release: str) -> str:
    share = (
        f"{found.kept:.1%} of {release}'s words stand in sentences that both have, changed or not"
    )
    return f"{share}; the rest is told in other words" if found.is_retold else share


def _late(found: "Fidelity") -> str:
    """`2 h 5 min later`, `1 day later`, `the same day`."""
    minutes = found.late_minutes
    if minutes is None:
        days = abs(found.late_days)
        return f"{days} day{'s' * (days != 1)} {_than(found.late_days)}" if days else "the same day"
    if not minutes:
        return "at the same minute"
    days, rest = divmod(abs(minutes), _DAY)
    parts = ((days, "d"), (rest // _HOUR, "h"), (rest % _HOUR, "min"))
    return f"{' '.join(f'{count} {unit}' for count, unit in parts if count)} {_than(minutes)}"


def _than(number: int) -> str:
    return "later" if number > 0 else "earlier"
