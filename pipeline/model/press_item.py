"""One press item as it is exported."""

from dataclasses import dataclass, field, fields
from typing import Literal

from pipeline.model.reading import Step
from pipeline.model.source import Language

Relation = Literal["canonical", "reprint", "excerpt", "expanded", "update", "joined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Another item of the story. All of them, selected or not, are `copies`, the last field of a
    record, which only the default export has.
    """

    id: str
    source: str
    url: str | None
    title: str | None
    published: str
    relation: Relation
    similarity: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The same piece in another language."""

    language: Language
    id: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PressItem:
    """An item as it is exported, fields in the order of the export.

    `make dictionary` puts what stands under the fields into docs/data-dictionary.md: first what a
    field means; then, each behind its label, how it is `Normalised`, what `Gaps` it has, and what
    gives it: a layout `By class` names or `By order` of the text (`By address` where the address
    does), `Structured` data, the rules for pages `Elsewhere`. A name in braces stands for the facts
    of that name about a source; where it has none, what reads so up to "; else" is left out.
    """

    id: str
    """The first 16 hex digits of SHA-256 of the address of the item's earliest capture that could
    be read; of a text imported without an address `text:` and 16 hex digits of its body's digest.
    `kazpress show` also accepts former ids.

    Gaps: never.
    """
    source: str
    """The site, by its name in `kazpress sources`.

    Gaps: never.
    """
    url: str | None
    """The article's address; the newest one, where one redirects to another.

    Normalised: canonical: https, the public host without `www.`, the site's own form of the path;
    no query, no fragment.
    Gaps: null for an imported text.
    By address: {articles}
    """
    language: Language
    """BCP 47: `ru`, `kk`, `en`.

    Normalised: by the letters and the commonest words of title and body where they are clear, else
    by the address; of an imported text by the letters alone.
    Gaps: never.
    By address: begins with {language_prefixes}; else it is {default_language}
    """
    title: str | None
    """The article's own heading.

    Normalised: one line, in NFC, without invisible characters, white space as single spaces; each
    word in one script, where its letters decide; without the site's name where it is taken from
    the page's head.
    Gaps: null for an imported text; a page without one is a failure.
    By class: {title}
    By order: the heading above the date; else the line above it
    Structured: JSON-LD or microdata `headline`; else the page's heading; else `og:title`
    Elsewhere: the page's heading, or the line above its only date; else `og:title` or `<title>`
    """
    lead: str | None
    """The lead, if the page marks one; it is also the body's first paragraph.

    Normalised: like `title`; null unless the body begins with it.
    Gaps: null where no lead is set apart, as in short news; a layout by the order of the text
    tells none; for an imported text.
    By class: {lead}; else sentences between heading and text
    Structured: sentences between heading and text, where the data give the text
    Elsewhere: sentences between heading and text
    """
    body: str
    """The whole text, lead first and once; no captions, tags, share labels, related links.

    Normalised: a paragraph a line like `title`, joined by one blank line.
    Gaps: never; a page without text is a failure.
    By class: {body}
    By order: the lines from the date to the press service's line or a share label
    Structured: microdata or JSON-LD `articleBody`, where it is not cut short
    Elsewhere: the running text below the heading
    """
    authors: tuple[str, ...]
    """Who wrote it, as on the page.

    Normalised: each name once, without an office or place beside it, nor a label such as «Автор:»;
    press services, editorial offices and «Соб. инф.» are none.
    Gaps: empty where the page names nobody, as in short news; for an imported text.
    By class: {authors}; else lines of names between heading and text; else the text's last line
    By order: a last line such as «Автор: …»
    Structured: JSON-LD or microdata `author`
    Elsewhere: a last line such as «Автор: …»
    """
    tags: tuple[str, ...]
    """The article's tags.

    Normalised: without `#`, each once, sorted.
    Gaps: empty where the page shows none; a layout by the order of the text reads none; for an
    imported text.
    By class: {tags}
    Structured: JSON-LD `keywords`; else `article:tag`
    """
    section: str | None
    """The site's rubric.

    Normalised: like `title`.
    Gaps: null where the page shows none; for an imported text.
    By class: {section}; else a link to a rubric, or a label, between heading and text
    By order: the short line right above the title
    Structured: JSON-LD `articleSection`; else `article:section`
    """
    image_url: str | None
    """The main picture.

    Normalised: the whole address; if it is the site's own, its public form.
    Gaps: null where the page shows none; for an imported text.
    By class: {image}
    By order: the first picture with {image_paths} in its address
    Structured: JSON-LD `image`; else `og:image`, if it is no logo or placeholder
    """
    image_credit: str | None
    """Who made the main picture.

    Normalised: the name alone, without «Фото:» and the marks around it; of an imported text as in
    its first line.
    Gaps: null where neither caption nor credit names anybody.
    By class: a caption or credit between heading and text; else one in the text
    By order: a credit in the text; else the photographer in the press service's line
    Elsewhere: a credit between heading and text
    """
    attribution: tuple[str, ...]
    """Whom the text names as its source, as in «сообщает Kazpravda.kz».

    Normalised: each name once, without the marks around it; the words stay in the body.
    Gaps: empty where the first two paragraphs name nobody in a known wording.
    By class: the ends of sentences in the first two paragraphs
    By order: the ends of sentences in the first two paragraphs, and the last line with
    {press_service}
    Structured: the ends of sentences in the first two paragraphs
    Elsewhere: the ends of sentences in the first two paragraphs
    """
    access: Literal["full", "partial"]
    """`full`, or `partial` if the page shows only a part of the text.

    Normalised: `partial` where a line says that the rest is for subscribers, a link leads to the
    rest, JSON-LD `isAccessibleForFree` is false, or running text of the article was left out.
    Gaps: never; `full` where nothing speaks against it.
    """
    published: str
    """When it was published.

    Normalised: RFC 3339, to the minute, with the offset then in force in Asia/Almaty (+06:00 until
    29 February 2024, +05:00 since); a date alone if the page gives no time, and the one
    in its first line for an imported text. «12 минут назад» is told from the capture, to the
    minute; «2 часа назад» and «3 дня назад» give the day alone, «неделю назад» nothing. Dates
    before the site's first day, or later than a day after the capture, are not believed.
    Gaps: never; a page without one is a failure.
    By class: {published_meta}, with the printed time deciding where they differ; else {published};
    else a date in the lines around the text
    By order: the date in the line below the title, alone, with its weekday or a label, or before
    the views; mostly `dd.mm.yyyy`, a day alone
    Structured: JSON-LD or microdata `datePublished`, `article:published_time`; else
    `<time datetime>`
    Elsewhere: a `<meta>` with the time; else a date near the heading
    """
    day: str
    """The day of `published` in Almaty.

    Normalised: `YYYY-MM-DD`.
    Gaps: never.
    """
    published_precision: Literal["day", "minute"]
    """`minute`, or `day` if `published` is a date alone.

    Gaps: never.
    """
    modified: str | None
    """When it was modified, as the page says.

    Normalised: like `published`.
    Gaps: null where the page does not say it; for an imported text.
    By class: a time with a label such as «обновлено» around the text
    By order: a time with a label such as «обновлено» around the text
    Structured: JSON-LD or microdata `dateModified`, `article:modified_time`; else a
    labelled `<time>`
    Elsewhere: a time with a label such as «обновлено» near the heading
    """
    first_seen: str
    """The first capture that could be read.

    Normalised: UTC, RFC 3339, whole seconds.
    Gaps: never.
    """
    last_changed: str
    """The first capture of the present revision.

    Normalised: UTC, RFC 3339, whole seconds.
    Gaps: never.
    """
    revision: int
    """1 for an item never seen to change; each change of title or body, even back to an earlier
    state, adds 1.

    Gaps: never.
    """
    gone: str | None
    """Since when the page is missing, once it was still missing 24 hours later.

    Normalised: UTC, RFC 3339, whole seconds.
    Gaps: null as long as the page is there.
    """
    story: str
    """The id of the story.

    Gaps: never.
    """
    piece: str
    """The same for all items of a story and of all stories joined to it by `translations`, directly
    or through others: the id of the first of these stories, by whether its item has an address,
    then `first_seen`, then `id`. Counts a piece once, in whatever languages it is told.

    Gaps: never.
    """
    relation: Relation
    """To the story's canonical item: `canonical`, `reprint` (nearly all of each in the other),
    `update` (a changed version from the same source), `excerpt` (a part of it), `expanded` (it and
    more), `joined` (its text is not related to that one: only a person's decision joins the two,
    perhaps through others).

    Gaps: never.
    """
    similarity: float | None
    """The share of the shorter text that is in the other; 1 for the canonical item.

    Gaps: null where only a person's decision joins the two.
    """
    translations: tuple[Translation, ...] = field(default=())
    """The same piece in other languages: by the pages' own links, a shared number, a picture of one
    day, or names and numbers in both texts ([translations](translations.md)), or through a third
    language; `kazpress show` tells which.

    Normalised: by language, then `id`.
    Gaps: empty where none is known.
    """
    reading: Step | None
    """The weakest step used for title, date or body: `layout` (the source's own facts),
    `structured` (JSON-LD, Open Graph, microdata, `<time>`), `generic`.

    Gaps: null for an imported text.
    """
    words: int
    """The words of the body: runs of letters and digits, so «юго-восток» and 99,6 are two each.

    Gaps: never.
    """
    content_sha256: str
    """SHA-256 of the normalised title and body; of their UTF-8, with a blank line between them.

    Gaps: never.
    """


FIELDS = tuple(field.name for field in fields(PressItem))
COPY_FIELDS = tuple(field.name for field in fields(Copy))
