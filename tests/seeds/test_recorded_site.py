"""The recorded site: as it was written, whole, and true to the seed text."""

import hashlib
import html
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.seeds.recorded_site import FOLDER, RECORDED, SEED, RecordedAnswer, recorded_answers

SEED_ADDRESS = (
    "https://kazpravda.kz/n/prezident-kazahstana-vystupaet-za-mirnoe-uregulirovanie-blizhnevostochnogo-konflikta"
    "-spiker-senata/"
)
SEED_SHA256 = "175ec9e61a279b76721848f02484c16421a28fed538b9f98535d05f83c68d77b"
RECORDED_SHA256 = "b298298dbe3dee7377d70681317c07f488a48effde68d418b03c8691a8c10b19"
ARTICLE = re.compile(r"(?:/(?P<paper>kk|en))?/n/[^/]+/?|/(?P<senate>ru|kk|en)-..?/news/details/\d+")
SHELL = "https://senate.parlam.kz/ru-RU/news/details/13238"
"""Answers 200 with the site's shell only."""


@pytest.fixture(scope="module")
def answers() -> list[RecordedAnswer]:
    return list(recorded_answers())


@pytest.fixture(scope="module")
def relations() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((FOLDER / "relations.toml").read_text(encoding="utf-8"))


def test_both_files_are_as_they_were_made() -> None:
    assert hashlib.sha256(SEED.read_bytes()).hexdigest() == SEED_SHA256
    assert hashlib.sha256(RECORDED.read_bytes()).hexdigest() == RECORDED_SHA256


def test_warcinfo_comes_first_and_every_response_has_its_request() -> None:
    with RECORDED.open("rb") as file:
        kinds = [one.rec_type for one in ArchiveIterator(file, check_digests="raise")]
    assert kinds[0] == "warcinfo"
    assert kinds[1:] == ["response", "request"] * ((len(kinds) - 1) // 2)


def test_the_seed_text_stands_in_its_article_unchanged(answers: list[RecordedAnswer]) -> None:
    (page,) = (one for one in answers if one.url == SEED_ADDRESS)
    reader = BodyParagraphs()
    reader.feed(page.body)
    assert "\n\n".join(reader.paragraphs) == SEED.read_bytes().decode().split("\n\n", 1)[1]


def test_every_item_is_reached_from_a_listing(answers: list[RecordedAnswer]) -> None:
    linked = {address for page in answers if not is_article(page.url) for address in links(page)}
    moved = {target for page in answers if (target := redirect_target(page))}
    items = {page.url for page in answers if is_article(page.url)}
    assert len(items) >= 40
    assert items - linked - moved == set()


def test_every_written_item_is_recorded_under_its_title(answers: list[RecordedAnswer]) -> None:
    found = {
        (page.url, language)
        for page in answers
        if (language := article_language(page.url)) and page.status == 200 and page.url != SHELL
    }
    for source, host in (("kazpravda", "https://kazpravda.kz/"), ("senate", SHELL[:25])):
        for language in ("ru", "kk", "en"):
            path = FOLDER / "items" / f"{source}-{language}.toml"
            titles = [row["title"] for row in tomllib.loads(path.read_text("utf-8"))["item"]]
            urls = {url for url, spoken in found if spoken == language and url.startswith(host)}
            assert len(titles) == len(urls), (source, language)
            shown = html.unescape("".join(page.body for page in answers if page.url in urls))
            assert [title for title in titles if title not in shown] == []


def test_every_address_of_the_relations_is_recorded(
    answers: list[RecordedAnswer], relations: dict[str, list[dict[str, Any]]]
) -> None:
    named = set(re.findall(r"https://[^'\"]+", repr(relations)))
    assert named - {page.url for page in answers} == set()


def test_the_relations_tell_what_was_captured_twice_moved_or_dead(
    answers: list[RecordedAnswer], relations: dict[str, list[dict[str, Any]]]
) -> None:
    captures = Counter(page.url for page in answers)
    status = {page.url: page.status for page in answers}
    twice = {address: count for address, count in captures.items() if count > 1}
    assert twice == {row["item"]: 2 for row in relations["recaptured"]}
    for row in relations["redirect"]:
        assert status[row["from"]] == row["status"]
    for row in relations["dead"]:
        assert status[row["url"]] == row["status"]


def test_times_are_printed_as_the_paper_prints_them(answers: list[RecordedAnswer]) -> None:
    pages = {page.url: page.body for page in answers}
    assert "4 марта 2026 г. 18:05" in pages[SEED_ADDRESS]
    kazakh = "".join(body for url, body in pages.items() if "kazpravda.kz/kk/n/" in url)
    english = "".join(body for url, body in pages.items() if "kazpravda.kz/en/n/" in url)
    assert re.search(r"\d наурыз 2026 ж\. \d\d:\d\d", kazakh)
    assert re.search(r"\d March 2026, \d\d:\d\d", english)


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


def article_language(url: str) -> str | None:
    """The language that an article's address tells; None of other addresses."""
    found = ARTICLE.fullmatch(urlsplit(url).path)
    return found and (found["paper"] or found["senate"] or "ru")


def is_article(url: str) -> bool:
    return article_language(url) is not None


def redirect_target(page: RecordedAnswer) -> str | None:
    found = re.search(r'<a href="([^"]+)"', page.body) if page.status in (301, 302) else None
    return found and urljoin(page.url, found[1])


def links(page: RecordedAnswer) -> Iterator[str]:
    """The addresses that a page links to, in the site's own form."""
    for href in re.findall(r'href="([^"]+)"', page.body):
        address = urlsplit(urljoin(page.url, href))
        host = address.netloc.removeprefix("www.")
        slash = "/" if "/n/" in address.path and not address.path.endswith("/") else ""
        yield f"https://{host}{address.path}{slash}"
