"""The captures of an item's addresses, with what those of other addresses make of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from pipeline.clock import moment
from pipeline.items.article_redirects import is_soft_404_target
from pipeline.items.history import Sighting, is_boilerplate
from pipeline.model.capture import Outcome
from pipeline.model.reading import Reading
from pipeline.store.database import column, dict_rows, value
from pipeline.store.rows import Row, reading_from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCapture:
    """A capture of one of an item's addresses."""

    source: str
    url: str
    time: datetime
    day: date
    """The day in Almaty."""
    digest: str
    outcome: Outcome
    reason: str | None = None
    """Of one that failed: a short fixed word; `detail` is the sentence."""
    detail: str | None = None
    redirect_to: str | None = None
    refers_to: datetime | None = None
    """Of a 304: the time of the capture whose content it confirms, where it says it."""
    reading: str | None = None
    """The id of what was read."""
    content_sha256: str | None = None
    is_soft_404_redirect: bool = False
    """Whether so many addresses redirect to the same one that this says that the page is gone."""
    is_boilerplate: bool = False
    """Whether so many addresses give the same body that it is the site's and no item's."""

    @property
    def says_gone(self) -> bool:
        """Whether it says that the page is not there (any more)."""
        return self.outcome in ("gone", "soft-404") or self.is_soft_404_redirect

    @property
    def says_none(self) -> bool:
        """Whether it says so of an address that nobody has named: there the site's frame alone does
        too, since a site may answer any address with it.
        """
        return self.says_gone or self.reason == "shell"

    @property
    def order(self) -> tuple[datetime, str, str]:
        """By what captures are ordered."""
        return self.time, self.url, self.digest

    @property
    def leads_on(self) -> bool:
        """Whether it is a redirect to an article, so that the address did not fail."""
        return self.redirect_to is not None and not self.is_soft_404_redirect

    @property
    def shows_content(self) -> bool:
        """Whether it shows, or confirms, a page that is no boilerplate."""
        return self.outcome in ("reading", "not-modified") and not self.is_boilerplate

    @property
    def sighting(self) -> Sighting:
        """What an item's history needs to know of it; of boilerplate no reading counts."""
        return Sighting(
            time=self.time,
            url=self.url,
            digest=self.digest,
            says_gone=self.says_gone,
            day=self.day,
            reading=None if self.is_boilerplate else self.reading,
            content_sha256=None if self.is_boilerplate else self.content_sha256,
            is_unchanged=self.outcome == "not-modified",
            refers_to=self.refers_to,
        )


def captures_of(db: Database, urls: Collection[str]) -> list[ItemCapture]:
    """The captures of these addresses, in their order: by time, address, digest."""
    rows = [row for url in urls for row in _rows(db, url)]
    targets = {
        target: is_soft_404_target(db, target)
        for target in {row["redirect_to"] for row in rows if _leads_away(row)}
    }
    bodies = {
        body: is_boilerplate(len(addresses_with_body(db, source, body)))
        for source, body in {(row["source"], row["body_sha256"]) for row in rows if row["reading"]}
    }
    captures = [
        _capture(
            row,
            is_soft_404_redirect=_leads_away(row) and targets[row["redirect_to"]],
            is_boilerplate=bodies.get(row["body_sha256"], False),
        )
        for row in rows
    ]
    return sorted(captures, key=lambda one: one.order)


def addresses_with_body(db: Database, source: str, body: str) -> set[str]:
    """The addresses of a source that have given a body, by its digest."""
    return column(
        db.conn.execute(
            "SELECT DISTINCT url FROM captures"
            " WHERE source = ? AND body_sha256 = ? AND status != 0",
            (source, body),
        )
    )


def load_reading(db: Database, reading: str) -> Reading:
    """What a capture gave, by the reading's id."""
    return reading_from_json(value(db, "SELECT fields FROM readings WHERE id = ?", reading))


def _rows(db: Database, url: str) -> list[Row]:
    return dict_rows(
        db.conn.execute(
            "SELECT c.source, c.url, c.time, c.day, c.digest, c.outcome, c.reason, c.detail,"
            " c.redirect_to, c.refers_to, c.reading, c.body_sha256, r.content_sha256"
            " FROM captures c LEFT JOIN readings r ON r.id = c.reading"
            " WHERE c.url = ? AND c.article = 1",
            (url,),
        )
    )


def _leads_away(row: Row) -> bool:
    return row["redirect_to"] not in (None, row["url"])


def _capture(row: Row, *, is_soft_404_redirect: bool, is_boilerplate: bool) -> ItemCapture:
    return ItemCapture(
        source=row["source"], url=row["url"], time=moment(row["time"]),
        day=date.fromisoformat(row["day"]), digest=row["digest"], outcome=row["outcome"],
        reason=row["reason"], detail=row["detail"], redirect_to=row["redirect_to"],
        refers_to=moment(row["refers_to"]) if row["refers_to"] else None, reading=row["reading"],
        content_sha256=row["content_sha256"], is_soft_404_redirect=is_soft_404_redirect,
        is_boilerplate=is_boilerplate,
    )  # fmt: skip
