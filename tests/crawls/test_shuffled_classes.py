"""A site whose every class name is another with every answer is still read, and it is said so."""

from __future__ import annotations

import json
import re
from random import SystemRandom

import pytest

from tests.sites.content import SiteName
from tests.sites.expected import Expected
from tests.sites.replica import Replica
from tests.workspace import Workspace

_LEAST_SHARE = 0.98


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _is_right(item: dict[str, str] | None, wanted: Expected) -> bool:
    return (
        item is not None
        and item["title"] == wanted.title
        and item["published"][:10] == wanted.published[:10]
        and _words(item["body"]) == _words(wanted.body)
    )


@pytest.mark.parametrize(
    ("site", "options", "readings"),
    [
        ("kazpravda", ["--since", "2013-11-12"], {"structured", "generic"}),
        ("senate", [], {"layout"}),
    ],
)
@pytest.mark.soak
def test_title_date_and_body_are_read_whatever_the_classes_are(
    workspace: Workspace, site: SiteName, options: list[str], readings: set[str]
) -> None:
    seed = SystemRandom().randrange(1_000_000)
    with Replica(site, seed=seed, count=60) as replica:
        replica.switch(shuffle=True)
        workspace.point_at(replica)
        ran = workspace.run("crawl", *options)
        wanted = replica.articles
    exported = map(json.loads, workspace.export().splitlines())
    items = {item["url"]: item for item in exported}
    wrong = [one.url for one in wanted if not _is_right(items.get(one.url), one)]
    assert len(wrong) <= (1 - _LEAST_SHARE) * len(wanted), (f"seed {seed}", wrong)
    assert {item["reading"] for item in items.values()} <= readings
    said = "were read by the source's own layout" in ran.stderr
    assert said == ("layout" not in readings), ran.stderr
