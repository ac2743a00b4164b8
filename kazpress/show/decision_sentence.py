"""A person's decision on two items, as words."""

from typing import TYPE_CHECKING

from kazpress.console import almaty_text

if TYPE_CHECKING:
    from pipeline.query.stored_stories import DecisionOnItem

DONE = {"join": "joined", "part": "parted", "forget": "forgotten"}
"""What each decision did with two items."""


def decision_sentence(decision: "DecisionOnItem") -> str:
    """What a person decided, and when: `Parted by a person on 2026-03-04 17:00`."""
    done = DONE[decision.decision].capitalize()
    return f"{done} by a person on {almaty_text(decision.time)}"
