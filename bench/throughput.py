"""How quick the path is on this machine: reading pages, ingesting items, replaying a site.

`python -m bench.throughput --items 2000` prints one line a measurement, pages or items a second.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.archive.exchange import payload_digest
from pipeline.archive.to_capture import capture_of
from pipeline.archive.warc_reader import records
from pipeline.clock import utc_now
from pipeline.ingest.batch import Batch
from pipeline.ingest.ingest import ingest
from pipeline.model.capture import Capture, ClassifiedCapture
from pipeline.model.reading import Reading
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
    print(f"reading recorded pages: {_reading_rate():.0f} pages/s")
    for part, rate in _ingest_rates(count):
        print(f"ingesting items {part}: {rate:.0f} items/s")


def _reading_rate() -> float:
    site = Site(SOURCES["kazpravda"], SOURCES["kazpravda"].base_url)
    pages = []
    for record in records(_RECORDED):
        capture = capture_of(record.exchange, site)
        if capture and capture.article and capture.status == 200:
            pages.append((capture, record.exchange.payload))
    start = time.perf_counter()
    for capture, payload in pages * 5:
        classify(capture, payload, site)
    return 5 * len(pages) / (time.perf_counter() - start)


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
    batch: list[ClassifiedCapture] = []
    for number in range(count):
        batch.append(_item(number, lexicon, randomness))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _item(number: int, lexicon: list[str], randomness: random.Random) -> ClassifiedCapture:
    url = f"https://kazpravda.kz/n/item-{number}/"
    time_seen = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    told = [" ".join(randomness.choices(lexicon, k=50)) for _ in range(5)]
    told[0] += f", {_FORMULA}"
    body = "\n\n".join(told)
    reading = Reading(
        language="ru", title=f"Заголовок {number}", body=body,
        published=time_seen.date().isoformat(), published_precision="day",
    )  # fmt: skip
    capture = Capture(
        source="kazpravda", url=url, target=url, time=time_seen, status=200,
        digest=payload_digest(url.encode()), article=True,
    )  # fmt: skip
    return ClassifiedCapture(capture=capture, outcome="reading", reading=reading)


if __name__ == "__main__":
    main()
