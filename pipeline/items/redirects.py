"""Redirects between a source's articles: which join addresses, and which say nothing."""

from collections.abc import Iterable

from sqlite_utils import Database

from pipeline.closure import closure
from pipeline.items.history import is_void


def joined(db: Database, url: str) -> set[str]:
    """All addresses that redirects make one item with this one, itself included."""

    def beside(one: str) -> list[str]:
        targets = [target for target in _targets(db, one) if not is_void_target(db, target)]
        sources = _redirecting(db, one)
        return targets + ([] if is_void(len(sources)) else list(sources))

    return closure(url, beside)


def is_void_target(db: Database, target: str) -> bool:
    """Whether so many addresses redirect to this one that each redirect is a soft 404."""
    return is_void(len(_redirecting(db, target)))


def newly_void(db: Database, targets: Iterable[str], touched: set[str]) -> set[str]:
    """Those of the targets whose redirects may have become void by the touched addresses."""
    return {
        target
        for target in set(targets)
        if is_void(len(sources := _redirecting(db, target))) and not is_void(len(sources - touched))
    }


def addresses_about(db: Database, target: str) -> set[str]:
    """A target and all addresses that redirect to it."""
    return {target} | _redirecting(db, target)


def days_of_redirects(db: Database, target: str) -> set[tuple[str, str]]:
    """The sources' days on which addresses redirected to a target."""
    return set(
        db.conn.execute(
            "SELECT DISTINCT source, day FROM captures WHERE redirect_to = ?", (target,)
        ).fetchall()
    )


def _targets(db: Database, url: str) -> set[str]:
    rows = db.conn.execute(
        "SELECT DISTINCT redirect_to FROM captures WHERE url = ?1 AND redirect_to != ?1", (url,)
    )
    return {row[0] for row in rows}


def _redirecting(db: Database, target: str) -> set[str]:
    """The other addresses that ever redirected to a target."""
    rows = db.conn.execute(
        "SELECT DISTINCT url FROM captures WHERE redirect_to = ?1 AND url != ?1", (target,)
    )
    return {row[0] for row in rows}
