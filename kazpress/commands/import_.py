"""`kazpress import`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kazpress.commands.options import PATH, common_options, json_option
from kazpress.streams import reader_may_leave

if TYPE_CHECKING:
    from kazpress.config import Config


@click.command("import", short_help="Import texts, and WARC files of other tools.")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@click.option("--source", help="The source of texts that do not name it themselves.")
@json_option
@common_options
def import_(
    files: tuple[Path, ...],
    source: str | None,
    as_json: bool,
    config: "Config",
) -> None:
    """Import texts such as those in seeds/, and WARC files of other tools.

    A text begins with a line "date YYYY-MM-DD", which may end in a photo credit. If an article
    contains the text, the two are one item, whichever of them came first.

    \b
    Examples:
      kazpress import seeds/*.txt
      kazpress import wayback.warc.gz
    """
    from kazpress.work.import_files import import_files
    from kazpress.work.summaries import show_imported

    imported = import_files(config, files, source)
    with reader_may_leave():
        show_imported(imported, as_json=as_json)
    raise click.exceptions.Exit(imported.status)
