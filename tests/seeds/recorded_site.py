"""The recorded site of `seeds/`: where its files are, and what each address answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.archive.content_encoding import decoded
from pipeline.archive.warc_reader import records

FOLDER: Final = Path(__file__).parents[2] / "seeds"
RECORDED: Final = FOLDER / "recorded-site.warc.gz"
SEED: Final = FOLDER / "000_fdb57745cfa48370.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedAnswer:
    """What one address answered at one visit."""

    url: str
    status: int
    content_type: str
    body: str


def recorded_answers() -> Iterator[RecordedAnswer]:
    """Every answer, in the order in which they were recorded."""
    for record in records(RECORDED):
        one = record.exchange
        yield RecordedAnswer(
            url=one.target,
            status=one.status,
            content_type=one.header("Content-Type") or "",
            body=decoded(one.payload, one.header("Content-Encoding") or "").decode(),
        )
