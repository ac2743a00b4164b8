"""An archive with numbered pages of Kazpravda."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.archive.appender import ArchiveWriter
from pipeline.archive.exchange import Exchange
from pipeline.archive.files import stored_captures
from pipeline.model.source import Site
from spiders.kazpravda import KAZPRAVDA

SITE = Site(KAZPRAVDA, KAZPRAVDA.base_url)
TIME = datetime(2026, 3, 4, 13, 5, tzinfo=UTC)
Place = tuple[str, int, int]
FIRST = "kazpravda-articles-000001.warc.gz"


def page(number: int, **facts: object) -> Exchange:
    """The exchange of an article's page, `number` hours after TIME."""
    values = {
        "target": f"https://kazpravda.kz/n/statya-{number}/",
        "time": TIME + timedelta(hours=number),
        "status": 200, "payload": f"<p>{number}</p>".encode(), "headers": (),
    } | facts  # fmt: skip
    return Exchange(**values)  # type: ignore[arg-type]  # the values fit their names


def written(
    folder: Path,
    *exchanges: Exchange,
    kind: str = "articles",
    largest: int = 1_000_000_000,
    known: Sequence[str] = (),
) -> list[Place]:
    """Append exchanges to the archive of Kazpravda; where each record lies."""
    with ArchiveWriter(
        folder, "kazpravda", kind, "kazpress/0", known=lambda: known, max_file_bytes=largest
    ) as writer:
        return [writer.append(one) for one in exchanges]


def payloads(folder: Path, file: str = FIRST, start: int = 0) -> list[bytes]:
    """The payloads of the captures in a file."""
    return [payload for _, payload, _ in stored_captures(folder, SITE, file, start)]
