"""What is known of a source before a check: from the database, if there is one, read only."""

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from kazpress.config import Config
from kazpress.errors import KazpressError
from pipeline.frontier.entry_points import archive_form
from pipeline.frontier.rests import resting
from pipeline.model.source import Way
from pipeline.monitoring.baselines import (
    highest_numbers,
    idle_seconds,
    last_found,
    shares_of_fields,
    source_exists,
    typical_counts,
)
from pipeline.store.database import open_for_reading
from spiders.check.report import NO_PAST, Past

if TYPE_CHECKING:
    from sqlite_utils import Database


def past_of(config: Config, name: str, now: datetime) -> tuple[Past, str | None, float]:
    """What is known of a source, why it may not be asked now, and how many seconds ago it was
    asked; nothing where there is no database, or an older one.
    """
    try:
        db = open_for_reading(config.db)
    except KazpressError:
        return NO_PAST, None, math.inf
    try:
        if not source_exists(db, name):
            return NO_PAST, None, math.inf
        return _known(db, name), resting(db, name, now), idle_seconds(db, name, now)
    finally:
        db.close()


def _known(db: "Database", name: str) -> Past:
    return Past(
        usual=typical_counts(db, name),
        found=cast("Mapping[Way, date]", last_found(db, name)),
        form=archive_form(db, name),
        numbers=highest_numbers(db, name),
        shares=shares_of_fields(db, name),
    )
