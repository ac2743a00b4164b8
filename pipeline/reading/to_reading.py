"""Makes a reading of the fields that were found: one form of characters, language, links, notes."""

from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from pipeline.completeness.completed import Completed
from pipeline.model.capture import Address
from pipeline.model.fields import Fields
from pipeline.model.reading import Reading, Step
from pipeline.normalize.addresses import article_address
from pipeline.normalize.characters import one_line, paragraphs
from pipeline.normalize.homoglyphs import repaired
from pipeline.normalize.languages import (
    clear_language,
    fits_script,
    is_rather_kazakh,
    language_by_letters,
)
from pipeline.normalize.lost_letters import LOST_CHARACTER, with_lost_letters
from pipeline.page.not_article import is_warning
from pipeline.page.page import Page
from pipeline.page.paywall import is_for_subscribers, is_not_free
from pipeline.remembered import remembered

_LANGUAGE_LABELS = {
    "kk": "kk", "kz": "kk", "қаз": "kk", "каз": "kk", "қазақша": "kk", "kaz": "kk", "kk-kz": "kk",
    "ru": "ru", "рус": "ru", "русский": "ru", "rus": "ru", "ru-ru": "ru", "орысша": "ru",
    "en": "en", "eng": "en", "англ": "en", "english": "en", "en-us": "en", "ағылшынша": "en",
}  # fmt: skip
_MIN_CLEAR_WORDS = 30
"""A shorter text may lack Kazakh's own letters by chance."""
_MAX_LABEL_CHARACTERS = 60


def to_reading(
    page: Page,
    address: Address,
    fields: Fields,
    read_by: dict[str, Step],
    disagreements: tuple[str, ...],
    text: Completed,
) -> Reading | None:
    """The reading of a page's fields; None where its text says only where the text can be read."""
    published = fields.published
    assert published is not None
    lines = [line for line in text.paragraphs if not is_warning(line)]
    shown = tuple(line for line in lines if not is_for_subscribers(line))
    if not shown:
        return None
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
    and of a longer text the letters say whether the page or the address is right. A longer one in
    Latin letters without English words is rather Kazakh, which is written in them too.
    """
    by_letters = clear_language(written)
    is_long = len(written.split(maxsplit=_MIN_CLEAR_WORDS)) >= _MIN_CLEAR_WORDS
    if by_letters is not None and (by_letters != "ru" or is_long):
        return by_letters
    said = _said_language(page)
    if by_letters is not None:
        return "kk" if said == "kk" else by_letters
    named = _named_language(said, written, address, is_long=is_long)
    is_kazakh = named == "en" and is_long and is_rather_kazakh(written)
    return "kk" if is_kazakh and "kk" in page.site.source.languages else named


def _named_language(said: str | None, written: str, address: Address, *, is_long: bool) -> str:
    """The language as the page or its address says it, of a text whose letters leave a doubt."""
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


def _alternates(page: Page, address: Address) -> tuple[str, ...]:
    """The article's addresses in other languages, sorted: for each language those that links with
    its `hreflang` name, or else those of links with a language's name for their text, and of links
    for all others (`x-default`).
    """
    named: dict[str, set[str]] = {}
    labelled: dict[str, set[str]] = {}
    links = [one for one in page.root.iter("link") if one.get("hreflang", "").strip()]
    links += [
        one for one in page.anchors if one.get("hreflang", "").strip() or _names_language(one)
    ]
    for link in links:
        code = link.get("hreflang", "").strip().casefold()
        public = page.link(link.get("href"))
        other = article_address(public, page.site.source) if public else None
        if other and other.language != address.language and other.url != address.url:
            into = named if code and code != "x-default" else labelled
            into.setdefault(other.language, set()).add(other.url)
    return tuple(sorted(url for urls in (labelled | named).values() for url in urls))


def _names_language(link: HtmlElement) -> bool:
    """Whether a link's text is the name of a language."""
    return _is_language("".join(link.itertext()) if len(link) else link.text or "")


@remembered
def _is_language(text: str) -> bool:
    return len(text) <= _MAX_LABEL_CHARACTERS and one_line(text).casefold() in _LANGUAGE_LABELS


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
