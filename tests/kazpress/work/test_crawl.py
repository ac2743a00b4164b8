"""`kazpress crawl`: what its targets and days mean, and its exit status."""

from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from kazpress.config import Config
from kazpress.errors import ArchiveError, ExitStatus, UsageError
from kazpress.work.crawl import CrawlOptions, crawl, exit_status
from spiders.crawl.lifecycle import CrawlResult, Summary

ARTICLE = "https://senate.parlam.kz/ru-RU/news/details/13203"
Outcome = Literal["done", "failed", "stopped", "held"]


def _result(outcome: Outcome, *notes: str) -> CrawlResult:
    return CrawlResult(summary=Summary(source="x", crawl=1, outcome=outcome), notes=notes)


@pytest.mark.parametrize(
    ("results", "status"),
    [
        ([], ExitStatus.OK),
        ([_result("done"), _result("stopped")], ExitStatus.OK),
        ([_result("done", "a note"), _result("done")], ExitStatus.NEEDS_LOOK),
        ([_result("done", "a note"), _result("failed")], ExitStatus.FAILED),
        ([_result("held"), _result("held")], ExitStatus.HELD),
        ([_result("held"), _result("done")], ExitStatus.OK),
        ([_result("held"), _result("failed")], ExitStatus.FAILED),
    ],
)
def test_the_exit_status_is_that_of_the_worst_crawl(
    results: list[CrawlResult], status: ExitStatus
) -> None:
    assert exit_status(results) is status


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (CrawlOptions(until=date(2026, 3, 1)), "--until goes with --since: they name a backfill's"),
        (CrawlOptions(targets=(ARTICLE,), since=date(2026, 3, 1)),
         "--since goes with sources, not with the address of an article"),
        (CrawlOptions(since=date(2026, 3, 2), until=date(2026, 3, 1)),
         "--since 2026-03-02 is later than --until 2026-03-01"),
        (CrawlOptions(since=date(2999, 1, 1)), "--since 2999-01-01 is later than today"),
        (CrawlOptions(since=date(9999, 12, 31)), "--since 9999-12-31 is later than today"),
        (CrawlOptions(targets=("https://senate.parlam.kz/ru-RU",)), "is no article's address of"),
        (CrawlOptions(targets=("https://kazpravda.kz/r/politika/",)), "is no article's address of"),
        (CrawlOptions(targets=("https://example.org/n/x/",)),
         "is no article's address of any source that kazpress knows"),
        (CrawlOptions(targets=("senate.parlam.kz/x",)), "is no article's address of any source"),
        (CrawlOptions(targets=("senat",)), 'there is no source "senat"; did you mean "senate"?'),
    ],
)  # fmt: skip
def test_what_cannot_be_crawled_is_refused_before_anything_is_opened(
    config: Config, options: CrawlOptions, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence.replace("?", r"\?")):
        crawl(config, options)
    assert not config.db.exists()
    assert not config.archive.exists()


def test_a_replay_of_no_file_is_refused(config: Config) -> None:
    with pytest.raises(ArchiveError, match=r"none.warc: no such WARC file"):
        crawl(config, CrawlOptions(replay=(Path("none.warc"),)))
    assert not config.db.exists()
