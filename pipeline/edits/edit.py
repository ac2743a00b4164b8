"""One edit: what an editor changed between two states of a text."""

from dataclasses import dataclass
from typing import Literal, get_args

EditKind = Literal[
    "number",
    "date",
    "name",
    "quotation",
    "negation",
    "title",
    "sentence-added",
    "sentence-removed",
    "sentence-moved",
    "sentence-reworded",
    "typography",
]
EDIT_KINDS: tuple[EditKind, ...] = get_args(EditKind)

Field = Literal["title", "body"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What changed at one place. docs/edits.md tells the kinds."""

    kind: EditKind
    field: Field
    before: str | None
    """The whole sentence, or the title, as it was; None where there was none."""
    after: str | None
    """As it is now; None where there is none."""
    was: str | None = None
    """The words that differ, as they were; None of an added word, and of whole sentences."""
    now: str | None = None
    """As they are now; None of a removed word, and of whole sentences."""
