"""Lines in a text that are none of it: promotion, invitations, embeds, error reports, tools.

Told by their form: which part of a line is a link, and where the link leads. Wordings decide only
where a page has no link, or one that says nothing. In doubt a line is text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipeline.labels.error_reports import is_error_report
from pipeline.labels.invitations import is_invitation, says_we
from pipeline.labels.related import is_related_label, leads_to_more, reads_also
from pipeline.labels.rights_notes import is_rights_note
from pipeline.labels.site_labels import site_label
from pipeline.labels.tags import labelled_tags
from pipeline.model.source import Listings
from pipeline.normalize.addresses import article_address, is_listing_link
from pipeline.normalize.authors import is_author_line
from pipeline.normalize.credits import is_credit_line
from pipeline.normalize.networks import NETWORK_NAME, Place, network_place
from pipeline.normalize.sentences import has_finite_verb
from pipeline.normalize.words import words
from pipeline.page.lines import Line, text_up_to
from pipeline.page.page import Page
from pipeline.times.dated_lines import is_date_line, is_time_note
from pipeline.times.time_labels import time_label

Furniture = Literal[
    "related",
    "invitation",
    "embed",
    "error report",
    "share",
    "counter",
    "tool",
    "rights",
    "navigation",
    "staff",
    "age",
    "rule",
    "tags",
    "time",
]
_Target = Literal["article", "page", "file", "elsewhere"]
"""Where a link leads: `article` and `page` are the source's own, `article` also its listings."""
_LabelForm = Literal["worded", "colon", "bare", "question"]
"""Why a label over links is one: by its words, by its colon, or only by the links below. A question
is one over what to do about an error.
"""

_DOCUMENT = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|rtf|odt|zip|rar|jpe?g|png|mp[34])$|"
    r"/(?:doc|file|download|upload|storage|media|bill|zakon|law)\w*/",
    re.IGNORECASE,
)

_SHARE_OR_AD = re.compile(
    r"\W*+(?:поделиться(?: новостью| стать[её]й)?(?: в соц\w*(?: сет\w+)?)?|бөлісу|"
    r"share(?: this(?: page)?)?|реклама|жарнама|advertisement|теги|тегтер|tags)\W*",
    re.IGNORECASE,
)
_THIS = re.compile(r"\b(?:this|эт[уоа]т?|бұл|осы)\b", re.IGNORECASE)
_HANDLE = re.compile(r"\(@[\w.]+\)")

_MAX_LABEL_CHARACTERS, _MAX_LABEL_WORDS = 150, 5
_MAX_BARE_LABEL_WORDS = 4
_MIN_TITLE_WORDS = 3
_MIN_UNKNOWN_TITLE_WORDS = 4
_MAX_NOTE_CHARACTERS, _MAX_LEGAL_CHARACTERS = 200, 500
_MAX_EMBED_WORDS = 10
_LINES_LOOKED_BACK = 6
"""Lines before one that may decide whether it is a link under a label."""
_TELLS_NO_WORDS = re.compile(
    r"\W*(?:как|что|где|кто|когда|почему|зачем)\b|.*лось\W*$|"
    r".*(?:байланыс|қатыс|маңыз|қызық|өзек)[тд][ыі]\W*$",
    re.IGNORECASE,
)
"""Labels that look as if they had a verb, or have one, but none of somebody's words."""
_LABEL_ENDS = (":", "–", "—", "-")
_SENTENCE_ENDS = ".!?…"
_TAIL = " .,;|→»…"
_PLACE = re.compile(r"\s*#[^\s!/]")
_COUNT = re.compile(r"\d[\d\s.,]*+[kкmм]?", re.IGNORECASE)
_MAX_COUNT_WORDS, _MAX_CAPTION_WORDS = 3, 40
_COUNTER_NAME = re.compile(
    r"(?<![a-z])(?:views?|viewed|count(?:s|er)?|hits?|likes?|shares?|comments?|rating)(?![a-z])",
    re.IGNORECASE,
)
_ICON_TAGS = ("i", "svg", "img", "use", "span")
_CELLS = frozenset({"li", "td", "th", "dd", "dt"})


def furniture(line: Line, page: Page) -> Furniture | None:
    """What a line is by itself, if it is no text; None of text."""
    if labelled_tags(line.text):
        return "tags"
    if is_time_note(line.text):
        return "time"
    if line.text_links and _is_related(line, page):
        return "related"
    if len(line.text) > _MAX_NOTE_CHARACTERS:
        is_short = len(line.text) <= _MAX_LEGAL_CHARACTERS
        return "rights" if is_short and is_rights_note(line.text) else None
    places = _places(line)
    if label := _label(line, page, places):
        return label
    if is_error_report(line.text):
        return "error report"
    if _is_embed(line, places):
        return "embed"
    return "invitation" if _is_invitation(line, page, places) else None


def _label(line: Line, page: Page, places: frozenset[Place | None]) -> Furniture | None:
    """What a line is, if it is nothing but a label, with or without links or a title behind it."""
    if not line.text_links and reads_also(line.text):
        return "related"
    if _is_share(line, places):
        return "share"
    if _is_of_form(line) or (line.text_links and _is_tool(line, page)):
        return "tool"
    if _is_counted_by_icon(line):
        return "counter"
    label = site_label(line.text, page.site.source.names)
    if label == "rights":
        return None if is_credit_line(line.text) else label
    return None if label and label != "share" and _is_cell(line) else label


def text_lines(lines: list[Line], page: Page) -> list[Line]:
    """The lines of a text that are text; a label is text where no link follows it.

    So are links under a label that is none by its words, where they are most of the text, and
    labels that are known by their links alone, where there are several: a digest has such.
    """
    sure = _labelled_times(lines) | _contents(lines)
    sure.update(at for at, line in enumerate(lines) if furniture(line, page))
    blocks = list(_blocks(lines, page))
    if sum(block.form == "bare" for block in blocks) > 1:
        blocks = [block for block in blocks if block.form != "bare"]
    by_form: set[int] = set()
    for block in blocks:
        (sure if block.form in ("worded", "question") else by_form).update(block.numbers)
    by_form -= sure
    if by_form:
        rest = (at for at in range(len(lines)) if at not in sure and at not in by_form)
        if _count(lines, by_form) <= _count(lines, rest):
            sure |= by_form
    return [line for at, line in enumerate(lines) if at not in sure] if sure else lines


def is_furniture(page: Page, at: int) -> bool:
    """Whether a page's line is no text, by itself or by its neighbours."""
    line = page.lines[at]
    if furniture(line, page) is not None or _labelled_times(page.lines[max(0, at - 1) : at + 2]):
        return True
    if line.is_text and line.words > _MAX_LABEL_WORDS:
        return False
    start = max(0, at - _LINES_LOOKED_BACK)
    return any(at - start in one.numbers for one in _blocks(page.lines[start : at + 2], page))


def tags_in(page: Page, one: HtmlElement, other: HtmlElement) -> tuple[str, ...]:
    """The tags in hashtags and labelled lines of the innermost element around both elements, where
    this is not the whole page.
    """
    above = {other, *other.iterancestors()}
    scope = next((e for e in (one, *one.iterancestors()) if e in above), None)
    if scope is None or scope.tag in ("body", "html"):
        return ()
    tags = (
        tag for line in page.lines
        if (found := labelled_tags(line.text)) and line.is_inside(scope)
        for tag in found
    )  # fmt: skip
    return tuple(sorted(set(tags)))


def is_named_caption(line: Line) -> bool:
    """Whether a line is a picture's caption by the class of its own element."""
    return line.words <= _MAX_CAPTION_WORDS and "caption" in line.element.get("class", "").lower()


def names_documents(line: Line, page: Page) -> bool:
    """Whether a line has links, and these lead to files or other sites, but no networks."""
    return _places(line) == {None} and _targets(line, page) <= {"file", "elsewhere"}


def _labelled_times(lines: list[Line]) -> set[int]:
    """The numbers of lines that are the label of the time in the next one, and of these times."""
    labels = (
        at
        for at, line in enumerate(lines[:-1])
        if time_label(line.text) in ("published", "modified") and is_date_line(lines[at + 1].text)
    )
    return {at for label in labels for at in (label, label + 1)}


def _contents(lines: list[Line]) -> set[int]:
    """The numbers of lines that are a link to a place on the page, named as a later line is."""
    linked = {
        at: line.text
        for at, line in enumerate(lines)
        if line.text_links
        and line.is_link
        and all(_PLACE.match(link.get("href") or "") for link in line.text_links)
    }
    if not linked:
        return set()
    last = {line.text: at for at, line in enumerate(lines)}
    return {at for at, text in linked.items() if last[text] > at}


@dataclass(frozen=True, slots=True)
class _Block:
    """A label with the lines of links below it."""

    form: _LabelForm
    numbers: range


def _blocks(lines: list[Line], page: Page) -> Iterator[_Block]:
    at = 0
    while at < len(lines):
        end = at + 1
        if form := _label_form(lines[at]) if _may_be_above(lines, at) else None:
            while end < len(lines) and _is_under(lines[end], lines[at], form, page):
                end += 1
            if end > at + 1 or (form == "worded" and end == len(lines)):
                yield _Block(form, range(at, end))
        at = end


def _may_be_above(lines: list[Line], at: int) -> bool:
    """Whether a link, an answer or nothing follows a line: else it is no label."""
    after = lines[at + 1 : at + 2]
    return not after or bool(after[0].text_links) or lines[at].text[-1] == "?"


def _label_form(line: Line) -> _LabelForm | None:
    """What a line is a label by, if links follow it."""
    if line.words > _MAX_LABEL_WORDS + 1:
        return None
    if is_related_label(line.text):
        return "worded"
    if line.text.endswith("?"):
        return "question"
    if line.text_links or not _may_be_label(line.text):
        return None
    if is_credit_line(line.text) or is_author_line(line.text):
        return None
    if line.text.endswith((":", "：")):
        return "colon"
    is_bare = line.words <= _MAX_BARE_LABEL_WORDS and line.text[-1] not in _SENTENCE_ENDS
    return "bare" if is_bare else None


def _is_under(line: Line, label: Line, form: _LabelForm, page: Page) -> bool:
    """Whether a line is a link, with nothing but a date or a number beside, that a label of this
    form may stand over.
    """
    if form == "question":
        return is_error_report(f"{label.text} {line.text}")
    if not line.text_links or re.search(r"[^\W\d]{2,}", line.outside_links):
        return False
    if form == "worded":
        return "file" not in _targets(line, page)
    is_title = line.words >= _MIN_TITLE_WORDS and line.text[-1] not in ".;"
    return is_title and _targets(line, page) == {"article"}


def _count(lines: list[Line], numbers: Iterable[int]) -> int:
    return sum(lines[at].words for at in numbers)


def _places(line: Line) -> frozenset[Place | None]:
    """Where on networks the links of a line lead; with None where one leads elsewhere."""
    return frozenset(network_place(link.get("href") or "") for link in line.text_links)


def _targets(line: Line, page: Page) -> frozenset[_Target]:
    """Where the links of a line lead, apart from those to the page itself."""
    found = (_target(link.get("href") or "", page) for link in line.text_links)
    return frozenset(target for target in found if target is not None)


def _target(href: str, page: Page) -> _Target | None:
    url = page.own_link(href)
    if url is None:
        return "file" if _DOCUMENT.search(href) else "elsewhere"
    if url == page.url:
        return None
    if _is_article_or_listing(url, page):
        return "article"
    return "file" if _DOCUMENT.search(urlsplit(url).path) else "page"


def _is_article_or_listing(url: str, page: Page) -> bool:
    source = page.site.source
    listings = (way for way in source.finding if isinstance(way, Listings))
    return article_address(url, source) is not None or any(
        is_listing_link(url, source, way.links) for way in listings
    )


def _is_related(line: Line, page: Page) -> bool:
    """Whether a line is a label with links to other articles, and nothing else."""
    label, title = _label_and_title(line)
    if not title:
        return False
    if is_related_label(label):
        return "file" not in _targets(line, page)
    if leads_to_more(label):
        return _targets(line, page) in ({"article"}, {"page"})
    if not _may_be_label(label) or not _may_be_title(title) or _is_list_item(line):
        return False
    if is_credit_line(line.text) or is_author_line(line.text):
        return False
    targets = _targets(line, page)
    has_colon = label.endswith((":", "："))
    is_short = len(words(label)) <= _MAX_BARE_LABEL_WORDS
    if targets == {"article"}:
        is_apart = is_short and label[0].isupper() and line.text[-1] not in ".,;"
        return has_colon or (is_apart and _is_headline(title, _MIN_TITLE_WORDS))
    return (
        "page" in targets
        and targets <= {"page", "article"}
        and (has_colon and is_short and line.outside_links != "")
        and _is_headline(title, _MIN_UNKNOWN_TITLE_WORDS)
    )


def _may_be_label(text: str) -> bool:
    """Whether a text is a few words without a verb, or with one of our own: «Ранее мы писали:», or
    in a question: «Как это было:». Other verbs come before somebody's words.
    """
    if len(text) > _MAX_LABEL_CHARACTERS or not 0 < len(words(text)) <= _MAX_LABEL_WORDS:
        return False
    return not has_finite_verb(text) or says_we(text) or bool(_TELLS_NO_WORDS.match(text))


def _may_be_title(text: str) -> bool:
    """Whether a link's text begins as a title does, not in the middle of a sentence."""
    return not next((letter for letter in text if letter.isalnum()), "a").islower()


def _label_and_title(line: Line) -> tuple[str, str]:
    """The words before a line's links, and the rest; both empty where other words follow these.

    Of a line that is all a link, the words up to its first colon.
    """
    outside = line.outside_links.rstrip(_TAIL)
    if outside:
        is_before = line.text.startswith(outside)
        return (outside, line.text[len(outside) :].strip()) if is_before else ("", "")
    before, colon, after = line.text.partition(":")
    return (before + colon, after.strip()) if colon else ("", "")


def _is_headline(title: str, least: int) -> bool:
    """Whether a link's text is more than names: some word after the first is not capitalised."""
    parts = title.split()
    return len(parts) >= least and any(word.islower() and len(word) > 3 for word in parts[1:])


def _is_list_item(line: Line) -> bool:
    """Whether a line is one of several items of a list, or cells of a table."""
    element = line.element
    parent = element.getparent()
    if element.tag not in _CELLS or parent is None:
        return False
    return sum(other.tag == element.tag for other in parent) > 1


def _is_of_form(line: Line) -> bool:
    """Whether a line names a field of a form."""
    return line.inside.tag == "label" or line.element.tag == "label"


def _is_counted_by_icon(line: Line) -> bool:
    """Whether a line is a number beside an icon, such as an eye or a heart, or in an element that
    is named for what it counts.
    """
    if line.words > _MAX_COUNT_WORDS or not _COUNT.fullmatch(line.text) or _is_cell(line):
        return False
    names = f"{line.element.get('class', '')} {line.inside.get('class', '')}"
    inner = line.element.iter(*_ICON_TAGS)
    return bool(_COUNTER_NAME.search(names)) or any(text_up_to(one, 0) == "" for one in inner)


def _is_cell(line: Line) -> bool:
    return any(one.tag in ("td", "th", "tr") for one in (line.element, line.inside))


def _is_share(line: Line, places: frozenset[Place | None]) -> bool:
    """Whether a line is a share label, alone or with its links, such links, or marks an ad."""
    if places == {"share"}:
        return True
    return bool(_SHARE_OR_AD.fullmatch(line.outside_links)) and (
        bool(line.text_links) or bool(_SHARE_OR_AD.fullmatch(line.text))
    )


def _is_tool(line: Line, page: Page) -> bool:
    """Whether a line is nothing but links that do something with the page itself: print it."""
    return (
        line.is_link
        and line.words <= _MAX_LABEL_WORDS
        and line.text[-1] not in _SENTENCE_ENDS
        and all(_stays(link.get("href"), page) for link in line.text_links)
    )


def _stays(href: str | None, page: Page) -> bool:
    """Whether a link does something with the page itself, and leads to no place on it."""
    if href is None or href.strip().lower().startswith("javascript:"):
        return href is not None
    url, _, place = href.partition("#")
    own = page.own_link(url) or ""
    return not place and (not url or urlsplit(own).path == urlsplit(page.url).path)


def _is_embed(line: Line, places: frozenset[Place | None]) -> bool:
    """Whether a line is what a network writes beside a post that is shown on a page: not the post's
    own text, which may be quoted.
    """
    text = line.text
    if line.words > _MAX_EMBED_WORDS or not places <= {"post", "channel"}:
        return False
    says_this = _THIS.search(text) is not None and NETWORK_NAME.search(text) is not None
    is_signed = _HANDLE.search(text) is not None
    if not line.text_links:
        return says_this and text[-1] not in _SENTENCE_ENDS
    if says_this or is_signed or NETWORK_NAME.search(text) or text[0] in "@♬":
        return (line.is_link or is_signed) and (
            _is_quoted(line) or (line.is_link and says_this and "post" in places)
        )
    return False


def _is_quoted(line: Line) -> bool:
    return any(one.tag == "blockquote" for one in (line.element, *line.element.iterancestors()))


def _is_invitation(line: Line, page: Page, places: frozenset[Place | None]) -> bool:
    """Whether a line invites to the source's channels, with links to these or to its own pages, or
    is nothing but a label with links to shops of applications.
    """
    if places == {"shop"} and _is_labelled_bar(line):
        return True
    is_elsewhere = None in places
    return (
        "post" not in places
        and is_invitation(
            line.text,
            page.site.source.names,
            is_linked=bool(places) and not is_elsewhere,
            is_link=line.link_share > 0.9,
        )
        and not (is_elsewhere and not _targets(line, page) <= {"page"})
        and not is_credit_line(line.text)
    )


def _is_labelled_bar(line: Line) -> bool:
    """Whether a line is links with no words between, alone or after a short label."""
    if line.text[-1] in _SENTENCE_ENDS or has_finite_verb(line.text):
        return False
    label, _ = _label_and_title(line)
    is_label = label.endswith(_LABEL_ENDS) and len(words(label)) <= _MAX_LABEL_WORDS
    return is_label or line.is_link
