"""`kazpress stories list`: stories of more than one item, or a person's decisions."""

from dataclasses import asdict
from typing import Any

from kazpress.config import Config
from kazpress.console import almaty_text
from kazpress.show.listing import Cells, ListForm, print_found
from pipeline.export.selection import Selection
from pipeline.query.listed_stories import (
    DecidedPair,
    ListedStory,
    count_stories,
    decided_pairs,
    listed_stories,
)
from pipeline.query.sections import with_stored_sections
from pipeline.store.database import reading

_STORY_COLUMNS = ("id", "day", "items", "sources", "title")
_DECISION_COLUMNS = ("decided", "decision", "A", "B", "title")


def list_stories(config: Config, selection: Selection, form: ListForm) -> None:
    """Print the stories of more than one item to which a selected one belongs, the newest first.
    Sections are as a person writes them. Raises UsageError.
    """
    with reading(config.db) as db:
        chosen = with_stored_sections(db, selection)
        print_found(
            listed_stories(db, chosen, form.limit), form, _STORY_COLUMNS, cells=_of_story,
            record=asdict, count=lambda: count_stories(db, chosen),
        )  # fmt: skip


def list_decisions(config: Config, selection: Selection, form: ListForm) -> None:
    """Print a person's decisions in force on a selected item and another, the latest first.
    Sections are as a person writes them. Raises UsageError.
    """
    with reading(config.db) as db:
        chosen = with_stored_sections(db, selection)
        found = decided_pairs(db, chosen)
    print_found(
        found[: form.limit], form, _DECISION_COLUMNS, cells=_of_decision, record=_decision_record,
        count=lambda: len(found), none="no decision is in force on anything that is selected",
    )  # fmt: skip


def _of_story(one: ListedStory) -> Cells:
    return one.id, one.day, one.items, ",".join(one.sources), one.title


def _of_decision(one: DecidedPair) -> Cells:
    first, second = one.items
    return almaty_text(one.time), one.decision, first.id, second.id, first.title


def _decision_record(one: DecidedPair) -> dict[str, Any]:
    return {
        "decision": one.decision,
        "time": one.time,
        "items": [
            {"id": item.id, "source": item.source, "url": item.url, "title": item.title,
             "story": item.story}
            for item in one.items
        ],
    }  # fmt: skip
