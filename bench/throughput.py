"""How fast this machine reads pages and ingests items.

`python -m bench.throughput --items 2000` prints a line for each measurement: pages or items a
second.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from bench.inputs.captured_items import captured_item
from pipeline.archive.to_capture import capture_of
from pipeline.archive.warc_reader import records
from pipeline.clock import utc_now
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import ClassifiedCapture
from pipeline.model.source import Site
from pipeline.reading.classify import classify
from pipeline.store.database import open_for_writing
from spiders.sources import SOURCES

_RECORDED = Path("seeds/recorded-site.warc.gz")
_BATCH = 20
_FORMULA = "сообщает пресс-служба Сената Парламента Республики Казахстан"
"""In every item, as such phrases are."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=2000, help="synthetic items to ingest")
    count = parser.parse_args().items
    print(f"reading recorded pages: {reading_rate():.0f} pages/s")
    for part, rate in _ingest_rates(count):
        print(f"ingesting items {part}: {rate:.0f} items/s")


def reading_rate() -> float:
    """Recorded pages read in a second of processor time."""
    site = Site(SOURCES["kazpravda"], SOURCES["kazpravda"].base_url)
    pages = []
    for record in records(_RECORDED):
        capture = capture_of(record.exchange, site)
        if capture and capture.article and capture.status == 200:
            pages.append((capture, record.exchange.payload))
    start = time.process_time()
    for capture, payload in pages * 5:
        classify(capture, payload, site)
    return 5 * len(pages) / (time.process_time() - start)


def _ingest_rates(count: int) -> Iterator[tuple[str, float]]:
    source = SOURCES["kazpravda"]
    with tempfile.TemporaryDirectory() as folder:
        db = open_for_writing(Path(folder) / "bench.db", SOURCES.values())
        done = 0
        mark = time.perf_counter()
        step = max(_BATCH, count // 4)
        for batch in _batches(count):
            ingest(db, source, Batch(examined=batch), now=utc_now())
            done += len(batch)
            if done % step < _BATCH:
                now = time.perf_counter()
                yield f"{done - step} to {done}", step / (now - mark)
                mark = now
        db.close()


def _batches(count: int) -> Iterator[list[ClassifiedCapture]]:
    randomness = random.Random(1)
    lexicon = ["".join(randomness.choices("абвгдежзиклмнопрст", k=6)) for _ in range(20_000)]
    items = (_item(number, lexicon, randomness) for number in range(count))
    while batch := list(islice(items, _BATCH)):
        yield batch


def _item(number: int, lexicon: list[str], randomness: random.Random) -> ClassifiedCapture:
    told = [" ".join(randomness.choices(lexicon, k=50)) for _ in range(5)]
    told[0] += f", {_FORMULA}"
    time_seen = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    return captured_item("kazpravda", number, "\n\n".join(told), time_seen)


if __name__ == "__main__":
    main()
