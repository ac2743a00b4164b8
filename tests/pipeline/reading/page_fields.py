"""Pages of the two sites with one thing about them that a test is for."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.model.capture import Failure
from pipeline.model.reading import STEPS, Reading, Step
from pipeline.model.source import Site
from pipeline.normalize.addresses import article_address
from pipeline.page.page import Page
from pipeline.reading.read_page import read_page
from spiders.kazpravda import KAZPRAVDA
from spiders.senate import SENATE

PAPER = Site(KAZPRAVDA, KAZPRAVDA.base_url)
HOUSE = Site(SENATE, SENATE.base_url)
ARTICLE = "https://kazpravda.kz/n/zagolovok-stati/"
RELEASE = "https://senate.parlam.kz/ru-RU/news/details/5850"
TIME = '<time class="article__date">4 марта 2026 г. 7:31</time>'
CAPTURED = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
BODY = ("Первый абзац текста стоит здесь.", "Второй абзац.")
_PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY)


def article(
    between: str = TIME, *, body: str = _PARAGRAPHS, head: str = "", after: str = ""
) -> str:
    """An article of Kazpravda's present layout with something between title and body."""
    return (
        f"<html><head><title>Заголовок статьи</title>{head}</head><body><article class='article'>"
        f"<h1 class='article__title'>Заголовок статьи</h1>{between}"
        f"<div class='article__body'>{body}</div>{after}</article></body></html>"
    )


def release(content: str, *, title: str = "Сенат") -> str:
    """A page of the Senate: its bar, its name, and some content."""
    return (
        f"<html><head><title>{title}</title></head><body><div>Цвет сайта</div><div>Сенат</div>"
        f"<div>Парламента Республики Казахстан</div>{content}<footer>© 2026</footer></body></html>"
    )


def read(html: str, url: str = ARTICLE, steps: tuple[Step, ...] = STEPS) -> Reading | Failure:
    """What the reader says of a page by some steps."""
    site = HOUSE if "senate" in url else PAPER
    address = article_address(url, site.source)
    assert address is not None
    return read_page(Page(url, site, html, CAPTURED), address, CAPTURED, steps)


def reading(html: str, url: str = ARTICLE) -> Reading:
    """The same where it must be a reading."""
    found = read(html, url)
    assert isinstance(found, Reading), found
    return found


def body(found: Reading) -> tuple[str, ...]:
    """The paragraphs of a body."""
    return tuple(found.body.split("\n\n"))
