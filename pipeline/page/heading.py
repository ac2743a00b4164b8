"""The page's own heading, and titles without the site's name."""

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from pipeline.model.source import Source, TextLayout
from pipeline.normalize.addresses import article_address
from pipeline.normalize.characters import one_line
from pipeline.normalize.words import words
from pipeline.page.lines import is_shown, lines_text
from pipeline.page.page import Page

_MAX_NAME_PARTS = 10
_SEPARATOR = re.compile(r"\s+[|–—:·•/»>~-]{1,2}\s+|\s*[|｜：]\s*")
_NAME_BEFORE_TITLE = re.compile(r"([^:.]+(?:\.\w+)*)([:.])\s+(?=[«“\"]?[^\W\d_])(?=\S+\s)")
_SENTENCE_BEFORE_NAME = re.compile(r"(?<![\s:])[.:!?…](?!:)[»”\"]?\s+")
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})[.:]$|(?<=[\d»”\"])[.:]$")
"""Not that of an abbreviation such as «г.», nor one of three."""
_MAY_SEPARATE = re.compile("[|–—:·•/»>~｜：-]")
_AGE = r"(?:0|6|12|16|18|21)\+"
_AGE_MARK = re.compile(rf"[(\[]?{_AGE}[)\]]?")
_AGE_MARK_BEFORE = re.compile(rf"{_AGE}\s+(?=[^\W\d_]|[«“\"])")
_AGE_MARK_AROUND = re.compile(rf"^\s*[(\[]{_AGE}[)\]]\s*|\s*[(\[]{_AGE}[)\]]\s*$")
_AGE_MARK_BEHIND = re.compile(rf"\s+(?P<mark>[(\[]{_AGE}[)\]]|{_AGE})$")
_BADGES = frozenset(
    " ".join(words(badge))
    for badge in (
        "эксклюзив", "эксклюзивно", "срочно", "срочная новость", "молния", "важно", "обновлено",
        "обновляется", "дополнено", "онлайн", "прямой эфир", "прямая трансляция",
        "жедел", "шұғыл", "жедел хабар", "маңызды", "жаңартылды", "толықтырылды", "тікелей эфир",
        "breaking", "breaking news", "exclusive", "urgent", "just in", "live", "updated",
        "developing", "watch live", "online",
    )
)  # fmt: skip
"""What newsrooms put before or after a title, and no title begins or ends with."""
_PERHAPS_BADGES = frozenset(
    " ".join(words(badge))
    for badge in (
        "видео", "фото", "аудио", "фоторепортаж", "инфографика", "интервью", "опрос", "мнение",
        "репортаж", "аналитика", "обзор", "спецпроект", "реклама", "на правах рекламы", "подкаст",
        "партнёрский материал", "главное", "новость",
        "бейне", "сурет", "сұхбат", "пікір", "сараптама", "шолу", "жарнама", "арнайы жоба",
        "video", "photo", "photos", "audio", "gallery", "infographic", "interview", "opinion",
        "analysis", "report", "special report", "review", "podcast", "sponsored", "advertisement",
        "new", "news",
    )
)  # fmt: skip
_MAX_BADGE_WORDS = 2
_MAX_BADGE_CHARACTERS = 30
_BARS = ("|", "｜")
_PATH_MARKS = ("/", "//", "»", ">", "::")
"""What parts a rubric from a title only where it parts the site's name too."""
_WORDS_OF_ANY_SITE = frozenset(words(
    "главная страница официальный сайт портал новости новость добро пожаловать на и"
    " басты бет ресми сайты жаңалықтар порталы ақпараттық"
    " home main page official website site portal news welcome to the of and"
))  # fmt: skip
_TITLE_NAMES = frozenset({"og:title", "twitter:title"})
_HOME = re.compile(r"(?:(?:https?:)?//[^/?#]+)?/(?:[a-z]{2}(?:-[A-Za-z]{2})?/?)?|https?://[^/?#]+")
_MIN_SHARED_WORDS = 0.6
"""Of the words of the shorter of two titles."""
_MAX_SECTION_WORDS = 4
_MAX_RUBRIC_WORDS = 3
_MAX_SECTION_CHARACTERS = 40


def own_heading(page: Page, names: list[str]) -> HtmlElement | None:
    """The element of the page's title, by `names`, the titles in its head. Hidden ones don't count,
    nor do links to the site's home page.

    The first h1 that is like one of them, else the only h1; on a page without h1, the first h2
    or h3 that one of them begins with.
    """
    first = _headings(page, "h1")
    if len(first) == 1:
        return first[0][0]
    named = [words(name) for name in names]
    for heading, text in first:
        if any(alike(words(text), name) for name in named):
            return heading
    lower = _headings(page, "h2", "h3") if not first else []
    for heading, text in lower:
        if any(begins_with(name, words(text)) for name in named):
            return heading
    return None


def _text(heading: HtmlElement) -> str:
    return lines_text(heading) if len(heading) else one_line(heading.text or "")


def heading_text(page: Page, element: HtmlElement) -> str:
    """The text of the page's heading without badges, as `without_badges`."""
    return without_badges(page, element, _text(element))


def without_badges(page: Page, element: HtmlElement, text: str) -> str:
    """The text of a heading without labels in elements of their own at its start and end: age marks
    such as «18+», what the titles in the page's head lack, words such as «Эксклюзив», and, where
    the head does not tell, one or two words without a space between them and the title.
    """
    text = _without_age_behind(_without_age_before(text), page)
    if not len(element):
        return text
    names: list[list[str]] | None = None
    for inner in element.iterdescendants(etree.Element):
        badge = one_line("".join(inner.itertext()))
        rest = _without(badge, text) if 0 < len(badge) <= _MAX_BADGE_CHARACTERS else text
        if rest == text:
            continue
        if not _AGE_MARK.fullmatch(badge):
            names = [words(name) for name in head_names(page)] if names is None else names
            if not _is_badge(inner, badge, text, rest, names):
                continue
        text = rest
    return text


def _is_badge(inner: HtmlElement, badge: str, text: str, rest: str, names: list[list[str]]) -> bool:
    """Whether an element's text is a badge beside the `rest` of a heading's `text`; `names` are the
    titles in the head, as words.
    """
    label, title = words(badge), words(rest)
    if len(title) < 2:
        return False
    is_before = text.endswith(rest)
    parts = rest.lstrip("«“\"'(") if is_before else badge
    begins = parts[:1].isupper() or parts[:1].isdigit()
    if begins and " ".join(label) in _BADGES:
        return True
    if any(_begins(name, words(text)) for name in names):
        return False
    if any(_begins(name, title) for name in names):
        return True
    if not begins or not any(map(str.isalpha, badge)):
        return False
    is_short = len(label) <= _MAX_BADGE_WORDS
    return " ".join(label) in _PERHAPS_BADGES or (is_short and _is_glued(inner, is_before))


def _is_glued(inner: HtmlElement, is_before: bool) -> bool:
    """Whether no space and no line break stands between an element and what comes after or before
    it in its heading.
    """
    own = "".join(inner.itertext())
    if is_before:
        after = inner.getnext()
        beside = inner.tail or ("" if after is None else "".join(after.itertext()))
        return not (own[-1:].isspace() or beside[:1].isspace() or not beside)
    before = inner.getprevious()
    parent = inner.getparent()
    beside = (parent.text or "") if before is None and parent is not None else ""
    if before is not None:
        beside = before.tail or "".join(before.itertext())
    return not (own[:1].isspace() or beside[-1:].isspace() or not beside)


def _without_age_before(text: str) -> str:
    """A title without an age mark before its first word, which has a capital."""
    mark = _AGE_MARK_BEFORE.match(text)
    return text[mark.end() :] if mark and not text[mark.end()].islower() else text


def _without_age_behind(text: str, page: Page) -> str:
    """A title without an age mark behind it: one in brackets, or one that a title in the page's
    head lacks.
    """
    mark = _AGE_MARK_BEHIND.search(text)
    if mark is None:
        return text
    rest = text[: mark.start()]
    names = [words(name) for name in head_names(page)] if mark["mark"].endswith("+") else []
    is_mark = mark["mark"].endswith((")", "]")) or any(
        _begins(name, words(rest)) and not _begins(name, words(text)) for name in names
    )
    return rest if is_mark else text


def _without(badge: str, text: str) -> str:
    """A text without a label at its start or end, if that stands apart and is not all of it."""
    if text.startswith(f"{badge} "):
        return text[len(badge) :].strip()
    return text.removesuffix(f" {badge}").strip()


def _begins(name: list[str], start: list[str]) -> bool:
    return name[: len(start)] == start


def head_names(page: Page) -> list[str]:
    """The titles in the page's head in one line and in its order: `<title>`, Open Graph's and
    Twitter's.
    """
    found: list[str | None] = []
    for one in page.root.iter("meta", "title"):
        get = one.get
        if one.tag == "title":
            if next(one.iterancestors("head"), None) is not None:
                found.append(one.text)
        elif get("property") in _TITLE_NAMES or get("name") in _TITLE_NAMES:
            found.append(get("content"))
    return [line for name in found if name and (line := one_line(name))]


def names_section(text: str, page: Page) -> bool:
    """Whether a text is a section's name or a tag rather than an article's title: short, and the
    text of a link on the page that leads to no article; or a hashtag; or empty.
    """
    if not text.strip() or text.startswith("#"):
        return True
    wanted = words(text)
    if len(wanted) > _MAX_SECTION_WORDS or len(text) > _MAX_SECTION_CHARACTERS:
        return False
    labels = (
        "".join(link.itertext())
        for link in page.root.iter("a")
        if (href := link.get("href")) is not None and not _leads_to_article(page, href)
    )
    return any(words(label) == wanted for label in labels)


def _leads_to_article(page: Page, href: str) -> bool:
    """Whether a link leads to an article, to the page itself or to another site."""
    public = page.own_link(href)
    if public is None or public == page.url:
        return True
    return article_address(public, page.site.source) is not None


def names_only_site(text: str, source: Source) -> bool:
    """Whether a text is only the source's name, perhaps with words such as «главная страница» or
    "official website".
    """
    known = _words_beside_name(source)
    first, _, rest = text.partition(" ")
    return known.issuperset(words(first)) and known.issuperset(words(rest))


@lru_cache(maxsize=64)
def _words_beside_name(source: Source) -> frozenset[str]:
    return _WORDS_OF_ANY_SITE | _name_words(source)


def is_name_of(source: Source, text: str) -> bool:
    """Whether every word of a text is a word of the source's names."""
    return _name_words(source).issuperset(words(text))


@lru_cache(maxsize=64)
def _name_words(source: Source) -> frozenset[str]:
    return frozenset(word for name in _site_names(source) for word in words(name))


def own_title(candidates: Iterable[str | None], page: Page, heading: str | None) -> str | None:
    """The first of these titles that is more than the site's name, and without that name."""
    titles = (without_site_name(title, page, heading) for title in candidates if title)
    return next((title for title in titles if title), None)


def without_site_name(title: str, page: Page, heading: str | None) -> str | None:
    """A title without the site's name at either end, the rubric before that name, and an age mark
    in brackets; None if it is nothing but the site's name.

    The site's names are those among the source's facts and the page's `og:site_name`. Whatever
    follows the page's own heading and a separator counts as the site's name too.
    """
    source = page.site.source
    if names_only_site(title, source):
        return None
    if title != heading:
        title = _without_name_in_sentence(title, page)
    if heading and title.startswith(heading) and _SEPARATOR.match(title[len(heading) :]):
        return heading
    marks = _SEPARATOR.findall(title) if _MAY_SEPARATE.search(title) else []
    if not marks:
        return title if title == heading else _without_age_mark(title)
    given = page.metas.get("og:site_name", [])
    names = {_name_key(name) for name in (*_site_names(source), *given)}
    parts = _SEPARATOR.split(title)
    first, last = 0, len(parts)
    if title != heading and last > 1 and _is_name_before(parts[0], marks[0], page, names):
        first = 1
    for start in range(max(first + 1, last - _MAX_NAME_PARTS), last):
        if _name_key(_joined(parts, marks, start, last)) in names:
            last = start
            break
    if title == heading:
        return _joined(parts, marks, first, last)
    has_part_before_name = first + 1 < last < len(parts)
    if has_part_before_name and _is_rubric(parts[last - 1], marks[last - 2], marks[last - 1], page):
        last -= 1
    return _without_age_mark(_joined(parts, marks, first, last))


def _without_age_mark(title: str) -> str:
    return _without_age_before(_AGE_MARK_AROUND.sub("", title))


def _is_name_before(text: str, mark: str, page: Page, names: set[str]) -> bool:
    """Whether the first part of a title is the site's name, and not the first words of a title such
    as «Сенат – площадка диалога».
    """
    if _name_key(text) not in names:
        return False
    return mark.strip() in (*_BARS, *_PATH_MARKS) or _name_key(text) in _full_names(page)


def _full_names(page: Page) -> set[str]:
    """The names that are the site's alone, unlike «Сенат»."""
    source = page.site.source
    given = page.metas.get("og:site_name", [])
    return {_name_key(name) for name in (source.title, source.host, *source.names, *given)} - {""}


def _name_key(name: str) -> str:
    return name.casefold().strip(' «»“”"')


def _without_name_in_sentence(title: str, page: Page) -> str:
    """A title without the site's name and a colon or full stop before it, or a full stop and the
    name behind it: «Казахстанская правда: Мост открыт», «Мост открыт. Казахстанская правда».
    """
    if ". " not in title and ": " not in title and not _SENTENCE_BEFORE_NAME.search(title):
        return title
    full = _full_names(page)
    known = full | {name for name in _site_names(page.site.source) if " " in name}
    before = _NAME_BEFORE_TITLE.match(title)
    if before and _name_key(before[1]) in (full if before[2] == ":" else known):
        title = title[before.end() :]
    for found in _SENTENCE_BEFORE_NAME.finditer(title):
        start = title[: found.end()].rstrip()
        if _name_key(title[found.end() :]) in known and len(words(start)) > 1:
            return _FULL_STOP.sub("", start)
    return title


def _joined(parts: list[str], marks: list[str], first: int, last: int) -> str:
    """A range of a title's parts with the separators between."""
    between = [*marks[first : last - 1], ""]
    return "".join(part + mark for part, mark in zip(parts[first:last], between, strict=True))


def _is_rubric(text: str, before: str, after: str, page: Page) -> bool:
    """Whether the part of a title before the site's name is a rubric: it is short, and stands
    behind a bar or between two marks of a path, or is the text of a link on the page to no article.
    """
    is_short = len(words(text)) <= _MAX_RUBRIC_WORDS and text[:1].isupper()
    mark = before.strip()
    is_parted = mark in _BARS or (mark in _PATH_MARKS and mark == after.strip())
    return is_short and (is_parted or names_section(text, page))


def _site_names(source: Source) -> set[str]:
    names = {source.title, source.host, *source.names}
    for layout in source.layouts:
        names |= set(layout.site_names) if isinstance(layout, TextLayout) else set()
    return names


def _headings(page: Page, *tags: str) -> list[tuple[HtmlElement, str]]:
    """The elements with these tags that may be its heading, each with its text."""
    source = page.site.source
    return [
        (e, text)
        for e in page.root.iter(*tags)
        if is_shown(e)
        and (text := _text(e))
        and not names_only_site(text, source)
        and not _leads_home(e, text)
    ]


def _leads_home(heading: HtmlElement, text: str) -> bool:
    """Whether a heading with this text is a link to a home page, as a site's logo is."""
    link = next(heading.iterancestors("a"), None)
    if link is None:
        link = next(heading.iter("a"), None)
        if link is None or words(lines_text(link)) != words(text):
            return False
    return _HOME.fullmatch(link.get("href", "").strip()) is not None


def begins_with(title: list[str], start: list[str]) -> bool:
    """Whether a title begins with another one, both as words, which has three words or more."""
    return len(start) >= 3 and title[: len(start)] == start


def alike(heading: list[str], name: list[str]) -> bool:
    """Whether two titles, as words, are the same one: one begins with the other, or they share most
    of the shorter one's words.
    """
    if not heading or not name:
        return False
    if heading == name or begins_with(name, heading) or begins_with(heading, name):
        return True
    shared = len(set(heading) & set(name))
    return shared >= 2 and shared >= _MIN_SHARED_WORDS * min(len(set(heading)), len(set(name)))
