"""What one captured page says: by the source's layouts first, then by structured data."""

import re
from dataclasses import replace

from pipeline.addresses import article_address
from pipeline.blocks import lines_text
from pipeline.fields import Fields
from pipeline.page import Page
from pipeline.read_classes import read_classes
from pipeline.read_text_order import read_text_order
from pipeline.records import (
    Address,
    ClassLayout,
    Failure,
    Layout,
    Reading,
    Source,
    Step,
    TextLayout,
)
from pipeline.structured import read_structured
from pipeline.text import one_line, paragraphs

READER_VERSION = 1
"""Rises whenever a page may be read otherwise than before; kept with every reading."""

_NOT_FOUND = re.compile(
    r"\W*(?:(?:ошибка|error|қате)\W*)?(?:404\b\W*)?(?:(?:к сожалению|sorry)\W*)?"
    r"(?:(?:запрашиваемая |the |такой |мұндай )?(?:страница|материал|бет|парақша|page|article)\s+"
    r"(?:\w+ ){0,3}(?:не найден[ао]?|не существует|табылмады|жоқ|not found|found|exist)|"
    r"not found|ничего не найдено|(?<=404 )error|(?<=ошибка )404|404)\b(?=\W*$|\s*[|–—.!-])",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"cf-browser-verification|_cf_chl|cf-chl-|cf-challenge|challenge-platform/(?!scripts/jsd)|"
    r"ddos-guard/js-challenge|_Incapsula_|<title>\s*(?:just a moment|один момент|ddos-guard|"
    r"attention required|access denied|проверка браузера|captcha)|"
    r"enable javascript and cookies to continue|checking your browser before|"
    r"(?:подтвердите|докажите), что вы (?:не робот|человек)|verify (?:that )?you are (?:a )?human",
    re.IGNORECASE,
)
_NAME_AT_END = re.compile(r"\s+[|–—-]\s+(?P<name>[^|–—]+)$")
_LANGUAGE_LABELS = {
    "kk": "kk", "kz": "kk", "қаз": "kk", "каз": "kk", "қазақша": "kk", "kaz": "kk", "kk-kz": "kk",
    "ru": "ru", "рус": "ru", "русский": "ru", "rus": "ru", "ru-ru": "ru", "орысша": "ru",
    "en": "en", "eng": "en", "англ": "en", "english": "en", "en-us": "en", "ағылшынша": "en",
}  # fmt: skip
_LOST_CHARACTER = "\ufffd"
_NAMES = {"title": "title", "published": "date", "paragraphs": "body"}


def read_page(page: Page, address: Address) -> Reading | Failure:
    """What a captured page says, or why it says nothing.

    Called by crawl, replay, reparse, import and recovery alike. The structured step runs where a
    field is missing; title and date it gives always, to be compared.
    """
    source = page.site.source
    by_layout = _best_layout(page, source)
    by_data = _without_site_name(read_structured(page), source)
    merged, read_by = _merged((("layout", by_layout), ("structured", by_data)))
    missing = [name for field, name in _NAMES.items() if field not in merged.found]
    if missing or _says_only_not_found(merged.title or ""):
        return _failure(page, address, merged, missing)
    if _LOST_CHARACTER in "".join((merged.title or "", *merged.paragraphs)):
        return _garbled(address)
    return _reading(page, address, merged, read_by, _disagreements(by_layout, by_data))


def is_challenge(text: str) -> bool:
    """Whether a page asks its reader to prove that he is a browser."""
    return bool(_CHALLENGE.search(text[:50_000]))


def _best_layout(page: Page, source: Source) -> Fields:
    readings = (_by_layout(page, layout) for layout in source.layouts)
    return max(readings, key=lambda fields: fields.essentials, default=Fields())


def _without_site_name(fields: Fields, source: Source) -> Fields:
    """Without a title that is only the site's name, or with the name at its end taken away."""
    names = {source.title.casefold(), source.host, *source.names}
    for layout in source.layouts:
        names |= set(layout.site_names) if isinstance(layout, TextLayout) else set()
    title = fields.title or ""
    if title.casefold() in names:
        return replace(fields, title=None)
    ending = _NAME_AT_END.search(title)
    if ending and ending["name"].casefold() in names:
        return replace(fields, title=title[: ending.start()])
    return fields


def _by_layout(page: Page, layout: Layout) -> Fields:
    if isinstance(layout, ClassLayout):
        return read_classes(page, layout)
    return read_text_order(page, layout)


def _merged(steps: tuple[tuple[Step, Fields], ...]) -> tuple[Fields, dict[str, Step]]:
    """The first step's value of each field, and which step that was."""
    values: dict[str, object] = {}
    read_by: dict[str, Step] = {}
    for step, fields in steps:
        for name in sorted(fields.found - values.keys()):
            values[name] = getattr(fields, name)
            read_by[name] = step
    read_by.pop("layout", None)
    if "paragraphs" in read_by:
        read_by["body"] = read_by.pop("paragraphs")
    return Fields(**values), read_by  # type: ignore[arg-type]  # the fields' own values


def _disagreements(first: Fields, second: Fields) -> tuple[str, ...]:
    found = []
    if first.title and second.title and first.title.casefold() not in second.title.casefold():
        found.append("title")
    if first.published and second.published and first.published.day != second.published.day:
        found.append("published")
    return tuple(found)


def _reading(
    page: Page,
    address: Address,
    fields: Fields,
    read_by: dict[str, Step],
    disagreements: tuple[str, ...],
) -> Reading:
    published = fields.published
    assert published is not None
    return Reading(
        language=address.language,
        title=one_line(fields.title or ""),
        body=paragraphs("\n\n".join(fields.paragraphs)),
        published=published.text,
        published_precision=published.precision,
        lead=one_line(fields.lead) if fields.lead else None,
        authors=tuple(one_line(name) for name in fields.authors),
        tags=tuple(sorted({one_line(tag) for tag in fields.tags})),
        section=one_line(fields.section) if fields.section else None,
        image_url=fields.image_url,
        image_credit=one_line(fields.image_credit) if fields.image_credit else None,
        attribution=tuple(one_line(name) for name in fields.attribution),
        modified=fields.modified.text if fields.modified else None,
        read_by=tuple(sorted(read_by.items())),
        layout=fields.layout,
        alternates=_alternates(page, address),
        disagreements=disagreements,
    )


def _failure(page: Page, address: Address, fields: Fields, missing: list[str]) -> Failure:
    if page.text.count(_LOST_CHARACTER) * 50 > len(page.text):
        return _garbled(address)
    if is_challenge(page.text):
        return Failure(
            url=address.url,
            stage="read",
            reason="challenge",
            detail="the page asks for a browser's proof",
        )
    if _is_soft_404(page, fields):
        return Failure(
            url=address.url, stage="read", reason="soft-404",
            detail="the page answers 200 and holds no article",
        )  # fmt: skip
    return Failure(
        url=address.url,
        stage="read",
        reason=f"no-{'-'.join(missing)}",
        detail=f"no {', no '.join(missing)} found by layout or structured data",
    )


def _says_only_not_found(title: str) -> bool:
    """Whether a title is nothing but "not found"; «404-я школа открылась» is an article's."""
    found = _NOT_FOUND.match(title.strip())
    return found is not None and not re.search(r"\w", title.strip()[found.end() :])


def _garbled(address: Address) -> Failure:
    return Failure(
        url=address.url, stage="read", reason="garbled",
        detail="the page is not in the encoding that it declares",
    )  # fmt: skip


def _is_soft_404(page: Page, fields: Fields) -> bool:
    """A page whose heading says so, or one without date, without the marks of any layout and with
    no more running text than a footer has.
    """
    titles = page.selector.css("title::text").getall()
    headings = [fields.title or "", *titles, *(lines_text(h.root) for h in page.selector.css("h1"))]
    if any(_NOT_FOUND.match(heading.strip()) for heading in headings):
        return True
    lines = (line for line in page.blocks if line.link_share < 0.5 and line.apart is None)
    running = sum(line.words for line in lines if line.words >= 12)
    return fields.published is None and fields.layout is None and running < 50


def _alternates(page: Page, address: Address) -> tuple[str, ...]:
    """The article's addresses in other languages, as the page itself gives them: `hreflang`, or a
    link whose text is a language's name.
    """
    links = page.selector.xpath("//link[@hreflang]/@href | //a[@hreflang]/@href").getall()
    for link in page.selector.xpath("//a[@href]"):
        label = one_line(link.xpath("string()").get() or "").casefold()
        if label in _LANGUAGE_LABELS:
            links.append(link.attrib["href"])
    found: dict[str, None] = {}
    for href in links:
        public = page.link(href)
        other = article_address(public, page.site.source) if public else None
        if other and other.language != address.language and other.url != address.url:
            found[other.url] = None
    return tuple(sorted(found))
