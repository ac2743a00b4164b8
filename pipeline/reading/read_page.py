"""Reads one captured page: by the layouts, by structured data, by its likeness to articles."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from lxml.html import HtmlElement

from pipeline.completeness.completed import Completed, completed
from pipeline.model.capture import Address, Failure
from pipeline.model.fields import Fields, merged
from pipeline.model.reading import STEPS, Reading, Step
from pipeline.model.source import ClassLayout, Layout
from pipeline.normalize.addresses import article_address
from pipeline.normalize.characters import one_line, paragraphs
from pipeline.normalize.homoglyphs import repaired
from pipeline.normalize.languages import clear_language, fits_script, language_by_letters
from pipeline.normalize.lost_letters import LOST_CHARACTER, with_lost_letters
from pipeline.normalize.text_encoding import is_garbled, is_garbled_text
from pipeline.normalize.words import words
from pipeline.page.not_article import (
    is_challenge,
    is_error,
    is_listing,
    is_maintenance,
    is_warning,
    media,
    says_absent,
    says_only_not_found,
    why_no_article,
)
from pipeline.page.page import Page
from pipeline.page.paywall import is_for_subscribers, is_not_free, show_rest
from pipeline.reading.class_layout import read_class_layout
from pipeline.reading.generic import is_too_large_to_search, read_generic
from pipeline.reading.structured import read_structured
from pipeline.reading.text_layout import read_text_layout
from pipeline.times.dates import Published, latest_day

_LANGUAGE_LABELS = {
    "kk": "kk", "kz": "kk", "қаз": "kk", "каз": "kk", "қазақша": "kk", "kaz": "kk", "kk-kz": "kk",
    "ru": "ru", "рус": "ru", "русский": "ru", "rus": "ru", "ru-ru": "ru", "орысша": "ru",
    "en": "en", "eng": "en", "англ": "en", "english": "en", "en-us": "en", "ағылшынша": "en",
}  # fmt: skip
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
_MIN_CLEAR_WORDS = 30
"""A shorter text may lack Kazakh's own letters by chance."""
_MAX_LABEL_CHARACTERS = 60
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
    return _reading(page, address, fields, read_by, _disagreements(found), text)


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


def _reading(
    page: Page,
    address: Address,
    fields: Fields,
    read_by: dict[str, Step],
    disagreements: tuple[str, ...],
    text: Completed,
) -> Reading | Failure:
    published = fields.published
    assert published is not None
    lines = [line for line in text.paragraphs if not is_warning(line)]
    shown = tuple(line for line in lines if not is_for_subscribers(line))
    if not shown:
        return _failed(address, "no-body", "the page says only where the text can be read")
    is_part = (
        len(shown) < len(lines)
        or bool(text.left_out)
        or text.goes_on
        or text.is_restricted
        or text.is_cut
        or text.is_lead_alone
        or bool(text.in_data)
        or is_not_free(page)
    )
    repairs: list[str] = []

    def in_one_script(text: str) -> str:
        once, words_repaired = repaired(text)
        repairs.extend(words_repaired)
        return once

    def lines_of(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(in_one_script(one_line(text)) for text in texts)

    title = in_one_script(one_line(fields.title or ""))
    body = in_one_script(paragraphs("\n\n".join(shown)))
    lead = repaired(one_line(fields.lead or ""))[0]
    written = with_lost_letters(f"{title}\n{body}")
    language = _language(page, written, address)
    return Reading(
        language=language,
        title=title,
        body=body,
        published=published.text,
        published_precision=published.precision,
        lead=lead if lead and body.startswith(lead) else None,
        authors=lines_of(fields.authors),
        tags=tuple(sorted(set(lines_of(fields.tags)))),
        section=in_one_script(one_line(fields.section or "")) or None,
        image_url=fields.image_url,
        image_credit=in_one_script(one_line(fields.image_credit or "")) or None,
        attribution=tuple(dict.fromkeys(repaired(one_line(one))[0] for one in fields.attribution)),
        access="partial" if is_part else "full",
        modified=fields.modified.text if fields.modified else None,
        read_by=tuple(sorted(read_by.items())),
        layout=fields.layout,
        alternates=_alternates(page, address),
        disagreements=(*disagreements, *(["language"] if language != address.language else [])),
        notes=tuple(_notes(written, text)),
        repairs=tuple(repairs),
    )


def _language(page: Page, written: str, address: Address) -> str:
    """The language of a title and text by their letters, where these are clear, else as the page
    says of its heading or of itself, else by the address. A short text without Kazakh's own letters
    may be Kazakh. Some sites state one language on all pages: one of another script does not count,
    and of a longer text the letters say whether the page or the address is right.
    """
    by_letters = clear_language(written)
    is_long = len(written.split(maxsplit=_MIN_CLEAR_WORDS)) >= _MIN_CLEAR_WORDS
    if by_letters is not None and (by_letters != "ru" or is_long):
        return by_letters
    said = _said_language(page)
    if by_letters is not None:
        return "kk" if said == "kk" else by_letters
    if said is None or not fits_script(written, said):
        return address.language
    by_most = language_by_letters(written) if is_long else said
    return address.language if by_most == address.language else said


def _said_language(page: Page) -> str | None:
    """The language in the nearest `lang` attribute around the page's heading, or of the page; of
    the source's languages.
    """
    heading = page.found(("h1",))
    start = page.root if heading is None else heading
    for element in (start, *start.iterancestors()):
        code = (element.get("lang") or "").replace("_", "-").partition("-")[0].strip().lower()
        if code:
            language = _LANGUAGE_LABELS.get(code)
            return language if language in page.site.source.languages else None
    return None


def _notes(written: str, text: Completed) -> Iterator[str]:
    """What a person should know of a text that was read; `written` is that with its title, lost
    letters marked.
    """
    if lost := written.count(LOST_CHARACTER):
        yield f"{lost} of its characters could not be decoded"
    if text.left_out:
        yield f"{text.left_out} words that may belong to it stand elsewhere on the page"
    if text.in_data:
        yield f"{text.in_data} words of it stand in the page's data alone"
    if text.is_lead_alone:
        yield "the page has no more than this lead of it"
    if text.is_cut:
        yield "it breaks off, and the page shows no more of it"
    if text.goes_on:
        yield "a link behind it leads to the rest of it"


def _why_no_text(page: Page, fields: Fields, read_by: dict[str, Step]) -> str | None:
    """Why the title and text that were found are no article's; None where they are one's."""
    title, lines = fields.title or "", fields.paragraphs
    if is_garbled(title) or is_garbled_text(lines):
        return "garbled"
    if is_error("\n".join(lines)):
        return "server-error"
    count = sum(len(line.split()) for line in lines)
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


def _alternates(page: Page, address: Address) -> tuple[str, ...]:
    """The article's addresses in other languages, sorted: for each language those that links with
    its `hreflang` name, or else those of links with a language's name for their text, and of links
    for all others (`x-default`).
    """
    named: dict[str, set[str]] = {}
    labelled: dict[str, set[str]] = {}
    for link in (*page.anchors, *page.root.iter("link")):
        code = (link.get("hreflang") or "").strip().casefold()
        if not code and (link.tag == "link" or not _names_language(link)):
            continue
        public = page.link(link.get("href"))
        other = article_address(public, page.site.source) if public else None
        if other and other.language != address.language and other.url != address.url:
            into = named if code and code != "x-default" else labelled
            into.setdefault(other.language, set()).add(other.url)
    return tuple(sorted(url for urls in (labelled | named).values() for url in urls))


def _names_language(link: HtmlElement) -> bool:
    """Whether a link's text is the name of a language."""
    text = "".join(link.itertext()) if len(link) else link.text or ""
    return len(text) <= _MAX_LABEL_CHARACTERS and one_line(text).casefold() in _LANGUAGE_LABELS
