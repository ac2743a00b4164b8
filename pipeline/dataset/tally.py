"""What a dataset's records amount to, counted while they are written."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.descriptions.dataset import DayCount, FieldCount
from pipeline.export.columns import Column, Record, Table
from pipeline.export.selection import Selection, selected


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The counts of all records."""

    items: int
    first_day: str | None
    last_day: str | None
    changed: str | None
    """The newest day, in UTC, on which an item's present text was first seen."""
    days: tuple[DayCount, ...]
    coverage: tuple[FieldCount, ...]
    """Of every column."""


class Tally:
    """Counts the records that pass through it."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self._names = [column.name for column in columns]
        self._days: Counter[tuple[str, str, str]] = Counter()
        self._having: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(columns))
        self._changed = ""

    def counted(self, table: Table) -> Table:
        """The same records; each is counted when it is taken."""
        return Table(table.columns, self._passing(table.records))

    def counts(self) -> Counts:
        """What has passed until now."""
        sources: Counter[str] = Counter()
        for (_, source, _), items in self._days.items():
            sources[source] += items
        days = tuple(
            DayCount(day=day, source=source, language=language, items=items)
            for (day, source, language), items in sorted(self._days.items())
        )
        return Counts(
            items=sources.total(),
            first_day=days[0].day if days else None,
            last_day=days[-1].day if days else None,
            changed=self._changed[:10] or None,
            days=days,
            coverage=tuple(
                FieldCount(source=source, field=name, items=self._having[source][at], of=items)
                for source, items in sorted(sources.items())
                for at, name in enumerate(self._names)
            ),
        )

    def _passing(self, records: Iterator[Record]) -> Iterator[Record]:
        names = self._names
        day, source, language, changed = (
            names.index(name) for name in ("day", "source", "language", "last_changed")
        )
        for record in records:
            self._days[record[day], record[source], record[language]] += 1
            self._changed = max(self._changed, record[changed])
            having = self._having[record[source]]
            for at, one in enumerate(record):
                if one is not None and one != []:
                    having[at] += 1
            yield record


def stories_and_pieces(db: Database, selection: Selection) -> tuple[int, int]:
    """How many stories and pieces the selected items belong to. Called once they are selected."""
    chosen = selected(selection)
    stories, pieces = db.conn.execute(
        f"SELECT count(DISTINCT i.story), count(DISTINCT i.piece) FROM items i WHERE {chosen.sql}",
        chosen.values,
    ).fetchone()
    return stories, pieces
