"""The list of a backup's files, as `sha256sum --check SHA256SUMS` reads it too.

The database is its last line, so a list that was cut short is known by that.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from kazpress.errors import BackupError
from pipeline.archive.files import archive_file
from pipeline.digests import file_sha256

LIST = "SHA256SUMS"
DATABASE = "kazpress.db"
ARCHIVE = "archive"
_LINE = re.compile(r"(?P<sum>[0-9a-f]{64})  (?P<name>\S+)")


def write_list(folder: Path, sums: Mapping[str, str]) -> None:
    """Write the list of a backup's files by their names, the database last. Raises OSError."""
    names = sorted(sums, key=lambda name: (name == DATABASE, name))
    with (folder / LIST).open("w", encoding="ascii") as file:
        file.writelines(f"{sums[name]}  {name}\n" for name in names)
        file.flush()
        os.fsync(file.fileno())


def read_list(folder: Path) -> dict[str, str]:
    """The digests of a backup's files by their names. Raises BackupError where that is no whole
    list.
    """
    path = folder / LIST
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no list of checksums"
        raise BackupError(f"{folder}: is no backup: {path} can't be read ({why})") from error
    found = [_LINE.fullmatch(line) for line in lines]
    sums = {one["name"]: one["sum"] for one in found if one and _is_ours(one["name"])}
    if len(sums) != len(lines) or not lines or not lines[-1].endswith(f"  {DATABASE}"):
        raise BackupError(f"{path}: is damaged or not whole; nothing of this backup is trusted")
    return sums


def faults(folder: Path, sums: Mapping[str, str]) -> list[str]:
    """What is wrong with a backup's files: a few words for each that is not as it was."""
    found: list[str] = []
    for name, expected in sums.items():
        try:
            if file_sha256(folder / name) != expected:
                found.append(f"{name} is damaged")
        except OSError as error:
            found.append(f"{name} can't be read ({error.strerror})")
    return found


def _is_ours(name: str) -> bool:
    """Whether a backup has such a file: nothing is read or written outside of it."""
    folder, _, file = name.rpartition("/")
    return name == DATABASE or (folder == ARCHIVE and archive_file(file) is not None)
