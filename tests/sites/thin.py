"""Many articles at once: headlines made cheaply, and each short text when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import count as counting
from itertools import islice
from random import Random
from typing import Any, Final

from tests.sites.content import (
    CYCLE,
    SECTIONS,
    Article,
    Headline,
    SiteName,
    almaty,
    transliterated,
)
from tests.sites.words import Language
from tests.sites.writer import Writer

_TWICE: Final = (datetime(2024, 2, 29, 17, tzinfo=UTC), datetime(2024, 2, 29, 19, tzinfo=UTC))
"""Almaty had the hour before midnight twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thin:
    """How many articles lie in time, and the Senate's in numbers."""

    since: date = date(2013, 11, 12)
    until: date = date(2026, 11, 20)
    shared_numbers: bool = False
    """One number serves a release in all three of the Senate's languages."""
    first_number: int = 1
    islands: int = 0
    """So many times more than 50 numbers in a row are absent; else fewer, in each language."""
    pages: int = 0
    """Every so many of the Senate's one is under `pages/details/`."""

    def to_json(self) -> dict[str, Any]:
        """As `from_json` takes it."""
        return asdict(self) | {"since": f"{self.since}", "until": f"{self.until}"}

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Thin:
        """What `to_json` gave."""
        days = {name: date.fromisoformat(row[name]) for name in ("since", "until")}
        return cls(**{one.name: row[one.name] for one in fields(cls)} | days)


def headlines(seed: int, count: int, which: range, *, site: SiteName, thin: Thin) -> list[Headline]:
    """Those of a row of which the first `count` fill the time; more of them come after it."""
    return list(islice(_endless(seed, count, site, thin), which.start, which.stop))


@lru_cache(maxsize=4096)
def fleshed(seed: int, headline: Headline) -> Article:
    """The article under a headline: short, of more than 60 words."""
    random = Random(f"thin {seed} {headline.site} {headline.number}")
    writer = Writer(random, headline.language)
    lead, paragraphs = writer.paragraph(2), [writer.paragraph(2) for _ in range(2)]
    while sum(len(one.split()) for one in paragraphs) < 62:
        paragraphs.append(writer.paragraph(2))
    kazpravda = headline.site == "kazpravda"
    return Article(
        **{one.name: getattr(headline, one.name) for one in fields(Headline)},
        lead=lead if kazpravda else None,
        paragraphs=tuple(paragraphs) if kazpravda else (lead, *paragraphs),
        authors=tuple(random.sample(writer.lexicon.names, headline.number % 3 if kazpravda else 0)),
        caption=f"Фото: {writer.lexicon.names[0]}" if headline.number % 4 == 0 else None,
        views=random.randint(1, 29999),
    )


def _endless(seed: int, count: int, site: SiteName, thin: Thin) -> Iterator[Headline]:
    used: set[str] = set()
    numbers = _numbers(seed, count, site, thin)
    sections = tuple(SECTIONS)
    for index in counting():
        number, address = next(numbers)
        random = Random(f"headline {seed} {site} {index}")
        language: Language = CYCLE[site][index % len(CYCLE[site])]
        title = Writer(random, language).title(long=False)
        slug = transliterated(title) if site == "kazpravda" else str(address)
        if site == "kazpravda" and slug in used:
            slug += f"-{number}"
        used.add(slug)
        yield Headline(
            site=site,
            number=number,
            language=language,
            slug=slug,
            title=title,
            published=_moment(index, count, thin),
            section=random.choice(sections),
            tags=(),
            kind="pages" if site == "senate" and _is_page(index, thin) else "news",
        )


def _is_page(index: int, thin: Thin) -> bool:
    return bool(thin.pages) and index // 3 % thin.pages == 0


def _numbers(seed: int, count: int, site: SiteName, thin: Thin) -> Iterator[tuple[int, int]]:
    """The replica's own number and that in the address, which the Senate leaves gaps between."""
    random = Random(f"numbers {seed} {site}")
    together = 3 if thin.shared_numbers else 1
    island = max(together + 1, count // (thin.islands + 1)) if thin.islands else 0
    address, wide = thin.first_number, 0
    for index in counting():
        if site == "kazpravda":
            yield index + 1, index + 1
            continue
        yield (address * 10 + index % 3 if thin.shared_numbers else address), address
        if index % together != together - 1:
            continue
        address += random.randint(1, 3)
        if index - wide > 30 and random.random() < 0.05:
            address, wide = address + random.randint(4, 28), index
        if island and index % island >= island - together and index < count - island // 2:
            address += random.randint(55, 400)


def _moment(index: int, count: int, thin: Thin) -> datetime:
    """To the minute, evenly over the days; one for the languages that share a number."""
    if thin.shared_numbers:
        index -= index % 3
    start = datetime.combine(thin.since, time(2), tzinfo=UTC)
    end = datetime.combine(thin.until, time(14), tzinfo=UTC)
    seconds = int((end - start).total_seconds()) * index // max(1, count - 1)
    moment = start + timedelta(seconds=seconds)
    if _TWICE[0] <= moment < _TWICE[1]:
        moment = _TWICE[0] - timedelta(minutes=1)
    return almaty(moment.replace(second=0, microsecond=0))
