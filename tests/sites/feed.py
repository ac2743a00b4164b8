"""RSS and Atom of either site: the newest twenty of a language."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import format_datetime
from html import escape
from typing import Final

from tests.sites.content import Headline
from tests.sites.page import Page, Shown
from tests.sites.words import Language

_NEWEST: Final = 20
_PREFIXES: Final[dict[str, dict[Language, str]]] = {
    "kazpravda": {"ru": "/", "kk": "/kk/", "en": "/en/"},
    "senate": {"ru": "/ru-RU/", "kk": "/kk-KZ/", "en": "/en-US/"},
}
_TYPES: Final = {"rss": "application/rss+xml", "atom.xml": "application/atom+xml"}


def alternates(language: Language, shown: Shown) -> str:
    """The links of a front page's head that name its feeds."""
    if not shown.ways.feed_linked:
        return ""
    prefix = _PREFIXES[shown.look.site][language]
    return "".join(
        f'<link rel="alternate" type="{_TYPES[name]}" title="Лента" href="{prefix}{name}">\n'
        for name in _names(shown)
    )


def feed_at(
    path: str, shown: Shown, public: str, path_of: Callable[[Headline], str]
) -> Page | None:
    """What stands at a feed's address; None if nothing does."""
    for language, prefix in _PREFIXES[shown.look.site].items():
        for name in _names(shown):
            if path.rstrip("/") == prefix + name:
                newest = shown.standing(language)[:_NEWEST]
                rows = [(public + path_of(one), one) for one in newest]
                text = (_rss if name == "rss" else _atom)(rows, public)
                return Page(sort="listing", text=text, content_type=_TYPES[name])
    return None


def _names(shown: Shown) -> tuple[str, ...]:
    feeds: dict[str, tuple[str, ...]] = {
        "absent": (),
        "rss": ("rss",),
        "atom": ("atom.xml",),
        "both": ("rss", "atom.xml"),
    }
    return feeds[shown.ways.feed]


def _rss(rows: list[tuple[str, Headline]], public: str) -> str:
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{url}</link>"
        f'<guid isPermaLink="false">{one.number}</guid>'
        f"<pubDate>{format_datetime(one.published)}</pubDate></item>\n"
        for url, one in rows
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>\n'
        f"<title>Лента</title><link>{public}/</link><description>Лента</description>\n"
        f"{items}</channel></rss>\n"
    )


def _atom(rows: list[tuple[str, Headline]], public: str) -> str:
    entries = "".join(
        f'<entry><title>{escape(one.title)}</title><link rel="alternate" href="{url}"/>'
        f"<id>{url}</id><published>{one.published.isoformat()}</published>"
        f"<updated>{one.published.isoformat()}</updated></entry>\n"
        for url, one in rows
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f'<title>Лента</title><id>{public}/</id><link rel="self" href="{public}/atom.xml"/>\n'
        f"{entries}</feed>\n"
    )
