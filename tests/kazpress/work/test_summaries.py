"""What a command has done, as a person sees it in a pipe and at a narrow terminal."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import Console

from kazpress.console import output
from kazpress.daemon.due import NextCrawl
from kazpress.work import summaries
from pipeline.model.press_item import PressItem
from pipeline.store.rows import item_from_row
from spiders.crawl.lifecycle import CrawlResult, Summary
from tests.pipeline.worlds.rows import item_row

Captured = pytest.CaptureFixture[str]


def _ended(source: str, **counts: object) -> CrawlResult:
    return CrawlResult(summary=replace(Summary(source=source, crawl=1, outcome="done"), **counts))  # type: ignore[arg-type]  # they fit


def test_columns_of_zeros_are_left_out(capsys: Captured) -> None:
    ended = [_ended("senate", new=2, seconds=1.5), _ended("kazpravda", failed=1, seconds=20.25)]
    summaries.show_crawls(ended, as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        "source     outcome  new  failed  seconds",
        "senate     done       2       0      1.5",
        "kazpravda  done       0       1    20.25",
    ]


def test_why_a_crawl_failed_and_what_needs_a_look_go_to_stderr(capsys: Captured) -> None:
    ended = replace(_ended("senate"), reason="HTTP 503", notes=("no article\x1b[2J any more",))
    summaries.show_crawls([ended], as_json=True)
    written = capsys.readouterr()
    assert written.err == (
        "kazpress: senate: HTTP 503\nkazpress: senate: needs a look: no article any more\n"
    )
    assert '"outcome": "done"' in written.out


def test_the_next_crawl_is_told_in_almaty(capsys: Captured) -> None:
    at = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)
    summaries.show_next_crawls([NextCrawl(source="senate", schedule="*/30 * * * *", at=at)])
    assert "senate  2026-03-04 17:30     */30 * * * *" in capsys.readouterr().out


def _item(number: int, **facts: object) -> PressItem:
    return item_from_row(item_row(number, **facts))


def test_a_story_is_one_line_an_item_cut_to_the_terminal(capsys: Captured) -> None:
    long = "Очень длинный заголовок " * 5
    story = [
        _item(1, source="senate", title=long),
        _item(2, relation="reprint", similarity=0.95, title=None),
        _item(3, relation="joined", similarity=None, title="Т"),
    ]
    summaries.show_stories([story], output())
    whole = capsys.readouterr().out.splitlines()
    assert whole[0].rstrip() == f"canonical         senate     2026-03-04  {long}".rstrip()
    assert whole[1] == "reprint    0.950  kazpravda  2026-03-04  (imported text 0000000000000002)"
    assert whole[2] == "joined            kazpravda  2026-03-04  Т"
    summaries.show_stories([story], Console(width=80))
    cut = capsys.readouterr().out.splitlines()
    assert [len(line) <= 80 for line in cut] == [True] * 4
    assert cut[0].endswith("…")
