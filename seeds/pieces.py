"""The written items of seeds/items/ as values: what was published, before any markup.

A body is paragraphs with a blank line between. `## ` and `### ` start subheads, `- ` list lines,
`> ` a quotation, `#word` a line of hashtags; `~` stands for a box "read also". `@seed 2-5` and
`@13036 1-3` take over paragraphs, counted from 1, of the seed text or of the Senate's release of
that number in the same language: so text shared by two items is written once.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).resolve().parent
SEED = HERE / "000_fdb57745cfa48370.txt"
LANGUAGES = ("ru", "kk", "en")

BlockKind = Literal["p", "h2", "h3", "ul", "quote", "aside"]

REFERENCE = re.compile(r"@(?P<name>seed|\d+) (?P<first>\d+)-(?P<last>\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One part of a body: its kind, and its text (list lines are separated by newlines)."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of Kazpravda, as it stood at one time."""

    language: str
    slug: str
    title: str
    published: datetime
    """Wall clock of Almaty, without zone, as it is printed."""
    rubric: str | None
    also: tuple[str, ...]
    """Further rubrics that list it."""
    section: str
    views: int
    authors: tuple[str, ...]
    lead: str | None
    photo: str | None
    caption_in_body: bool
    tags: tuple[str, ...]
    group: str | None
    """Articles of one group are translations of each other."""
    markup: int | None
    """Which of three ways to mark up lead, author, label, caption; None: chosen by the slug."""
    stamp: str | None
    """The form of meta aiturec:datetime (kazpravda_article.STAMPS); None: chosen by the slug."""
    old: str | None
    """An old path that redirects here, and is what the listings link to."""
    body: tuple[Block, ...]

    @property
    def path(self) -> str:
        """The path of its address, with the final slash."""
        prefix = "" if self.language == "ru" else f"/{self.language}"
        return f"{prefix}/n/{self.slug}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One release of the Senate."""

    language: str
    number: int
    title: str
    published: date
    section: str | None
    views: int
    style: str
    credit: str
    body: tuple[Block, ...]

    @property
    def path(self) -> str:
        """The path of its address."""
        return f"/{CULTURES[self.language]}/news/details/{self.number}"


CULTURES = {"ru": "ru-RU", "kk": "kk-KZ", "en": "en-US"}

CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі"
LATIN = dict(
    zip(
        CYRILLIC,
        re.split(
            " ",
            "a b v g d e e zh z i y k l m n o p r s t u f h ts ch sh shch  y  e yu ya"
            " a g k n o u u h i",
        ),
        strict=True,
    )
)


def slug(title: str) -> str:
    """The title as it stands in an address of Kazpravda.

    >>> slug("Каждый кубометр – чей-то урожай")
    'kazhdyy-kubometr-chey-to-urozhay'
    """
    letters = "".join(LATIN.get(letter, letter) for letter in title.lower())
    return "-".join(re.findall(r"[a-z0-9]+", letters))


def seed_paragraphs(path: Path = SEED) -> tuple[str, ...]:
    """The paragraphs of the seed text, untouched; its first line is a header and no paragraph."""
    return tuple(path.read_bytes().decode("utf-8").split("\n\n")[1:])


def releases() -> tuple[Release, ...]:
    """All releases of the Senate, in order of language and number."""
    return tuple(
        _release(row, language) for language in LANGUAGES for row in _rows("senate", language)
    )


def articles() -> tuple[Article, ...]:
    """All articles of Kazpravda as first seen, in order of language, then as in their files."""
    return tuple(
        _article(row, language) for language in LANGUAGES for row in _rows("kazpravda", language)
    )


def second_states() -> tuple[Article, ...]:
    """Articles as they stood a day later, where something had changed."""
    return tuple(
        _changed(_article(row, language), row["second"])
        for language in LANGUAGES
        for row in _rows("kazpravda", language)
        if "second" in row
    )


def _rows(source: str, language: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(
        (HERE / "items" / f"{source}-{language}.toml").read_text(encoding="utf-8")
    )["item"]
    return rows


def _release(row: dict[str, Any], language: str) -> Release:
    return Release(
        language=language,
        number=row["number"],
        title=row["title"],
        published=date.fromisoformat(row["published"]),
        section=row.get("section"),
        views=row["views"],
        style=row["style"],
        credit=row["credit"],
        body=_blocks(row["body"], language),
    )


def _article(row: dict[str, Any], language: str) -> Article:
    return Article(
        language=language,
        slug=row.get("slug") or slug(row["title"]),
        title=row["title"],
        published=_wall_clock(row["published"]),
        rubric=row.get("rubric"),
        also=tuple(row.get("also", ())),
        section=row["section"],
        views=row["views"],
        authors=tuple(row.get("authors", ())),
        lead=row.get("lead"),
        photo=row.get("photo"),
        caption_in_body=row.get("caption_in_body", False),
        tags=tuple(row.get("tags", ())),
        group=row.get("group"),
        markup=row.get("markup"),
        stamp=row.get("datetime"),
        old=row.get("old"),
        body=_blocks(row["body"], language),
    )


def _changed(article: Article, second: dict[str, Any]) -> Article:
    body = list(article.body)
    if "paragraph" in second:
        body[second["paragraph"] - 1] = Block(kind="p", text=second["text"])
    return replace(
        article, title=second.get("title", article.title), views=second["views"], body=tuple(body)
    )


def _wall_clock(text: str) -> datetime:
    day, hour = text.split(" ")
    return datetime.fromisoformat(f"{day}T{hour.zfill(5)}")


def _blocks(body: str, language: str) -> tuple[Block, ...]:
    found: list[Block] = []
    for part in body.strip("\n").split("\n\n"):
        reference = REFERENCE.fullmatch(part)
        if reference:
            found += _taken_over(reference, language)
        else:
            found.append(_block(part))
    return tuple(found)


def _taken_over(reference: re.Match[str], language: str) -> tuple[Block, ...]:
    first, last = int(reference["first"]), int(reference["last"])
    if reference["name"] == "seed":
        source = tuple(Block(kind="p", text=paragraph) for paragraph in seed_paragraphs())
    else:
        (row,) = (
            row for row in _rows("senate", language) if row["number"] == int(reference["name"])
        )
        source = _blocks(row["body"], language)
    taken = source[first - 1 : last]
    if len(taken) != last - first + 1:
        raise ValueError(f"{reference[0]}: that text has {len(source)} paragraphs")
    return taken


def _block(part: str) -> Block:
    if part == "~":
        return Block(kind="aside", text="")
    if part.startswith("## "):
        return Block(kind="h2", text=part.removeprefix("## "))
    if part.startswith("### "):
        return Block(kind="h3", text=part.removeprefix("### "))
    if part.startswith("> "):
        return Block(kind="quote", text=part.removeprefix("> "))
    if part.startswith("- "):
        return Block(
            kind="ul", text="\n".join(line.removeprefix("- ") for line in part.split("\n"))
        )
    return Block(kind="p", text=part)
