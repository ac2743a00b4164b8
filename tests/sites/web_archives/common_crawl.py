"""A stand-in for Common Crawl: the list of crawls, an index with pages for each, WARC files."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from tests.sites.web_archives.held import Held, digest_of, gzipped, urlkey
from tests.sites.web_archives.stand_in import Reply, StandIn

_RANGE = re.compile(r"bytes=(\d+)-(\d+)")


class CommonCrawlStandIn(StandIn):
    """Holds captures by the name of a crawl; index and files have one host here."""

    def __init__(self, *, per_page: int = 3, **crawls: Sequence[Held]) -> None:
        super().__init__(self._reply)
        self.per_page = per_page
        self.crawls = {
            f"CC-MAIN-{name[1:].replace('_', '-')}": held for name, held in crawls.items()
        }
        self.spans: dict[str, tuple[str, str]] = {}
        """From when until when a crawl was, where the list says it."""
        self.damaged: set[str] = set()
        """Addresses whose records have a byte wrong."""
        self._files: dict[str, bytes] = {}
        self._places: dict[tuple[str, int], tuple[int, int]] = {}
        for name, held in self.crawls.items():
            self._pack(name, held)

    def file(self, crawl: str) -> str:
        """The path of a crawl's WARC file."""
        return f"crawl-data/{crawl}/segments/1.2/warc/{crawl}-00000.warc.gz"

    def _pack(self, crawl: str, held: Sequence[Held]) -> None:
        out = io.BytesIO()
        for at, one in enumerate(held):
            start = out.tell()
            _write(out, one)
            self._places[crawl, at] = (start, out.tell() - start)
        self._files[self.file(crawl)] = out.getvalue()

    def _reply(self, path: str, headers: Mapping[str, str]) -> Reply:
        if path == "/collinfo.json":
            return _json([self._info(name) for name in reversed(self.crawls)])
        if found := re.match(r"/(?P<crawl>[\w-]+)-index\?", path):
            return self._index(found["crawl"], parse_qs(urlsplit(path).query))
        return self._part(path.removeprefix("/"), headers.get("Range", ""))

    def _info(self, name: str) -> dict[str, str]:
        first, last = self.spans.get(name, ("", ""))
        return {
            "id": name, "name": name, "cdx-api": f"https://elsewhere.example/{name}-index",
            **({"from": first, "to": last} if first else {}),
        }  # fmt: skip

    def _index(self, crawl: str, query: Mapping[str, Sequence[str]]) -> Reply:
        key = urlkey(query["url"][0])
        assert query["matchType"] == ["prefix"]
        rows = [
            json.dumps(self._row(crawl, at, one))
            for at, one in enumerate(self.crawls[crawl])
            if one.urlkey.startswith(key)
        ]
        pages = -(-len(rows) // self.per_page)
        if query.get("showNumPages") == ["true"]:
            return _json({"pages": pages, "pageSize": self.per_page, "blocks": pages})
        page = int(query["page"][0])
        if not rows:
            return _json({"message": f"No Captures found for: {query['url'][0]}"}, status=404)
        if page >= pages:
            return _json({"message": f"Page {page} invalid"}, status=400)
        shown = rows[page * self.per_page : (page + 1) * self.per_page]
        return Reply(
            headers={"Content-Type": "text/x-ndjson"},
            body="".join(f"{r}\n" for r in shown).encode(),
        )

    def _row(self, crawl: str, at: int, one: Held) -> dict[str, str]:
        offset, length = self._places[crawl, at]
        row = {
            "urlkey": one.urlkey, "timestamp": one.timestamp, "url": one.target,
            "mime": "text/html", "status": str(one.status), "digest": one.digest,
            "length": str(length), "offset": str(offset), "filename": self.file(crawl),
        }  # fmt: skip
        return row | ({"truncated": one.truncated} if one.truncated else {})

    def _part(self, path: str, span: str) -> Reply:
        found, content = _RANGE.fullmatch(span), self._files.get(path)
        if content is None or found is None:
            return Reply(status=404, body=b"<Error><Code>NoSuchKey</Code></Error>")
        first, last = int(found[1]), int(found[2])
        part = content[first : last + 1]
        crawl = path.split("/")[1]
        at = next(at for (name, at), (o, _) in self._places.items() if (name, o) == (crawl, first))
        if self.crawls[crawl][at].target in self.damaged:
            part = part[:-12] + bytes([part[-12] ^ 255]) + part[-11:]
        return Reply(status=206, headers={"Content-Type": "application/octet-stream"}, body=part)


def _write(out: io.BytesIO, one: Held) -> None:
    """One record as a gzip member."""
    head = [f"HTTP/1.1 {one.status} X", *(f"{name}: {text}" for name, text in one.headers.items())]
    head += [f"Content-Length: {len(one.body)}", "", ""]
    block = "\r\n".join(head).encode() + one.body
    lines = [
        "WARC/1.0", "WARC-Type: response", f"WARC-Date: {one.time:%Y-%m-%dT%H:%M:%SZ}",
        f"WARC-Record-ID: <urn:uuid:{out.tell():032x}>", f"WARC-Target-URI: {one.target}",
        f"WARC-Payload-Digest: sha1:{digest_of(one.body)}",
        *([f"WARC-Truncated: {one.truncated}"] if one.truncated else []),
        "Content-Type: application/http; msgtype=response", f"Content-Length: {len(block)}",
    ]  # fmt: skip
    out.write(gzipped("\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"))


def _json(value: object, *, status: int = 200) -> Reply:
    return Reply(
        status=status,
        headers={"Content-Type": "application/json"},
        body=json.dumps(value, indent=1).encode(),
    )
