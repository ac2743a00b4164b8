"""The edits between two states of a text."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.edits.as_seen import as_seen
from pipeline.edits.edit import Edit
from pipeline.edits.matching import common_runs
from pipeline.edits.sentences import sentences
from pipeline.normalize.words import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What of an item is compared."""

    title: str | None
    body: str
    language: str


def edits_between(before: Text, after: Text) -> tuple[Edit, ...]:
    """The edits that made one state of a text the other: of the title, then in the order of the
    body. What a reader does not see is none: quotation marks or dashes of another form, other
    white space, look-alike letters.
    """
    return (*_of_titles(before.title, after.title), *_of_bodies(before.body, after.body))


def _of_titles(before: str | None, after: str | None) -> Iterator[Edit]:
    if as_seen(before or "") == as_seen(after or ""):
        return
    is_typography = before and after and words(before) == words(after)
    yield Edit(
        kind="typography" if is_typography else "title",
        field="title", before=before or None, after=after or None, was=before or None,
        now=after or None,
    )  # fmt: skip


def _of_bodies(before: str, after: str) -> Iterator[Edit]:
    here, there = sentences(before), sentences(after)
    seen, seen_there = list(map(as_seen, here)), list(map(as_seen, there))
    runs = common_runs(seen, seen_there)
    last = last_other = 0
    removed: list[int] = []
    added: list[int] = []
    for at, at_other, length in [*runs, (len(here), len(there), 0)]:
        removed += range(last, at)
        added += range(last_other, at_other)
        last, last_other = at + length, at_other + length
    moved: dict[str, list[int]] = defaultdict(list)
    for at in removed:
        moved[seen[at]].append(at)
    for at in added:
        if places := moved.get(seen_there[at]):
            was = here[places.pop()]
            yield Edit(kind="sentence-moved", field="body", before=was, after=there[at])
        else:
            yield Edit(kind="sentence-added", field="body", before=None, after=there[at])
    for places in moved.values():
        for at in places:
            yield Edit(kind="sentence-removed", field="body", before=here[at], after=None)
