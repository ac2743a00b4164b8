"""How the texts of other outlets' pages are read, beside trafilatura:
`python -m bench.extraction FOLDER [--half first|second]`.

FOLDER is a checkout of github.com/scrapinghub/article-extraction-benchmark, which has 181 English
pages with their texts as people marked them. What is counted is what its `evaluate.py` counts:
precision and recall of runs of four words, each a mean over the pages, F1 of these two means, and
the share of the pages whose words are all right ("exact").

Each page is read as if our source had served it. `kazpress` is the whole reading, which is none
where a page has no date: its row for the pages that it reads stands below it. `generic` is the
generic step alone, which needs no date. A half is of the pages by a digest of their file names.
"""

import argparse
import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import fmean

from pipeline.clock import utc_now
from pipeline.model.reading import Reading
from pipeline.model.source import Site
from pipeline.normalize.addresses import article_address
from pipeline.page.page import Page
from pipeline.reading.generic import read_generic
from pipeline.reading.read_page import read_page
from spiders.sources import SOURCES

_ADDRESS = "https://kazpravda.kz/n/zagolovok/"
_RUN = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marked:
    """A page, and its text as a person marked it."""

    name: str
    html: bytes
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a text that was read fits the marked one."""

    precision: float | None
    """Of the runs of words that were read; None where there is none."""
    recall: float | None
    """Of the runs of words that were marked; None where there is none."""
    is_exact: bool


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("first", "second"), help="all pages by default")
    asked = parser.parse_args()
    pages = [page for page in _pages(asked.folder) if asked.half in (None, half_of(page.name))]
    print(f"{len(pages)} pages          F1  precision  recall  exact  empty though marked")
    for name, read in _READERS.items():
        texts = [read(page.html) for page in pages]
        print(f"{name:22}{_row(pages, texts)}")
        if name == "kazpress":
            known = [(page, text) for page, text in zip(pages, texts, strict=True) if text]
            row = _row([page for page, _ in known], [text for _, text in known])
            print(f"{f'… the {len(known)} that it reads':22}{row}")


def half_of(name: str) -> str:
    """Which half of the pages one belongs to, by its name."""
    return "first" if hashlib.sha256(name.encode()).digest()[0] % 2 == 0 else "second"


def score(read: str, marked: str) -> Score:
    """How a text that was read fits the marked one, by runs of four words."""
    got, wanted = _runs(read), _runs(marked)
    common = (got & wanted).total()
    return Score(
        precision=common / got.total() if got else None,
        recall=common / wanted.total() if wanted else None,
        is_exact=_WORD.findall(read) == _WORD.findall(marked),
    )


def _runs(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words in a text; of a shorter one, all of it."""
    words = _WORD.findall(text)
    starts = range(max(1, len(words) - _RUN + 1)) if words else range(0)
    return Counter(tuple(words[at : at + _RUN]) for at in starts)


def _pages(folder: Path) -> Iterator[_Marked]:
    marked = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for name, right in sorted(marked.items()):
        html = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield _Marked(name=name, html=html, text=right["articleBody"])


def _row(pages: list[_Marked], texts: list[str]) -> str:
    scores = [score(text, page.text) for text, page in zip(texts, pages, strict=True)]
    precision = fmean(one.precision for one in scores if one.precision is not None)
    recall = fmean(one.recall for one in scores if one.recall is not None)
    exact = fmean(one.is_exact for one in scores)
    empty = sum(bool(page.text) and not text for text, page in zip(texts, pages, strict=True))
    f1 = 2 * precision * recall / (precision + recall)
    return f"{f1:.3f}      {precision:.3f}   {recall:.3f}  {exact:.3f}  {empty}"


def _page(html: bytes) -> Page:
    source = SOURCES["kazpravda"]
    return Page.decoded(_ADDRESS, Site(source, source.base_url), "text/html; charset=utf-8", html)


def _by_us(html: bytes) -> str:
    address = article_address(_ADDRESS, SOURCES["kazpravda"])
    assert address is not None
    found = read_page(_page(html), address, utc_now())
    return found.body if isinstance(found, Reading) else ""


def _by_generic_step(html: bytes) -> str:
    return "\n".join(read_generic(_page(html), utc_now()).paragraphs)


def _by_trafilatura(html: bytes, *, precision: bool = False, recall: bool = False) -> str:
    from trafilatura import bare_extraction

    found = bare_extraction(
        html, include_comments=False, favor_precision=precision, favor_recall=recall
    )
    assert not isinstance(found, dict)
    return (found.text or "") if found else ""


_READERS: dict[str, Callable[[bytes], str]] = {
    "kazpress": _by_us,
    "generic": _by_generic_step,
    "trafilatura": _by_trafilatura,
    "… favor_precision": partial(_by_trafilatura, precision=True),
    "… favor_recall": partial(_by_trafilatura, recall=True),
}


if __name__ == "__main__":
    main()
