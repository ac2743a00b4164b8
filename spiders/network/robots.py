"""robots.txt (RFC 9309): whether a source may be asked at all, for what, and how often."""

from dataclasses import dataclass

from protego import Protego

_AGENT = "kazpress"
_LARGEST = 512_000
"""RFC 9309, section 2.5: at least 500 KiB are read."""


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules that hold for us."""

    rules: Protego

    @classmethod
    def parsed(cls, body: bytes) -> "Robots":
        """The rules in the body of a robots.txt; one that is no text has none."""
        return cls(Protego.parse(body[:_LARGEST].decode("utf-8-sig", errors="replace")))

    def allows(self, url: str) -> bool:
        """Whether an address may be asked."""
        return bool(self.rules.can_fetch(url, _AGENT))

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that it names (sitemaps.org)."""
        return tuple(self.rules.sitemaps)

    @property
    def delay_seconds(self) -> float:
        """The Crawl-delay, 0 where there is none."""
        return float(self.rules.crawl_delay(_AGENT) or 0)


EVERYTHING = Robots(Protego.parse(""))
"""What holds where there is no robots.txt (4xx)."""
