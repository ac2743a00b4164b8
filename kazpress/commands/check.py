"""`kazpress check`."""

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kazpress.options import (
    PATH,
    SourceName,
    command,
    common_options,
    json_option,
    verbosity,
)
from kazpress.streams import reader_may_leave

if TYPE_CHECKING:
    from kazpress.config import Config


@command(short_help="Check the live sites: what is wrong, and where?")
@click.argument("names", nargs=-1, type=SourceName(), metavar="[SOURCE]...")
@click.option(
    "--save",
    is_flag=False,
    flag_value="",
    metavar="[DIR]",
    help="Save the pages, and what was read on them, as recorded pages: in tests/pages if it "
    "exists, else in recorded-pages.",
)
@click.option(
    "--replay",
    multiple=True,
    type=PATH,
    metavar="WARC",
    help="Check this WARC file instead of the live site (repeatable).",
)
@json_option
@common_options
def check(
    names: tuple[str, ...],
    save: str | None,
    replay: tuple[Path, ...],
    as_json: bool,
    config: "Config",
) -> None:
    """Check the live sites, all active ones or those named: what is wrong, if anything, and where?

    Checks DNS and TLS, then crawls a little of the site into a temporary folder: robots.txt, one
    page of each kind of list, the newest articles. Shows each step, each page field by field and
    each selector of the layouts, and ends in one sentence: what is wrong, where, and what to do.
    Stores nothing. Status 0: healthy; 1: the source fails; 3: something needs a look.

    \b
    Examples:
      kazpress check
      kazpress check kazpravda --save
    """
    from kazpress.check.run import check_sources, exit_status
    from kazpress.check.save import save_pages, saving
    from kazpress.check.text import show_checks, show_saved

    if verbosity() < 1:
        logging.getLogger("spiders").setLevel(logging.ERROR)  # the steps report the rest
    if verbosity() == 0 and not sys.stderr.isatty():  # a terminal shows it in a row
        logging.getLogger("spiders.crawl.session").setLevel(logging.DEBUG)
    names, folder = saving(names, save)
    checked = check_sources(config, names, replay)
    with reader_may_leave():
        show_checks(checked, as_json=as_json)
    if save is not None:
        show_saved(save_pages(checked, folder))
    raise click.exceptions.Exit(exit_status(checked))
