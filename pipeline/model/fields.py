"""The fields that one reading step found on a page, before the steps are merged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from pipeline.model.reading import Step
from pipeline.times.dates import Published


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The fields that one step found; None or empty where it found nothing."""

    layout: str | None = None
    title: str | None = None
    published: Published | None = None
    paragraphs: tuple[str, ...] = ()
    lead: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image_url: str | None = None
    image_credit: str | None = None
    attribution: tuple[str, ...] = ()
    modified: Published | None = None
    data_text: str | None = None
    """The text as the page's data for machines have it, in one line, perhaps cut short."""
    disagreements: tuple[str, ...] = ()
    """Names of the fields for which the page gives this step two different values."""

    def missing(self, names: Iterable[str]) -> list[str]:
        """Of some fields' names those that were not found."""
        return [name for name in names if not getattr(self, name)]


_NAMES = tuple(field.name for field in fields(Fields))
_NOTES = ("layout", "data_text", "disagreements")
"""What a step says of itself rather than of the article."""


def merged(steps: Sequence[tuple[Step, Fields]]) -> tuple[Fields, dict[str, Step]]:
    """Each field's value by the first step that has one, and which step that was."""
    values: dict[str, object] = {}
    read_by: dict[str, Step] = {}
    for name in _NAMES:
        for step, found in steps:
            if value := getattr(found, name):
                values[name] = value
                read_by[name] = step
                break
    for note in _NOTES:
        read_by.pop(note, None)
    if "paragraphs" in read_by:
        read_by["body"] = read_by.pop("paragraphs")
    return Fields(**values), read_by  # type: ignore[arg-type]  # the fields' own values
