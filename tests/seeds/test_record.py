"""The recorded site: the same each time, whole, and true to the seed text."""

import hashlib
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from warcio.archiveiterator import ArchiveIterator

from seeds import kazpravda_frame, pages, pieces, record

SEED_ADDRESS = (
    "https://kazpravda.kz/n/prezident-kazahstana-vystupaet-za-mirnoe-uregulirovanie-blizhnevostochnogo-konflikta"
    "-spiker-senata/"
)
SEED_SHA256 = "175ec9e61a279b76721848f02484c16421a28fed538b9f98535d05f83c68d77b"

VARIES_WITH_ZLIB = {"content-length", "warc-payload-digest", "warc-block-digest"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One record with its content decoded, without what depends on how zlib packs."""

    kind: str
    url: str | None
    status: str | None
    headers: tuple[tuple[str, str], ...]
    content: bytes


def recorded(content: bytes) -> Iterator[Recorded]:
    for found in ArchiveIterator(BytesIO(content), check_digests="raise"):
        http = found.http_headers
        headers = [*found.rec_headers.headers, *(http.headers if http else [])]
        yield Recorded(
            kind=found.rec_type,
            url=found.rec_headers.get_header("WARC-Target-URI"),
            status=http.get_statuscode() if found.rec_type == "response" else None,
            headers=tuple(
                (name, value) for name, value in headers if name.lower() not in VARIES_WITH_ZLIB
            ),
            content=found.content_stream().read(),
        )


@pytest.fixture(scope="module")
def committed() -> list[Recorded]:
    return list(recorded(record.OUTPUT.read_bytes()))


@pytest.fixture(scope="module")
def relations() -> dict[str, list[dict[str, Any]]]:
    text = (pieces.HERE / "relations.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def responses(found: list[Recorded]) -> list[Recorded]:
    return [one for one in found if one.kind == "response"]


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        subprocess.run(
            [sys.executable, pieces.HERE / "record.py", tmp_path / name], check=True, cwd=tmp_path
        )
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_the_committed_file_holds_what_a_new_build_holds(committed: list[Recorded]) -> None:
    assert committed == list(recorded(record.recorded_site())), "run: python seeds/record.py"


def test_warcinfo_comes_first_and_every_response_has_its_request(committed: list[Recorded]) -> None:
    kinds = [one.kind for one in committed]
    assert kinds[0] == "warcinfo"
    assert kinds[1:] == ["response", "request"] * ((len(kinds) - 1) // 2)


def test_the_seed_file_is_as_received() -> None:
    assert hashlib.sha256(pieces.SEED.read_bytes()).hexdigest() == SEED_SHA256


def test_the_seed_text_stands_in_its_article_unchanged(committed: list[Recorded]) -> None:
    (page,) = (one for one in responses(committed) if one.url == SEED_ADDRESS)
    reader = BodyParagraphs()
    reader.feed(page.content.decode())
    assert tuple(reader.paragraphs) == pieces.seed_paragraphs()
    assert "\n\n".join(reader.paragraphs) == pieces.SEED.read_bytes().decode().split("\n\n", 1)[1]


def test_every_item_is_reached_from_a_listing(committed: list[Recorded]) -> None:
    found = responses(committed)
    linked = {address for page in found if not is_item(page.url or "") for address in links(page)}
    redirected = {urljoin(page.url or "", dict(page.headers).get("Location", "")) for page in found}
    items = {page.url for page in found if is_item(page.url or "")}
    assert len(items) >= 40
    assert items - linked - redirected == set()


def test_items_are_of_realistic_numbers_in_each_language() -> None:
    counts = Counter(
        [("kazpravda", article.language) for article in pieces.articles()]
        + [("senate", release.language) for release in pieces.releases()]
    )
    expected = {("kazpravda", "ru"): 25, ("kazpravda", "kk"): 4, ("kazpravda", "en"): 4}
    assert counts == expected | {("senate", "ru"): 14, ("senate", "kk"): 4, ("senate", "en"): 4}


def test_addresses_are_unique_at_each_visit() -> None:
    counts = Counter((page.url, page.visit) for page in pages.site_pages())
    assert [address for address, count in counts.items() if count > 1] == []


def test_every_address_of_the_relations_is_recorded(
    committed: list[Recorded], relations: dict[str, list[dict[str, Any]]]
) -> None:
    recorded_addresses = {page.url for page in responses(committed)}
    named = set(re.findall(r"https://[^'\"]+", repr(relations)))
    assert named - recorded_addresses == set()


def test_the_relations_tell_what_was_captured_twice_moved_or_dead(
    committed: list[Recorded], relations: dict[str, list[dict[str, Any]]]
) -> None:
    found = responses(committed)
    captures = Counter(page.url for page in found)
    status = {page.url: page.status for page in found}
    twice = {address for address, count in captures.items() if count > 1}
    assert twice == {row["item"] for row in relations["recaptured"]}
    for row in relations["redirect"]:
        assert status[row["from"]] == str(row["status"])
    for row in relations["dead"]:
        assert status[row["url"]] == str(row["status"])


def test_printed_times_read_as_the_paper_prints_them() -> None:
    (article,) = (article for article in pieces.articles() if SEED_ADDRESS.endswith(article.path))
    printed = {
        language: kazpravda_frame.printed_time(article.published, language)
        for language in pieces.LANGUAGES
    }
    assert printed == {
        "ru": "4 марта 2026 г. 18:05",
        "kk": "4 наурыз 2026 ж. 18:05",
        "en": "4 March 2026, 18:05",
    }


class BodyParagraphs(HTMLParser):
    """Collects the text of each p inside div.article__body, exactly as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self._depth = 0
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div" and (self._depth or dict(attrs).get("class") == "article__body"):
            self._depth += 1
        elif tag == "p" and self._depth:
            self._inside = True
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._depth:
            self._depth -= 1
        elif tag == "p":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.paragraphs[-1] += data


def is_item(url: str) -> bool:
    return re.search(r"/n/[^/]+/?$|/news/details/\d+$", urlsplit(url).path) is not None


def links(page: Recorded) -> Iterator[str]:
    """The addresses that a page links to, in the site's own form."""
    for href in re.findall(r'href="([^"]+)"', page.content.decode()):
        address = urlsplit(urljoin(page.url or "", href))
        host = address.netloc.removeprefix("www.")
        slash = "/" if "/n/" in address.path and not address.path.endswith("/") else ""
        yield f"https://{host}{address.path}{slash}"
