"""How soon and how surely edits are seen:
`python -m bench.revisits [--seed N] [--items N] [--json]`.

A simulated year of a site whose articles change as GDELT found, which asked 88 million news
addresses again: within a week 17.9 % of the bodies change, 81 % of that in the first 24 hours, 6.1
% of the titles likewise, and 1.5 % are deleted, 0.68 % in 24 hours. Within the day GDELT says
nothing; taken is the one decay without a memory that has these shares (of bodies half of the first
day's edits fall in its first 7.5 hours). Two figures are assumed: a fifth of the changed articles
change once more in the same way, and one in fifty after the first week, at any time of the year.

Articles appear from 7 to 23 o'clock. Crawls come every 15 minutes; every hour; or every 15 minutes
but from 0 to 6 o'clock. When an article is asked for again is what `pipeline.items` says of it,
with nothing between; each first request counts.

- seen: of the states of articles that stood for 6 hours or longer, the share that a request saw, be
  it the first one after the year; of these the edited ones also by themselves
- delay: from an edit of the first day that was seen to the request that saw it
- requests: for an article in its first year, by mean and at most
"""

import argparse
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import mean, median
from typing import Final, Literal

from pipeline.items.item_captures import ItemCapture
from pipeline.items.revisits import Appeared, visit_of_item

Schedule = Literal["every 15 minutes", "every hour", "every 15 minutes, not at night"]
SCHEDULES: Final[tuple[Schedule, ...]] = (
    "every 15 minutes", "every hour", "every 15 minutes, not at night"
)  # fmt: skip

_BEGIN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_YEAR: Final = timedelta(days=365)
_DAY_HOURS: Final = 24
_WEEK_HOURS: Final = 168
_BODIES: Final = 0.179
_TITLES: Final = 0.061
_DELETED: Final = 0.015
_ON_FIRST_DAY: Final = 0.81
_DELETED_ON_FIRST_DAY: Final = 0.68 / 1.5
_ONCE_MORE: Final = 0.2
_LATER: Final = 0.02
_STANDS: Final = timedelta(hours=6)
_NIGHT_ENDS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article's true history."""

    published: datetime
    edits: tuple[datetime, ...]
    deleted: datetime | None

    def state(self, moment: datetime) -> int:
        """Which of its texts stands at a moment, counted from 0."""
        return sum(edit <= moment for edit in self.edits)

    def is_there(self, moment: datetime) -> bool:
        """Whether it is not deleted yet."""
        return self.deleted is None or moment < self.deleted

    def standing(self) -> Iterator[tuple[int, timedelta]]:
        """Its texts, each with how long it stood in its first year."""
        end = min(self.deleted or datetime.max.replace(tzinfo=UTC), self.published + _YEAR)
        begins = [self.published, *self.edits]
        for number, (begin, until) in enumerate(zip(begins, [*self.edits, end], strict=True)):
            if begin < end:
                yield number, min(until, end) - begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What requests saw of one article."""

    requests: int
    lasting: int
    """Its texts that stood long enough to be asked of."""
    lasting_seen: int
    edited: int
    """Those of them that an edit made."""
    edited_seen: int
    delays: tuple[timedelta, ...]
    """Of edits of the first day."""
    gone: bool | None
    """Whether its end was found; None for an article that has none."""


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--items", type=int, default=20_000, metavar="N")
    parser.add_argument("--json", action="store_true", help="an object for machines")
    asked = parser.parse_args()
    rows = {name: simulated(name, asked.items, asked.seed) for name in SCHEDULES}
    if asked.json:
        print(json.dumps({"seed": asked.seed, "items": asked.items, "schedules": rows}, indent=2))
        return
    print("goals: seen 95 % or more, median delay 3 h or less, 12 requests or fewer")
    for name, row in rows.items():
        print(
            f"{name:31} seen {100 * row['seen']:.2f} % of {row['states']:.0f} states "
            f"({100 * row['edited_seen']:.2f} % of {row['edited_states']:.0f} edited ones), "
            f"median delay {row['median_delay_hours']:.2f} h of {row['delays']:.0f} edits, "
            f"{row['mean_requests']:.2f} requests an article, {row['most_requests']:.0f} at most, "
            f"{100 * row['gone_found']:.1f} % of {row['gone']:.0f} deletions found"
        )


def simulated(schedule: Schedule, items: int, seed: int) -> dict[str, float]:
    """The figures of a year."""
    random = Random(seed)
    found = [_watched(_article(random, number), schedule) for number in range(items)]
    delays = [delay / timedelta(hours=1) for one in found for delay in one.delays]
    gone = [one.gone for one in found if one.gone is not None]
    return {
        "states": sum(one.lasting for one in found),
        "seen": round(
            sum(one.lasting_seen for one in found) / sum(one.lasting for one in found), 5
        ),
        "edited_states": (edited := sum(one.edited for one in found)),
        "edited_seen": round(sum(one.edited_seen for one in found) / max(1, edited), 5),
        "delays": len(delays),
        "median_delay_hours": round(median(delays), 3) if delays else 0,
        "mean_requests": round(mean(one.requests for one in found), 3),
        "most_requests": max(one.requests for one in found),
        "gone": len(gone),
        "gone_found": round(mean(gone), 3) if gone else 1,
    }


def _article(random: Random, number: int) -> Article:
    seconds = random.uniform(7 * 3600, 23 * 3600)
    published = _BEGIN + timedelta(days=number % 365, seconds=seconds)
    edits = []
    for share in (_BODIES, _TITLES):
        if random.random() < share:
            edits.append(_time(random, _ON_FIRST_DAY))
            if random.random() < _ONCE_MORE:
                edits.append(edits[-1] + _time(random, _ON_FIRST_DAY))
    if random.random() < _LATER:
        edits.append(timedelta(hours=random.uniform(_WEEK_HOURS, _YEAR / timedelta(hours=1))))
    deleted = None
    if random.random() < _DELETED:
        deleted = published + _time(random, _DELETED_ON_FIRST_DAY)
    moments = sorted(published + edit for edit in edits)
    standing = (moment for moment in moments if deleted is None or moment < deleted)
    return Article(published=published, edits=tuple(standing), deleted=deleted)


def _time(random: Random, on_first_day: float) -> timedelta:
    """A time of the first week after publication, of which such a share is the first day's."""
    rate = _rate(on_first_day)
    share = random.random() * -math.expm1(-rate * _WEEK_HOURS)
    return timedelta(hours=-math.log1p(-share) / rate)


def _rate(on_first_day: float) -> float:
    """The decay in an hour by which such a share of a week falls in its first day."""
    low, high = 1e-9, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        share = math.expm1(-middle * _DAY_HOURS) / math.expm1(-middle * _WEEK_HOURS)
        low, high = (middle, high) if share < on_first_day else (low, middle)
    return low


def _next_crawl(schedule: Schedule, moment: datetime) -> datetime:
    """The first crawl at this moment or after it."""
    step = timedelta(hours=1) if schedule == "every hour" else timedelta(minutes=15)
    crawl = _BEGIN + -(-(moment - _BEGIN) // step) * step
    if schedule == "every 15 minutes, not at night" and crawl.hour < _NIGHT_ENDS:
        return crawl.replace(hour=_NIGHT_ENDS, minute=0)
    return crawl


def _watched(article: Article, schedule: Schedule) -> Found:
    """What the crawls of the article's first year see of it."""
    end = article.published + _YEAR
    first = now = _next_crawl(schedule, article.published)
    item = Appeared(published=article.published, first_seen=first)
    captures: list[ItemCapture] = []
    while not captures or captures[-1].time < end:
        captures.append(_capture(article, now))
        if not captures[0].reading:  # deleted before it was seen: never an item
            break
        now = _next_crawl(schedule, visit_of_item("", captures, item))
    seen = {article.state(one.time) for one in captures if one.reading}
    lasting = {number for number, stood in article.standing() if stood >= _STANDS}
    return Found(
        requests=sum(one.time < end for one in captures),
        lasting=len(lasting),
        lasting_seen=len(lasting & seen),
        edited=len(lasting - {0}),
        edited_seen=len(lasting & seen - {0}),
        delays=tuple(_delays(article, captures)),
        gone=_is_found_gone(article, captures),
    )


def _capture(article: Article, now: datetime) -> ItemCapture:
    is_there = article.is_there(now)
    return ItemCapture(
        source="", url="", time=now, day=date.min, digest="",
        outcome="reading" if is_there else "gone", reading="there" if is_there else None,
    )  # fmt: skip


def _delays(article: Article, captures: list[ItemCapture]) -> Iterator[timedelta]:
    """How late each edit of the first day was seen whose text was; the text before it was seen."""
    first = article.state(captures[0].time)
    for number, edit in enumerate(article.edits, start=1):
        if number <= first or edit - article.published > timedelta(days=1):
            continue
        saw = (one.time for one in captures if one.reading and article.state(one.time) == number)
        if (time := next(saw, None)) is not None:
            yield time - edit


def _is_found_gone(article: Article, captures: list[ItemCapture]) -> bool | None:
    """Whether it was missed twice, a day apart."""
    if article.deleted is None:
        return None
    missed = [one.time for one in captures if not one.reading]
    return bool(missed) and missed[-1] - missed[0] >= timedelta(days=1)


if __name__ == "__main__":
    main()
