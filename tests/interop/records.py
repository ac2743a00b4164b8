"""The exported records as they are, to compare with what a library makes of them."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any


def records(exports: Path, name: str = "stories") -> list[dict[str, Any]]:
    """The lines of `name`.jsonl."""
    lines = (exports / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def days(exports: Path, name: str = "stories") -> list[date]:
    """The day of each record."""
    return [date.fromisoformat(one["day"]) for one in records(exports, name)]


def times(exports: Path, name: str = "stories") -> list[datetime | None]:
    """The time at which each was published, None where only the day is known."""
    return [
        datetime.fromisoformat(one["published"]) if "T" in one["published"] else None
        for one in records(exports, name)
    ]
