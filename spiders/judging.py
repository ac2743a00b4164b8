"""What a crawl says about its source: whether it failed as a whole, and what needs a look."""

from sqlite_utils import Database

from spiders.session import Session

_FEWEST = 5
"""Shares are taken of so many pages at least."""


def judge(session: Session) -> None:
    """Say what needs a look, and whether the source failed as a whole."""
    if session.stopped or session.failure:
        return
    if session.only:
        _judge_single(session)
        return
    _judge_listings(session)
    if not session.failure:
        _judge_pages(session)


def count_boilerplate(session: Session) -> None:
    """Count the pages whose body is the site's and no item's as failed, not as new or unchanged:
    that shows only once enough of them are in.
    """
    counts = session.counts
    rows = session.db.execute(
        "SELECT a.id, a.url FROM failures f JOIN addresses a ON a.url = f.url"
        " WHERE f.reason = 'boilerplate' AND a.asked_in = ? AND a.item IS NULL",
        (session.crawl,),
    ).fetchall()
    if not rows:
        return
    withdrawn = counts.new & {row[0] for row in rows}
    counts.new -= withdrawn
    counts.unchanged = max(0, counts.unchanged - (len(rows) - len(withdrawn)))
    counts.failed |= {row[1] for row in rows}
    session.note(
        f"{len(rows)} addresses give one and the same body, so none of them counts; "
        "see the list of failures"
    )


def _judge_single(session: Session) -> None:
    for url in session.only:
        why = _why_no_item(session.db, url)
        if why and (session.replay is None or session.replay.holds(url)):
            session.note(f"{url}: {why}")


def _why_no_item(db: Database, url: str) -> str | None:
    """Why an address that was asked for has no item; None where it has one."""
    row = db.execute(
        "SELECT a.item, f.detail FROM addresses a LEFT JOIN failures f ON f.url = a.url"
        " WHERE a.url = ?",
        (url,),
    ).fetchone()
    return None if row is None or row[0] else row[1] or "gave no item"


def _judge_listings(session: Session) -> None:
    listings = session.listings
    if session.replay is None and not listings.answered:
        first = listings.failed[0] if listings.failed else "none was asked"
        session.fail(f"no listing could be read: {first}")
        return
    for empty in listings.empty:
        session.note(f"{empty} links to no article any more")
    if listings.answered and not listings.with_articles and not listings.unchanged:
        session.note("no listing links to any article; the site's addresses or pages have changed")
    for fewer in listings.fewer:
        session.note(fewer)
    for failed in listings.failed:
        session.note(failed)
    for forbidden in listings.forbidden:
        session.note(f"robots.txt forbids {forbidden}")


def _judge_pages(session: Session) -> None:
    counts = session.counts
    if counts.unreadable and counts.unreadable * 5 >= counts.looked_at:
        session.note(
            f"{counts.unreadable} of {counts.looked_at} pages lack a title, date or body; "
            "see the list of failures"
        )
    read = counts.looked_at - counts.unreadable
    by_layout = read - counts.not_by_layout
    if read >= _FEWEST and by_layout < session.source.expect.read_by_layout * read:
        session.note(f"only {by_layout} of {read} pages were read by the source's own layout")
    failed, asked = len(counts.failed), len(counts.asked)
    if failed >= _FEWEST and failed * 5 >= asked:
        session.note(f"{failed} of {asked} articles asked for gave none; see the list of failures")
