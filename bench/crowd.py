"""Whether anything is related wrongly in a crowd: unrelated items, and series built on one form.

`python -m bench.crowd --unrelated 10000 --series 1000` ingests them as a crawl does, all of one
day, from both sources in turn, each series of 100 items with a form of 40 to 70 % of an item, and
prints how many are related, and how fast they were ingested. With `--peers` it also prints how many
datasketch relates, if it is installed.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.inputs.altered import Press, Sentences, flat
from bench.inputs.captured_items import captured_item
from bench.peers import indexes
from pipeline.clock import utc_now
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import ClassifiedCapture
from pipeline.similarity.shingles import shingles_of
from pipeline.store.database import open_for_writing
from spiders.sources import SOURCES

_BATCH = 20
_SERIES = 100
_START = datetime(2026, 3, 2, tzinfo=UTC)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unrelated", type=int, default=1000)
    parser.add_argument("--series", type=int, default=200)
    parser.add_argument("--peers", action="store_true", help="ask datasketch, too")
    asked = parser.parse_args()
    items = list(_crowd(asked.unrelated, asked.series))
    random.Random(1).shuffle(items)
    with tempfile.TemporaryDirectory() as folder:
        db = open_for_writing(Path(folder) / "bench.db", SOURCES.values())
        start = time.perf_counter()
        for source in SOURCES:
            own = [_page(number, text) for number, text in items if _source(number) == source]
            for at in range(0, len(own), _BATCH):
                batch = Batch(examined=own[at : at + _BATCH])
                ingest(db, SOURCES[source], batch, now=utc_now())
        seconds = time.perf_counter() - start
        pairs, related = db.conn.execute("SELECT count(*), total(related) FROM pairs").fetchone()
        formulae = db.conn.execute("SELECT count(*) FROM formulae").fetchone()[0]
    print(f"{len(items)} items, {len(items) / seconds:.0f} items/s ingested whole,", end=" ")
    print(f"{formulae} formulae, {pairs} pairs, {related:.0f} related")
    for name, take in indexes() if asked.peers else ():
        same = sum(take(str(number), set(shingles_of(flat(text)))) for number, text in items)
        print(f"{name}: {same} related")


def _crowd(unrelated: int, series: int) -> Iterator[tuple[int, Sentences]]:
    press = Press("ru", seed=7)
    for number in range(unrelated):
        yield number, press.text()
    for at, first in enumerate(range(0, series, _SERIES)):
        share = 0.4 + 0.1 * (at % 4)
        for number, text in enumerate(press.series(min(_SERIES, series - first), share)):
            yield unrelated + first + number, text


def _source(number: int) -> str:
    return "senate" if number % 2 else "kazpravda"


def _page(number: int, text: Sentences) -> ClassifiedCapture:
    time = _START + timedelta(seconds=number)
    return captured_item(_source(number), number, " ".join(flat(text)), time)


if __name__ == "__main__":
    main()
