"""Pages of the Senate: the order of their text is known, their markup is not.

So each page has one of three markups with names that mean nothing: `rows` (h1 and p in nested
rows), `breaks` (h2, and all paragraphs in one element with line breaks), `spans` (no heading and no
paragraph elements at all).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from seeds.pieces import CULTURES, Release

SITE = "https://senate.parlam.kz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands on every page of one language."""

    name: tuple[str, ...]
    news: str
    share: str
    rights: str


WORDS = {
    "ru": Words(
        name=("Сенат", "Парламента", "Республики Казахстан"),
        news="Новости",
        share="Поделиться",
        rights="Официальный сайт Сената Парламента Республики Казахстан",
    ),
    "kk": Words(
        name=("Қазақстан Республикасы", "Парламентінің Сенаты"),
        news="Жаңалықтар",
        share="Бөлісу",
        rights="Қазақстан Республикасы Парламенті Сенатының ресми сайты",
    ),
    "en": Words(
        name=("Senate", "of the Parliament", "of the Republic of Kazakhstan"),
        news="News",
        share="Share this",
        rights="Official website of the Senate of the Parliament of the Republic of Kazakhstan",
    ),
}


def release_page(release: Release, languages: Collection[str], latest: Sequence[Release]) -> str:
    """The page of one release; its number exists in `languages`, `latest` is a list beside it."""
    content = {"rows": _rows, "breaks": _breaks, "spans": _spans}[release.style](release)
    return _page(
        language=release.language,
        title=release.title,
        content=f"{content}\n{_latest(release.language, latest)}",
        switcher=_switcher(release, languages),
    )


def news_list(
    language: str, listed: Sequence[Release], dead: Sequence[tuple[str, str, date]] = ()
) -> str:
    """The list of news; `dead` are links (path, title, day) to addresses without a release."""
    links = [(release.path, release.title, release.published) for release in listed]
    rows = "\n".join(
        f'<div class="nw-3f"><a href="{path}">{escape(title, quote=False)}</a>'
        f"<span>{_day(day)}</span></div>"
        for path, title, day in sorted([*links, *dead], key=lambda link: link[2], reverse=True)
    )
    words = WORDS[language]
    return _page(
        language=language, title=words.news, content=f'<h1 class="t-a1">{words.news}</h1>\n{rows}'
    )


def front_page(language: str, newest: Sequence[Release]) -> str:
    """The front page: some newest releases, the leadership, links that are no news."""
    culture = CULTURES[language]
    cards = "\n".join(
        f'<article><a href="{release.path}"><span>{escape(release.title, quote=False)}</span>'
        f"<small>{_day(release.published)}</small></a></article>"
        for release in newest
    )
    more = f'<a class="lnk-5" href="/{culture}/news">{WORDS[language].news}</a>'
    return _page(
        language=language,
        title=" ".join(WORDS[language].name),
        content=f'<div class="gr-7e">\n{cards}\n</div>\n{more}\n'
        f'<a href="/{culture}/about/deputies/921">921</a>',
    )


def shell_page(language: str) -> str:
    """What the site answers, with status 200, at an address that it does not know."""
    return _page(
        language=language, title=" ".join(WORDS[language].name), content='<div id="app-root"></div>'
    )


def robots() -> str:
    """robots.txt of the Senate."""
    return "User-agent: *\nDisallow: /search\nDisallow: /account/\nAllow: /\n"


def _page(*, language: str, title: str, content: str, switcher: str | None = None) -> str:
    words, culture = WORDS[language], CULTURES[language]
    name = "".join(f"<span>{line}</span><br>" for line in words.name)
    return f"""<!doctype html>
<html lang="{culture}">
<head>
<meta charset="utf-8" />
<title>{escape(title)}</title>
<link href="/css/site.min.css?v=9f2c" rel="stylesheet" />
</head>
<body>
<div class="spv-b" hidden>
<div>Цвет сайта <button>A</button><button>A</button><button>A</button></div>
<div>Расстояние между буквами <button>1</button><button>2</button></div>
</div>
<div class="hdr-2c"><a href="/{culture}">{name}</a>
<div class="lg-s">{switcher or _home_switcher(language)}</div>
<ul class="mn-4"><li><a href="/{culture}/about/deputies">921</a></li>
<li><a href="/{culture}/news">{words.news}</a></li>
<li><a href="/{culture}/lawProjects/index">№</a></li></ul></div>
<div class="ctn-x">
{content}
</div>
<div class="ftr-1a"><div>{words.rights}</div>
<div>010000, Астана, 74-72-27</div><div>© 2026</div></div>
<script src="/js/site.min.js?v=9f2c"></script>
</body>
</html>
"""


def _home_switcher(current: str) -> str:
    return "".join(_home_link(language) for language in CULTURES if language != current)


def _switcher(release: Release, languages: Collection[str]) -> str:
    """Links to the same number in other languages where it exists, else to their front pages."""
    return "".join(
        f'<a hreflang="{language}" href="/{CULTURES[language]}/news/details/{release.number}">'
        f"{language.upper()}</a>"
        if language in languages
        else _home_link(language)
        for language in CULTURES
        if language != release.language
    )


def _home_link(language: str) -> str:
    return f'<a href="/{CULTURES[language]}">{language.upper()}</a>'


def _rows(release: Release) -> str:
    paragraphs = "\n".join(f'<p class="mb-0q">{_running(text)}</p>' for text in _texts(release))
    section = (
        f'<div class="row"><div class="col sx-1">{release.section}</div></div>\n'
        if release.section
        else ""
    )
    return (
        f'<div class="row k3-wr"><div class="col-md-9 xw1">\n{section}'
        f'<h1 class="t-hd-2">{escape(release.title, quote=False)}</h1>\n'
        f'<p class="mm4">{_day(release.published)} {release.views}</p>\n'
        f'<div class="cnt-9">\n{paragraphs}\n<p class="mb-0q">({release.credit})</p>\n</div>\n'
        f'<div class="shr-b">{WORDS[release.language].share}</div>\n</div></div>'
    )


def _breaks(release: Release) -> str:
    section = f'<b class="q9">{release.section}</b>\n' if release.section else ""
    paragraphs = "<br><br>\n".join(_running(text) for text in _texts(release))
    return (
        f'<div class="pz-11">{section}<h2>{escape(release.title, quote=False)}</h2>\n'
        f'<div class="dv-77">{_day(release.published)} &nbsp; {release.views}</div>\n'
        f'<div class="zx-text">\n{paragraphs}<br><br>\n<i>({release.credit})</i>\n</div>\n'
        f'<div>{WORDS[release.language].share}: <a href="#">f</a> <a href="#">t</a></div></div>'
    )


def _spans(release: Release) -> str:
    section = f'<div class="c-b4"><span>{release.section}</span></div>\n' if release.section else ""
    paragraphs = "\n".join(f"<div><span>{_running(text)}</span></div>" for text in _texts(release))
    return (
        f'<div class="u-0"><div class="u-1">{section}'
        f'<div class="u-2"><span>{escape(release.title, quote=False)}</span></div>\n'
        f'<div class="u-3"><span>{_day(release.published)}</span> '
        f"<span>{release.views}</span></div>\n"
        f'<div class="u-4">\n{paragraphs}\n<div><span>({release.credit})</span></div>\n</div>\n'
        f'<div class="u-5"><span>{WORDS[release.language].share}</span></div></div></div>'
    )


def _texts(release: Release) -> list[str]:
    return [block.text for block in release.body]


def _running(text: str) -> str:
    """Running text as HTML, with the no-break space that word processors put before a dash."""
    return escape(text, quote=False).replace(" – ", "&nbsp;– ")


def _latest(language: str, latest: Sequence[Release]) -> str:
    links = "".join(
        f'<li><a href="{release.path}">{escape(release.title, quote=False)}</a></li>'
        for release in latest
    )
    return f'<div class="lst-e"><div>{WORDS[language].news}</div><ul>{links}</ul></div>'


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
