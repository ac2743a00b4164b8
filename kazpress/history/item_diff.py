"""`kazpress show ITEM --diff`: two states of an item compared word by word."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kazpress.config import Config
from kazpress.errors import UnknownRevision, UsageError
from kazpress.history.item_revisions import item_with_revisions
from pipeline.edits.edit import Edit
from pipeline.edits.word_diff import Piece, word_diff
from pipeline.history.readable_diff import readable_diff
from pipeline.history.stored_revisions import StoredRevision, edits_from
from pipeline.model.press_item import PressItem
from pipeline.query.short_ids import is_too_short
from pipeline.store.database import reading

_NUMBER = re.compile(r"\d+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDiff:
    """Two states of an item, and how they differ."""

    item: PressItem
    before: StoredRevision
    after: StoredRevision
    edits: tuple[Edit, ...]
    title: tuple[Piece, ...]
    body: tuple[Piece, ...]

    @property
    def language(self) -> str:
        """The later state's."""
        return self.after.reading.language

    def record(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "id": self.item.id,
            "source": self.item.source,
            "url": self.item.url,
            "language": self.language,
            "before": _side(self.before),
            "after": _side(self.after),
            "edits": [asdict(one) for one in self.edits],
            "title": [asdict(one) for one in self.title],
            "body": [asdict(one) for one in self.body],
        }


def item_and_numbers(names: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """The item among the arguments of `--diff`, and the numbers of two revisions at most. What is a
    number of one to three digits can be no id; a longer one is a revision's where something else is
    the item, or comes before it. Raises UsageError.
    """
    items = [name for name in names if not (is_too_short(name) and _NUMBER.fullmatch(name))]
    if not items:
        raise UsageError(f"--diff {' '.join(names)} names no item; name it by its id or address")
    item = next((name for name in items if not _NUMBER.fullmatch(name)), items[0])
    rest = list(names)
    rest.remove(item)
    for name in rest:
        if not _NUMBER.fullmatch(name):
            raise UsageError(
                f'"{name}" is no number of a revision; --diff compares two revisions of one item, '
                "--against two items"
            )
    if len(rest) > 2:
        raise UsageError("--diff compares two revisions; name two numbers at most")
    return item, tuple(map(int, rest))


def item_diff(config: Config, name: str, numbers: Sequence[int]) -> ItemDiff:
    """How two revisions of an item differ: without numbers the last two, with one that one and the
    one before it. Raises UnknownItem, UnknownRevision, UsageError.
    """
    with reading(config.db) as db:
        item, revisions = item_with_revisions(config, db, name)
    before, after = _two(name, revisions, numbers)
    return ItemDiff(
        item=item, before=before, after=after, edits=edits_from(before, after),
        title=_diff(before.reading.title or "", after.reading.title or ""),
        body=_diff(before.reading.body, after.reading.body),
    )  # fmt: skip


def _two(
    name: str, revisions: Sequence[StoredRevision], numbers: Sequence[int]
) -> tuple[StoredRevision, StoredRevision]:
    if len(set(numbers)) < len(numbers):
        raise UsageError(f"--diff {numbers[0]} {numbers[1]} compares a revision with itself")
    if len(revisions) < 2:
        raise UnknownRevision(
            f"{name}: has one revision, so there is nothing to compare; it was never seen to change"
        )
    by_number = {one.revision: one for one in revisions}
    for number in numbers:
        if number not in by_number:
            raise UnknownRevision(
                f"{name}: has no revision {number}; it has {len(revisions)}, see --revisions"
            )
    if len(numbers) == 2:
        return by_number[numbers[0]], by_number[numbers[1]]
    later = numbers[0] if numbers else revisions[-1].revision
    if later == 1:
        raise UnknownRevision(f"{name}: revision 1 is the first; there is none before it")
    return by_number[later - 1], by_number[later]


def _diff(before: str, after: str) -> tuple[Piece, ...]:
    return readable_diff(word_diff(before, after))


def _side(revision: StoredRevision) -> dict[str, Any]:
    return {
        "revision": revision.revision,
        "first_seen": revision.first_seen,
        "last_seen": revision.last_seen,
        "content_sha256": revision.content_sha256,
    }
