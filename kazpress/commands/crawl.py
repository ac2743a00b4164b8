"""`kazpress crawl`."""

from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kazpress.config import ARCHIVES
from kazpress.help import NearestChoice
from kazpress.options import (
    PATH,
    Day,
    Several,
    SourceName,
    command,
    common_options,
    json_option,
    verbosity,
)
from kazpress.streams import reader_may_leave

if TYPE_CHECKING:
    from kazpress.config import Config


@command(short_help="Crawl now: all active sources, or those named.")
@click.argument("targets", nargs=-1, type=SourceName(), metavar="[SOURCE or URL]...")
@click.option(
    "--since",
    type=Day(),
    metavar="DATE",
    help="Backfill: everything published on this day (Almaty) or later. An interrupted backfill "
    "continues where it stopped.",
)
@click.option(
    "--until",
    type=Day(),
    metavar="DATE",
    help="Backfill: up to and including this day (default: today).",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help="Request at most N articles that have no item yet, over all sources.",
)
@click.option("--full", is_flag=True, help="Request everything again, failed addresses too.")
@click.option(
    "--replay",
    multiple=True,
    type=PATH,
    metavar="WARC",
    help="Read this WARC file instead of the network (repeatable).",
)
@click.option(
    "--from",
    "archives",
    type=Several(NearestChoice(ARCHIVES)),
    default=(),
    metavar="ARCHIVE,…",
    help="Ask web archives for the past of the sources named, instead of their sites: wayback, "
    "commoncrawl. Here --since and --until are days of capture, and --limit counts captures.",
)
@click.option("--ends-with-stdin", is_flag=True, hidden=True)
@json_option
@common_options
def crawl(
    targets: tuple[str, ...],
    limit: int | None,
    full: bool,
    replay: tuple[Path, ...],
    archives: tuple[str, ...],
    ends_with_stdin: bool,
    since: date | None,
    until: date | None,
    as_json: bool,
    config: "Config",
) -> None:
    """Crawl now: all active sources, or those named; a URL fetches that one article.

    \b
    Examples:
      kazpress crawl senate --limit 10
      kazpress crawl kazpravda --since 2013-11-12
      kazpress crawl senate --from wayback,commoncrawl --until 2026-06-30
      kazpress crawl --replay seeds/recorded-site.warc.gz --db demo/k.db
    """
    from kazpress.work.crawl import CrawlOptions, exit_status
    from kazpress.work.crawl import crawl as run_crawl
    from kazpress.work.summaries import show_crawls

    options = CrawlOptions(
        targets=targets, limit=limit, full=full, replay=replay, since=since, until=until,
        archives=archives, ends_with_stdin=ends_with_stdin,
    )  # fmt: skip
    with _telling(
        config, targets, is_replay=bool(replay or archives), ends_with_stdin=ends_with_stdin
    ):
        ended = run_crawl(config, options)
    if not ends_with_stdin:  # the daemon tells how it ended
        with reader_may_leave():
            show_crawls(ended, as_json=as_json, quiet=verbosity() < 0)
    raise click.exceptions.Exit(exit_status(ended))


def _telling(
    config: "Config", targets: tuple[str, ...], *, is_replay: bool, ends_with_stdin: bool
) -> AbstractContextManager[None]:
    """Receivers are told of the crawl. What does that is slow to load, and needed where there are
    any.
    """
    if not config.notify.is_anyone:
        return nullcontext()
    from kazpress.operations.notify import telling

    return telling(config, targets, is_replay=is_replay, ends_with_stdin=ends_with_stdin)
