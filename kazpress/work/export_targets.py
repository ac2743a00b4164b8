"""Which file gets which format, by `--format`, `--output` and the suffix of that."""

import re
from dataclasses import dataclass
from pathlib import Path

from kazpress.errors import UsageError, did_you_mean
from pipeline.formats.known_formats import (
    FORMATS,
    SUFFIXES,
    TO_FILES_ONLY,
    FileKind,
    Format,
    known_suffix,
)

_SUFFIX = re.compile(r".+?(\.(?=\w*[a-z])\w+(?:\.(?:gz|zst))?)", re.IGNORECASE)
"""What looks like a suffix: letters behind the last dot, or before .gz; "items.2026" has none."""


_OF_SQLITE = ("", "-wal", "-shm", "-journal")
"""What the names of a database's own files have at their ends."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file that is to be written, and what in; None for standard output."""

    path: Path | None
    kind: FileKind


def formats_named(text: str | None) -> tuple[Format, ...]:
    """The formats in a comma-separated list, each once. Raises UsageError."""
    chosen: list[Format] = []
    for name in text.split(",") if text is not None else ():
        match = next((one for one in FORMATS if one == name.strip().lower()), None)
        if match is None:
            known = ", ".join(FORMATS)
            raise UsageError(
                f'there is no format "{name.strip()}"{did_you_mean(name, FORMATS)} (known: {known})'
            )
        chosen.append(match)
    return tuple(dict.fromkeys(chosen))


def export_targets(formats: tuple[Format, ...], output: Path | None) -> tuple[Target, ...]:
    """The files to write. Without a format the suffix of `output` decides; several formats put
    theirs in the place of a known one. Raises UsageError.
    """
    if output is None or str(output) == "-":
        return (Target(None, _kind_of_stdout(formats)),)
    if len(formats) > 1:
        named = known_suffix(output)
        stem = output.name[: -len(named[0])] if named else output.name
        return tuple(Target(output.with_name(f"{stem}.{one}"), FileKind(one)) for one in formats)
    return (Target(output, _kind_of_file(formats, output)),)


def is_of_database(path: Path, db: Path) -> bool:
    """Whether a path is that of the database, or of a file that SQLite has beside it."""
    db = db.resolve()
    return path.resolve() in {db.with_name(f"{db.name}{end}") for end in _OF_SQLITE}


def _kind_of_stdout(formats: tuple[Format, ...]) -> FileKind:
    if len(formats) > 1:
        raise UsageError("several formats need --output with a stem for their files' names")
    kind = formats[0] if formats else "jsonl"
    if kind in TO_FILES_ONLY:
        raise UsageError(f"{kind} goes to a file alone; name it with --output, as in x.{kind}")
    return FileKind(kind)


def _kind_of_file(formats: tuple[Format, ...], output: Path) -> FileKind:
    named = known_suffix(output)
    if named is None:
        if found := _SUFFIX.fullmatch(output.name):
            raise UsageError(_unknown_suffix(output, found[1]))
        return FileKind(formats[0] if formats else "jsonl")
    _, kind = named
    if formats and kind.format != formats[0]:
        raise UsageError(
            f"{output}: its suffix says {kind.format}, --format says {formats[0]}; leave one out, "
            "or change it"
        )
    return kind


def _unknown_suffix(output: Path, suffix: str) -> str:
    known = sorted(SUFFIXES)
    nearest = did_you_mean(suffix, known)
    return f'{output}: no format has the suffix "{suffix}"{nearest} (known: {", ".join(known)})'
