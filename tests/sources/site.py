"""The Steppe Courier's whole site on loopback: its recorded pages, four more, lists, a sitemap."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from tests.pages.recorded import recorded_pages
from tests.sources.steppe import STEPPE

FOLDER = Path(__file__).parent / "pages"
RECORDED = recorded_pages(FOLDER, STEPPE)
_MORE = {
    "/story/2026/mukhtar-vernulsya-s-ekspeditsii/": (
        "Мухтар вернулся с экспедиции", "2 марта 2026 г. 9:40",
        "Геолог Мухтар Ибраев прошёл четыреста километров вдоль сухого русла.",
        "В рюкзаке он принёс шесть образцов яшмы и одну заблудившуюся ящерицу.",
    ),
    "/story/2026/stantsiya-menyaet-raspisanie/": (
        "Станция меняет расписание", "20 февраля 2026 г. 18:00",
        "С понедельника вечерний поезд отходит на двадцать минут раньше.",
        "Кассы просят проверять время на билете: старые уже не действуют.",
    ),
    "/story/2026/aul-zamenil-fonari/": (
        "Аул заменил фонари", "11 февраля 2026 г. 12:15",
        "Восемьдесят ламп над главной улицей теперь светят вполсилы после полуночи.",
        "Сбережённых денег хватит на крышу детского сада, подсчитал аким.",
    ),
    "/story/2026/repetitsiya-orkestra/": (
        "Репетиция оркестра", "30 января 2026 г. 8:05",
        "Сельский оркестр впервые сыграл Жубанова без единой остановки.",
        "Домбры настраивали всю ночь, потому что в клубе похолодало.",
    ),
}  # fmt: skip
"""Title, date and two paragraphs of the articles that are not recorded, the newest first."""
ARTICLES = (*(urlsplit(page.url).path for page in RECORDED), *_MORE)


class Outlet:
    """What the site answers, by path and query."""

    def __init__(self, url: str) -> None:
        self.url = url
        own = {urlsplit(one.url).path: (one.folder / "page.html").read_text() for one in RECORDED}
        self.pages = own | {path: _article(*facts) for path, facts in _MORE.items()} | _lists(own)

    def change_design(self) -> None:
        """From now on its pages have other class names."""
        for path, page in self.pages.items():
            self.pages[path] = page.replace("story__", "s-")


@contextmanager
def outlet() -> Iterator[Outlet]:
    """The site as long as the block runs, on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = site.pages.get(self.path)
            status = HTTPStatus.NOT_FOUND if page is None else HTTPStatus.OK
            content = (page or "").encode()
            kind = "application/xml" if self.path.endswith(".xml") else "text/html"
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site = Outlet(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def _lists(recorded: dict[str, str]) -> dict[str, str]:
    """The fronts, a topic of two pages, and a sitemap; it alone has the last article."""
    english = [path for path in recorded if path.startswith("/en/")]
    russian = [path for path in recorded if path not in english]
    first, second, third, _ = _MORE
    topic = "/topic/village/"
    everything = "".join(f"<url><loc>{STEPPE.base_url}{path}</loc></url>" for path in ARTICLES)
    return {
        "/": _list([*russian, topic]),
        "/en/": _list(english),
        topic: _list([*russian, first, second, f"{topic}?page=2"]),
        f"{topic}?page=2": _list([third, topic]),
        "/sitemap.xml": f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{everything}"
        "</urlset>",
    }


def _list(paths: list[str]) -> str:
    links = "".join(f"<li><a href='{path}'>{path.strip('/')}</a></li>" for path in paths)
    return f"<!DOCTYPE html><html><body><ul>{links}</ul></body></html>"


def _article(title: str, published: str, *paragraphs: str) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='ru'><head><title>{title} — Степной курьер</title></head>"
        f"<body><main><article class='story'><h1 class='story__title'>{title}</h1>"
        f"<time class='story__time'>{published}</time><div class='story__text'>{text}</div>"
        "</article></main></body></html>"
    )
