"""Every recorded page is read as a person found right; every layout has one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.source import Source
from spiders.sources import SOURCES
from tests.pages import expected
from tests.pages.recorded import FAILED, RecordedPage, recorded_pages

PAGES = recorded_pages()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_field_is_as_expected(page: RecordedPage) -> None:
    got, want = page.read(), page.expected()
    for name in sorted({*got, *want}):
        assert got.get(name) == want.get(name), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_page_says_in_one_line_why_it_is_there(page: RecordedPage) -> None:
    assert (page.folder / "why.md").read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.parametrize("page", [p for p in PAGES if not p.fails], ids=lambda page: page.name)
def test_a_page_lies_under_its_layout_and_language(page: RecordedPage) -> None:
    got = page.read()
    assert got.get("layout", "structured") == page.layout
    assert got["language"] == page.language


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.name)
def test_every_layout_of_every_source_has_a_page(source: Source) -> None:
    recorded = {page.layout for page in PAGES if page.folder.parent.name == source.name}
    assert {layout.name for layout in source.layouts} <= recorded - {FAILED}


def test_a_lost_field_or_paragraph_is_named() -> None:
    before: dict[str, Any] = {"title": "T", "lead": "L", "body": ["a", "b"]}
    assert expected.lost(before, {"title": "T", "body": ["a"]}) == ["lead", "1 paragraphs"]
    assert expected.lost(before, before | {"section": "S"}) == []


def test_a_loss_is_written_only_when_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = _copy(next(page for page in PAGES if not page.fails), tmp_path)
    more = page.read() | {"access_code": "7"}
    page.expected_file.write_text(expected.as_json(more), encoding="utf-8")
    assert expected.main([], tmp_path) == 1
    assert "loses access_code" in capsys.readouterr().out
    assert page.expected() == more
    assert expected.main(["--lose"], tmp_path) == 0
    assert page.expected() == page.read()


def test_a_page_is_named_by_what_was_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = _copy(next(page for page in PAGES if page.name == "kazpravda/2021-ru-1"), tmp_path)
    added = RecordedPage(folder=first.folder.with_name("new"))
    shutil.copytree(first.folder, added.folder)
    (added.folder / "expected.json").unlink()
    assert expected.update(first, lose=False)
    assert expected.update(added, lose=False)
    assert "kazpravda/new is now kazpravda/2021-ru-2\n" in capsys.readouterr().out
    assert _names(tmp_path) == {"2021-ru-1": "expected.json", "2021-ru-2": "expected.json"}


def test_a_page_that_is_read_no_longer_stays_unless_told_and_moves_then(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = _copy(next(page for page in PAGES if page.name == "kazpravda/2021-kk-1"), tmp_path)
    whole = (page.folder / "page.html").read_bytes()
    (page.folder / "page.html").write_text("<h1>Ақпарат</h1>", encoding="utf-8")
    assert not expected.update(page, lose=False)
    assert "kazpravda/2021-kk-1 loses its reading; not written" in capsys.readouterr().out
    assert _names(tmp_path) == {"2021-kk-1": "expected.json"}
    assert expected.update(page, lose=True)
    assert _names(tmp_path) == {"failed-kk-1": "failure.json"}
    failed = RecordedPage(folder=page.folder.with_name("failed-kk-1"))
    (failed.folder / "page.html").write_bytes(whole)
    assert expected.update(failed, lose=False), "that it is read again loses nothing"
    assert _names(tmp_path) == {"2021-kk-1": "expected.json"}


def _names(folder: Path) -> dict[str, str]:
    """The folders of pages, each with its JSON."""
    found = folder.glob("*/*/*.json")
    return {one.parent.name: one.name for one in found if one.name != "page.json"}


def _copy(page: RecordedPage, to: Path) -> RecordedPage:
    folder = to / page.name
    folder.mkdir(parents=True)
    for file in page.folder.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return RecordedPage(folder=folder)
