"""An article's page of Kazpravda in its design of about 2021 to 2026, as far as it is known.

What nobody knows (the classes of lead, author, label and caption) is given in three ways, so that
nothing can hang on one of them.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import UTC
from html import escape
from urllib.parse import quote

from seeds.kazpravda_frame import (
    PAPER,
    SITE,
    almaty,
    cards,
    framed,
    number_of,
    printed_time,
    running,
)
from seeds.pieces import Article, Block

READ_ALSO = {"ru": "Читайте также", "kk": "Тағы оқыңыз", "en": "Read also"}

STAMPS = ("zone", "naive", "utc", "epoch", "epoch-local")
"""Forms of meta aiturec:datetime: ISO with zone, ISO local without zone, ISO in UTC with Z, seconds
since 1970, and such seconds counted as if the wall clock of Almaty were UTC (the printed time
settles it)."""


def article_page(
    article: Article, translations: Sequence[Article], related: Sequence[Article]
) -> str:
    """The page of one article, in the order that the site keeps."""
    variant = article.markup
    if variant is None:
        variant = number_of(article.slug, "markup") % 3
    parts = (
        f'<h1 class="article__title">{running(article.title)}</h1>',
        _label(article, variant),
        _date_and_views(article),
        _author(article, variant),
        _lead(article, variant),
        _picture(article, variant),
        _body(article, related),
        _tags(article),
    )
    inner = "\n".join(part for part in parts if part)
    read_also = f"<h3>{READ_ALSO[article.language]}</h3>\n{cards(related)}"
    return framed(
        language=article.language,
        title=f"{article.title} - {PAPER[article.language]}",
        head=_head(article, translations),
        main=f'<article class="article">\n{inner}\n</article>\n'
        f'<section class="read-more">{read_also}\n</section>',
    )


def _head(article: Article, translations: Sequence[Article]) -> str:
    lines = [f'<link rel="canonical" href="{SITE}{article.path}">']
    stamp = _stamp(article)
    if stamp:
        lines.append(f'<meta property="aiturec:datetime" content="{stamp}">')
    if article.lead:
        lines.append(f'<meta name="description" content="{escape(article.lead)}">')
    for other in translations:
        address = f"{SITE}{other.path}"
        lines.append(f'<link rel="alternate" hreflang="{other.language}" href="{address}">')
    if number_of(article.slug, "og") % 3:
        lines += _open_graph(article)
    if number_of(article.slug, "ld") % 2:
        lines.append(f'<script type="application/ld+json">{_json_ld(article)}</script>')
    return "\n".join(lines)


def _stamp(article: Article) -> str | None:
    form = article.stamp or STAMPS[number_of(article.slug, "stamp") % len(STAMPS)]
    aware = almaty(article.published)
    return {
        "zone": aware.isoformat(),
        "naive": article.published.isoformat(),
        "utc": aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "epoch": str(int(aware.timestamp())),
        "epoch-local": str(int(article.published.replace(tzinfo=UTC).timestamp())),
        "none": None,
    }[form]


def _open_graph(article: Article) -> list[str]:
    lines = [
        '<meta property="og:type" content="article">',
        f'<meta property="og:title" content="{escape(article.title)}">',
        f'<meta property="og:url" content="{SITE}{article.path}">',
    ]
    if article.photo:
        lines.append(f'<meta property="og:image" content="{SITE}{_image(article)}">')
    return lines


def _json_ld(article: Article) -> str:
    fields: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": almaty(article.published).isoformat(),
        "inLanguage": article.language,
        "mainEntityOfPage": f"{SITE}{article.path}",
        "publisher": {"@type": "Organization", "name": PAPER[article.language]},
    }
    if article.photo:
        fields["image"] = [f"{SITE}{_image(article)}"]
    if article.authors:
        names = [name.split(",")[0] for name in article.authors]
        fields["author"] = [{"@type": "Person", "name": name} for name in names]
    return json.dumps(fields, ensure_ascii=False)


def _label(article: Article, variant: int) -> str:
    section = escape(article.section)
    return (
        f'<a class="article__rubric" href="/r/{article.rubric or "politika"}/">{section}</a>',
        f'<div class="label label--small">{section}</div>',
        f"<div><span>{section}</span></div>",
    )[variant]


def _date_and_views(article: Article) -> str:
    """Views are a bare integer, with a space for thousands on some pages."""
    printed = printed_time(article.published, article.language)
    views = str(article.views)
    if number_of(article.slug, "views") % 2:
        views = f"{article.views:,}".replace(",", " ")
    return (
        f'<div class="article__info"><time class="article__date">{printed}</time>'
        f'<div class="article__views">{views}</div></div>'
    )


def _author(article: Article, variant: int) -> str:
    names = running(", ".join(article.authors))
    if not names:
        return ""
    return (
        f'<div class="article__author">{names}</div>',
        f'<p class="byline">{names}</p>',
        f"<div>{names}</div>",
    )[variant]


def _lead(article: Article, variant: int) -> str:
    if not article.lead:
        return ""
    lead = running(article.lead)
    return (
        f'<div class="article__lead">{lead}</div>',
        f'<div class="intro"><p>{lead}</p></div>',
        f"<div><strong>{lead}</strong></div>",
    )[variant]


def _picture(article: Article, variant: int) -> str:
    if not article.photo:
        return ""
    caption = "" if article.caption_in_body else _caption(article.photo, variant)
    alternative = escape(article.title)
    image = f'<img src="{_image(article)}" alt="{alternative}" loading="lazy">'
    return f'<div class="article__img">{image}{caption}</div>'


def _caption(photo: str, variant: int) -> str:
    text = running(photo)
    return (
        f'<div class="article__img-caption">{text}</div>',
        f"<figcaption>{text}</figcaption>",
        f"<span>{text}</span>",
    )[variant]


def _image(article: Article) -> str:
    name = hashlib.sha256(article.slug.encode()).hexdigest()[:32]
    return f"/media/news/{article.published:%Y/%m/%d}/{name}_1280x720.jpg"


def _body(article: Article, related: Sequence[Article]) -> str:
    blocks = [_block(block, article.language, related) for block in article.body]
    if article.caption_in_body and article.photo:
        blocks.insert(0, f"<p><em>{running(article.photo)}</em></p>")
    inner = "\n".join(blocks)
    return f'<div class="article__body">\n{inner}\n</div>'


def _block(block: Block, language: str, related: Sequence[Article]) -> str:
    match block.kind:
        case "aside":
            label = f"{READ_ALSO[language]}: {escape(related[0].title)}"
            return f'<div class="article__content"><a href="{related[0].path}">{label}</a></div>'
        case "ul":
            lines = "\n".join(f"<li>{_inline(line)}</li>" for line in block.text.split("\n"))
            return f"<ul>\n{lines}\n</ul>"
        case "quote":
            return f"<blockquote><p>{_inline(block.text)}</p></blockquote>"
        case tag:
            return f"<{tag}>{_inline(block.text)}</{tag}>"


def _inline(text: str) -> str:
    """Running text as HTML; `**…**` is strong."""
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", running(text))


def _tags(article: Article) -> str:
    if not article.tags:
        return ""
    links = "".join(f'<a href="/t/{quote(tag)}/">{escape(tag)}</a>' for tag in article.tags)
    return f'<div class="article__tags">{links}</div>'
