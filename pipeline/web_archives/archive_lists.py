"""What is asked of an archive's lists, and what was: an interrupted search goes on where it was."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from pipeline.clock import stamp
from pipeline.store.database import dict_row, value
from pipeline.store.transactions import write, writing
from pipeline.web_archives.listed_capture import ListedCapture, ListQuestion

_NOT_ASKED = "source = ? AND archive = ? AND done IS NULL AND crawl IS NOT ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question that is still to be answered, with the number of its row."""

    id: int
    question: ListQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What of an answer was not known before."""

    captures: int
    questions: int


def open_lists(
    db: Database,
    source: str,
    archive: str,
    questions: Sequence[ListQuestion],
    now: datetime,
    *,
    again: bool = False,
) -> None:
    """Note what a search begins with. What is known is asked again once its answer is too old; an
    unfinished list goes on. If `again`, everything is asked again.
    """
    with writing(db):
        if again:
            write(
                db, "DELETE FROM archive_lists WHERE source = ? AND archive = ?", (source, archive)
            )
        for question in questions:
            _forget_old(db, source, archive, question, now)
        _add(db, source, archive, questions)


def next_question(db: Database, source: str, archive: str, crawl: int) -> OpenQuestion | None:
    """The next question that is open and was not asked in this crawl; from now on it was."""
    with writing(db):
        row = dict_row(
            db.conn.execute(
                f"SELECT id, kind, path, root FROM archive_lists WHERE {_NOT_ASKED}"
                " ORDER BY id LIMIT 1",
                (source, archive, crawl),
            )
        )
        if row is None:
            return None
        write(db, "UPDATE archive_lists SET crawl = ? WHERE id = ?", (crawl, row["id"]))
    return OpenQuestion(
        id=row["id"],
        question=ListQuestion(kind=row["kind"], path=row["path"], root=row["root"]),
    )


def store_answer(
    db: Database,
    source: str,
    asked: OpenQuestion,
    archive: str,
    captures: Iterable[ListedCapture],
    further: Sequence[ListQuestion],
    now: datetime,
) -> Stored:
    """Note what a list named, and what else it leads to."""
    with writing(db):
        crawl = value(db, "SELECT crawl FROM archive_lists WHERE id = ?", asked.id)
        new = sum(add_listed(db, source, one, crawl) for one in captures)
        leads_on = _add(db, source, archive, further)
        write(db, "UPDATE archive_lists SET done = ? WHERE id = ?", (stamp(now), asked.id))
    return Stored(captures=new, questions=leads_on)


def add_listed(db: Database, source: str, one: ListedCapture, crawl: int | None = None) -> int:
    """Note a listed capture in the open transaction; 1 where it was not known, else 0. Of one that
    is of no use the crawl is noted too, for it is not asked.
    """
    return write(
        db,
        "INSERT OR IGNORE INTO archive_captures"
        " (source, archive, place, url, target, time, digest, status, variant,"
        " state, reason, crawl) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            source, one.archive, one.place, one.url, one.target, stamp(one.time), one.digest,
            one.status, int(one.is_variant), "unusable" if one.unusable else "listed",
            one.unusable or None,
            crawl if one.unusable else None,
        ),
    ).rowcount  # fmt: skip


def questions_left(db: Database, source: str, archive: str) -> int:
    """How many questions are still open."""
    sql = "SELECT count(*) FROM archive_lists WHERE source = ? AND archive = ? AND done IS NULL"
    return int(value(db, sql, source, archive))


def _forget_old(
    db: Database, source: str, archive: str, question: ListQuestion, now: datetime
) -> None:
    of_it = "source = ? AND archive = ? AND root = ?"
    values = (source, archive, question.root)
    last, is_open = db.conn.execute(
        f"SELECT max(done), max(done IS NULL) FROM archive_lists WHERE {of_it}", values
    ).fetchone()
    if last is None or is_open or question.lasts is None:
        return
    if last < stamp(now - question.lasts):
        write(db, f"DELETE FROM archive_lists WHERE {of_it}", values)


def _add(db: Database, source: str, archive: str, questions: Iterable[ListQuestion]) -> int:
    """How many of them were not known."""
    return sum(
        write(
            db,
            "INSERT OR IGNORE INTO archive_lists (source, archive, kind, path, root)"
            " VALUES (?, ?, ?, ?, ?)",
            (source, archive, one.kind, one.path, one.root),
        ).rowcount
        for one in questions
    )
