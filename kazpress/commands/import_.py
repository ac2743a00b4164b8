"""`kazpress import`."""

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


@command("import", short_help="Import texts, WARC and WACZ files of other tools.")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@click.option(
    "--source",
    type=SourceName(),
    metavar="NAME",
    help="The source of texts that do not name it themselves.",
)
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

    WARC files may be uncompressed, gzipped (.warc.gz), in Zstandard (.warc.zst), or inside a WACZ
    or other ZIP file. A damaged record is passed over and told; the others are taken.

    \b
    Examples:
      kazpress import seeds/*.txt
      kazpress import wayback.warc.gz crawl.wacz
    """
    from kazpress.work.import_files import import_files
    from kazpress.work.summaries import show_imported

    imported = import_files(config, files, source)
    with reader_may_leave():
        show_imported(imported, as_json=as_json, quiet=verbosity() < 0)
    raise click.exceptions.Exit(imported.status)
