"""A WARC file of pages of both sites as the replicas make them, and what each should give:
`python -m bench.inputs.replica_pages OUT.warc.gz --pages 228 --seed 1` writes OUT.warc.gz and
OUT.warc.gz.expected.jsonl. With `--links N` the frame of each page has so many links more, half of
them above the article and half below it, as the sites' own pages have.
"""

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path

from pipeline.archive.exchange import Exchange
from pipeline.archive.warc_writer import record_bytes
from tests.pipeline.reading.renamed import Sample, of_replica

_RUBRICS = ("Политика", "Экономика", "Общество", "Регионы", "Культура", "Спорт", "Закон", "Наука")
_CAPTURED = datetime(2027, 5, 1, 6, 0, tzinfo=UTC)


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", type=int, default=228)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--links", type=int, default=0)
    asked = parser.parse_args()
    expected = asked.out.with_name(f"{asked.out.name}.expected.jsonl")
    with asked.out.open("wb") as warc, expected.open("w", encoding="utf-8") as right:
        for page in islice(_pages(asked.pages, asked.seed), asked.pages):
            warc.write(record_bytes(_exchange(_framed(page, asked.links))))
            right.write(json.dumps(_row(page), ensure_ascii=False) + "\n")


def exchanges(number: int, *, seed: int, links: int = 0) -> Iterator[Exchange]:
    """So many pages, and some more, as they are captured."""
    return (_exchange(_framed(page, links)) for page in _pages(number, seed))


def _pages(number: int, seed: int) -> Iterator[Sample]:
    """Pages of the two sites in turn."""
    each = number // 2 + 20  # some are pictures without text
    both = (of_replica(site, seed, each) for site in ("kazpravda", "senate"))
    return chain.from_iterable(zip(*both, strict=False))


def _framed(page: Sample, links: int) -> Sample:
    """The page with links in its frame, the same on all pages."""
    items = [
        f'<li><a href="/rubric/{at}/">{_RUBRICS[at % len(_RUBRICS)]} {at}</a></li>'
        for at in range(links)
    ]
    above, below = "".join(items[: links // 2]), "".join(items[links // 2 :])
    html = re.sub(r"<body[^>]*>", lambda body: f"{body[0]}<nav><ul>{above}</ul></nav>", page.html)
    html = html.replace("</body>", f"<footer><ul>{below}</ul></footer></body>")
    return replace(page, html=html) if links else page


def _exchange(page: Sample) -> Exchange:
    return Exchange(
        target=page.url,
        time=_CAPTURED,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        payload=page.html.encode(),
    )


def _row(page: Sample) -> dict[str, str]:
    return {
        "url": page.url, "title": page.title, "published": page.published, "body": page.body,
    }  # fmt: skip


if __name__ == "__main__":
    main()
