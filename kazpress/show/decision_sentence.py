"""A person's decision on two items, as words."""

from typing import TYPE_CHECKING

from kazpress.console import utc_text

if TYPE_CHECKING:
    from pipeline.query.stored_stories import DecisionOnItem

DONE = {"join": "joined", "part": "parted"}
"""What each decision did with two items."""


def decision_sentence(decision: "DecisionOnItem") -> str:
    """What a person decided, and when: `Parted by a person on 2026-03-04 12:00:00 UTC`."""
    done = DONE[decision.decision].capitalize()
    return f"{done} by a person on {utc_text(decision.time)}"
