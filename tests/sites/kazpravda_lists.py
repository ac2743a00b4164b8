"""Kazpravda's lists: front, rubric, tag, day, search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from html import escape
from typing import Final

from tests.sites.content import SECTIONS, Headline
from tests.sites.feed import alternates
from tests.sites.kazpravda_frame import FRONTS, PUBLIC, article_path, clock, document, missing
from tests.sites.kazpravda_old import old_links
from tests.sites.links import link
from tests.sites.page import Page, Shown
from tests.sites.pagination import Asked, part
from tests.sites.words import Language

PER_LIST: Final = 24
_FORMS: Final = {"iso": "%Y-%m-%d", "dotted": "%d.%m.%Y"}


def front(language: Language, shown: Shown) -> Page:
    """The newest of all rubrics."""
    newest = shown.standing(language)[:PER_LIST]
    more = ""
    if shown.ways.archive_linked and newest:
        prefix = FRONTS[language] if shown.ways.archive_languages == "prefixed" else "/"
        more = (
            f'<a href="{prefix}archive/">Архив</a> '
            f"{_day_link(prefix, newest[0].published.date(), shown)}"
        )
    if language == "ru":
        more += old_links(shown)
    return _list("Главная", newest, language, shown, more, alternates(language, shown))


def rubric(language: Language, name: str, shown: Shown, asked: Asked) -> Page:
    """One rubric's, over as many pages as it takes."""
    if name not in SECTIONS:
        return missing(shown.look)
    here = shown.standing(language, name)
    return listing(SECTIONS[name][language], here, language, shown, asked)


def listing(
    title: str, found: Sequence[Headline], language: Language, shown: Shown, asked: Asked
) -> Page:
    """The part that is asked for of what was found."""
    here = part(found, PER_LIST, shown.ways, asked)
    if here is None:
        return missing(shown.look)
    return _list(title, here.here, language, shown, here.links)


def day(language: Language, shown: Shown, asked: Asked) -> Page:
    """A day of the archive. The form of the date is drawn, for nobody knows it."""
    languages = shown.ways.archive_languages
    if language != "ru" and languages != "prefixed":
        return missing(shown.look)
    whose = None if languages == "mixed" else language
    wanted = _date(asked.query.get("date", ""), shown)
    if wanted is None and shown.ways.archive_wrong == "missing":
        return missing(shown.look)
    if wanted is None and shown.ways.archive_wrong == "error":
        return missing(shown.look, status=500)
    if wanted is None and shown.ways.archive_wrong == "today":
        wanted = next((one.published.date() for one in shown.standing(whose)), None)
    page = part(shown.standing(whose, wanted) if wanted else (), PER_LIST, shown.ways, asked)
    if page is None:
        return missing(shown.look)
    near = ""
    if wanted is not None and shown.ways.archive_linked:
        first, last = shown.index.span()
        days = [wanted + timedelta(days=one) for one in (-1, 1)]
        prefix = asked.path.removesuffix("archive/")
        near = " ".join(_day_link(prefix, one, shown) for one in days if first <= one <= last)
    return _list("Архив", page.here, language, shown, f"{page.links} {near}".strip())


def _form(shown: Shown) -> str:
    if shown.ways.archive_date is not None:
        return _FORMS[shown.ways.archive_date]
    return shown.look.pick("archive date", ("%Y-%m-%d", "%d.%m.%Y"))


def _date(given: str, shown: Shown) -> date | None:
    """The date, if it is in the site's form to the letter."""
    try:
        found = datetime.strptime(given, _form(shown)).date()  # noqa: DTZ007
    except ValueError:
        return None
    return found if found.strftime(_form(shown)) == given else None


def _day_link(prefix: str, wanted: date, shown: Shown) -> str:
    return f'<a href="{prefix}archive/?date={wanted.strftime(_form(shown))}">{wanted.day}</a>'


def _list(
    title: str,
    newest: Sequence[Headline],
    language: Language,
    shown: Shown,
    more: str = "",
    head: str = "",
) -> Page:
    look = shown.look
    cards = "\n".join(_card(one, shown, first=at == 0) for at, one in enumerate(newest))
    slides = "".join(
        f'<a href="{_link(one, shown, "slide")}">'
        f'<div class="{look.known("news-slider__title")}">{escape(one.title)}</div></a>'
        for one in newest[:2]
    )
    again = "\n".join(_card(one, shown, first=False) for one in newest[:5])
    pages = f'<div class="{look.unknown("pages")}">{more}</div>\n' if more else ""
    body = (
        f'<main class="{look.known("app__main")}">\n<h1>{escape(title)}</h1>\n<div>{slides}</div>\n'
        f'{cards}\n<div class="{look.known("tab-content")}">\n{again}\n</div>\n{pages}</main>'
    )
    return Page(sort="listing", text=document(title, language, body, head))


def _card(article: Headline, shown: Shown, *, first: bool) -> str:
    name, look = "daynews" if first else "news", shown.look
    opening = "<article>" if first else f'<article class="{look.known("news")}">'
    return (
        f'{opening}<a class="{look.known(f"{name}__link")}" href="{_link(article, shown, name)}">'
        f'<div class="{look.known(f"{name}__title")}">{escape(article.title)}</div></a>'
        f"<time>{clock(article)}</time></article>"
    )


def _link(article: Headline, shown: Shown, place: str) -> str:
    path, dirty = article_path(article), shown.ways.dirty_links
    return link(article, path, PUBLIC, shown.look, place, dirty=dirty)
