"""The line of an index in CDXJ that says where a page is, with the fields that cdxj-indexer writes
and pywb reads.
"""

import json
import re

from pipeline.archive.exchange import NOT_MODIFIED, Exchange
from pipeline.cdxj.surt import surt

_PLACE = re.compile(r'"length": "(?P<length>[0-9]+)", "offset": "(?P<offset>[0-9]+)", "filename": ')
_MIME = re.compile(r"[^;\s]+")


def index_line(exchange: Exchange, file: str, offset: int, length: int) -> str | None:
    """The line of an exchange whose record stands there; None where it leads to no page: an
    imported text, a decision, a 304, with which a replay would answer.
    """
    key = surt(exchange.target) if exchange.kind == "http" else None
    if key is None or exchange.status == NOT_MODIFIED:
        return None
    mime = _MIME.search(exchange.content_type)
    fields = {
        "url": exchange.target,
        "mime": "warc/revisit" if exchange.refers_to else mime and mime[0],
        "status": str(exchange.status),
        "digest": exchange.digest,
        "length": str(length),
        "offset": str(offset),
        "filename": file,
    }
    told = json.dumps({name: value for name, value in fields.items() if value})
    return f"{key} {exchange.time:%Y%m%d%H%M%S} {told}\n"


def place_in(line: str) -> tuple[int, int] | None:
    """Where the record of a line begins, and its length in bytes; None where it is no such line."""
    found = _PLACE.search(line)
    return (int(found["offset"]), int(found["length"])) if found else None
