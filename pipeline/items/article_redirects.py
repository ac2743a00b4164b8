"""Redirects between a source's articles: those that join addresses, and soft 404s."""

from collections.abc import Collection, Iterable

from sqlite_utils import Database

from pipeline.connected import connected_component
from pipeline.items.history import makes_soft_404s
from pipeline.store.database import column


def joined(db: Database, url: str) -> set[str]:
    """All addresses that redirects make one item with this one, itself included."""

    def beside(one: str) -> list[str]:
        targets = [target for target in _targets(db, one) if not is_soft_404_target(db, target)]
        sources = _redirecting(db, one)
        return targets + ([] if makes_soft_404s(len(sources)) else list(sources))

    return connected_component(url, beside)


def is_soft_404_target(db: Database, target: str) -> bool:
    """Whether so many addresses redirect to this one that each redirect is a soft 404."""
    return makes_soft_404s(len(_redirecting(db, target)))


def new_soft_404_targets(
    db: Database, targets: Iterable[str], touched: Collection[str]
) -> set[str]:
    """Those of the targets whose redirects may have become soft 404s by the touched addresses."""
    return {
        target
        for target in set(targets)
        if makes_soft_404s(len(sources := _redirecting(db, target)))
        and not makes_soft_404s(len(sources.difference(touched)))
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
    sql = "SELECT DISTINCT redirect_to FROM captures WHERE url = ?1 AND redirect_to != ?1"
    return column(db.conn.execute(sql, (url,)))


def _redirecting(db: Database, target: str) -> set[str]:
    """The other addresses that ever redirected to a target."""
    sql = "SELECT DISTINCT url FROM captures WHERE redirect_to = ?1 AND url != ?1"
    return column(db.conn.execute(sql, (target,)))
