"""What was backed up, restored or tidied, in sentences."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kazpress.config import Config
    from kazpress.operations.backup import Backup
    from kazpress.operations.restore import Restored
    from kazpress.operations.tidy import Tidied


def backup_sentence(made: "Backup") -> str:
    """What a backup holds."""
    linked = f", {made.linked} of them as hard links" if made.linked else ""
    return (
        f"backed up: the database and {_files(made.files)} of the archive{linked} "
        f"({_megabytes(made.bytes)})"
    )


def restore_sentence(config: "Config", restored: "Restored") -> str:
    """What was put in place."""
    kept = f"; {_files(restored.kept)} had all of it already" if restored.kept else ""
    return (
        f"restored: {config.db}, and {_files(restored.files)} of the archive in {config.archive} "
        f"({_megabytes(restored.bytes)}){kept}"
    )


def tidy_sentences(tidied: "Tidied", *, dry_run: bool) -> Iterator[str]:
    """What was dropped, or would be; nothing where there was nothing."""
    would = "would be " if dry_run else ""
    if tidied.files:
        yield (
            f"{_files(len(tidied.files))} with listings older than 30 days {would}dropped "
            f"({_megabytes(tidied.file_bytes)}): {tidied.files[0]}"
            + (f" … {tidied.files[-1]}" if len(tidied.files) > 1 else "")
        )
    if tidied.log_bytes:
        yield (
            f"{_megabytes(tidied.log_bytes)} of the write-ahead log {would}written into the "
            "database"
        )
    yield from tidied.held


def _files(count: int) -> str:
    return f"{count} file{'s' * (count != 1)}"


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
