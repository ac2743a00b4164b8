"""`kazpress check --save`: captured pages, with what is read on them, as recorded pages.

Each is a folder `<source>/<layout>-<language>-<n>` with `page.html`, `page.json` (its address and
time), `expected.json` or, if nothing could be read, `failure.json`, and `why.md`. This is the form
of `tests/pages`, so each saved page is a test.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kazpress.check.run import SourceCheck
from kazpress.errors import ArchiveError
from pipeline.archive.content_encoding import UndecodableBody, decoded
from pipeline.clock import almaty_day, seconds_stamp
from pipeline.model.capture import Address, Capture, Failure
from pipeline.model.reading import Reading
from pipeline.model.source import Site, Source
from pipeline.normalize.addresses import article_address
from pipeline.page.page import Page
from pipeline.reading.read_page import read_page
from spiders.check.report import CheckedPage
from spiders.sources import SOURCES

TESTS = Path("tests/pages")
ELSEWHERE = Path("recorded-pages")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """What became of one page."""

    url: str
    folder: Path | None
    sentence: str


def saving(names: tuple[str, ...], save: str | None) -> tuple[tuple[str, ...], Path | None]:
    """The sources and the folder that are meant: `--save kazpravda` names a source."""
    if save in SOURCES and not names:
        return (str(save),), None
    return names, Path(save) if save else None


def save_pages(checked: Sequence[SourceCheck], folder: Path | None) -> list[SavedPage]:
    """Write the pages that were looked at, and overwrite none. Raises ArchiveError."""
    root = folder or (TESTS if TESTS.is_dir() else ELSEWHERE)
    try:
        return [
            saved
            for one in checked
            for page in one.pages
            for saved in _saved(page, SOURCES[one.source], root)
        ]
    except OSError as error:
        raise ArchiveError(
            f"{error.filename or root}: can't be written ({error.strerror})"
        ) from error


def _saved(page: CheckedPage, source: Source, root: Path) -> Iterator[SavedPage]:
    url = page.check.url
    if page.classified is None or page.classified.capture.status != 200:
        yield SavedPage(url=url, folder=None, sentence="not saved: there is no page")
        return
    capture = page.classified.capture
    try:
        content = decoded(page.payload, capture.content_encoding)
    except UndecodableBody as error:
        yield SavedPage(url=url, folder=None, sentence=f"not saved: {error}")
        return
    address = article_address(capture.target, source)
    assert address is not None, f"{capture.target} is no article's address"
    read = _read(capture, content, source, address)
    same = _same(root / source.name, capture, read)
    if same is not None:
        sentence = f"not saved: {same} is this page, read alike"
        yield SavedPage(url=url, folder=same, sentence=sentence)
        return
    language = read.language if isinstance(read, Reading) else address.language
    written = _write(root / source.name, capture, content, read, language)
    yield SavedPage(url=url, folder=written, sentence=f"saved; look at {written / _file(read)}")


def _read(capture: Capture, content: bytes, source: Source, address: Address) -> Reading | Failure:
    """The page as the test of recorded pages reads it: from content, address and time."""
    page = Page.decoded(capture.target, Site(source, source.base_url), "text/html", content)
    return read_page(page, address, capture.time.replace(microsecond=0))


def _write(
    folder: Path, capture: Capture, content: bytes, read: Reading | Failure, language: str
) -> Path:
    layout = (read.layout or "structured") if isinstance(read, Reading) else "failed"
    new = _new_folder(folder, f"{layout}-{language}")
    (new / "page.html").write_bytes(content)
    about = {"url": capture.target, "captured": seconds_stamp(capture.time)}
    _write_json(new / "page.json", about)
    _write_json(new / _file(read), _as_json(read))
    day = almaty_day(capture.time)
    why = f"Saved by kazpress check on {day}: say here what is special about it.\n"
    (new / "why.md").write_text(why, encoding="utf-8")
    return new


def _new_folder(folder: Path, name: str) -> Path:
    number = 1
    while True:
        new = folder / f"{name}-{number}"
        try:
            new.mkdir(parents=True)
        except FileExistsError:
            number += 1
        else:
            return new


def _same(folder: Path, capture: Capture, read: Reading | Failure) -> Path | None:
    """The recorded page that already has this address and this reading. The HTML may differ, as by
    a view counter.
    """
    for file in sorted(folder.glob(f"*/{_file(read)}")):
        about = file.with_name("page.json")
        is_its = about.is_file() and _from_json(about).get("url") == capture.target
        if is_its and _from_json(file) == _as_json(read):
            return file.parent
    return None


def _file(read: Reading | Failure) -> str:
    return "expected.json" if isinstance(read, Reading) else "failure.json"


def _from_json(file: Path) -> dict[str, Any]:
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _as_json(read: Reading | Failure) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(json.dumps(asdict(read)))
    if isinstance(read, Reading):
        fields["body"] = read.body.split("\n\n")  # a paragraph a line, for the diff
    return {name: value for name, value in fields.items() if value not in (None, [], "")}


def _write_json(file: Path, value: dict[str, Any]) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
