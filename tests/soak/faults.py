"""Faults in an order that a seed draws, and what each does to a site before it is crawled."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from tests.sites.replica import Replica

Kind = Literal[
    "none", "answers 500", "slow answers", "cut bodies", "reset connections", "site down",
    "crawl killed", "daemon killed", "full disk", "locked database", "wrong configuration",
]  # fmt: skip
By = Literal["hand", "cron", "daemon"]

EVERYTHING: Final = re.compile("")
_NUMBERS: Final[dict[Kind, int]] = {
    "none": 14,
    "answers 500": 12,
    "slow answers": 10,
    "cut bodies": 12,
    "reset connections": 8,
    "site down": 5,
    "crawl killed": 14,
    "full disk": 9,
    "locked database": 6,
    "wrong configuration": 5,
}
_DAEMON_KILLS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One crawl of both sites, and what befalls it."""

    kind: Kind
    by: By
    site: int
    """Which of the two the fault befalls."""
    request: int
    """At which request of the crawl, or for how many requests."""
    news: tuple[int, int]
    """How many articles each site publishes before."""


def drawn(seed: int) -> list[Step]:
    """100 steps. The daemon is killed in the first thirty only, so one lives through the others."""
    random = Random(seed)
    kinds: list[Kind] = [kind for kind, number in _NUMBERS.items() for _ in range(number)]
    random.shuffle(kinds)
    for place in sorted(random.sample(range(30), _DAEMON_KILLS)):
        kinds.insert(place, "daemon killed")
    return [_step(kind, random) for kind in kinds]


def befall(step: Step, sites: Sequence[Replica]) -> None:
    """Let the site misbehave, until its rules are lifted."""
    acts: dict[Kind, Callable[[Replica, int], object]] = {
        "answers 500": lambda site, times: site.answer(EVERYTHING, status=500, times=times),
        "slow answers": _slow,
        "cut bodies": lambda site, times: site.cut(EVERYTHING, 150, times=times),
        "reset connections": lambda site, times: site.reset_connection(EVERYTHING, times=times),
        "site down": lambda site, _: site.stop(),
        "crawl killed": hold_behind,
        "locked database": hold_behind,
    }
    if act := acts.get(step.kind):
        act(sites[step.site], step.request)
    if step.kind == "daemon killed":
        for site in sites:
            hold_behind(site, step.request)


def hold_behind(site: Replica, request: int) -> None:
    """Answer no request from this one on."""
    site.hold(EVERYTHING)
    if request > 1:
        site.slow(EVERYTHING, times=request - 1)


def _slow(site: Replica, times: int) -> None:
    site.slow(EVERYTHING, 0.2, drip_bytes=2000, drip_seconds=0.02, times=times)


def _step(kind: Kind, random: Random) -> Step:
    by: By = random.choice(("hand", "cron", "daemon", "daemon"))
    if kind in {"daemon killed", "wrong configuration"}:
        by = "daemon"
    if kind == "full disk" and by == "cron":  # the limit is set from outside, too late for a shell
        by = "hand"
    return Step(
        kind=kind, by=by, site=random.randrange(2), request=random.randint(1, 9),
        news=(random.randrange(3), random.randrange(3)),
    )  # fmt: skip
