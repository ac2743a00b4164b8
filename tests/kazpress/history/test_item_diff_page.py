"""`show ITEM --diff --html`: a whole page, in the text's language, without anything that runs."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml import etree

from tests.kazpress.conftest import Run
from tests.kazpress.history.conftest import EDITED, FIRST, THIRD
from tests.pipeline.worlds.captures import kaz, new_database, page, take

_XML = "{http://www.w3.org/XML/1998/namespace}"


def _page(run: Run, *arguments: object) -> str:
    ran = run("show", *arguments, "--html")
    assert (ran.status, ran.err) == (0, "")
    return ran.out


def _root(text: str) -> etree._Element:
    """The page; raises where an element is not closed or a character not escaped."""
    assert text.startswith("<!DOCTYPE html>\n<html ")
    return etree.fromstring(text.removeprefix("<!DOCTYPE html>\n").encode())


def _text(root: etree._Element, without: str) -> str:
    for one in root.iterfind(f".//{without}"):
        one.text = None
    return "\n\n".join(
        filter(None, ("".join(one.itertext()) for one in root.iterfind(".//main/p")))
    )


@pytest.mark.parametrize(("without", "text"), [("ins", FIRST), ("del", THIRD)])
def test_it_has_both_texts_whole(run: Run, edited: Path, without: str, text: str) -> None:
    assert _text(_root(_page(run, EDITED, "--diff", 1, 3)), without) == text


def test_it_is_self_contained_and_works_in_the_dark(run: Run, edited: Path) -> None:
    text = _page(run, EDITED, "--diff", 1, 3)
    root = _root(text)
    names = {str(one.tag) for one in root.iter()}
    assert names == {
        "html", "head", "meta", "title", "style", "body", "header", "main", "h1", "p", "a", "ul",
        "li", "b", "ins", "del",
    }  # fmt: skip
    assert "prefers-color-scheme: dark" in text
    assert "color-scheme: light dark" in text
    assert [one.get("href") for one in root.iterfind(".//a")] == [EDITED]
    assert not re.search(r"url\(|@import|src=|javascript:|\bon\w+=", text)
    assert root.find("head/meta").get("charset") == "utf-8"  # type: ignore[union-attr]


def test_its_language_is_the_texts_and_what_we_say_is_english(run: Run, edited: Path) -> None:
    root = _root(_page(run, EDITED, "--diff", 2))
    assert root.get("lang") == "ru"
    assert {one.get("lang") for one in root.iterfind("body/header/p")} == {"en"}
    assert {one.get("lang") for one in root.iterfind(".//b")} == {"en"}


def test_it_says_what_was_edited_and_when(run: Run, edited: Path) -> None:
    root = _root(_page(run, EDITED, "--diff", 3))
    assert root.findtext("head/title") == "Закон одобрен Сенатом"
    said = ["".join(one.itertext()) for one in root.iterfind("body/header//*")]
    assert "Revision 2, seen 2026-03-02 13:00 (Almaty)" in said
    assert any(re.fullmatch("title: .*Сенатом", one) for one in said)
    assert "no edits by kind: it reads as before" in _page(run, EDITED, "--diff")


def test_nothing_of_a_page_is_taken_for_markup(run: Run, edited: Path) -> None:
    url = kaz("vrazh")
    hostile = "</p><script>alert(1)</script> & \"a\" 'b' {language} \x0c\ufffe <del>"
    with closing(new_database(Path("hostile.db"))) as db:
        take(db, page(url, 0, f"Один. {hostile}", title=hostile),
             page(url, 1, f"Два. {hostile}", title=f"{hostile}!"))  # fmt: skip
    text = _page(run, url, "--diff", "--db", "hostile.db")
    assert "<script" not in text
    assert "alert(1)" in _text(_root(text), "del")
    parser = HTMLParser()
    parser.feed(text)
    parser.close()


def test_a_text_without_title_and_address_has_a_page(run: Run, edited: Path) -> None:
    with closing(sqlite3.connect("kazpress.db")) as db, db:
        db.execute("UPDATE items SET url = NULL, title = NULL")
        db.execute("UPDATE readings SET fields = json_set(fields, '$.title', NULL)")
    item = run("list").out.splitlines()
    changed = next(
        line.split("\t")[0]
        for line in item
        if run("show", line.split("\t")[0], "--diff").status == 0
    )
    root = _root(_page(run, changed, "--diff"))
    assert root.findtext("head/title") == changed
    assert root.findtext(".//h1/span") == "(no title)"
