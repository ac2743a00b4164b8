"""Pairs of items that share running text: found through the runs that they hold in common."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from sqlite_utils import Database

from pipeline.link import FORMULA_ADDRESSES, Text, pair_of, runs_of
from pipeline.store import dict_rows
from pipeline.text import words

_AT_ONCE = 500


def store_runs(db: Database, holder: str, body: str) -> set[int]:
    """Note that an address's readings have held these runs, for ever; the runs that have become
    formulae by it.
    """
    new = [
        run
        for run in dict.fromkeys(runs_of(words(body)))
        if db.conn.execute(
            "INSERT OR IGNORE INTO runs (run, holder) VALUES (?, ?)", (run, holder)
        ).rowcount
    ]
    counts = _frequencies(db, new)
    return {run for run in new if counts[run] == FORMULA_ADDRESSES}


def holders_of(db: Database, runs: Iterable[int]) -> set[str]:
    """The items, and folded texts' own ids, whose addresses hold any of these runs."""
    found: set[str] = set()
    for part in _parts(list(runs)):
        found |= {
            row[0]
            for row in db.conn.execute(
                f"SELECT DISTINCT coalesce(a.item, h.holder) FROM runs h"
                f" LEFT JOIN addresses a ON a.id = h.holder WHERE h.run IN ({_marks(part)})",
                part,
            )
        }
    return found


def settle_pairs(db: Database, items: set[str], removed: set[str]) -> set[str]:
    """Weigh all pairs of these items again; all items one of whose relations may have changed."""
    touched = set(items) | removed
    for item in sorted(touched):
        touched |= _forget_pairs(db, item)
    texts = _Texts(db)
    done: set[tuple[str, str]] = set()
    for item in sorted(items - removed):
        touched |= _pairs_of(db, item, texts, done)
    return touched


class _Texts:
    """Items' texts, taken from the database once each."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[str, Text | None] = {}
        self._formula: dict[int, bool] = {}

    def get(self, item: str) -> Text | None:
        if item not in self._known:
            self._known[item] = _text(self._db, item)
        return self._known[item]

    def formulae(self, *texts: Text) -> set[int]:
        runs = {run for text in texts for run in text.runs}
        counts = _frequencies(self._db, [run for run in runs if run not in self._formula])
        self._formula.update({run: count >= FORMULA_ADDRESSES for run, count in counts.items()})
        return {run for run in runs if self._formula.get(run)}


def _text(db: Database, item: str) -> Text | None:
    rows = dict_rows(
        db.conn.execute("SELECT id, source, day, title, body FROM items WHERE id = ?", (item,))
    )
    if not rows:
        return None
    row = rows[0]
    found = tuple(words(row["body"]))
    return Text(
        id=row["id"], source=row["source"], day=date.fromisoformat(row["day"]),
        title=tuple(words(row["title"] or "")), words=found, runs=runs_of(found),
    )  # fmt: skip


def _pairs_of(db: Database, item: str, texts: _Texts, done: set[tuple[str, str]]) -> set[str]:
    own = texts.get(item)
    if own is None:
        return set()
    touched: set[str] = set()
    for other in sorted(_candidates(db, own)):
        key = (min(item, other), max(item, other))
        theirs = texts.get(other)
        if key in done or theirs is None:
            continue
        done.add(key)
        pair = pair_of(own, theirs, texts.formulae(own, theirs))
        if pair is not None:
            db.table("pairs").upsert({**asdict(pair), "related": int(pair.related)}, pk=("a", "b"))
            touched |= {pair.a, pair.b}
    return touched


def _candidates(db: Database, text: Text) -> set[str]:
    """Items of the same language that share a run with this one, or are its equal."""
    shared = holders_of(db, set(text.runs))
    equal = {
        row[0]
        for row in db.conn.execute(
            "SELECT o.id FROM items i JOIN items o ON o.words_sha256 = i.words_sha256"
            " WHERE i.id = ?",
            (text.id,),
        )
    }
    language = db.conn.execute("SELECT language FROM items WHERE id = ?", (text.id,)).fetchone()[0]
    return {
        item
        for item in (shared | equal) - {text.id}
        if db.conn.execute(
            "SELECT 1 FROM items WHERE id = ? AND language = ?", (item, language)
        ).fetchone()
    }


def _forget_pairs(db: Database, item: str) -> set[str]:
    """Delete an item's pairs; the others that they were with."""
    rows = db.conn.execute(
        "DELETE FROM pairs WHERE a = ?1 OR b = ?1 RETURNING CASE WHEN a = ?1 THEN b ELSE a END",
        (item,),
    ).fetchall()
    return {row[0] for row in rows}


def _frequencies(db: Database, runs: Sequence[int]) -> dict[int, int]:
    """In how many addresses each run stands."""
    counts = dict.fromkeys(runs, 0)
    for part in _parts(runs):
        counts.update(
            db.conn.execute(
                f"SELECT run, count(*) FROM runs WHERE run IN ({_marks(part)}) GROUP BY run", part
            ).fetchall()
        )
    return counts


def _parts(runs: Sequence[int]) -> list[list[int]]:
    return [list(runs[at : at + _AT_ONCE]) for at in range(0, len(runs), _AT_ONCE)]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
