"""The configuration is read again whole, or stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from kazpress.config import Config
from kazpress.daemon.live_config import LiveConfig
from kazpress.errors import ConfigError
from kazpress.options import configuration


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kazpress.toml"
    path.write_text('contact = "mailto:a@example.org"\n')
    return path


def _live(file: Path | None) -> LiveConfig:
    return LiveConfig(lambda: configuration(None, None, file), file)


def _for_child(live: LiveConfig) -> str:
    with live.file_for_child() as descriptor:
        return Path(f"/dev/fd/{descriptor}").read_text()


def test_it_is_read_again(file: Path) -> None:
    live = _live(file)
    assert live.config.contact == "mailto:a@example.org"
    file.write_text('contact = "mailto:b@example.org"\n')
    assert _for_child(live) == 'contact = "mailto:a@example.org"\n'
    live.reload()
    assert live.config.contact == "mailto:b@example.org"
    assert _for_child(live) == 'contact = "mailto:b@example.org"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('contcat = "x"', 'kazpress.toml: unknown key "contcat"; did you mean "contact"'),
        ('[sources.senate]\nschedule = "61 * * * *"', r"in \[sources.senate\]: schedule"),
        ('db = "other.db"', "names another database or archive"),
        ('archive = "elsewhere"', "names another database or archive"),
        (f"# {'x' * 70_000}", "is larger than 65536 bytes"),
        ("", "kazpress.toml: is empty or gone"),
    ],
)
def test_a_bad_one_is_refused_and_the_old_one_stays(file: Path, text: str, said: str) -> None:
    live = _live(file)
    file.write_text(text)
    with pytest.raises(ConfigError, match=said):
        live.reload()
    assert live.config.contact == "mailto:a@example.org"
    assert "mailto:a@example.org" in _for_child(live)


def test_one_that_is_gone_is_refused(file: Path) -> None:
    live = _live(file)
    file.unlink()
    with pytest.raises(ConfigError, match="can't be read"):
        live.reload()
    assert live.config.contact == "mailto:a@example.org"


def test_one_that_changes_while_it_is_read_is_refused(file: Path) -> None:
    """Written in two steps, say: what is in force would not be what crawls are given."""

    def load() -> Config:
        config = configuration(None, None, file)
        if file.read_text().startswith("# half"):
            file.write_text(file.read_text().removeprefix("# half"))
        return config

    live = LiveConfig(load, file)
    file.write_text('# half\ncontact = "mailto:b@example.org"\n')
    with pytest.raises(ConfigError, match="changed while it was read"):
        live.reload()
    assert live.config.contact == "mailto:a@example.org"
    live.reload()
    assert live.config.contact == "mailto:b@example.org"


def test_one_that_is_gone_from_the_working_directory_is_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    monkeypatch.delenv("KAZPRESS_CONFIG", raising=False)
    live = _live(None)
    file.unlink()
    with pytest.raises(ConfigError, match="is empty or gone"):
        live.reload()
    assert live.config.contact == "mailto:a@example.org"


def test_one_that_was_not_there_may_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KAZPRESS_CONFIG", raising=False)
    live = _live(None)
    assert _for_child(live) == ""
    (tmp_path / "kazpress.toml").write_text('contact = "mailto:c@example.org"\n')
    live.reload()
    assert live.config.contact == "mailto:c@example.org"


def test_no_descriptor_is_left_open(file: Path) -> None:
    live = _live(file)
    before = sorted(Path("/dev/fd").iterdir())
    _for_child(live)
    assert sorted(Path("/dev/fd").iterdir()) == before
