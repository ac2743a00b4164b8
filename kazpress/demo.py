"""`make demo`: the main job on the recorded site, with no network.

Replays `seeds/recorded-site.warc.gz` through both spiders, takes in the seed's text, shows what
came, and leaves a database, exports and the archive in a folder.
"""

import sys
from pathlib import Path

import click

from kazpress.config import Config
from kazpress.crawl import CrawlOptions, crawl, exit_status
from kazpress.errors import KazpressError
from kazpress.exporting import export_files
from kazpress.importing import import_files
from kazpress.rendering import show_crawls, show_imported, show_stories
from pipeline.export import Selection
from pipeline.query import stories_of_many
from pipeline.store import open_for_reading

_SEEDS = Path("seeds")


def main(folder: Path) -> int:
    """Run the demonstration; its exit status."""
    config = Config(db=folder / "kazpress.db", archive=folder / "archive", sources={})
    click.echo("The recorded site, replayed through both spiders:\n")
    ended = crawl(config, CrawlOptions(replay=(_SEEDS / "recorded-site.warc.gz",)))
    show_crawls(ended, as_json=False)
    new = sum(one.summary.new + one.summary.updated for one in ended)
    click.echo("\nThe seed's text, which folds into its article:\n")
    show_imported(import_files(config, sorted(_SEEDS.glob("*.txt")), None), as_json=False)
    _show_stories(config)
    click.echo("\nNothing new." if new == 0 else f"\n{new} items new or updated.")
    export_files(config, ("jsonl", "csv"), folder / "stories", Selection())
    export_files(config, ("jsonl", "csv"), folder / "items", Selection(every_item=True))
    click.echo(
        f"\nDatabase: {config.db}\nArchive:  {config.archive}/\n"
        f"Exports:  {folder}/stories.jsonl, stories.csv (one record a story),\n"
        f"          {folder}/items.jsonl, items.csv (one record an item)"
    )
    return exit_status(ended)


def _show_stories(config: Config) -> None:
    click.echo("\nStories that stand in more than one item:\n")
    db = open_for_reading(config.db)
    try:
        show_stories(stories_of_many(db))
    finally:
        db.close()


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo")))
    except KazpressError as error:
        click.echo(f"kazpress: {error}", err=True)
        sys.exit(error.status)
