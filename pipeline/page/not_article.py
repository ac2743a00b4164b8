"""Pages that are no articles: a challenge, a soft 404, a list, pictures without text."""

import re
from typing import Literal

from lxml.html import HtmlElement

from pipeline.model.fields import Fields
from pipeline.model.source import ClassLayout
from pipeline.normalize.addresses import article_address
from pipeline.normalize.words import words
from pipeline.page import json_ld
from pipeline.page.heading import is_name_of, names_only_site, names_section
from pipeline.page.lines import Line, has_line, is_shown, lines_text
from pipeline.page.page import Page
from pipeline.page.teasers import Teasers
from pipeline.times.dates import has_impossible_date

NoArticle = Literal["soft-404", "server-error", "maintenance", "blank", "shell"]
"""What a page without an article may be; only the first says that there is none (any more)."""

_PAGE = (
    r"(?:страниц[аы]|материала?|новост[ьи]|стать[яи]|публикаци[яи]|"
    r"бет|парақ|парақша|мақала|жаңалық|жарияланым|"
    r"page|article|material|news item|story|publication)"
)
_IS_ABSENT = (
    r"(?:не (?:был[ао]? )?(?:найден[ао]?|обнаружен[ао]?|существует)|отсутствует|(?:у нас )?нет|"
    r"(?:был[ао]? )?(?:удал[её]н[ао]?|снят[ао]? с (?:публикации|сайта))|"
    r"больше (?:не существует|не ?доступ\w+)|"
    r"табылмады|табылған жоқ|(?<!жаңалық )жоқ|жойыл(?:ды|ған)|өшіріл(?:ді|ген)|"
    r"(?:(?:жарияланымнан|сайттан) )?(?:алын(?:ды|ған)|(?:алып|алынып) тастал(?:ды|ған))|"
    r"(?:(?:is|was|has been|may have been) )?(?:not found|removed|deleted|unpublished|withdrawn)|"
    r"(?:could(?: not|n['’]t)|can(?:not|['’]t)) be found|does(?: not|n['’]t) exist|"
    r"(?:is )?no longer (?:available|exists?|here))"
)
_ABSENT = re.compile(
    rf"\W{{0,20}}(?:(?:упс|ой|увы|oops|sorry|к сожалению|извините|простите|кешіріңіз|өкінішке орай|"
    rf"ошибка|error|қате|http|status|404|410)\b\W*)*"
    rf"(?:(?:\w[\w-]* ){{0,4}}?{_PAGE} (?:\w+ ){{0,4}}?{_IS_ABSENT}|"
    rf"нет такой страницы|(?:we )?(?:could(?: not|n['’]t)|can(?:not|['’]t)) find (?:that|the) page|"
    rf"ничего не найдено|not found|gone|(?<=404 )error|(?<=ошибка )404|404|410)\b"
    rf"(?: (?:с сайта|автором|редакцией|on this (?:server|site)|"
    rf"по (?:этому|данному|решению|требованию|просьбе) [\w ]{{3,40}}|"
    rf"(?:или|немесе|or) [\w ]{{3,40}}))?(?=\W*$|\s*[|–—.!-])",
    re.IGNORECASE,
)
"""The beginning of a text that says that a page is not there (any more)."""
_MAINTENANCE = re.compile(
    r"(?:технически\w+|профилактически\w+|регламентн\w+|планов\w+|ремонтн\w+) работ|"
    r"техническ\w+ обслуживани|"
    r"(?:сайт|портал|сервис|ресурс|страница)\s(?:\w+\s){0,2}?(?:недоступ|не работает|закрыт|отключ|"
    r"на реконструкции|в разработке|обновляется)|временно (?:недоступ|не работает|приостановлен)|"
    r"мы скоро верн[её]мся|скоро вернемся|"
    r"техникалық (?:жұмыс|қызмет|себеп)|профилактикалық жұмыс|жөндеу жұмыстары|"
    r"уақытша (?:қолжетімсіз|қол жетімсіз|жұмыс істемей|жабық|тоқтат)|"
    r"\bmaintenance\b|temporarily (?:unavailable|down|offline|closed)|"
    r"be (?:right )?back (?:soon|shortly|online)|under construction|undergoing",
    re.IGNORECASE,
)
_ERROR_DUMP = re.compile(
    r"\b(?:fatal|parse|syntax) error\b.{0,400}?\bon line \d+|\bPHP (?:fatal|parse) error|"
    r"\bSQLSTATE\[|\bORA-\d{5}\b|Traceback \(most recent call last\)|\bStack trace:|"
    r"\bUncaught [\w\\]*(?:Error|Exception)\b|error establishing a database connection|"
    r"Server Error in '/",
    re.IGNORECASE,
)
"""What a program leaves on a page where it breaks off."""
_ERROR_MARKS = ("rror", "SQLSTATE[", "ORA-", "Traceback (", "Stack trace:", "Uncaught ")
"""One of these stands in each of them."""
_WARNING_DUMP = re.compile(
    r"(?:PHP )?(?:warning|notice|deprecated|strict standards)\s*: .{3,400} on line \d+\W*",
    re.IGNORECASE,
)
_SERVER_ERROR = re.compile(
    r"\W{0,20}(?:(?:http|error|ошибка|қате)\b\W*)*(?:50\d\b|internal server error|bad gateway|"
    r"gateway time-?out|service (?:temporarily )?unavailable|database error|runtime error|"
    r"(?:внутренняя )?ошибка (?:сервера|приложения|(?:\w+ ){0,3}баз\w+)|"
    r"ошибка (?:подключения|соединения)|(?:ішкі )?сервер\w*(?: ішкі)? қате|"
    r"something went wrong|whoops|что-то пошло не так|произошла ошибка|an error (?:has )?occurred)",
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
_PLAYERS = re.compile(r"youtube|youtu\.be|vimeo|rutube|vk\.com/video|dailymotion|/embed/|player")
_MAX_NOTICE_CHARACTERS = 1_000
_MIN_GALLERY_PICTURES = 3
_MIN_RUNNING_LINE_WORDS = 12
_MAX_DATE_CHARACTERS = 60
_MAX_NAME_WORDS = 4
"""Of a site's name behind a title, with the mark between."""
_FOOTER_WORDS = 50
"""A page with less running text than this has none of its own: a footer may have that much."""


def is_challenge(text: str) -> bool:
    """Whether a page is a bot check that a browser has to pass before it gets the real page."""
    return bool(_CHALLENGE.search(text[:50_000]))


def says_only_not_found(text: str) -> bool:
    """Whether a text is nothing but "not found"; «404-я школа открылась» is an article's title."""
    found = _ABSENT.match(text.strip())
    return found is not None and not re.search(r"\w", text.strip()[found.end() :])


def says_absent(text: str) -> bool:
    """Whether the first words of a text say that a page is not there, not by a number alone."""
    found = _ABSENT.match(text.strip())
    return found is not None and len(re.findall(r"[^\W\d]{2,}", found[0])) >= 2


def is_error(text: str) -> bool:
    """Whether a text is what a program leaves of a page where it breaks off."""
    return any(mark in text for mark in _ERROR_MARKS) and bool(_ERROR_DUMP.search(text))


def is_warning(line: str) -> bool:
    """Whether a line is a program's warning, after which the page goes on."""
    return bool(_WARNING_DUMP.fullmatch(line))


def is_maintenance(text: str) -> bool:
    """Whether a text says that the site is being worked on."""
    return bool(_MAINTENANCE.search(text[:_MAX_NOTICE_CHARACTERS]))


def why_no_article(page: Page, fields: Fields) -> NoArticle | None:
    """What a page answered with 200 is, without title, date or body, that is no article's.

    `soft-404` only where it shows that there is no such page: in its title or heading or, with next
    to no running text, in any line; what is hidden says nothing. Else nothing is known of the
    article. `shell` is the site's frame alone, as a site may answer an address that it does not
    know.
    """
    titles = [one.text for one in page.root.iter("title") if one.text and _is_of_page(one)]
    headings = [line.text for line in page.lines if _is_first_heading(line)]
    lines = [line.text for line in page.lines if line.is_text and line.landmark is None]
    if any(map(is_error, lines)):
        return "server-error"
    found = [fields.title] if fields.title in {line.text for line in page.lines} else []
    if any(_is_absence(text, page) for text in (*found, *titles, *headings)):
        return "soft-404"
    if not page.lines:
        return "blank"
    if _running_words(page) >= _FOOTER_WORDS:
        return None
    if any(_SERVER_ERROR.match(text) for text in (*titles, *lines)):
        return "server-error"
    if any(map(is_maintenance, (*titles, *lines))):
        return "maintenance"
    if any(map(says_absent, lines)):
        return "soft-404"
    is_without = fields.published is None or (fields.title is None and not fields.paragraphs)
    if not is_without or _has_layout_element(page) or any(map(_is_impossible_date, lines)):
        return None
    return "shell" if _names_only_itself(page, titles, lines) else None


def _is_impossible_date(line: str) -> bool:
    """Whether a line is what should be an article's date, such as 31.02.2026: no frame has one."""
    return len(line) <= _MAX_DATE_CHARACTERS and has_impossible_date(line)


def _is_of_page(title: HtmlElement) -> bool:
    """Whether a `<title>` is the page's, not that of a picture or in a template."""
    parent = title.getparent()
    return parent is None or parent.tag == "head" or is_shown(parent)


def _is_absence(heading: str, page: Page) -> bool:
    """Whether a title says that the page is not there, and besides only whose page it is."""
    heading = heading.strip()
    found = _ABSENT.match(heading)
    if found is None:
        return False
    rest = heading[found.end() :]
    if names_only_site(rest, page.site.source) or says_only_not_found(rest):
        return True
    goes_on = rest.lstrip()[:1] in ".!" or len(rest.split()) <= _MAX_NAME_WORDS
    return goes_on and says_absent(heading)


def _names_only_itself(page: Page, titles: list[str], lines: list[str]) -> bool:
    """Whether a page is called by the site's name, or shows it in a line of its own."""
    source = page.site.source
    return any(words(text) and names_only_site(text, source) for text in titles) or any(
        words(line) and is_name_of(source, line) for line in lines
    )


def _is_first_heading(line: Line) -> bool:
    return any(above.tag == "h1" for above in (line.element, *line.element.iterancestors()))


def _running_words(page: Page) -> int:
    """The words of the page's lines of running text, without those of teasers."""
    teasers = page.once(Teasers)
    return sum(
        line.words
        for line in page.lines
        if line.is_text
        and line.landmark is None
        and line.words >= _MIN_RUNNING_LINE_WORDS
        and not teasers.contains(line)
    )


def _has_layout_element(page: Page) -> bool:
    """Whether the page has the title's or body's element of one of the source's layouts."""
    layouts = (one for one in page.site.source.layouts if isinstance(one, ClassLayout))
    selectors = (name for one in layouts for name in (*one.title, *one.body))
    return bool(page.elements(*selectors))


def is_listing(page: Page) -> bool:
    """Whether a page has the name of a section for its heading, and links to other articles."""
    source = page.site.source
    headings = [lines_text(one) for one in page.root.iter("h1") if is_shown(one)]
    own = [text for text in headings if text and not is_name_of(source, text)]
    if not any(names_section(text, page) for text in own):
        return False
    found = (article_address(link, source) for link in page.own_links())
    return any(other is not None and other.url != page.url for other in found)


def has_text_elsewhere(page: Page) -> bool:
    """Whether the element that a layout names for the text is empty, or a frame of the source's own
    that is no player stands in the page.
    """
    layouts = (one for one in page.site.source.layouts if isinstance(one, ClassLayout))
    bodies = page.elements(*(name for one in layouts for name in one.body))
    if bodies and not any(map(has_line, bodies)):
        return True
    frames = (one.get("src") or "" for one in page.root.iter("iframe"))
    return any(
        src and page.own_link(src) not in (None, page.url) and not _PLAYERS.search(src)
        for src in frames
    )


def media(page: Page) -> Literal["video", "gallery"] | None:
    """`video` for an article with a player, `gallery` for one with at least three pictures."""
    types = page.metas.get("og:type", [])
    frames = page.selector.xpath("//main//iframe/@src | //article//iframe/@src").getall()
    nodes = page.once(json_ld.nodes)
    is_video = (
        any("video" in kind for kind in types)
        or any(_PLAYERS.search(source) for source in frames)
        or next(page.root.iter("video"), None) is not None
        or any(json_ld.has_type(node, re.compile("^VideoObject$")) for node in nodes)
    )
    if is_video:
        return "video"
    pictures = page.selector.xpath(
        "(//h1)[1]/following::*[(self::img or @data-src) and not(ancestor::a)"
        " and not(ancestor::footer) and not(ancestor::aside)]"
    )
    return "gallery" if len(pictures) >= _MIN_GALLERY_PICTURES else None
