"""Errors that end a command, and with which exit status.

    KazpressError                 1  the command could not do its work
    ├── UsageError                2  wrong usage: an option, a name, a date
    │   ├── MissingExtra          2  a format whose library is not installed
    │   └── ConfigError           2  kazpress.toml
    │       └── FactsError        2  the facts about a source, such as spiders/senate.py
    ├── SourceBusy               75  another process holds the source, or the daemon's database
    ├── ArchiveError              1  a WARC file that can't be read or written
    │   └── NotAtHand             1  a file of the archive that was moved away
    ├── ClusterError              1  a cluster that does not answer, or can't read the archive
    ├── StoreError                1  a database that can't be opened, read or written
    │   └── NoDatabase            1  a database that is not there
    ├── ExportError               1  an export that can't be written
    ├── BackupError               1  a backup that can't be made, or is not whole
    ├── UnreadableText            1  a text file that is not in the form of an import
    ├── UnknownItem               1  an id or address that nothing is stored under
    ├── UnknownRevision           1  a state of an item that is not stored
    └── AmbiguousId               1  the beginning of several items' ids

Trouble with one page is not an exception but a `Failure` (`pipeline.model.capture`); the run goes
on.
"""

import errno
import sqlite3
from difflib import get_close_matches
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class ExitStatus(IntEnum):
    """What a command's exit status tells a script (docs/operations.md, "Exit statuses")."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NEEDS_LOOK = 3
    HELD = 75
    INTERRUPTED = 130
    """Ctrl-C: 128 and the signal's number, as a shell has it."""


class KazpressError(Exception):
    """Its text is a sentence for the user: what happened, to which URL, file or option, and what to
    do about it.
    """

    status: ExitStatus = ExitStatus.FAILED


class UsageError(KazpressError):
    """Wrong usage, found before anything was done."""

    status = ExitStatus.USAGE


class MissingExtra(UsageError):
    """A format needs a library that is not installed."""


class ConfigError(UsageError):
    """The configuration file can't be used; the text names the file and the key."""


class FactsError(ConfigError):
    """The facts about a source can't be right; names the file, the field and what to write."""


class SourceBusy(KazpressError):
    """Another process holds a lock that this one needs; the text names the holder."""

    status = ExitStatus.HELD


class ArchiveError(KazpressError):
    """A WARC file or the archive's folder can't be read or written; the text names it."""


class NotAtHand(ArchiveError):
    """A file that the database knows is not in the archive's folder; nothing of it is lost."""

    def __init__(self, folder: "Path", file: str) -> None:
        super().__init__(
            f"{folder / file}: is not at hand; bring it back, or name the archive's folder with "
            "--archive"
        )
        self.folder = folder
        self.file = file


class ClusterError(KazpressError):
    """A cluster that is to read the archive does not answer, or can't; the text names it."""


class StoreError(KazpressError):
    """The database can't be opened, read or written; the text names the file."""


class NoDatabase(StoreError):
    """There is no database of this name; the text names it."""


class UnreadableText(KazpressError):
    """A text file is not in the form of an import; the text says what is wrong with it."""


class ExportError(KazpressError):
    """An export can't be written; the text names the file or folder."""


class BackupError(KazpressError):
    """A backup can't be made or restored, or is not whole; the text names the folder or file."""


class UnknownItem(KazpressError):
    """Nothing is stored under an id or address."""


class UnknownRevision(KazpressError):
    """An item has no revision of this number, or was not known at a time."""


class AmbiguousId(KazpressError):
    """The ids of several items begin so; the text names them, a line each."""


_OPERATORS_SQLITE_CODES = frozenset(
    {
        sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    }
)  # fmt: skip
_OPERATORS_ERRNOS = frozenset(
    {
        errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO,
        errno.EMFILE, errno.ENFILE,
    }
)  # fmt: skip


def is_for_the_operator(error: BaseException) -> bool:
    """Whether an error is one that the machine's operator can mend, such as a full disk: its text
    says all that helps, and a traceback would only hide it.
    """
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        return code & 0xFF in _OPERATORS_SQLITE_CODES  # the rest is the detail
    if isinstance(error, OSError):
        return error.errno in _OPERATORS_ERRNOS
    return isinstance(error, KazpressError)


def did_you_mean(word: str, known: "Iterable[str]") -> str:
    """`; did you mean "kazpravda"?` for the nearest known word, or an empty string."""
    near = get_close_matches(word.lower(), list(known), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""
