"""A whole copy of the database while others write it, in one file.

By SQLite's backup API in one step: it copies the pages of one snapshot, so neither waits for the
other, and the copy is the same database to the last row number. `VACUUM INTO` would be as whole,
but builds every table and index anew.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from kazpress.errors import StoreError
from pipeline.store.database import reading_any_version
from pipeline.synced import sync


def copy_database(path: Path, to: Path) -> None:
    """Copy the database as it stands in this moment, also one of an older version, and check the
    copy. It needs no file beside it, so that it can be read where nothing can be written.

    Raises StoreError, also where a page of it is damaged; what is written of the copy stays then.
    """
    with reading_any_version(path) as db:
        try:
            with closing(sqlite3.connect(to.absolute())) as copy:
                db.conn.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
                found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        except sqlite3.Error as error:
            raise StoreError(f"{path}: can't be copied to {to} ({error})") from error
    if found != "ok":
        fault = " ".join(str(found).split())
        raise StoreError(
            f"{path}: is damaged ({fault}); restore a backup, or derive it anew from the archive: "
            "kazpress reparse --db NEW"
        )
    sync(to)
