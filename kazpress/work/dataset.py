"""`kazpress export --dataset`: selected items as a folder that can be published as it is."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from kazpress.config import Config
from kazpress.errors import ExportError, UsageError
from kazpress.streams import say
from kazpress.work.export_targets import is_of_database
from pipeline.counted import counted
from pipeline.dataset.changes import with_entry
from pipeline.dataset.contents import Contents, write_contents
from pipeline.dataset.data_files import version
from pipeline.dataset.folder import (
    check_folder,
    drop_if_same,
    former,
    new_version,
    strangers,
    take_place,
)
from pipeline.dataset.tally import Counts, stories_and_pieces
from pipeline.descriptions.citation import choice
from pipeline.descriptions.dataset import CHANGES, CHECKSUMS, Chosen, Dataset, DatasetSource
from pipeline.descriptions.descriptions import descriptions
from pipeline.descriptions.dictionary import described_columns
from pipeline.export.columns import LISTS
from pipeline.export.selection import Selection
from pipeline.formats.extras import needs
from pipeline.normalize.characters import clean_characters
from pipeline.query.sections import with_stored_sections
from pipeline.store.database import reading
from spiders.sources import SOURCES


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDataset:
    """What became of a dataset's folder."""

    version: str
    items: int
    months: int
    written: tuple[str, ...]
    """The files that are new or other than before, by path."""
    removed: tuple[str, ...]
    strangers: tuple[str, ...]
    """What somebody else put there, and is left alone."""


def export_dataset(
    config: Config, folder: Path, selection: Selection, *, force: bool = False, quiet: bool = False
) -> WrittenDataset:
    """Write the selected items as a dataset, or bring the one that is there up to date. Only files
    that differ are written; sections are as a person writes them. Unless `quiet`, the outcome is
    said on standard error.

    Raises UsageError for a folder that may not be written, SourceBusy, StoreError, ExportError.
    """
    needs("a dataset", "pyarrow")
    with reading(config.db) as db, _told_where(folder):
        _refuse_ours(config, folder)
        selection = with_stored_sections(db, selection)
        check_folder(folder, force=force)
        with new_version(folder) as aside:
            written = _write(db, config, folder, aside, selection)
    if not quiet:
        _say(folder, written)
    return written


@contextmanager
def _told_where(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or folder
        raise ExportError(f"{where}: can't be written ({error.strerror or error})") from error


def _refuse_ours(config: Config, folder: Path) -> None:
    """Raises UsageError where the archive or the database is in the folder, or around it."""
    target, archive, db = (one.resolve() for one in (folder, config.archive, config.db))
    ours = target in (archive, *archive.parents, *db.parents) or archive in target.parents
    if ours or (is_of_database(folder, config.db) and target != db):
        raise UsageError(
            f"{folder}: holds the database or the archive, or stands in it; name another folder"
        )


def _write(
    db: Database, config: Config, folder: Path, aside: Path, selection: Selection
) -> WrittenDataset:
    before = former(folder)
    contents = write_contents(db, folder, aside, selection, before)
    dataset = _described(db, config, selection, contents)
    texts = descriptions(dataset)
    _write_texts(aside, texts)
    sums = {path: hashlib.sha256(text.encode()).hexdigest() for path, text in texts.items()}
    sums |= {file.path: file.sha256 for file in contents.files}
    _write_texts(aside, {CHECKSUMS: "".join(f"{sums[one]}  {one}\n" for one in sorted(sums))})
    changes = folder / CHANGES
    if before is None or before.version != dataset.version or not changes.is_file():
        old = changes.read_text("utf-8", "replace") if before and changes.is_file() else None
        entry = with_entry(
            old, dataset.version, dataset.items, contents.changes, choice(dataset.chosen)
        )
        _write_texts(aside, {CHANGES: entry})
    for path in (*texts, CHECKSUMS):
        drop_if_same(aside / path, folder / path)
    written = take_place(folder, contents.gone)
    return WrittenDataset(
        version=dataset.version,
        items=dataset.items,
        months=len({file.month for file in contents.files}),
        written=tuple(sorted(written)),
        removed=contents.gone,
        strangers=tuple(strangers(folder, {*sums, CHECKSUMS, CHANGES})),
    )


def _described(db: Database, config: Config, selection: Selection, contents: Contents) -> Dataset:
    stories, pieces = stories_and_pieces(db, selection)
    columns = described_columns(contents.columns)
    may_lack = {one.name for one in columns if one.nullable or one.kind in LISTS}
    sources = sorted({one.source for one in contents.counts.days})
    return Dataset(
        name="-".join(("kazpress", *sorted(selection.source))),
        title=_title(sources),
        version=version(contents.counts.changed, contents.files),
        changed=contents.counts.changed,
        chosen=Chosen(
            source=tuple(sorted(selection.source)),
            language=tuple(sorted(selection.language)),
            section=tuple(sorted(selection.section)),
            since=selection.since.isoformat() if selection.since else None,
            until=selection.until.isoformat() if selection.until else None,
        ),
        items=contents.counts.items,
        stories=stories,
        pieces=pieces,
        first_day=contents.counts.first_day,
        last_day=contents.counts.last_day,
        sources=tuple(_source(name, contents.counts) for name in sources),
        columns=columns,
        files=contents.files,
        jsonl_sha256=contents.jsonl_sha256,
        days=contents.counts.days,
        coverage=tuple(one for one in contents.counts.coverage if one.field in may_lack),
        contact=config.contact,
    )


def _title(sources: list[str]) -> str:
    titles = [SOURCES[name].title for name in sources if name in SOURCES]
    return f"Press items of {' and '.join(titles)}" if titles else "Press items"


def _source(name: str, counts: Counts) -> DatasetSource:
    facts = SOURCES.get(name)
    return DatasetSource(
        name=name,
        title=facts.title if facts else name,
        address=f"https://{facts.host}" if facts else "",
        languages=tuple(sorted({one.language for one in counts.days if one.source == name})),
    )


def _write_texts(folder: Path, texts: dict[str, str]) -> None:
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8", newline="\n")


def _say(folder: Path, dataset: WrittenDataset) -> None:
    if not dataset.items:
        say("nothing that is stored is selected: a dataset without records")
    changed = f"{counted(len(dataset.written), 'file')} written"
    if dataset.removed:
        changed += f", {len(dataset.removed)} removed"
    if not dataset.written and not dataset.removed:
        changed = "nothing changed"
    say(
        f"{folder}: version {dataset.version}, {counted(dataset.items, 'item')}"
        f" in {counted(dataset.months, 'month')}; {changed}"
    )
    if dataset.strangers:
        names = clean_characters(", ".join(dataset.strangers))
        say(f"{folder}: left alone, not part of the dataset: {names}")
