"""Where a redirect leads, and in which spelling of its host a source is asked."""

from __future__ import annotations

import pytest

from pipeline.model.source import Site
from pipeline.normalize.addresses import request_url
from spiders.kazpravda import KAZPRAVDA
from spiders.network.redirect import DeadEnd, Origin, next_hop
from spiders.network.robots import EVERYTHING, Robots

_HERE = "https://kazpravda.kz/n/a/"


@pytest.fixture
def mirror() -> Origin:
    return Origin(Site(KAZPRAVDA, "http://127.0.0.1:8080/mirror"))


def _hop(location: str, origin: Origin, *chain: str, robots: Robots = EVERYTHING) -> str | DeadEnd:
    return next_hop(location, _HERE, chain, origin, robots)


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/n/b/", "https://kazpravda.kz/n/b/"),
        ("../b", "https://kazpravda.kz/n/b"),
        ("http://www.kazpravda.kz/kk/n/b/", "https://kazpravda.kz/kk/n/b/"),
        ("http://127.0.0.1:8080/mirror/n/b/", "https://kazpravda.kz/n/b/"),
        ("?page=2", "https://kazpravda.kz/n/a/?page=2"),
        ("/n/қ/", "https://kazpravda.kz/n/%D2%9B/"),
    ],
)
def test_a_redirect_on_the_source_leads_on(mirror: Origin, location: str, target: str) -> None:
    assert _hop(location, mirror) == target


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("", "redirect-elsewhere"),
        ("https://example.org/n/b/", "redirect-elsewhere"),
        ("http://127.0.0.1/n/b/", "redirect-elsewhere"),
        ("http://169.254.169.254/latest/", "redirect-elsewhere"),
        ("ftp://kazpravda.kz/n/b/", "redirect-elsewhere"),
        ("file:///etc/passwd", "redirect-elsewhere"),
        ("https://kazpravda.kz:8443/n/b/", "redirect-elsewhere"),
        ("https://kazpravda.kz@example.org/n/b/", "redirect-elsewhere"),
        ("/n/a/", "redirect-loop"),
        ("https://www.kazpravda.kz/n/a/", "redirect-loop"),
        ("/n/0/", "redirect-loop"),
        ("/closed/", "forbidden"),
    ],
)
def test_other_redirects_lead_nowhere(mirror: Origin, location: str, reason: str) -> None:
    robots = Robots.parsed(b"User-agent: *\nDisallow: /closed/")
    hop = _hop(location, mirror, "https://kazpravda.kz/n/0/", robots=robots)
    assert isinstance(hop, DeadEnd)
    assert hop.reason == reason


def test_five_hops_are_enough(mirror: Origin) -> None:
    chain = tuple(f"https://kazpravda.kz/n/{number}/" for number in range(5))
    assert _hop("/n/b/", mirror, *chain[1:]) == "https://kazpravda.kz/n/b/"
    assert isinstance(_hop("/n/b/", mirror, *chain), DeadEnd)


@pytest.mark.parametrize("host", ["https://www.kazpravda.kz", "http://kazpravda.kz"])
def test_all_requests_go_to_the_host_as_the_site_itself_spells_it(host: str) -> None:
    own = Origin(Site(KAZPRAVDA, KAZPRAVDA.base_url))
    assert _hop(f"{host}/n/a/", own) == _HERE
    assert request_url(_HERE, own.site) == f"{host}/n/a/"
    hop = _hop("https://kazpravda.kz/n/a/", own)
    assert isinstance(hop, DeadEnd), "a circle of two spellings ends"
    assert hop.reason == "redirect-loop"
