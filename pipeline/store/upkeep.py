"""What SQLite asks to be done now and then."""

from pathlib import Path

from sqlite_utils import Database

_ROWS_LOOKED_AT = 1000
"""Of an index, by ANALYZE: as many as SQLite's documentation of analysis_limit proposes."""


def optimize(db: Database) -> None:
    """Let SQLite count again what its choice of indexes rests on, where that has changed much."""
    db.conn.execute(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
    db.conn.execute("PRAGMA optimize")


def write_back(db: Database) -> None:
    """Write what stands in the write-ahead log into the database, and empty the log, as far as
    nobody reads it. Readers are waited for shortly, since whoever wants to write waits meanwhile.
    """
    db.conn.execute("PRAGMA busy_timeout = 1000")
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def log_bytes(path: Path) -> int:
    """The size of a database's write-ahead log."""
    log = path.with_name(f"{path.name}-wal")
    return log.stat().st_size if log.exists() else 0
