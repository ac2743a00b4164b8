"""How pages of other outlets are read, beside trafilatura: `python -m bench.outlets FOLDER`.

FOLDER is `tests/resources/parser/test_data` of a checkout of github.com/flairNLP/fundus, which has
the pages of some two hundred outlets as their sites serve them, each with the title, time and text
that fundus' own parser of that outlet gives. Each page is read as if our source had served it.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import fmean

from pipeline.clock import almaty_day, utc_now
from pipeline.model.reading import Reading
from pipeline.model.source import Site
from pipeline.normalize.addresses import article_address
from pipeline.normalize.characters import clean_characters
from pipeline.normalize.words import words
from pipeline.page.page import Page
from pipeline.reading.read_page import read_page
from spiders.sources import SOURCES

_ADDRESSES = {
    "kazpravda": "https://kazpravda.kz/n/zagolovok/",
    "senate": "https://senate.parlam.kz/ru-RU/news/details/5850",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Title, day and text of a page, right or as read."""

    title: str
    days: frozenset[str]
    """Of the right one: the day there and the day in Almaty."""
    body: str


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    pages = list(_pages(parser.parse_args().folder))
    print(f"{len(pages)} pages: title, day, mean F1 of the body's words")
    print("trafilatura", _row(pages, _by_trafilatura))
    for name in _ADDRESSES:
        print(f"as {name}", _row(pages, partial(_by_us, name=name)))


def _pages(folder: Path) -> Iterator[tuple[bytes, Told]]:
    for expected in sorted(folder.glob("*/*.json")):
        versions = json.loads(expected.read_text(encoding="utf-8"))
        crawled = json.loads((expected.parent / "meta.info").read_text(encoding="utf-8"))
        files = expected.parent.glob(f"{expected.stem}_2*.html.gz")
        in_order = sorted(files, key=lambda file: str(crawled[file.name]["crawl_date"]))
        for file, version in zip(in_order, sorted(versions), strict=True):
            yield gzip.decompress(file.read_bytes()), _right(versions[version])


def _right(version: dict[str, object]) -> Told:
    time = datetime.fromisoformat(str(version["publishing_date"]))
    days = {time.date(), almaty_day(time) if time.tzinfo else time.date()}
    texts: list[str] = []
    _collect(version["body"], texts)
    return Told(
        title=str(version["title"]),
        days=frozenset(day.isoformat() for day in days),
        body="\n".join(texts),
    )


def _collect(value: object, texts: list[str]) -> None:
    """All text of a nested value, in order."""
    if isinstance(value, str):
        texts.append(value)
    elif isinstance(value, list):
        for part in value:
            _collect(part, texts)
    elif isinstance(value, dict):
        for part in value.values():
            _collect(part, texts)


def _by_us(payload: bytes, name: str) -> Told:
    source, url = SOURCES[name], _ADDRESSES[name]
    address = article_address(url, source)
    assert address is not None
    page = Page.decoded(url, Site(source, source.base_url), "text/html", payload)
    found = read_page(page, address, utc_now())
    if not isinstance(found, Reading):
        return Told(title="", days=frozenset(), body="")
    return Told(
        title=found.title or "", days=frozenset({(found.published or "")[:10]}), body=found.body
    )


def _by_trafilatura(payload: bytes) -> Told:
    from trafilatura import bare_extraction

    found = bare_extraction(payload, with_metadata=True, include_comments=False)
    if found is None:
        return Told(title="", days=frozenset(), body="")
    assert not isinstance(found, dict)
    return Told(title=found.title or "", days=frozenset({found.date or ""}), body=found.text or "")


def _row(pages: list[tuple[bytes, Told]], read: Callable[[bytes], Told]) -> str:
    pairs = [(read(payload), right) for payload, right in pages]
    titles = sum(words(got.title) == words(right.title) for got, right in pairs)
    days = sum(bool(got.days & right.days) for got, right in pairs)
    bodies = fmean(_likeness(got.body, right.body) for got, right in pairs)
    return f"title {titles}, day {days}, body {bodies:.3f}"


def _likeness(one: str, other: str) -> float:
    """Harmonic mean of precision and recall of the words, each counted as often as it stands."""
    first, second = (Counter(re.findall(r"\w+", clean_characters(t).lower())) for t in (one, other))
    common = (first & second).total()
    return 2 * common / (first.total() + second.total()) if common else 0.0


if __name__ == "__main__":
    main()
