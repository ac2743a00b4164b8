"""The newest articles' pages as a check sees them: each field, and which step read it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from pipeline.archive.replay_index import Replay
from pipeline.archive.to_capture import capture_of
from pipeline.model.capture import Address, ClassifiedCapture, Found
from pipeline.model.reading import Reading
from pipeline.model.source import Numbers
from pipeline.normalize.addresses import article_address, language_of
from pipeline.normalize.characters import one_line
from pipeline.reading.classify import classify
from spiders.check.asker import Fetched
from spiders.check.entry_point_step import Look
from spiders.check.report import CheckedPage, CheckStep, FieldCheck, PageCheck, Word

_PER_LANGUAGE = 5
_AT_MOST = 9
_REFUSALS_IN_A_ROW = 2
_LONGEST_VALUE = 60
_FIELDS = (
    "title", "published", "body", "lead", "authors", "section", "tags", "image_url",
    "image_credit", "attribution", "modified",
)  # fmt: skip
_MISSING = {"title": "title", "date": "published", "body": "body"}


async def look_at_pages(look: Look) -> list[CheckedPage]:
    """The pages of the newest articles."""
    pages: list[CheckedPage] = []
    refused = 0
    for found in _candidates(look):
        if look.asker.stopped:
            break
        got = await look.asker.get(found.address.url, is_listing=False)
        pages.append(page_look(found.address, found.by, got, look))
        refused = refused + 1 if pages[-1].check.reason in ("refused", "challenge") else 0
        if refused >= _REFUSALS_IN_A_ROW:
            said = f"{refused} articles in a row are refused, {got.public} last"
            look.asker.stop(said, pages[-1].check.reason)
    return pages


async def look_at_numbers(look: Look, facts: Numbers) -> None:
    """The highest known number of each language with its neighbours."""
    source = look.asker.site.source
    for path in facts.paths:
        language = language_of(source.base_url + path, source)
        highest = _highest(look, language) or max(number for number, _ in facts.known)
        for number in (highest, highest - 1, highest + 1):
            url = source.base_url + path.format(number=number)
            address = article_address(url, source)
            if address is None or look.asker.stopped:
                continue
            got = await look.asker.get(url, is_listing=False)
            page = page_look(address, "number", got, look)
            look.steps.append(_of_number(page))
            if page.check.ok:
                day = _day(page.check)
                found = Found(address=address, by="number", on=None, earliest=day, latest=day)
                look.take("number", [found])


def page_look(address: Address, by: str, got: Fetched, look: Look) -> CheckedPage:
    """What an article's answer says, field by field."""
    empty = PageCheck(url=address.url, language=address.language, found_by=by, ok=False)
    exchange = got.exchange
    capture = capture_of(exchange, look.asker.site) if exchange is not None else None
    if capture is None or exchange is None or (got.reason and got.reason != "absent"):
        return CheckedPage(check=replace(empty, reason=got.reason, detail=got.detail))
    if article_address(capture.target, look.asker.site.source) is None:
        detail = f"redirects to {capture.target}, which is no article"
        return CheckedPage(check=replace(empty, reason="soft-404", detail=detail))
    examined = classify(capture, exchange.payload, look.asker.site)
    return CheckedPage(
        check=page_check(empty, examined), examined=examined, payload=exchange.payload
    )


def page_check(empty: PageCheck, examined: ClassifiedCapture) -> PageCheck:
    """A page's check from what its capture turned out to be."""
    reading, failure = examined.reading, examined.failure
    if reading is not None:
        other = "language" in reading.disagreements
        detail = f"its text is in {reading.language}" if other else ""
        return replace(
            empty, ok=True, detail=detail, layout=reading.layout, fields=tuple(_fields(reading))
        )
    if failure is None:
        return replace(empty, reason=examined.outcome, detail="gave no reading")
    missing = failure.reason.removeprefix("no-").split("-") if failure.reason[:3] == "no-" else []
    fields = tuple(
        FieldCheck(name=_MISSING[one], value=None, read_by=None)
        for one in missing
        if one in _MISSING
    )
    return replace(empty, reason=failure.reason, detail=failure.detail, fields=fields)


def _fields(reading: Reading) -> Iterable[FieldCheck]:
    read_by = dict(reading.read_by)
    for name in _FIELDS:
        value = getattr(reading, name)
        yield FieldCheck(
            name=name,
            value=_shown(name, value) if value else None,
            read_by=read_by.get(name),
            differs=name in reading.disagreements,
        )


def _shown(name: str, value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    line = one_line(text)
    short = line if len(line) <= _LONGEST_VALUE else f"{line[: _LONGEST_VALUE - 1]}…"
    return f"{len(line.split())} words: {short}" if name == "body" else short


def _candidates(look: Look) -> list[Found]:
    """The newest articles, so many a language and so many in all, those of each in turn."""
    known: dict[str, Found] = {}
    for found in look.found.values():
        for one in found.values():
            if look.replay is None or look.replay.holds(one.address.url):
                known.setdefault(one.address.url, one)
    held = () if look.replay is None else held_articles(look.replay, look)
    ranked = [*sorted(known.values(), key=_rank, reverse=True), *held]
    by_language: dict[str, dict[str, Found]] = {}
    for one in ranked:
        mine = by_language.setdefault(one.address.language, {})
        if len(mine) < _PER_LANGUAGE:
            mine.setdefault(one.address.url, one)
    in_turn = zip_longest(*(mine.values() for mine in by_language.values()))
    return [one for row in in_turn for one in row if one is not None][:_AT_MOST]


def _rank(found: Found) -> tuple[bool, date, int]:
    return (
        found.address.kind != "old",
        found.latest or date.min,
        found.address.number or 0,
    )


def held_articles(replay: Replay, look: Look) -> list[Found]:
    """The articles whose pages replayed files hold, those captured last first."""
    source = look.asker.site.source
    times = replay.newest
    held = []
    for url in sorted(times, key=lambda one: times[one], reverse=True):
        address = article_address(url, source)
        if address is not None:
            held.append(Found(address=address, by="files", on=None))
    return held


def _highest(look: Look, language: str) -> int | None:
    """The highest number that is known now: of what listings lead to, else of what is stored."""
    numbers = [
        one.address.number
        for found in look.found.values()
        for one in found.values()
        if one.address.language == language and one.address.kind == "news" and one.address.number
    ]
    return max((*numbers, look.past.numbers.get(language, 0))) or None


def _of_number(page: CheckedPage) -> CheckStep:
    check = page.check
    if check.ok:
        day = _day(check)
        return CheckStep(
            step="number", target=check.url, word="ok", detail="is an article", articles=1,
            newest=day,
        )  # fmt: skip
    skipped = check.reason in ("not-held", "forbidden", "not-asked")
    absent = check.reason in ("absent", "http-404", "http-410", "soft-404", "listing")
    word: Word = "skipped" if skipped else "absent" if absent else "look"
    return CheckStep(
        step="number", target=check.url, word=word, detail=check.detail, reason=check.reason
    )


def _day(check: PageCheck) -> date | None:
    return date.fromisoformat(check.published[:10]) if check.published else None
