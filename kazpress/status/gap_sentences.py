"""Gaps and unfinished backfills, as sentences with the command that fills them."""

from collections.abc import Sequence

from pipeline.frontier.backfills import OpenBackfill
from pipeline.monitoring.gaps import Gap

_DAYS_SHOWN = 3


def gaps_sentence(source: str, gaps: Sequence[Gap]) -> str | None:
    """Which days have far fewer articles than usual, the newest first, and the command that asks
    for them again. Days that a backfill proved complete are left out; None where no day is left.
    """
    open_gaps = [gap for gap in gaps if not gap.proven]
    if not open_gaps:
        return None
    first, last = open_gaps[-1].day, open_gaps[0].day
    return (
        f"{_days(len(open_gaps))} far fewer articles than usual: {_listed(open_gaps)}; "
        f"to ask again: kazpress crawl {source} --since {first} --until {last}"
    )


def proven_gaps_sentence(gaps: Sequence[Gap]) -> str | None:
    """Which days have few articles although a backfill found no more; None if there is none."""
    proven = [gap for gap in gaps if gap.proven]
    if not proven:
        return None
    return (
        f"{_days(len(proven))} far fewer articles than usual, and a backfill found no more: "
        f"{_listed(proven)}"
    )


def backfill_sentence(backfill: OpenBackfill) -> str:
    """What is left of a backfill, and the command that continues it."""
    named = f"the backfill of {backfill.since} to {backfill.until}"
    if not backfill.finished:
        left = backfill.addresses_left
        return (
            f"{named} is not finished, {left} {'address is' if left == 1 else 'addresses are'} "
            f"left; to go on: {backfill.command}"
        )
    first, last = backfill.first_unproven, backfill.last_unproven
    days = f"1 day, {first}, is" if first == last else f"{backfill.days_unproven} days are"
    between = "" if first == last else f" (from {first} to {last})"
    return (
        f"{named} is finished, but {days} not proven complete{between}; "
        f"to ask again: {backfill.command}"
    )


def _days(count: int) -> str:
    return "1 day has" if count == 1 else f"{count} days have"


def _listed(gaps: Sequence[Gap]) -> str:
    newest = ", ".join(
        f"{gap.day} ({gap.held}, usually {gap.usual:g})" for gap in gaps[:_DAYS_SHOWN]
    )
    more = len(gaps) - _DAYS_SHOWN
    return f"{newest} and {more} more" if more > 0 else newest
