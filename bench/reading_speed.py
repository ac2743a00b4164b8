"""Pages read a second on one core, beside trafilatura and bare parsing:
`python -m bench.reading_speed --warc FILE [--json]`.

The pages are the HTML answers of FILE. Each reader gets them all in every round, the readers in
turns, and its quickest round counts, in seconds of CPU. Where FILE.expected.jsonl stands beside
FILE (an object a line: `url`, `title`, `published`, `body`; `bench.inputs.replica_pages` makes
such), the share of pages of which title, time and the body's words are right is told too; of a time
that a reader gives as a day, the day counts.
"""

import argparse
import gc
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import _lru_cache_wrapper
from pathlib import Path

from lxml import html as lxml_html

from pipeline.archive.content_encoding import decoded
from pipeline.archive.to_capture import capture_of
from pipeline.archive.warc_reader import records
from pipeline.model.capture import Capture
from pipeline.model.source import Site
from pipeline.normalize.words import words
from pipeline.reading.classify import classify
from pipeline.remembered import Answers
from spiders.sources import SOURCES

_ROUNDS = 3
_ELSEWHERE = "https://kazpravda.kz/n/zagolovok/"
"""Where a page of another site is read as if it stood there."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader says of a page."""

    title: str | None
    published: str | None
    body: str


@dataclass(frozen=True, slots=True)
class _Input:
    capture: Capture
    site: Site
    payload: bytes
    body: bytes
    """The payload without its Content-Encoding."""


Reader = Callable[[_Input], Found | None]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--warc", type=Path, required=True, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--json", action="store_true", help="an object for machines")
    asked = parser.parse_args()
    pages = list(_pages(asked.warc))
    if not pages:
        parser.error(f"{asked.warc} holds no HTML page with status 200")
    expected = _expected(asked.warc.with_name(f"{asked.warc.name}.expected.jsonl"))
    rates = _rates(pages, asked.rounds)
    right = {name: _right(pages, reader, expected) for name, reader in _READERS.items()}
    if asked.json:
        print(json.dumps(_object(pages, rates, right), ensure_ascii=False, indent=2))
    else:
        print(f"{len(pages)} pages of {_mean_kb(pages):.1f} kB, {asked.rounds} rounds")
        for name, rate in rates.items():
            share = right[name]
            print(f"{name:18}{rate:9.0f} pages/s" + (f"{share:8.1%} right" if share else ""))


def _pages(warc: Path) -> Iterator[_Input]:
    sites = [Site(source, source.base_url) for source in SOURCES.values()]
    for record in records(warc):
        exchange = record.exchange
        if exchange.status != 200 or "html" not in exchange.content_type.lower():
            continue
        known = ((capture_of(exchange, site), site) for site in sites)
        capture, site = next(
            ((one, site) for one, site in known if one and one.article), (None, sites[0])
        )
        capture = capture or _as_ours(exchange.time, exchange.content_type)
        site = next(one for one in sites if one.source.name == capture.source)
        encoding = exchange.header("Content-Encoding") or ""
        yield _Input(capture, site, exchange.payload, decoded(exchange.payload, encoding))


def _as_ours(captured: datetime, content_type: str) -> Capture:
    return Capture(
        source="kazpravda", url=_ELSEWHERE, target=_ELSEWHERE, time=captured.astimezone(UTC),
        status=200, digest="", content_type=content_type, article=True,
    )  # fmt: skip


def _by_kazpress(page: _Input) -> Found | None:
    reading = classify(page.capture, page.payload, page.site).reading
    return Found(reading.title, reading.published, reading.body) if reading else None


def _by_trafilatura(page: _Input, *, fast: bool = False) -> Found | None:
    from trafilatura import bare_extraction

    found = bare_extraction(
        page.body, url=page.capture.target, fast=fast, with_metadata=True, include_comments=False
    )
    if found is None or isinstance(found, dict):
        return None
    return Found(found.title, found.date, found.text or "")


def _by_fast_trafilatura(page: _Input) -> Found | None:
    return _by_trafilatura(page, fast=True)


def _by_lxml(page: _Input) -> Found | None:
    lxml_html.document_fromstring(page.body)
    return None


_READERS: Mapping[str, Reader] = {
    "kazpress": _by_kazpress,
    "trafilatura": _by_trafilatura,
    "trafilatura_fast": _by_fast_trafilatura,
    "lxml": _by_lxml,
}


def _rates(pages: list[_Input], rounds: int) -> dict[str, float]:
    best = dict.fromkeys(_READERS, float("inf"))
    for _ in range(rounds):
        for name, reader in _READERS.items():
            _forget()
            start = time.process_time()
            for page in pages:
                reader(page)
            best[name] = min(best[name], time.process_time() - start)
    return {name: len(pages) / seconds for name, seconds in best.items()}


def _forget() -> None:
    """Empty the bounded caches of all readers, so that no round finds answers of the one before."""
    for one in gc.get_objects():
        if isinstance(one, _lru_cache_wrapper) and one.cache_parameters()["maxsize"] is not None:
            one.cache_clear()
        elif isinstance(one, Answers):
            one.clear()


def _expected(file: Path) -> dict[str, Found]:
    if not file.exists():
        return {}
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return {row["url"]: Found(row["title"], row["published"], row["body"]) for row in rows}


def _right(pages: list[_Input], reader: Reader, expected: dict[str, Found]) -> float | None:
    """The share of the pages with an expected value that a reader gets right; None without any."""
    known = [page for page in pages if page.capture.url in expected]
    if not known or reader is _by_lxml:
        return None
    right = sum(_is_right(reader(page), expected[page.capture.url]) for page in known)
    return right / len(known)


def _is_right(found: Found | None, right: Found) -> bool:
    if found is None or not found.published or not right.published:
        return False
    return (
        words(found.title or "") == words(right.title or "")
        and right.published.startswith(found.published)
        and words(found.body) == words(right.body)
    )


def _object(
    pages: list[_Input], rates: dict[str, float], right: dict[str, float | None]
) -> dict[str, object]:
    """For each reader the pages a second, and the share that it reads right."""
    return {
        "pages": len(pages),
        "mean_kb": round(_mean_kb(pages), 1),
        **{
            name: {"pages_per_second": round(rate, 1), "right": right[name]}
            for name, rate in rates.items()
        },
    }


def _mean_kb(pages: list[_Input]) -> float:
    return sum(len(page.body) for page in pages) / len(pages) / 1000


if __name__ == "__main__":
    main()
