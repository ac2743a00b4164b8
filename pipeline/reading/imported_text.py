"""A text file without address: a line `date YYYY-MM-DD` with a photo credit, then paragraphs."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from kazpress.errors import UnreadableText
from pipeline.archive.exchange import Exchange
from pipeline.clock import ALMATY
from pipeline.digests import imported_text_id
from pipeline.model.reading import Reading
from pipeline.model.source import Source
from pipeline.normalize import credits as credit
from pipeline.normalize.attribution import attribution
from pipeline.normalize.characters import one_line, paragraphs
from pipeline.normalize.homoglyphs import repaired
from pipeline.normalize.languages import language_by_letters

_HEADER = re.compile(r"^\s*date\s+(?P<day>\d{4}-\d\d-\d\d)\b[ \t]*(?P<credit>[^\n]*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedText:
    """A text file as it was read."""

    id: str
    time: datetime
    """Its capture time: the start of its day in Almaty."""
    reading: Reading


def read_imported(content: bytes) -> ImportedText:
    """Reads a text file. Raises UnreadableText with what is wrong with it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableText(
            f"is not UTF-8 (byte {error.start}); convert it first, e.g. with iconv"
        ) from error
    first, _, rest = text.replace("\r\n", "\n").lstrip("\n").partition("\n")
    header = _HEADER.match(first)
    if header is None:
        raise UnreadableText('its first line is not "date YYYY-MM-DD", perhaps with a photo credit')
    try:
        day = date.fromisoformat(header["day"])
        start = datetime.combine(day, time(), tzinfo=ALMATY).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UnreadableText(f"{header['day']} in its first line is no day") from error
    body = paragraphs(rest)
    if not body:
        raise UnreadableText("has no text after its first line")
    return ImportedText(
        id=imported_text_id(rest), time=start, reading=_reading(day, header["credit"], body)
    )


def named_sources(text: ImportedText, sources: tuple[Source, ...]) -> list[Source]:
    """The sources whose names stand in the text's attribution."""
    named = {name.lower() for name in text.reading.attribution}
    return [source for source in sources if named & {name.lower() for name in source.names}]


def text_exchange(content: bytes, text: ImportedText, source: Source) -> Exchange:
    """The text as it goes into the archive: a resource record under its own digest."""
    return Exchange(
        target=f"urn:sha256:{hashlib.sha256(content).hexdigest()}",
        time=text.time,
        status=0,
        payload=content,
        source=source.name,
    )


def _reading(day: date, credit_text: str, body: str) -> Reading:
    credited = one_line(credit_text)
    body, repairs = repaired(body)
    return Reading(
        language=language_by_letters(body),
        title=None,
        body=body,
        published=day.isoformat(),
        published_precision="day",
        image_credit=(credit.image_credit(credited) or credited) or None,
        attribution=attribution(tuple(body.split("\n\n"))),
        repairs=repairs,
    )
