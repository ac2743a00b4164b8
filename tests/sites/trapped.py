"""Pages that no honest site has, made at each request; `Traps` sets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlencode

from tests.sites import kazpravda_frame, senate
from tests.sites.kazpravda_lists import listing
from tests.sites.page import Page, Shown
from tests.sites.pagination import Asked
from tests.sites.sitemap import XMLNS, xml

TrapKind = Literal["loop", "same", "listing", "huge sitemap", "shell"]
_PAGES: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """What stands at a path instead of the site's page."""

    kind: TrapKind
    size: int = 0
    """Addresses of a sitemap."""


def trapped(trap: Trap, path: str, query: Mapping[str, str], shown: Shown) -> Page:
    """What a trap answers."""
    if trap.kind == "huge sitemap":
        return _huge(trap.size, shown)
    if trap.kind == "shell":
        return _shell(shown)
    if trap.kind == "loop":
        return _leading_to(f"{path}?{urlencode({**query, f'f{len(query)}': '1'})}", path, shown)
    if trap.kind == "listing":
        return _leading_to("/", path, shown)
    name = "p" if shown.look.site == "senate" else "page"
    number = int(query.get(name, "1")) if query.get(name, "1").isdecimal() else 1
    following = min(number + 1, _PAGES)
    return _leading_to(f"{path}?{name}={following}", path, shown)


def _shell(shown: Shown) -> Page:
    if shown.look.site == "senate":
        return senate.shell("ru", shown)
    root = f'<div id="{shown.look.unknown("root")}"></div>'
    return Page(sort="missing", text=kazpravda_frame.document("Главная", "ru", root))


def _leading_to(address: str, path: str, shown: Shown) -> Page:
    """The newest articles, and a link further."""
    if shown.look.site == "senate":
        page = senate.newest(shown)
    else:
        newest = shown.standing("ru")[:10]
        page = listing("Лента", newest, "ru", shown, Asked(path=path, query={}))
    more = f'<a rel="next" href="{address.replace("&", "&amp;")}">Далее</a>\n</body>'
    return Page(sort="listing", text=page.text.replace("</body>", more))


def _huge(size: int, shown: Shown) -> Page:
    """So many addresses that look like articles, and none of them stands."""
    public = senate.PUBLIC if shown.look.site == "senate" else kazpravda_frame.PUBLIC
    form = "/ru-RU/news/details/9{:06}" if shown.look.site == "senate" else "/n/absent-{}/"
    rows = "".join(f"<url><loc>{public}{form.format(one)}</loc></url>\n" for one in range(size))
    return xml(f"<urlset {XMLNS}>\n{rows}</urlset>")
