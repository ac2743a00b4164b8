"""A dataset's folder: whose it is, and how a new version takes the place of the former one.

All that is new is written aside, inside the folder, and brought onto the disk; then a list of what
is to be removed says that it is whole. From there on whoever comes next finishes what was begun, so
a version that was killed while its files took their places is whole after the next run.
"""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kazpress.errors import ExportError, SourceBusy, UsageError
from pipeline.dataset.data_files import DATA_PATH
from pipeline.descriptions.datapackage import PACKAGE
from pipeline.descriptions.dataset import CHECKSUMS, LAYOUT_KEY
from pipeline.digests import file_sha256
from pipeline.synced import sync

_ASIDE = ".kazpress-new"
_FILES = "files"
_READY = "removed"
_VERSION = re.compile(r"[\w.+-]+", re.ASCII)
_SUM = re.compile(r"[0-9a-f]{64}  (?P<path>\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """The version that stands in a folder."""

    version: str
    files: frozenset[str]
    """The paths of its data files."""


def check_folder(folder: Path, *, force: bool) -> None:
    """Raises UsageError for a folder that is neither ours nor empty but for git's own files, unless
    forced, and for what is no folder.
    """
    try:
        names = {path.name for path in folder.iterdir()}
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise UsageError(f"{folder}: is a file; name a folder for the dataset") from None
    strange = {name for name in names if name != _ASIDE and not name.startswith(".git")}
    ours = not strange or (folder / _ASIDE / _READY).exists() or _described(folder)
    if not ours and not force:
        raise UsageError(
            f"{folder}: holds files and no dataset of kazpress; name another folder, or write into "
            "it with --force"
        )


@contextmanager
def new_version(folder: Path) -> Iterator[Path]:
    """A new folder inside of this one, for what is to take its place there by `take_place`; it is
    gone at the end. What a killed process left is finished first, or removed.

    Raises SourceBusy where another process is writing there, OSError.
    """
    folder = folder.resolve()  # behind a link, which may lead to what is not there yet
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / _ASIDE
    with _locked(folder):
        _finish(folder)
        try:
            (aside / _FILES).mkdir(parents=True)
            yield aside / _FILES
        finally:
            if not (aside / _READY).exists():
                shutil.rmtree(aside, ignore_errors=True)
            if is_new:
                with suppress(OSError):
                    folder.rmdir()  # where nothing came of it


def former(folder: Path) -> Former | None:
    """The version that stands in a folder, as its own files have it."""
    if not (described := _described(folder)):
        return None
    try:
        lines = _text(folder / CHECKSUMS).splitlines()
    except (OSError, ValueError):
        lines = []
    version = str(described.get("version"))
    paths = (found["path"] for line in lines if (found := _SUM.fullmatch(line)))
    return Former(
        version=version if _VERSION.fullmatch(version) else "a version without a name",
        files=frozenset(path for path in paths if DATA_PATH.fullmatch(path)),
    )


def drop_if_same(path: Path, standing: Path) -> bool:
    """Remove a new file where the one that stands there is the same; whether it was."""
    with suppress(OSError):
        is_as_long = path.stat().st_size == standing.stat().st_size
        if is_as_long and file_sha256(path) == file_sha256(standing):
            path.unlink()
            return True
    return False


def take_place(folder: Path, removed: Collection[str]) -> list[str]:
    """Put what was written aside in its place, and remove data files; what was put there. The
    descriptions come behind the data, the checksums last. Raises ExportError, OSError.
    """
    aside = folder / _ASIDE
    paths = _new_paths(folder)
    if not paths and not removed:
        return []
    for path in paths:
        _check_place(folder, path)
        sync(aside / _FILES / path)
    listed = aside / "listed"
    listed.write_text("".join(f"{path}\n" for path in sorted(removed)), "utf-8")
    sync(listed)
    listed.replace(aside / _READY)
    sync(aside)
    _finish(folder)
    return paths


def strangers(folder: Path, ours: Collection[str]) -> list[str]:
    """What stands in a folder and is not ours; hidden files, such as those of git, left out."""
    folders = {parent.as_posix() for path in ours for parent in Path(path).parents}
    found: list[str] = []
    for inner in sorted(folders | {"."}):
        for path in sorted((folder / inner).iterdir()):
            name = path.relative_to(folder).as_posix()
            if not path.name.startswith(".") and name not in folders and name not in ours:
                found.append(f"{name}/" if path.is_dir() else name)
    return found


def _check_place(folder: Path, path: str) -> None:
    """Raises ExportError where a file can't take its place, before any has."""
    if (folder / path).is_dir():
        raise ExportError(f"{folder / path}: is a folder, where a file of the dataset belongs")
    for parent in map(folder.joinpath, Path(path).parents):
        if parent.exists() and not parent.is_dir():
            raise ExportError(f"{parent}: is a file, where a folder of the dataset belongs")
        if parent.exists() and parent.stat().st_dev != folder.stat().st_dev:
            raise ExportError(f"{parent}: is on another disk than {folder}; files can't move there")


def _described(folder: Path) -> dict[str, object]:
    """What a dataset's description says; empty where it is none of ours."""
    try:
        found = json.loads(_text(folder / PACKAGE))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and LAYOUT_KEY in found else {}


def _text(path: Path) -> str:
    """What a file says; of what is none, such as a pipe, nothing is awaited. Raises OSError,
    ValueError.
    """
    return path.read_text("utf-8") if path.is_file() else ""


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Nobody else writes this dataset meanwhile."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise SourceBusy(f"{folder}: another process is writing a dataset there") from error
    except OSError:
        pass  # a file system that locks no folders
    try:
        yield
    finally:
        os.close(descriptor)


def _finish(folder: Path) -> None:
    """Go on with what is ready to take its place; remove what is not."""
    aside = folder / _ASIDE
    if (aside / _READY).exists():
        paths = _new_paths(folder)
        data = [path for path in paths if DATA_PATH.fullmatch(path)]
        _put(folder, data)
        _remove(folder, (aside / _READY).read_text("utf-8", "replace").splitlines())
        _put(folder, [path for path in paths if path not in data])
        (aside / _READY).unlink()
    if aside.exists():
        shutil.rmtree(aside)


def _new_paths(folder: Path) -> list[str]:
    """What is aside, in the order in which it takes its place: the checksums last."""
    files = folder / _ASIDE / _FILES
    found = [path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file()]
    return sorted(found, key=lambda path: (path == CHECKSUMS, path))


def _put(folder: Path, paths: Collection[str]) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / _ASIDE / _FILES / path).replace(folder / path)
    for inner in {(folder / path).parent for path in paths}:
        sync(inner)


def _remove(folder: Path, paths: Collection[str]) -> None:
    for path in filter(DATA_PATH.fullmatch, paths):
        (folder / path).unlink(missing_ok=True)
        for inner in ((folder / path).parent, folder / "data"):
            with suppress(OSError):
                sync(inner)
                inner.rmdir()  # where it is empty
