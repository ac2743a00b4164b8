"""The politeness ledger: how a source is asked, by day in Almaty. It is written as a crawl goes."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from sqlite_utils import Database

from pipeline.clock import almaty_day, stamp
from pipeline.store.transactions import write, write_many, writing

_CLOCK_SECONDS = 0.001
"""So much a difference of clocks may be off."""


@dataclass(slots=True)
class _Day:
    """What came on one day and is not written yet."""

    requests: int = 0
    unanswered: int = 0
    bytes: int = 0
    not_modified: int = 0
    refusals: int = 0
    pauses: int = 0
    robots_asked: int = 0
    robots_closed: int = 0
    robots_forbidden: int = 0
    too_early: int = 0
    due_seconds: float = 0.0
    least_wait_seconds: float | None = None
    last_request: str | None = None
    waits: Counter[float] = field(default_factory=Counter)


class RequestLedger:
    """Counts how one source is asked, and adds that to what the database has of the day. What a
    killed crawl had not written yet is lost, so `write` it with each batch.
    """

    def __init__(self, db: Database, source: str, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._source = source
        self._clock = clock
        self._days: dict[date, _Day] = {}

    def note_request(self, waited: float | None, *, delay: float, pause: float = 0.0) -> None:
        """Count a request that is sent, so many seconds after the end of the one before (None:
        there was none). The longer of `delay` and `pause` was due.
        """
        now = self._clock()
        day = self._day(now)
        day.requests += 1
        day.last_request = stamp(now)
        day.due_seconds = max(day.due_seconds, delay)
        if waited is not None:
            least = day.least_wait_seconds
            day.least_wait_seconds = waited if least is None else min(least, waited)
            day.too_early += waited < max(delay, pause) - _CLOCK_SECONDS
            day.waits[_rounded(waited)] += 1

    def note_answer(self, body_bytes: int, *, not_modified: bool, refused: bool) -> None:
        """Count an answer, with the size of its body as it came."""
        day = self._day()
        day.bytes += body_bytes
        day.not_modified += not_modified
        day.refusals += refused

    def note_unanswered(self) -> None:
        """Count a request that brought no answer."""
        self._day().unanswered += 1

    def note_refusal(self) -> None:
        """Count an answer that only its text shows to be a refusal."""
        self._day().refusals += 1

    def note_pause(self) -> None:
        """Count an answer that asks to be left alone for a while."""
        self._day().pauses += 1

    def note_robots(self, *, opened: bool) -> None:
        """Count a robots.txt that was asked for, and whether it lets a crawl begin."""
        day = self._day()
        day.robots_asked += 1
        day.robots_closed += not opened

    def note_forbidden(self) -> None:
        """Count an address that robots.txt forbids and that was not asked for."""
        self._day().robots_forbidden += 1

    def write(self) -> None:
        """Add what was counted to the database, in a transaction of its own."""
        if not self._days:
            return
        with writing(self._db):
            for day, counted in self._days.items():
                self._add(day.isoformat(), counted)
        self._days = {}

    def _day(self, now: datetime | None = None) -> _Day:
        return self._days.setdefault(almaty_day(now or self._clock()), _Day())

    def _add(self, day: str, counted: _Day) -> None:
        names = [one.name for one in fields(_Day) if one.name != "waits"]
        values = {name: getattr(counted, name) for name in names}
        write(
            self._db,
            f"INSERT INTO politeness (source, day, {', '.join(names)})"
            f" VALUES (:source, :day, {', '.join(f':{name}' for name in names)})"
            f" ON CONFLICT (source, day) DO UPDATE SET {', '.join(map(_assignment, names))}",
            {"source": self._source, "day": day, **values},
        )
        write_many(
            self._db,
            "INSERT INTO politeness_waits (source, day, wait_seconds, requests)"
            " VALUES (?, ?, ?, ?) ON CONFLICT (source, day, wait_seconds)"
            " DO UPDATE SET requests = requests + excluded.requests",
            [(self._source, day, wait, requests) for wait, requests in counted.waits.items()],
        )


def _assignment(name: str) -> str:
    """How a column takes in more of the same day."""
    old, new = name, f"excluded.{name}"
    if name in ("due_seconds", "last_request"):
        return f"{name} = max(coalesce({old}, {new}), coalesce({new}, {old}))"
    if name == "least_wait_seconds":
        return f"{name} = min(coalesce({old}, {new}), coalesce({new}, {old}))"
    return f"{name} = {old} + {new}"


def _rounded(seconds: float) -> float:
    """Two digits of a wait: enough for a median, and few rows a day."""
    return float(f"{seconds:.2g}")
