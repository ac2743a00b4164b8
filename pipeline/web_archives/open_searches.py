"""What searches of web archives have left to ask."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from pipeline.clock import moment, seconds_stamp
from pipeline.store.database import dict_rows

_LEFT = """
SELECT archive, sum(lists) AS lists, sum(captures) AS captures FROM (
  SELECT archive, count(*) AS lists, 0 AS captures FROM archive_lists
  WHERE source = ?1 AND done IS NULL GROUP BY archive
  UNION ALL
  SELECT archive, 0, count(*) FROM archive_captures
  WHERE source = ?1 AND state IN ('listed', 'failed') AND variant = 0 GROUP BY archive
) GROUP BY archive ORDER BY archive
"""
_RESTS = "SELECT name, rest_until FROM web_archives WHERE rest_until IS NOT NULL"


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
    rests = {name: moment(until) for name, until in db.conn.execute(_RESTS)}
    return [
        OpenSearch(
            **row,
            rests_until=seconds_stamp(until) if until and until > now else None,
            command=f"kazpress crawl {source} --from {row['archive']}",
        )
        for row in dict_rows(db.conn.execute(_LEFT, (source,)))
        for until in (rests.get(row["archive"]),)
    ]
