"""How a list writes the address of an article: as it is, in full, or as an editor pasted it."""

from __future__ import annotations

from html import escape
from typing import Final
from urllib.parse import urlsplit

from tests.sites.content import Headline
from tests.sites.look import Look

CLEAN: Final = (
    "{path}",
    "{path}",
    "{path}",
    "{public}{path}",
    "https://www.{host}{path}",
    "{path}?utm_source=front&utm_medium=card",
    "{bare}",
)
_DIRTY: Final = (
    "{path}",
    "http://{host}{path}",
    "HTTPS://{upper}{path}",
    "https://WWW.{upper}{bare}",
    "{public}{doubled}",
    "{encoded}",
    "{public}{path}?fbclid=IwAR0x_1&yclid=77#comments",
    "{public}:443{path}",
    "{path}?utm_source=telegram&amp;utm_campaign=a%20b",
)


def link(article: Headline, path: str, public: str, look: Look, place: str, *, dirty: bool) -> str:
    """One of the forms, drawn for the article and the place; escaped for an attribute."""
    form = look.pick(f"link {place} {article.number}", _DIRTY if dirty else CLEAN)
    host = urlsplit(public).netloc
    last = path.rstrip("/").rpartition("/")[2]
    given = form.format(
        path=path,
        bare=path.removesuffix("/"),
        public=public,
        host=host,
        upper=host.upper(),
        doubled=path.replace(f"/{last}", f"//{last}"),
        encoded=path.replace(last, f"%{ord(last[0]):02X}{last[1:]}"),
    )
    return escape(given)
