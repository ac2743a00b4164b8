"""A stand-in for the Wayback Machine: CDX lists with keys to go on from, and captures (`id_`)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from email.utils import format_datetime
from urllib.parse import parse_qs, urlsplit

from tests.sites.web_archives.held import Held, gzipped, urlkey
from tests.sites.web_archives.stand_in import Reply, StandIn

_CAPTURE = re.compile(r"/web/(?P<timestamp>\d{14})id_/(?P<target>.+)")
_EMPTY = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"


class WaybackStandIn(StandIn):
    """Holds captures; a list names so many at a time."""

    def __init__(self, *held: Held, per_page: int = 3, wraps: bool = False) -> None:
        super().__init__(self._reply)
        self.held: list[Held] = list(held)
        self.per_page = per_page
        self.wraps = wraps
        """Whether it gzips answers on the way, unasked, and names no coding of the original."""

    def _reply(self, path: str, headers: Mapping[str, str]) -> Reply:
        if path.startswith("/cdx/search/cdx?"):
            return self._list(parse_qs(urlsplit(path).query))
        found = _CAPTURE.fullmatch(path)
        if found is None:
            return Reply(status=404, body=b"<html>Not found</html>")
        return self._capture(found["timestamp"], found["target"], headers)

    def _list(self, query: Mapping[str, Sequence[str]]) -> Reply:
        key, fields = urlkey(query["url"][0]), query["fl"][0].split(",")
        assert query["matchType"] == ["prefix"]
        assert query["output"] == ["json"]
        first, last = query.get("from", ["0"])[0], query.get("to", ["9"])[0]
        rows = sorted(
            (one for one in self.held if one.urlkey.startswith(key)),
            key=lambda one: (one.urlkey, one.timestamp),
        )
        rows = [one for one in rows if first <= one.timestamp <= last]
        start = int(query["resumeKey"][0].rpartition("+")[2]) if "resumeKey" in query else 0
        after = start + min(self.per_page, int(query["limit"][0]))
        shown = rows[max(0, start - 1) : after]  # the last row of the page before comes again
        if not shown:
            return Reply(headers={"Content-Type": "application/json"}, body=b"[]\n")
        lines: list[list[str]] = [
            fields,
            *([_field(one, name) for name in fields] for one in shown),
        ]
        if after < len(rows):
            lines += [[], [f"kz%2Cparlam%29%2F+{after}"]]
        return Reply(
            headers={"Content-Type": "application/json", "Content-Encoding": "gzip"},
            body=gzipped(json.dumps(lines).encode()),
        )

    def _capture(self, timestamp: str, target: str, headers: Mapping[str, str]) -> Reply:
        same = [one for one in self.held if one.urlkey == urlkey(target)]
        if not same:
            return Reply(status=404, body=b"<html>The Wayback Machine has not archived it</html>")
        exact = [one for one in same if one.timestamp == timestamp]
        if not exact:
            near = min(same, key=lambda one: abs(int(one.timestamp) - int(timestamp)))
            return Reply(
                status=302,
                headers={"Location": f"/web/{near.timestamp}id_/{near.target}"},
            )
        one = next((held for held in exact if held.target == target), exact[0])
        said = {f"x-archive-orig-{name}": value for name, value in one.headers.items()}
        said.pop("x-archive-orig-Content-Type", None)
        location = said.pop("x-archive-orig-Location", None)
        if location is not None:
            said["Location"] = f"/web/{one.timestamp}id_/{location}"
        body = gzipped(one.body) if self.wraps else one.body
        return Reply(
            status=one.status,
            headers={
                **({"Content-Encoding": "gzip"} if self.wraps else {}),
                "Content-Type": one.headers.get("Content-Type", "text/html"),
                "Memento-Datetime": format_datetime(one.time, usegmt=True),
                "Link": f'<{one.target}>; rel="original", <http://x/>; rel="timegate"',
                **said,
            },
            body=body,
        )


def _field(one: Held, name: str) -> str:
    values = {
        "urlkey": one.urlkey,
        "timestamp": one.timestamp,
        "original": one.target,
        "mimetype": "warc/revisit" if one.is_revisit else "text/html",
        "statuscode": "-" if one.is_revisit else str(one.status),
        "digest": one.digest,
        "length": str(len(one.body)),
    }
    return values[name]
