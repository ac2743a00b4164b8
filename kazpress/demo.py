"""`make demo`: the main job on the recorded site, with no network.

Replays `seeds/recorded-site.warc.gz` through both spiders, imports the seed's text, shows the
stories, and leaves a database, the archive, exports and a dataset in a folder.
"""

import os
import sys
from pathlib import Path

import click

from kazpress.config import Config
from kazpress.console import output
from kazpress.errors import KazpressError
from kazpress.work.crawl import CrawlOptions, crawl, exit_status
from kazpress.work.dataset import export_dataset
from kazpress.work.export import ExportOptions, export_files
from kazpress.work.export_targets import export_targets
from kazpress.work.import_files import import_files
from kazpress.work.summaries import show_crawls, show_imported, show_stories
from pipeline.export.selection import Selection
from pipeline.formats.known_formats import Format
from pipeline.query.stored_stories import stories_of_many
from pipeline.store.database import reading

_SEEDS = Path(__file__).parents[1] / "seeds"

_EXPORTS: dict[str, tuple[Format, ...]] = {
    "stories": ("jsonl", "csv", "xlsx", "parquet", "atom"),
    "items": ("jsonl", "csv", "parquet", "sqlite"),
}
_WHAT_IS_WHERE = """\
In {folder}/:
  stories.xlsx              a spreadsheet: a row for each story, with who printed it
  stories.csv               the same as text; also stories.jsonl, stories.parquet, stories.atom
  items.csv                 a row for each item; also items.jsonl, items.parquet, items.sqlite
  revisions.parquet         a row for each state of an item, with what was edited
  dataset/                  a dataset, ready to be published: README.md says what is in it
  dataset/items-by-week.svg a picture: items by week
  kazpress.db               the database
  archive/                  every page as it was captured (WARC)

One item:          {command} show {story} --db {folder}/kazpress.db
Count and plot:    docs/analysis.md
"""


def main(folder: Path) -> int:
    """Run the demonstration and return its exit status."""
    config = Config(db=folder / "kazpress.db", archive=folder / "archive", sources={})
    click.echo("The recorded site, replayed through both spiders:\n")
    ended = crawl(config, CrawlOptions(replay=(_SEEDS / "recorded-site.warc.gz",)))
    show_crawls(ended, as_json=False)
    click.echo("\nThe seed's text, which folds into its article:\n")
    imported = import_files(config, sorted(_SEEDS.glob("*.txt")), None)
    show_imported(imported, as_json=False)
    click.echo("\nStories that stand in more than one item:\n")
    story = _show_stories(config)
    write_exports(config, folder)
    new = imported.captures + sum(one.summary.new + one.summary.updated for one in ended)
    if new == 0:
        click.echo("Nothing new.\n")
    what = _WHAT_IS_WHERE.format(folder=folder, command=_command(), story=story)
    click.echo(what, nl=False)
    return max(exit_status(ended), imported.status)


def write_exports(config: Config, folder: Path) -> None:
    """Write what docs/analysis.md reads: all stories and all items in every format, all revisions,
    a dataset.
    """
    for name, formats in _EXPORTS.items():
        targets = export_targets(formats, folder / name)
        export_files(config, targets, Selection(every_item=name == "items"), quiet=True)
    revisions = export_targets((), folder / "revisions.parquet")
    export_files(config, revisions, Selection(), ExportOptions(of="revisions"), quiet=True)
    export_dataset(config, folder / "dataset", Selection(), quiet=True)


def _show_stories(config: Config) -> str:
    """Show the stories of several items; return the id of the first one's canonical item."""
    with reading(config.db) as db:
        stories = stories_of_many(db)
    show_stories(stories, output())
    return stories[0][0].id


def _command() -> str:
    """The command as a user types it in the working directory."""
    return os.path.relpath(Path(sys.executable).with_name("kazpress"))


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo")))
    except KazpressError as error:
        click.echo(f"kazpress: {error}", err=True)
        sys.exit(error.status)
