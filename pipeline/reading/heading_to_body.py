"""The lines between a page's title and its body, told apart by what they are."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.model.source import ClassLayout, Listings
from pipeline.normalize import credits as credit
from pipeline.normalize.addresses import is_listing_link
from pipeline.normalize.authors import author_names, is_author_line
from pipeline.normalize.dates import DatedLine, Published, dated_line
from pipeline.page.lines import Block, lines_text
from pipeline.page.page import Page

_FURNITURE = re.compile(
    r"\W*(?:[\d\s.,]*(?:просмотр\w*|қаралым\w*|көрілім\w*|views?|мин\w*|min\w*)?[\d\s.,:]*|"
    r"(?:время чтения|reading time|оқу уақыты)\b.{0,20}|нашли ошибку\b.{0,80}|"
    r"(?:поделиться|share)(?: в соц.{0,20}| новостью| стать[её]й| this)?|бөлісу|"
    r"(?:слушать|тыңдау|listen)(?: новость| статью)?|распечатать|версия для печати|"
    r"(?:подпи(?:сывайтесь|шитесь|саться)|subscribe to|follow us)\b.{0,60})\W*",
    re.IGNORECASE,
)
_PICTURE_CLASS = re.compile(r"caption|подпис|img|image|photo|picture", re.IGNORECASE)
_LONGEST_LABEL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """What stands there besides what the layout's classes name."""

    published: Published | None
    section: str | None
    """The label before the date, or a link to one of the source's listings."""
    authors: tuple[str, ...]
    """Names in the date's own line."""
    texts: tuple[str, ...]
    """Lines after the date, in order, that are no label, counter or caption: authors and lead."""
    credit: str | None

    @classmethod
    def of(
        cls, page: Page, layout: ClassLayout, heading: HtmlElement, body: HtmlElement
    ) -> "Between":
        """The lines between two elements, of which the first comes first."""
        lines = _lines_between(page, heading, body)
        dates = [dated_line(line.text) for line in lines]
        dated = next((at for at, date in enumerate(dates) if date), None)
        captions = _captions(page, layout, lines, dated)
        named = {
            element
            for selector in (*layout.tags, *layout.section, *layout.published, *layout.views)
            for hit in page.selector.css(selector)
            for element in hit.root.iter()
        }
        plain = [
            at
            for at, line in enumerate(lines)
            if at not in captions and not dates[at] and line.inside not in named
            and line.apart is None and not _FURNITURE.fullmatch(line.text)
        ]  # fmt: skip
        date = dates[dated] if dated is not None else None
        label = _rubric(page, lines)
        labels = [lines[at].text for at in plain if dated is not None and at < dated]
        return cls(
            published=date.published if date else None,
            section=label or next((t for t in labels if len(t.split()) <= _LONGEST_LABEL), None),
            authors=_names_beside(date) if date else (),
            texts=tuple(
                lines[at].text
                for at in plain
                if lines[at].text != label and not _is_mere_link(lines[at])
                and (dated is None or at > dated or len(lines[at].text.split()) >= 10)
            ),
            credit=next(
                (c for at in sorted(captions) if (c := credit.image_credit(lines[at].text))), None
            ),
        )  # fmt: skip


def _lines_between(page: Page, heading: HtmlElement, body: HtmlElement) -> list[Block]:
    lines = page.blocks
    titles = [at for at, line in enumerate(lines) if line.stands_in(heading)]
    start = titles[-1] + 1 if titles else 0
    places = page.positions
    end = next(
        (
            at
            for at, line in enumerate(lines)
            if line.stands_in(body) or places[line.near] > places[body]
        ),
        len(lines),
    )
    return lines[start:end]


def _captions(
    page: Page, layout: ClassLayout, lines: list[Block], dated: int | None
) -> frozenset[int]:
    """Which lines belong to a picture: credits, figures, what stands in one element with it; and
    all that follow the picture that the layout names, where that stands below the date.
    """
    places = page.positions
    pictures = [hit.root for selector in layout.image for hit in page.selector.css(selector)]
    date_place = places[lines[dated].near] if dated is not None else -1
    below = min((places[p] for p in pictures if places[p] > date_place), default=None)
    holders = {
        holder
        for picture in pictures
        if (holder := _holder(picture)) is not None
        and not any(inner.tag in ("h1", "time") for inner in holder.iter())
    }
    return frozenset(
        at
        for at, line in enumerate(lines)
        if credit.is_credit_line(line.text)
        or line.apart in ("figure", "figcaption")
        or not holders.isdisjoint((line.element, *line.element.iterancestors()))
        or "caption" in (line.element.get("class") or "").lower()
        or (below is not None and places[line.near] > below)
    )


def _holder(picture: HtmlElement) -> HtmlElement | None:
    """The nearest element around that by its class is there for the picture."""
    above = picture.iterancestors()
    return next((e for e in above if _PICTURE_CLASS.search(e.get("class") or "")), None)


def _rubric(page: Page, lines: list[Block]) -> str | None:
    """The text of the first line there that is a link to a listing of the source."""
    source = page.site.source
    patterns = [found.links for found in source.finding if isinstance(found, Listings)]
    for line in lines:
        if line.link_share <= 0.9:
            continue
        around = (e for e in line.inside.iterancestors() if e.tag == "a")
        for link in (*around, *line.element.iter("a")):
            public = page.link(link.get("href"))
            if public and any(is_listing_link(public, source, form) for form in patterns):
                return lines_text(link) or None
    return None


def _names_beside(date: DatedLine) -> tuple[str, ...]:
    """Authors in the date's line, as in the design of 2017."""
    beside = (part.strip(" \t|·•,–—-") for part in (date.before, date.after))
    return tuple(name for part in beside if is_author_line(part) for name in author_names(part))


def _is_mere_link(line: Block) -> bool:
    return line.link_share > 0.9 and not is_author_line(line.text)
