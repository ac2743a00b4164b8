"""A feed of the newest records, valid by RFC 4287, whose entries keep their ids."""

import io
import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from sqlite_utils import Database

from kazpress.errors import StoreError
from pipeline.export.columns import Table, chosen_columns
from pipeline.export.selection import Selection
from pipeline.feeds.atom import NEWEST, Feed, feed_of
from pipeline.feeds.records_feed import write_atom
from pipeline.model.press_item import FIELDS
from tests.pipeline.feeds.feed_rules import ATOM, feed_faults
from tests.pipeline.worlds.exports import exported
from tests.pipeline.worlds.rows import database, item_row

FEED = Feed(id="urn:kazpress:feed:stories", title="Senate", sources={"senate": "The Senate"})
RECORD: dict[str, Any] = {
    "id": "00000000000000aa", "source": "senate", "language": "ru", "title": "Заголовок",
    "url": "https://senate.parlam.kz/ru-RU/news/details/1", "body": "Первый абзац.\n\nВторой.",
    "authors": (), "tags": (), "published": "2026-03-04T10:00:00+05:00",
    "last_changed": "2026-03-04T06:00:00Z", "story": "00000000000000bb", "translations": (),
    "copies": (),
}  # fmt: skip
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _written(*records: dict[str, Any], of_items: bool = False) -> bytes:
    columns = chosen_columns(with_copies=not of_items)
    rows = (dict.fromkeys(FIELDS) | RECORD | one for one in records)
    out = io.BytesIO()
    table = Table(columns, (tuple(row[one.name] for one in columns) for row in rows))
    assert write_atom(table, out, FEED) == len(records)
    assert feed_faults(out.getvalue()) == []
    return out.getvalue()


def _entry(**fields: Any) -> Any:
    read = feedparser.parse(_written(fields))
    assert not read.bozo
    return read.entries[0]


def test_an_entry_tells_a_record_with_its_whole_text() -> None:
    entry = _entry(lead="Первый абзац.", section="Общество", tags=("выборы", "закон"),
                   authors=("А. Иванов", "Б. Петров"), translations=(
                       {"language": "kk", "id": "k", "url": "https://senate.parlam.kz/kk-KZ/1"},
                   ))  # fmt: skip
    assert (entry.title, entry.summary) == ("Заголовок", "Первый абзац.")
    assert entry.link == "https://senate.parlam.kz/ru-RU/news/details/1"
    assert entry.content[0].value == "<p>Первый абзац.</p>\n<p>Второй.</p>"
    assert (entry.content[0].type, entry.content[0].language) == ("text/html", "ru")
    assert [one.name for one in entry.authors] == ["А. Иванов", "Б. Петров"]
    assert [(one.scheme, one.term) for one in entry.tags] == [
        ("urn:kazpress:source", "senate"), ("urn:kazpress:section", "Общество"),
        ("urn:kazpress:tag", "выборы"), ("urn:kazpress:tag", "закон"),
    ]  # fmt: skip
    assert [(one.rel, one.hreflang) for one in entry.links] == [
        ("alternate", "ru"), ("related", "kk"),
    ]  # fmt: skip


def test_a_record_that_nobody_signed_is_its_sources() -> None:
    assert [one.name for one in _entry().authors] == ["The Senate"]
    assert [one.name for one in _entry(source="steppe").authors] == ["steppe"]


def test_an_entry_keeps_its_id_when_its_story_gets_another_canonical_item() -> None:
    story = {"story": "00000000000000bb"}
    before = _entry(**story, id="00000000000000bb")
    after = _entry(**story, id="00000000000000aa", last_changed="2026-03-05T06:00:00Z")
    assert before.id == after.id == "urn:kazpress:story:00000000000000bb"
    assert before.updated < after.updated


def test_a_feed_of_items_knows_them_by_their_own_ids() -> None:
    (entry,) = feedparser.parse(_written({}, of_items=True)).entries
    assert entry.id == "urn:kazpress:item:00000000000000aa"


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("2026-03-04T10:00:00+05:00", "2026-03-04T10:00:00+05:00"),
        ("2026-03-04", "2026-03-04T00:00:00+05:00"),
        ("2024-02-29", "2024-02-29T00:00:00+06:00"),
        ("1920-01-01", "1919-12-31T18:52:12+00:00"),
    ],
)
def test_a_day_begins_in_almaty(published: str, told: str) -> None:
    assert _entry(published=published).published == told


def test_updated_is_when_the_revision_came_and_no_earlier_than_published() -> None:
    assert _entry().updated == "2026-03-04T06:00:00Z"
    assert _entry(last_changed="2026-03-04T04:59:59Z").updated == "2026-03-04T10:00:00+05:00"
    assert _entry(last_changed="2027-01-01T00:00:00Z").updated == "2027-01-01T00:00:00Z"


def test_copies_are_linked_and_the_text_that_was_copied_too() -> None:
    copies = [
        {"source": "senate", "url": url, "title": title, "relation": relation}
        for url, title, relation in (
            ("https://kazpravda.kz/n/1/", "Перепечатка", "reprint"),
            ("https://senate.parlam.kz/ru-RU/news/details/2", "Релиз", "canonical"),
            ("https://kazpravda.kz/n/2/", None, "excerpt"),
            (None, None, "excerpt"),
        )
    ]
    _, *links = _entry(relation="reprint", copies=copies).links
    assert [(one.rel, one.href, one.title) for one in links] == [
        ("related", "https://kazpravda.kz/n/1/", "Перепечатка"),
        ("via", "https://senate.parlam.kz/ru-RU/news/details/2", "Релиз"),
        ("related", "https://kazpravda.kz/n/2/", "senate"),
    ]


def test_a_text_without_address_and_title_is_an_entry_too() -> None:
    entry = _entry(url=None, title=None, id="text:00aa", story="text:00aa", body="Слово " * 30)
    assert entry.id == "urn:kazpress:story:text:00aa"
    assert entry.title == f"{'Слово ' * 13}".strip() + "…"
    assert "links" not in entry


def test_entries_stand_by_the_moment_newest_first() -> None:
    times = ("2024-02-29T23:30:00+06:00", "2024-03-01", "2024-02-29T23:10:00+05:00", "2024-03-02")
    written = _written(*({"story": f"{n}", "published": one} for n, one in enumerate(times)))
    entries = feedparser.parse(written).entries
    assert [entry.id[-1] for entry in entries] == ["3", "1", "2", "0"]


def test_a_feed_was_updated_when_its_newest_entry_was() -> None:
    changed = {"story": "2", "last_changed": "2026-04-01T00:00:00Z"}
    read = feedparser.parse(_written({"story": "1"}, changed))
    assert read.feed.updated == "2026-04-01T00:00:00Z"


def test_an_empty_feed_is_valid() -> None:
    read = feedparser.parse(_written())
    assert (read.bozo, read.entries, read.feed.updated) == (False, [], "2000-01-01T00:00:00Z")


def test_a_feed_is_known_by_what_is_chosen_not_by_the_days(db: Database) -> None:
    def feed(**chosen: Any) -> tuple[str, str]:
        what = "items" if chosen.get("every_item") else "stories"
        found = feed_of(db, Selection(**chosen), what=what)
        return found.id, found.title

    senate, newspaper = "Senate of the Parliament of Kazakhstan", "Kazakhstanskaya Pravda"
    everything = ("urn:kazpress:feed:stories", f"{senate}, {newspaper}")
    assert feed() == feed(since=date(2026, 3, 4), until=date(2026, 3, 5), sample=3) == everything
    assert feed(source=("senate",), language=("ru", "kk")) == (
        "urn:kazpress:feed:stories:source=senate:language=kk,ru", f"{senate} (ru, kk)",
    )  # fmt: skip
    assert feed(every_item=True, section=("A: b",), like=("бюджет",)) == (
        "urn:kazpress:feed:items:section=a%3A%20b:like=%D0%B1%D1%8E%D0%B4%D0%B6%D0%B5%D1%82",
        f"{senate}, {newspaper} (бюджет, A: b)",
    )  # fmt: skip


def test_a_feed_has_the_newest_records_alone(tmp_path: Path) -> None:
    days = (date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(NEWEST + 20))
    rows = (item_row(n, published=day.isoformat()) for n, day in enumerate(days))
    with database(tmp_path / "many.db", rows) as db:
        pass
    db = database(tmp_path / "many.db")
    written = exported(db, "atom", Selection())
    db.close()
    assert feed_faults(written) == []
    entries = feedparser.parse(written).entries
    assert [int(one.id[-16:], 16) for one in entries] == list(range(NEWEST + 19, 19, -1))


def test_the_entries_of_a_database_are_valid(db: Database) -> None:
    written = exported(db, "atom", Selection())
    assert feed_faults(written) == []
    assert exported(db, "atom", Selection()) == written
    assert [len(one.links) for one in feedparser.parse(written).entries] == [3, 1]
    assert len(feedparser.parse(exported(db, "atom", Selection(every_item=True))).entries) == 4


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        (b"<author>\n      <name>The Senate</name>\n    </author>", b"", "without author"),
        (b"<name>The Senate</name>", b"<name> </name>", "no single name"),
        (b"</id>\n    <title>", b"</id>\n    <title/><title>", "2 title in entry"),
        (b"urn:kazpress:story:", b"", "is no IRI"),
        (b"T10:00:00+05:00</published>", b"</published>", "is no time"),
        (b"06:00:00Z</updated>", b"01:00:00Z</updated>", "before it was published"),
        (b'href="https:', b'href=" https:', "is no IRI"),
        (b'term="senate"', b'term=""', "without term"),
        (b"</entry>", b"!</entry>", "text in entry"),
        (b"<published>", b"<day/><published>", "day in entry"),
        (b'hreflang="ru"', b'hreflang="\xd1\x80"', "is no language"),
        (b"<entry ", b"<entry new='' ", "entry has new"),
    ],
)  # fmt: skip
def test_the_rules_find_what_is_wrong(right: bytes, wrong: bytes, fault: str) -> None:
    written = _written({})
    assert right in written
    assert fault in "; ".join(feed_faults(written.replace(right, wrong)))


def test_the_rules_find_an_id_that_stands_twice() -> None:
    written = _written({"story": "1"}, {"story": "2"})
    assert "stands 2 times" in feed_faults(written.replace(b"story:2", b"story:1"))[0]


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, st.lists(ANY_TEXT, max_size=3))
@example("<b>&amp;", "\x00\r\n\n\n", "]]>\x85\u2028\ufffe", ["&#10;", "\U0001fffe"])
def test_any_text_comes_back_but_what_xml_cannot_hold(
    title: str, lead: str, body: str, tags: list[str]
) -> None:
    written = _written({"title": title, "lead": lead, "body": body, "tags": tags})
    entry = etree.fromstring(written)[-1]
    html = entry.findtext(f"{ATOM}content") or ""
    paragraphs = html.removeprefix("<p>").removesuffix("</p>").split("</p>\n<p>")
    assert unescape("\n\n".join(paragraphs)) == NOT_IN_XML.sub("\ufffd", body)
    if title:
        assert entry.findtext(f"{ATOM}title") == NOT_IN_XML.sub("\ufffd", title)
    assert (entry.findtext(f"{ATOM}summary") or "") == NOT_IN_XML.sub("\ufffd", lead)
    terms = [one.get("term") for one in entry.findall(f"{ATOM}category")]
    assert terms == ["senate", *(NOT_IN_XML.sub("\ufffd", tag) for tag in tags if tag)]


@pytest.mark.parametrize(
    "fields",
    [
        {"published": "yesterday"}, {"published": ""}, {"published": "2026-02-30"},
        {"published": "10000-01-01"}, {"published": "2026-03-04T10:00:00"},
        {"published": "0001-01-01"}, {"last_changed": "soon"}, {"last_changed": "2026-03-04"},
    ],
)  # fmt: skip
def test_what_is_no_time_is_damage_that_is_told(fields: dict[str, str]) -> None:
    (text,) = fields.values()
    with pytest.raises(StoreError, match=f'item 00000000000000aa has "{text}" for a time$'):
        _written(fields)


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+05:07", "9999-12-31T23:59:00-05:00", "9999-12-31T23:59:00+05:00"]
)
def test_the_first_and_the_last_of_all_times_stand_in_order(text: str) -> None:
    feed = feedparser.parse(_written({"published": text}, {"id": "b", "story": "c"}))
    shown = [entry.published for entry in feed.entries]
    assert shown == sorted(shown, reverse=True)
    assert text in shown
