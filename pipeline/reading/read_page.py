"""Reads one captured page: by the layouts, by structured data, by its likeness to articles."""

from dataclasses import replace
from datetime import datetime

from pipeline.completeness.completed import completed
from pipeline.layouts.class_layout import read_class_layout
from pipeline.layouts.text_layout import read_text_layout
from pipeline.model.capture import Address, Failure
from pipeline.model.fields import Fields, merged
from pipeline.model.reading import STEPS, Reading, Step
from pipeline.model.source import ClassLayout, Layout
from pipeline.normalize.text_encoding import is_garbled, is_garbled_text
from pipeline.normalize.words import words
from pipeline.page.not_article import (
    is_challenge,
    is_error,
    is_listing,
    is_maintenance,
    media,
    says_absent,
    says_only_not_found,
    why_no_article,
)
from pipeline.page.page import Page
from pipeline.page.paywall import show_rest
from pipeline.reading.generic import is_too_large_to_search, read_generic
from pipeline.reading.structured import read_structured
from pipeline.reading.to_reading import to_reading
from pipeline.times.dates import Published, latest_day

_ESSENTIALS = {"title": "title", "published": "date", "paragraphs": "body"}
_DETAILS = {
    "garbled": "the page's letters are not those that were written",
    "challenge": "the page asks for a browser's proof",
    "listing": "the page lists other articles and holds none",
    "soft-404": "the page answers 200 and holds no article",
    "server-error": "the page shows a program's error",
    "maintenance": "the page says that the site is being worked on",
    "blank": "the page shows no text",
    "shell": "the page shows the site's frame alone",
    "too-large": "no layout knows the page, and it is too large to be searched for an article",
}
_MIN_ARTICLE_WORDS = 50
"""A shorter text under a title such as "not found" is no article."""
_MAX_NOTICE_WORDS = 20
_Findings = list[tuple[Step, Fields]]


def read_page(
    page: Page, address: Address, captured: datetime, steps: tuple[Step, ...] = STEPS
) -> Reading | Failure:
    """The reading of a page captured at `captured` (aware), or the failure that says what is wrong.

    Called by crawl, replay, reparse, import and recovery alike. The generic step runs only where
    title, date or body is still missing; the structured one always, so that its title and date
    can be compared with the layout's. Only steps in `steps` are used.
    """
    hidden = show_rest(page)
    if page.is_too_large:
        return _failed(address, "too-large", "the page is larger than any article")
    found, unbelieved = _by_steps(page, captured, steps)
    fields, read_by = merged(found)
    if missing := fields.missing(_ESSENTIALS):
        names = [_ESSENTIALS[name] for name in missing]
        return _failure(page, address, fields, names, unbelieved)
    if reason := _why_no_text(page, fields, read_by):
        return _failed(address, reason, _DETAILS[reason])
    text = completed(page, fields, hidden, is_by_layout=read_by["body"] == "layout")
    if text.is_cut_short:
        return _failed(address, "cut-short", "the page breaks off in the middle of a sentence")
    reading = to_reading(page, address, fields, read_by, _disagreements(found), text)
    return reading or _failed(address, "no-body", "the page says only where the text can be read")


def _by_steps(
    page: Page, captured: datetime, steps: tuple[Step, ...]
) -> tuple[_Findings, list[str]]:
    """What each step found, without the impossible dates; and these dates, as texts.

    A date is impossible before the source's first day and later than a day after the capture.
    """
    latest = latest_day(captured)
    found: _Findings = []
    unbelieved: list[str] = []

    def is_possible(time: Published | None) -> bool:
        return time is None or page.site.source.first_day <= time.day <= latest

    def add(step: Step, fields: Fields) -> None:
        if fields.published is not None and not is_possible(fields.published):
            unbelieved.append(fields.published.text)
            fields = replace(fields, published=None)
        if not is_possible(fields.modified):
            fields = replace(fields, modified=None)
        found.append((step, fields))

    if "layout" in steps:
        add("layout", _best_layout(page))
    if "structured" in steps:
        has_text = any(fields.paragraphs for _, fields in found)
        add("structured", read_structured(page, body=not has_text))
    if "generic" in steps and merged(found)[0].missing(_ESSENTIALS):
        add("generic", read_generic(page, captured))
    return found, unbelieved


def _best_layout(page: Page) -> Fields:
    best, most = Fields(), -1
    for layout in page.site.source.layouts:
        fields = _by_layout(page, layout)
        count = len(_ESSENTIALS) - len(fields.missing(_ESSENTIALS))
        if count > most:
            best, most = fields, count
        if most == len(_ESSENTIALS):
            break
    return best


def _by_layout(page: Page, layout: Layout) -> Fields:
    if isinstance(layout, ClassLayout):
        return read_class_layout(page, layout)
    return read_text_layout(page, layout)


def _disagreements(steps: _Findings) -> tuple[str, ...]:
    """The fields for which two steps, or one step twice, found different values."""
    found: dict[str, None] = dict.fromkeys(name for _, by in steps for name in by.disagreements)
    titles = {" ".join(words(fields.title)): None for _, fields in steps if fields.title}
    first = next(iter(titles), "")
    if any(first not in title for title in titles):
        found["title"] = None
    days = {fields.published.day for _, fields in steps if fields.published}
    if len(days) > 1:
        found["published"] = None
    return tuple(found)


def _why_no_text(page: Page, fields: Fields, read_by: dict[str, Step]) -> str | None:
    """Why the title and text that were found are no article's; None where they are one's."""
    title, lines = fields.title or "", fields.paragraphs
    if is_garbled(title) or is_garbled_text(lines):
        return "garbled"
    text = "\n".join(lines)
    if is_error(text):
        return "server-error"
    count = len(text.split(maxsplit=_MIN_ARTICLE_WORDS))
    is_short = count < _MIN_ARTICLE_WORDS
    if says_only_not_found(title) and (is_short or not _is_by_class(page, fields, read_by)):
        return "soft-404"
    if count <= _MAX_NOTICE_WORDS and says_absent(lines[0]):
        return "soft-404"
    if is_short and read_by["body"] != "layout" and all(map(is_maintenance, (title, lines[0]))):
        return "maintenance"
    return None


def _is_by_class(page: Page, fields: Fields, read_by: dict[str, Step]) -> bool:
    """Whether title and text were found by their class names."""
    names = {one.name for one in page.site.source.layouts if isinstance(one, ClassLayout)}
    return fields.layout in names and {read_by[n] for n in ("title", "body")} == {"layout"}


def _failure(
    page: Page, address: Address, fields: Fields, missing: list[str], unbelieved: list[str]
) -> Failure:
    """Why a page without title, date or body, which are in `missing`, gives no reading."""
    if missing == ["date"] and unbelieved and not is_garbled(page.text):
        return _failed(
            address, "date-out-of-range",
            f"the date {unbelieved[0]} lies after the capture or before the site's first day",
        )  # fmt: skip
    if reason := _why_none(page, fields):
        return _failed(address, reason, _DETAILS[reason])
    if is_too_large_to_search(page):
        return _failed(address, "too-large", _DETAILS["too-large"])
    if missing == ["body"] and (kind := media(page)):
        return _failed(address, kind, f"a {kind} without any text")
    return _failed(
        address,
        f"no-{'-'.join(missing)}",
        f"no {', no '.join(missing)} found by any step",
    )


def _why_none(page: Page, fields: Fields) -> str | None:
    if is_garbled(page.text):
        return "garbled"
    if is_challenge(page.text):
        return "challenge"
    return "listing" if is_listing(page) else why_no_article(page, fields)


def _failed(address: Address, reason: str, detail: str) -> Failure:
    return Failure(url=address.url, stage="read", reason=reason, detail=detail)
