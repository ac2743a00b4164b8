"""Each way of finding as a check sees it: whether it leads to articles, and how new they are."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from pipeline.archive.to_capture import capture_of
from pipeline.model.source import DayArchive, Feeds, Listings, Sitemaps
from pipeline.normalize.addresses import address_id, public_url
from pipeline.page.page import Page
from pipeline.reading.classify import decoded_page
from spiders.check.entry_point_step import Look, Read, decided, look_at_place
from spiders.check.report import CheckStep
from spiders.listing.answer import SitemapArticles
from spiders.listing.day_urls import DateFormats, day_of
from spiders.listing.sitemap_xml import SitemapEntry

_FURTHER_PAGES = 1
_FURTHER_SITEMAPS = 2
_THIN_WORDS = 60


async def look_at_listings(look: Look, facts: Listings) -> None:
    """Each start page, fronts first, and one of the further pages that they name."""
    fronts: dict[str, Page] = {}
    base = look.asker.site.source.base_url
    for page in sorted(facts.pages, key=lambda page: not page.front):
        url = base + page.path
        if not page.front:
            _judge_fronts(look, fronts)
        if look.asker.stopped:
            return
        step, read = await look_at_place(look, "listing", "listing", url, sure=page.sure)
        next_page = read.answer.next_page if read.answer is not None else None
        more = f"; its next page is {next_page}" if next_page else ""
        look.steps.append(replace(step, detail=f"{step.detail}{more}"))
        _note_links(look, read, front=page.front)
        if page.front and read.answer is not None:
            fronts.update(await _page(look, url))
        if step.word == "failed" and page.sure:
            look.asker.stop(f"{url} {step.detail}", step.reason)
    _judge_fronts(look, fronts)
    await _further_pages(look)


async def look_at_feeds(look: Look, facts: Feeds) -> None:
    """The feeds that front pages name, then where sites usually have them."""
    base = look.asker.site.source.base_url
    for url in dict.fromkeys((*look.feeds, *(base + path for path in facts.paths))):
        if look.asker.stopped:
            return
        step, _ = await look_at_place(look, "feed", "feed", url, sure=url in look.feeds)
        look.steps.append(step)


async def look_at_sitemaps(look: Look, facts: Sitemaps) -> None:
    """The sitemaps that robots.txt names, then where sites usually have them; of an index, the
    newest ones.
    """
    site = look.asker.site
    base = site.source.base_url
    named = [public_url(url, base, site) for url in look.asker.robots.sitemaps]
    sure = set(filter(None, named))
    urls = [*filter(None, named), *(base + path for path in facts.paths)]
    inside: dict[str, SitemapEntry] = {}
    for url in dict.fromkeys(urls):
        step, read = await look_at_place(look, "sitemap", "sitemap", url, sure=url in sure)
        further = _named_sitemaps(read)
        if further and step.word == "empty":
            step = replace(step, word="ok", articles=None)
        look.steps.append(step)
        inside |= {entry.loc: entry for entry in further if entry.loc not in urls}
    for entry in _newest_sitemaps(inside.values(), look):
        step, _ = await look_at_place(look, "sitemap", "sitemap", entry.loc, sure=True)
        look.steps.append(step)


async def look_at_archive(look: Look, facts: DayArchive) -> None:
    """The newest day in each form that the archive may answer to, and the day before in those
    that gave articles: a form is proven when two days give different ones.
    """
    base = look.asker.site.source.base_url
    forms = DateFormats(facts, look.past.form)
    for url in sorted(look.links):
        forms.learn_from_link(url, base)
    tried: list[tuple[str, str, Read]] = []
    wanted: set[tuple[str, str]] | None = None
    for day in _days(look, facts, forms):
        fruitful: set[tuple[str, str]] = set()
        for url, (path, form) in forms.addresses(base, day).items():
            if look.asker.stopped or (wanted is not None and (path, form) not in wanted):
                continue
            _, read = await look_at_place(look, "archive", "archive", url, sure=False)
            ids = frozenset(address_id(one.address.url) for one in read.articles)
            forms.learn(path, form, day, ids)
            tried.append((url, form, read))
            if ids:
                fruitful.add((path, form))
        wanted = fruitful
        if forms.proven is not None:
            break
    look.steps += [_of_day(url, form, read, forms.proven) for url, form, read in tried]


def _of_day(url: str, form: str, read: Read, proven: str | None) -> CheckStep:
    """A day's page; in a form that is not the site's, it may answer what it likes."""
    step = decided("archive", url, read, sure=False, usual=None)
    if form != proven and step.word == "look":
        return replace(step, word="absent")
    if form == proven and read.count:
        return replace(step, detail=f"{step.detail}; the form of the day is {form}")
    return step


def _days(look: Look, facts: DayArchive, forms: DateFormats) -> list[date]:
    """The newest two days that have articles by another way, else yesterday and the day before;
    in a replay, the newest two whose pages the files hold.
    """
    if look.replay is None:
        known = [*look.days, look.today - timedelta(days=1), look.today - timedelta(days=2)]
        return known[:2]
    days: set[date] = set()
    for url in look.replay.newest:
        for path in facts.paths:
            if found := day_of(url, look.asker.site.source.base_url, path):
                day, forms.proven = found
                days.add(day)
    return sorted(days, reverse=True)[:2]


async def _further_pages(look: Look) -> None:
    """One of the further pages, and whether it leads to other articles than the page before."""
    if not look.further and not look.asker.stopped:
        step = CheckStep(
            step="further page", target=look.asker.site.source.base_url, word="absent",
            detail="no start page names a next one",
        )  # fmt: skip
        look.steps.append(step)
    for url, before in list(look.further.items())[:_FURTHER_PAGES]:
        if look.asker.stopped:
            return
        step, read = await look_at_place(look, "further page", "listing", url, sure=True)
        if step.word == "ok" and {one.address.url for one in read.articles} <= before:
            detail = "leads to the same articles as the page before"
            step = replace(step, word="look", detail=detail, reason="repeats")
        look.steps.append(step)


def _note_links(look: Look, read: Read, *, front: bool) -> None:
    if read.answer is None:
        return
    look.links |= set(read.answer.links)
    if read.answer.next_page is not None:
        here = frozenset(one.address.url for one in read.articles)
        look.further.setdefault(read.answer.next_page, here)
    if front:
        look.feeds += [url for url in read.answer.feeds if url not in look.feeds]


async def _page(look: Look, url: str) -> dict[str, Page]:
    """A front page that was read, by the address that answered."""
    got = await look.asker.get(url)
    site = look.asker.site
    capture = capture_of(got.exchange, site) if got.exchange else None
    if capture is None or got.exchange is None:
        return {}
    return {got.public: decoded_page(capture, got.exchange.payload, site)}


def _judge_fronts(look: Look, fronts: dict[str, Page]) -> None:
    """Say once whether the site may have turned into a shell: front pages that are all the same,
    or without any article next to empty and made by scripts. As long as they lead to articles
    that can be read, it is none.
    """
    if not fronts or any(step.step == "shell" for step in look.steps):
        return
    texts = {tuple(line.text for line in page.lines) for page in fronts.values()}
    barren = not look.found.get("listing")
    if len(fronts) > 1 and len(texts) == 1:
        detail = f"{len(fronts)} front pages give one and the same page"
    elif barren and all(_is_thin(page) for page in fronts.values()):
        detail = "the front page holds next to no text, and scripts"
    else:
        return
    step = CheckStep(
        step="shell", target=next(iter(fronts)), word="look" if barren else "empty",
        reason="shell", detail=f"{detail}, without any article" if barren else detail,
    )  # fmt: skip
    look.steps.append(step)


def _is_thin(page: Page) -> bool:
    words = sum(line.words for line in page.lines)
    return words < _THIN_WORDS and bool(page.selector.xpath("//script"))


def _named_sitemaps(read: Read) -> list[SitemapEntry]:
    stream = read.answer.articles if read.answer is not None else None
    return stream.sitemaps if isinstance(stream, SitemapArticles) else []


def _newest_sitemaps(entries: Iterable[SitemapEntry], look: Look) -> list[SitemapEntry]:
    """The two changed last; where none says when, the first and the last."""
    known = list(entries)
    if look.replay is not None:
        known = [entry for entry in known if look.replay.holds(entry.loc)]
    if all(entry.lastmod is None for entry in known):
        return known if len(known) <= _FURTHER_SITEMAPS else [known[0], known[-1]]
    by_day = sorted(known, key=lambda entry: entry.lastmod or date.min, reverse=True)
    return by_day[:_FURTHER_SITEMAPS]
