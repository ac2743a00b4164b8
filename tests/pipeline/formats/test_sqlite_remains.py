"""A SQLite file without what SQLite leaves in it and never reads."""

import sqlite3
from contextlib import closing
from pathlib import Path
from struct import unpack_from

from pipeline.formats.sqlite_remains import PAGE_BYTES, clear_remains


def _made(path: Path) -> list[int]:
    """A database with pages of each kind; the first pages of its table and index."""
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        db.execute("CREATE TABLE numbers (number INTEGER, name TEXT)")
        db.execute("CREATE INDEX by_name ON numbers (name)")
        rows = [(n, f"{n * 7919 % 10_007:05}" * 20) for n in range(3_000)]
        db.executemany("INSERT INTO numbers VALUES (?, ?)", rows)
        db.execute("DELETE FROM numbers WHERE number % 7 = 0")
        db.execute("INSERT INTO numbers VALUES (0, ?)", ("long" * 5_000,))
        db.commit()
        roots = db.execute("SELECT rootpage FROM sqlite_master WHERE rootpage > 0").fetchall()
    return [page for (page,) in roots]


def _rows(path: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return db.execute("SELECT * FROM numbers ORDER BY rowid").fetchall()


def test_what_is_read_stays_and_what_is_not_goes(tmp_path: Path) -> None:
    path = tmp_path / "numbers.db"
    roots = _made(path)
    rows = _rows(path)
    clear_remains(path, roots)
    assert _rows(path) == rows
    clean = path.read_bytes()
    assert clean[96:100] == bytes(4)
    path.write_bytes(_with_remains(clean))
    assert _rows(path) == rows
    clear_remains(path, roots)
    assert path.read_bytes() == clean


def _with_remains(clean: bytes) -> bytes:
    """The same database with other bytes wherever nothing of it stands in its tables' pages."""
    marked = bytearray(clean)
    marked[96:100] = b"mark"
    kinds = set()
    for at in range(0, len(clean), PAGE_BYTES):
        head = at + (100 if at == 0 else 0)
        kind, free, cells, content = unpack_from(">BHHH", clean, head)
        end = head - at + (8 if kind in (10, 13) else 12) + 2 * cells
        if kind in (2, 5, 10, 13) and free < PAGE_BYTES and 8 <= end < content < PAGE_BYTES:
            kinds.add(kind)
            marked[at + end : at + content] = b"x" * (content - end)
    assert kinds == {2, 5, 10, 13}
    return bytes(marked)
