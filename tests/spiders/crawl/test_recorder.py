"""Promise 2 hangs on this: no position lies beyond a capture that the database lacks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.archive.exchange import Exchange
from pipeline.archive.warc_reader import records
from pipeline.model.capture import Capture
from pipeline.model.source import Site
from pipeline.store.database import open_for_writing
from spiders.crawl.recorder import CaptureRecorder
from spiders.senate import SENATE

_NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
_ARTICLE = "https://senate.parlam.kz/ru-RU/news/details/{}"
_LISTING = "https://senate.parlam.kz/ru-RU/news?page={}"


@dataclass
class _Crawl:
    """A recorder, and what the database would know by its positions."""

    recorder: CaptureRecorder
    in_archive: list[Capture] = field(default_factory=list)
    """Captures that were appended and not queued."""
    queued: list[Capture] = field(default_factory=list)
    in_database: set[tuple[str, int]] = field(default_factory=set)
    known: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def append(self, address: str) -> None:
        exchange = Exchange(
            target=address.format(self.count), time=_NOW + timedelta(seconds=self.count),
            status=200, payload=b"x" * self.count,
        )  # fmt: skip
        self.count += 1
        capture = self.recorder.append(exchange, unless_known=False)
        assert capture is not None
        self.in_archive.append(capture)

    def queue(self, which: int) -> None:
        if self.in_archive:
            capture = self.in_archive.pop(which % len(self.in_archive))
            self.recorder.queue(capture)
            self.queued.append(capture)

    def flush(self, *, works: bool, with_positions: bool = True) -> None:
        positions = self.recorder.synced_positions() if with_positions else ()
        if works:
            self.known |= dict(positions)
            self.in_database |= {(one.file, one.offset) for one in self.queued}
            self.queued = []
            self.recorder.mark_flushed(positions)


_STEPS = st.one_of(
    st.sampled_from(["article", "listing", "flush", "failed flush", "short flush"]),
    st.integers(0, 5),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_STEPS, max_size=30))
def test_no_position_lies_beyond_a_capture_that_the_database_lacks(steps: list[str | int]) -> None:
    with TemporaryDirectory() as folder:
        archive = Path(folder)
        db = open_for_writing(archive / "kazpress.db", [SENATE])
        crawl = _Crawl(CaptureRecorder(Site(SENATE, SENATE.base_url), db, archive))
        for step in steps:
            if isinstance(step, int):
                crawl.queue(step)
            elif step.endswith("flush"):
                crawl.flush(works=step != "failed flush", with_positions=step != "short flush")
            else:
                crawl.append(_ARTICLE if step == "article" else _LISTING)
            _holds(crawl, archive)
        while crawl.in_archive:
            crawl.queue(0)
        crawl.flush(works=True)
        ends = {one.name: one.stat().st_size for one in archive.glob("*.warc.gz")}
        assert crawl.known == ends, "in the end the database knows all of it"
        assert not crawl.recorder.is_ahead
        crawl.recorder.close()
        db.close()


def _holds(crawl: _Crawl, archive: Path) -> None:
    for file, position in crawl.known.items():
        before = {(file, one.offset) for one in records(archive / file) if one.offset < position}
        assert before <= crawl.in_database
