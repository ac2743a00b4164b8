"""What searches of web archives have left to ask."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from pipeline.clock import moment, seconds_stamp

_LEFT = """
SELECT a.name, a.rest_until,
  (SELECT count(*) FROM archive_lists l
   WHERE l.source = ?1 AND l.archive = a.name AND l.done IS NULL) AS lists,
  (SELECT count(*) FROM archive_captures c INDEXED BY archive_captures_open
   WHERE c.source = ?1 AND c.archive = a.name
   AND c.variant = 0 AND c.state IN ('listed', 'failed')) AS captures
FROM web_archives a ORDER BY a.name
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSearch:
    """What of one web archive is still to be asked for a source's past."""

    archive: str
    lists: int
    """Parts of its lists, as far as they are known."""
    captures: int
    """Captures that it lists, of whatever time."""
    rests_until: str | None
    """Until when it is left alone: UTC, RFC 3339; None where it may be asked."""
    command: str
    """The command that goes on."""


def open_searches(db: Database, source: str, now: datetime) -> list[OpenSearch]:
    """The searches that have something left, by archive."""
    return [
        OpenSearch(
            archive=name,
            lists=lists,
            captures=captures,
            rests_until=_until(rest_until, now),
            command=f"kazpress crawl {source} --from {name}",
        )
        for name, rest_until, lists, captures in db.conn.execute(_LEFT, (source,))
        if lists or captures
    ]


def _until(text: str | None, now: datetime) -> str | None:
    """The end of a rest that has not ended."""
    until = moment(text) if text else None
    return seconds_stamp(until) if until and until > now else None
