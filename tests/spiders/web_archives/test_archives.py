"""The web archives as they are configured."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kazpress.config import load_config
from kazpress.errors import ConfigError
from spiders.web_archives.archives import LIST_GAP, WebArchive, configured_archives


def _archives(folder: Path, text: str = "") -> dict[str, WebArchive]:
    file = folder / "kazpress.toml"
    file.write_text(text, encoding="utf-8")
    return configured_archives(load_config(file, db=None, archive=None, known_sources=("senate",)))


def test_only_the_archives_own_hosts_are_asked_at_their_pace(tmp_path: Path) -> None:
    archives = _archives(tmp_path)
    assert [one.hosts for one in archives.values()] == [
        ("https://web.archive.org",),
        ("https://index.commoncrawl.org", "https://data.commoncrawl.org"),
    ]
    for one in archives.values():
        assert (one.list_gap, one.capture_gap) == (LIST_GAP, timedelta(seconds=1))
    assert timedelta(minutes=1) / LIST_GAP == 24


@pytest.mark.parametrize(("delay", "seconds"), [(0.01, 0.125), (3, 3)])
def test_a_delay_is_8_a_second_at_least(tmp_path: Path, delay: float, seconds: float) -> None:
    archive = _archives(tmp_path, f"[archives.wayback]\ndelay = {delay}")["wayback"]
    assert archive.capture_gap == timedelta(seconds=seconds)
    assert archive.list_gap == LIST_GAP


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("archives = 1", "must be tables"),
        ("[archives]\nwayback = 1", "must be a table, [archives.wayback]"),
        ("[archives.waybak]", 'unknown key "waybak" in [archives]; did you mean "wayback"?'),
        ("[archives.wayback]\ndata_url = 'http://127.0.0.1'", 'unknown key "data_url"'),
        ("[archives.wayback]\nbase_url = 'https://a.kz'", "must be an address on this machine"),
        ("[archives.wayback]\nbase_url = 'http://10.0.0.1'", "must be an address on this machine"),
        ("[archives.wayback]\ndelay = 0", "may be 0 only with base_url on loopback"),
        (
            "[archives.commoncrawl]\nbase_url = 'http://127.0.0.1'\ndelay = 0",
            "may be 0 only with base_url and data_url on loopback",
        ),
        ("[archives.commoncrawl]\ndelay = -1", "must be a number of seconds"),
    ],
)
def test_what_is_wrong_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        _archives(tmp_path, text)
    assert said in str(refused.value)


def test_a_stand_in_without_delay_is_not_waited_for(tmp_path: Path) -> None:
    text = "[archives.wayback]\nbase_url = 'http://127.0.0.1:8090'\ndelay = 0"
    archive = _archives(tmp_path, text)["wayback"]
    assert archive.hosts == ("http://127.0.0.1:8090",)
    assert archive.capture_gap == archive.list_gap == timedelta()
