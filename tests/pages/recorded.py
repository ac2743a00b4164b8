"""Recorded pages: what each is, and what the reader says of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pipeline.model.capture import Failure
from pipeline.model.reading import Reading
from pipeline.model.source import Site, Source
from pipeline.normalize.addresses import article_address
from pipeline.page.page import Page
from pipeline.reading.read_page import read_page
from spiders.sources import SOURCES

FOLDER: Final = Path(__file__).parent
CAPTURED: Final = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
"""When a page was captured whose `page.json` does not say it."""
FAILED: Final = "failed"
"""What stands instead of a layout's name where the page must fail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedPage:
    """One folder `<source>/<layout>-<language>-<n>`."""

    folder: Path
    source: Source | None = None
    """Whose page it is, where that is no source of ours."""

    @property
    def name(self) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def layout(self) -> str:
        return self.folder.name.rsplit("-", 2)[0]

    @property
    def language(self) -> str:
        return self.folder.name.rsplit("-", 2)[1]

    @property
    def fails(self) -> bool:
        return self.layout == FAILED

    @property
    def expected_file(self) -> Path:
        return self.folder / ("failure.json" if self.fails else "expected.json")

    def expected(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.expected_file.read_text(encoding="utf-8"))
        return found

    @property
    def url(self) -> str:
        return str(self._facts["url"])

    @property
    def captured(self) -> datetime:
        time = self._facts.get("captured")
        return datetime.fromisoformat(time) if time else CAPTURED

    @property
    def _facts(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "page.json").read_text(encoding="utf-8"))
        return found

    @property
    def site(self) -> Site:
        return Site(self._source, self._source.base_url)

    def result(self) -> Reading | Failure:
        """What today's reader makes of it."""
        content = (self.folder / "page.html").read_bytes()
        return self._read(Page.decoded(self.url, self.site, "text/html", content))

    def result_of(self, html: str) -> Reading | Failure:
        """What it makes of another text in its place."""
        return self._read(Page(self.url, self.site, html))

    def _read(self, page: Page) -> Reading | Failure:
        address = article_address(self.url, self._source)
        assert address is not None, f"{self.url} is no article's address"
        return read_page(page, address, self.captured)

    def read(self) -> dict[str, Any]:
        """What today's reader says, as JSON has it; it must be what the folder's name says."""
        result = self.result()
        assert isinstance(result, Reading) is not self.fails, f"{self.name}: {result}"
        return as_fields(result)

    def right_name(self, result: Reading | Failure) -> str:
        """`<layout>-<language>`, or `failed-<language>`: the folder's name less its number."""
        if isinstance(result, Reading):
            return f"{result.layout or 'structured'}-{result.language}"
        address = article_address(self.url, self._source)
        return f"{FAILED}-{address.language if address else self._source.default_language}"

    @property
    def _source(self) -> Source:
        return self.source or SOURCES[self.folder.parent.name]


def as_fields(result: Reading | Failure) -> dict[str, Any]:
    """A Reading's fields or a Failure's as JSON has them, the empty ones left out."""
    fields: dict[str, Any] = json.loads(json.dumps(asdict(result)))
    if isinstance(result, Reading):
        fields["body"] = result.body.split("\n\n")  # a paragraph a line, for the diff
    return {name: value for name, value in fields.items() if value not in (None, [], "")}


def json_name(result: Reading | Failure) -> str:
    """The file that says what a page gives."""
    return "expected.json" if isinstance(result, Reading) else "failure.json"


def recorded_pages(folder: Path = FOLDER, source: Source | None = None) -> list[RecordedPage]:
    """Every recorded page in a folder, by name; `source` where they are another's than ours."""
    pages = sorted(folder.glob("*/*/page.html"))
    return [RecordedPage(folder=file.parent, source=source) for file in pages]
