"""What each receiver of notifications has been told, so that it is told of each trouble once."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal

from sqlite_utils import Database

from pipeline.store.database import dict_rows
from pipeline.store.transactions import write_many, writing

ReceiverName = Literal["command", "webhook"]
TroubleKind = Literal["failure", "drift", "silence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that is wrong with a source."""

    source: str
    """Empty where it is one of no source, such as a disk that fills up."""
    kind: TroubleKind
    subject: str = ""
    """What sets it apart from others of its kind, however its sentence changes."""
    sentence: str
    crawl: int | None = None
    """The last crawl that had ended when it was seen first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification(Trouble):
    """A trouble of which a receiver is to be told, or has been told. Moments are UTC."""

    receiver: ReceiverName
    since: str
    """When it was seen first."""
    seen: str
    """When it was seen last; noted once a day."""
    tried: str | None = None
    """When the receiver could not be told last."""
    told: str | None = None
    """When it was told."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is, whoever is told."""
        return self.source, self.kind, self.subject


def notifications(db: Database) -> list[Notification]:
    """All of them, the oldest first."""
    names = ", ".join(field.name for field in fields(Notification))
    rows = db.conn.execute(f"SELECT {names} FROM notifications ORDER BY since, source, subject")
    return [Notification(**row) for row in dict_rows(rows)]


def store_notifications(
    db: Database, kept: Iterable[Notification], forgotten: Iterable[Notification]
) -> None:
    """Note what was told, and forget what is over."""
    key = ("receiver", "source", "kind", "subject")
    names = [field.name for field in fields(Notification)]
    with writing(db):
        write_many(
            db,
            "DELETE FROM notifications"
            " WHERE receiver = ? AND source = ? AND kind = ? AND subject = ?",
            [[getattr(one, name) for name in key] for one in forgotten],
        )
        write_many(
            db,
            f"INSERT OR REPLACE INTO notifications ({', '.join(names)})"
            f" VALUES ({', '.join('?' * len(names))})",
            [[getattr(one, name) for name in names] for one in kept],
        )
