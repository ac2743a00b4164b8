"""The selectors of a source's layouts, each with how many of the checked pages it matches."""

from collections.abc import Iterator, Sequence

from pipeline.archive.content_encoding import UndecodableBody
from pipeline.model.source import ClassLayout, Site
from pipeline.page.page import Page
from pipeline.reading.classify import decoded_page
from spiders.check.report import CheckedPage, SelectorMatch

_FIELDS = (
    "title", "body", "published_meta", "published", "lead", "section", "authors", "views", "image",
    "tags", "cut",
)  # fmt: skip


def selector_matches(checked: Sequence[CheckedPage], site: Site) -> list[SelectorMatch]:
    """Of each layout that knows its site's class names, of its selectors in their order: on how
    many of the pages that came each finds anything. A layout of which nothing matches any page is
    left out, unless no layout matches.
    """
    pages = list(_pages(checked, site))
    layouts = [one for one in site.source.layouts if isinstance(one, ClassLayout)]
    by_layout = [list(_matches(layout, pages)) for layout in layouts] if pages else []
    present = [found for found in by_layout if any(one.matched for one in found)]
    return [one for found in present or by_layout for one in found]


def _pages(checked: Sequence[CheckedPage], site: Site) -> Iterator[Page]:
    for one in checked:
        if one.classified is None or one.classified.capture.status != 200:
            continue
        try:
            yield decoded_page(one.classified.capture, one.payload, site)
        except UndecodableBody:
            continue


def _matches(layout: ClassLayout, pages: Sequence[Page]) -> Iterator[SelectorMatch]:
    for field in _FIELDS:
        for selector in getattr(layout, field):
            matched = sum(_is_on(page, field, selector) for page in pages)
            yield SelectorMatch(
                layout=layout.name, field=field, selector=selector, matched=matched,
                pages=len(pages),
            )  # fmt: skip


def _is_on(page: Page, field: str, selector: str) -> bool:
    if field == "published_meta":
        named = "//meta[@property=$name or @name=$name or @itemprop=$name]"
        return bool(page.selector.xpath(named, name=selector))
    return bool(page.selector.css(selector))
