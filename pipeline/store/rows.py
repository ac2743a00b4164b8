"""Dataclasses as rows of the database, and back."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

from kazpress.errors import StoreError
from pipeline.clock import almaty_day, moment, stamp
from pipeline.digests import content_sha256
from pipeline.model.capture import Capture, ClassifiedCapture, Failure
from pipeline.model.decision import Decision
from pipeline.model.press_item import PressItem, Translation
from pipeline.model.reading import Reading, Step

Row = dict[str, Any]

_LISTS = ("authors", "tags", "attribution")
_AS_THEY_ARE = (
    "source", "url", "target", "status", "digest", "content_type", "content_encoding", "etag",
    "last_modified", "location", "mirror", "file", "offset", "length",
)  # fmt: skip
"""The fields of a capture that its row has in the same form."""


_MAY_LACK = ("notes", "repairs")
_READING_FIELDS = tuple(field.name for field in fields(Reading))


to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Compact JSON with Cyrillic as it is, keys in the order given."""


def reading_to_row(reading: Reading) -> Row:
    """A reading as a row of `readings`; its id is the digest of all its fields, of notes and
    repairs only where there are any.
    """
    values = ((name, getattr(reading, name)) for name in _READING_FIELDS)
    text = to_json({name: one for name, one in values if one or name not in _MAY_LACK})
    return {
        "id": hashlib.sha256(text.encode()).hexdigest()[:32],
        "language": reading.language,
        "title": reading.title,
        "content_sha256": content_sha256(reading.title, reading.body),
        "fields": text,
    }


def reading_from_json(text: str) -> Reading:
    """The reading that `reading_to_row` made. Raises StoreError where the text is damaged."""
    with _told_if_damaged("a reading"):
        raw: dict[str, Any] = json.loads(text)
        read_by: tuple[tuple[str, Step], ...] = tuple(
            (name, one) for name, one in raw.pop("read_by")
        )
        for name in (*_LISTS, "alternates", "disagreements", *_MAY_LACK):
            raw[name] = tuple(raw.get(name, ()))
        return Reading(read_by=read_by, **raw)


def capture_to_row(
    examined: ClassifiedCapture, reading_id: str | None, body: str | None, reader_version: str
) -> Row:
    """A classified capture as a row of `captures`, by the reader that came to this."""
    capture, failure = examined.capture, examined.failure
    return {
        **{name: getattr(capture, name) for name in _AS_THEY_ARE},
        "time": stamp(capture.time),
        "day": almaty_day(capture.time).isoformat(),
        "redirect_to": examined.redirect_to,
        "refers_to": stamp(capture.refers_to) if capture.refers_to else None,
        "article": int(capture.article),
        "outcome": examined.outcome,
        "reason": failure.reason if failure else None,
        "detail": failure.detail if failure else None,
        "reading": reading_id,
        "body_sha256": body,
        "reader_version": reader_version,
        "followed": 0,
    }


def capture_from_row(row: Row) -> Capture:
    """The capture of a row of `captures`."""
    return Capture(
        **{name: row[name] for name in _AS_THEY_ARE},
        time=moment(row["time"]),
        refers_to=moment(row["refers_to"]) if row["refers_to"] else None,
        article=bool(row["article"]),
    )


def classified_from_row(
    row: Row, text_id: str | None = None, decision: Decision | None = None
) -> ClassifiedCapture:
    """The classified capture of a row of `captures` with the `fields` of its reading. Its text's id
    and its decision stand elsewhere. Raises StoreError where the reading is damaged.
    """
    capture, reason = capture_from_row(row), row["reason"]
    return ClassifiedCapture(
        capture=capture,
        outcome=row["outcome"],
        reading=reading_from_json(row["fields"]) if row["fields"] else None,
        failure=Failure(url=capture.url, stage="read", reason=reason, detail=row["detail"] or "")
        if reason
        else None,
        redirect_to=row["redirect_to"],
        text_id=text_id,
        decision=decision,
        reader_version=row["reader_version"],
    )


def item_from_row(row: Row) -> PressItem:
    """The exported item of a row of `items`. Raises StoreError where the row is damaged."""
    values = {field.name: row[field.name] for field in fields(PressItem)}
    with _told_if_damaged(f"item {row['id']}"):
        for name in _LISTS:
            values[name] = tuple(json.loads(values[name]))
        values["translations"] = tuple(Translation(**t) for t in json.loads(values["translations"]))
    return PressItem(**values)


@contextmanager
def _told_if_damaged(what: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, TypeError, KeyError) as error:
        raise StoreError(f"the database is damaged: {what} can't be read ({error!r})") from error
