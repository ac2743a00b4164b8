"""What a redirect leads to, and in which spelling of its host a source is asked."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.model.source import Site
from pipeline.normalize.addresses import public_url, request_url, resolved
from spiders.network.http_answer import MAX_HOPS
from spiders.network.robots import Robots


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadEnd:
    """Why a redirect is not followed."""

    reason: str
    detail: str


class Origin:
    """Where the requests for a source go: to a mirror, or to its own host in the spelling that
    the host itself asks for (`www.`, http).
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self._asked = [site.base_url]
        """Where requests went, the first first."""

    def moves_to(self, url: str) -> bool:
        """Switch to the host spelling of `url`. True if that is a change; False too where requests
        went there before, and where a mirror is asked, which is never left.
        """
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if origin in self._asked or self._asked[0] != self.site.source.base_url:
            return False
        self._asked.append(origin)
        self.site = Site(self.site.source, origin)
        return True


def next_hop(
    location: str, public: str, chain: tuple[str, ...], origin: Origin, robots: Robots
) -> str | DeadEnd:
    """The public address on this source that a redirect of `public` leads to, or why it leads
    nowhere. `location` is the Location header, `chain` the addresses that led to `public`.

    A redirect that only leads to another spelling of the host is where all requests go from now on.
    """
    target = public_url(location, public, origin.site) if location else None
    if target is None:
        detail = f"redirects to {location or 'nowhere'}, which is not the source's"
        return DeadEnd(reason="redirect-elsewhere", detail=detail)
    where = resolved(location, request_url(public, origin.site))
    if target == public and where is not None and origin.moves_to(where):
        return target
    if target in (*chain, public) or len(chain) >= MAX_HOPS:
        return DeadEnd(reason="redirect-loop", detail=f"redirects to {target} and never ends")
    if not robots.allows(target):
        detail = f"redirects to {target}; robots.txt forbids it"
        return DeadEnd(reason="forbidden", detail=detail)
    return target
