"""kazpress.toml: every key checked, every mistake named with its file and key."""

import contextlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kazpress.config import Config, is_loopback, load_config
from kazpress.errors import ConfigError, ExitStatus

KNOWN = ("senate", "kazpravda")
KEYS = ["db", "archive", "contact", "sources", "base_url", "schedule", "delay", "enabled", "state",
        "senate", "kazpravda", "archives", "wayback", "commoncrawl", "data_url", "x"]  # fmt: skip
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.sampled_from(["", "active", "http://[", "h://"])
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2)
    | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
)  # fmt: skip


def _load(
    folder: Path, text: str | bytes, db: Path | None = None, archive: Path | None = None
) -> Config:
    path = folder / "k.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_config(path, db=db, archive=archive, known_sources=KNOWN)


def _refused(folder: Path, text: str | bytes) -> str:
    with pytest.raises(ConfigError) as caught:
        _load(folder, text)
    assert caught.value.status is ExitStatus.USAGE
    sentence = str(caught.value)
    assert sentence.startswith(f"{folder}/k.toml: ")
    return sentence.removeprefix(f"{folder}/k.toml: ")


def test_the_whole_of_it_is_read(tmp_path: Path) -> None:
    config = _load(tmp_path, """
        db = "data/k.db"
        archive = "/var/warc"
        contact = "mailto:you@example.org"
        [notify]
        command = "mail-me --to 'the operator'"
        webhook = "https://hooks.example.org/secret?token=1"
        [sources.kazpravda]
        base_url = "http://127.0.0.1:8000/mirror/"
        schedule = "every 15 minutes"
        delay = 0
        enabled = false
        state = "frozen"
        [sources.senate]
        delay = 1.5
    """)  # fmt: skip
    assert (config.db, config.archive) == (tmp_path / "data" / "k.db", Path("/var/warc"))
    assert config.contact == "mailto:you@example.org"
    assert config.notify.command == ("mail-me", "--to", "the operator")
    assert config.notify.webhook == "https://hooks.example.org/secret?token=1"
    said = config.source("kazpravda")
    assert (said.base_url, said.schedule) == ("http://127.0.0.1:8000/mirror", "every 15 minutes")
    assert (said.delay, said.enabled, said.state) == (0.0, False, "frozen")
    assert (config.source("senate").delay, config.source("senate").enabled) == (1.5, True)


def test_an_empty_file_leaves_everything_as_it_is(tmp_path: Path) -> None:
    config = _load(tmp_path, "")
    assert (config.db, config.archive) == (tmp_path / "kazpress.db", tmp_path / "archive")
    assert (config.contact, config.source("senate").delay) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        'command = ""', 'command = "mail-me \'secret"', "command = ['mail-me', 'secret']",
        'webhook = "http://hooks.example.org/secret"', 'webhook = "ftp://127.0.0.1/secret"',
        'webhook = "https://secret@hooks.example.org/"', 'webhook = "https://h.example/secret x"',
        'webhook = "secret"', 'webhook = "https://"', 'webhook = "https://h.example:secret/"',
        'webhook = "http://127.0.0.1.example.org/secret"', 'webhook = "https://[secret/"',
        'webhok = "https://hooks.example.org/secret"', "webhook = 99", 'webhook = ""',
    ],
)  # fmt: skip
def test_what_is_wrong_with_notify_is_said_without_its_secrets(tmp_path: Path, line: str) -> None:
    said = _refused(tmp_path, f"[notify]\n{line}")
    assert line.partition(" ")[0] in said
    assert "in [notify]" in said
    assert "secret" not in said


def test_a_webhook_without_tls_is_for_loopback_alone(tmp_path: Path) -> None:
    for url in ("http://127.0.0.1:8000/x", "http://localhost/x", "http://[::1]:80/x"):
        assert _load(tmp_path, f'[notify]\nwebhook = "{url}"').notify.webhook == url


def test_options_come_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAZPRESS_DB", "of-the-environment.db")
    text = 'db = "of-the-file.db"\narchive = "warc"'
    assert _load(tmp_path, text).db == Path("of-the-environment.db")
    config = _load(tmp_path, text, db=Path("o/k.db"), archive=Path("a"))
    assert (config.db, config.archive) == (Path("o/k.db"), Path("a"))
    monkeypatch.setenv("KAZPRESS_DB", "")
    assert _load(tmp_path, text).db == tmp_path / "of-the-file.db"


def test_the_archive_lies_beside_the_database_unless_named(tmp_path: Path) -> None:
    assert _load(tmp_path, "", db=Path("o/k.db")).archive == Path("o/archive")
    assert _load(tmp_path, 'archive = "w"', db=Path("o/k.db")).archive == tmp_path / "w"


def test_the_file_of_the_working_directory_is_read_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KAZPRESS_CONFIG", raising=False)
    monkeypatch.delenv("KAZPRESS_DB", raising=False)

    def load() -> Config:
        return load_config(None, db=None, archive=None, known_sources=KNOWN)

    assert load().db == Path("kazpress.db")
    Path("kazpress.toml").write_text('db = "here.db"')
    assert load().db == Path("here.db")
    Path("other").mkdir()
    Path("other/k.toml").write_text('db = "there.db"')
    monkeypatch.setenv("KAZPRESS_CONFIG", "other/k.toml")
    assert load().db == Path("other/there.db")


@pytest.mark.parametrize("kind", ["missing", "a folder", "a broken link"])
def test_a_named_file_that_cannot_be_read_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "k.toml"
    if kind == "a folder":
        path.mkdir()
    elif kind == "a broken link":
        path.symlink_to("nowhere")
    with pytest.raises(ConfigError, match=re.escape(f"{path}: can't be read (")):
        load_config(path, db=None, archive=None, known_sources=KNOWN)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('archiv = "x"', 'unknown key "archiv"; did you mean "archive"?'),
        ("zzz = 1", 'unknown key "zzz"'),
        ("[sources.senat]", 'unknown key "senat" in [sources]; did you mean "senate"?'),
        ("[sources.senate]\nshedule = 'x'",
         'unknown key "shedule" in [sources.senate]; did you mean "schedule"?'),
        ("db = 5", "db must be a text in quotes, not 5"),
        ('db = "a\\u0000b"', "db must be a text in quotes, not 'a\\x00b'"),
        ('contact = "two words"',
         'contact = "two words" must be one word of ASCII, e.g. mailto:you@example.org'),
        ("sources = 1", "sources must be tables, such as [sources.senate]"),
        ("[sources]\nsenate = 1", "sources.senate must be a table, [sources.senate]"),
        ("[sources.senate]\ndelay = true",
         "delay in [sources.senate] must be a number of seconds, not True"),
        ("[sources.senate]\ndelay = nan",
         "delay in [sources.senate] must be a number of seconds, not nan"),
        ("[sources.senate]\ndelay = -1",
         "delay in [sources.senate] must be a number of seconds, not -1"),
        ("[sources.senate]\ndelay = 0",
         "delay in [sources.senate] may be 0 only where base_url is on loopback"),
        ("[sources.senate]\nenabled = 1",
         "enabled in [sources.senate] must be true or false, not 1"),
        ("[sources.senate]\nstate = 'frosen'",
         "state in [sources.senate] must be one of active, frozen, gone, not 'frosen'; "
         'did you mean "frozen"?'),
        ("[sources.senate]\nschedule = 5",
         "schedule in [sources.senate] must be a text in quotes, not 5"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    assert _refused(tmp_path, text) == sentence


@pytest.mark.parametrize(
    "url",
    ["", "kazpravda.kz", "ftp://kazpravda.kz", "https://", "http://[", "http://h:99999", "http://h/?q",
     "http://h/#f", "http://user@h", "http://h h", "http://\u0445", "http://h\n"],
)  # fmt: skip
def test_a_base_url_is_an_address_and_nothing_more(tmp_path: Path, url: str) -> None:
    sentence = _refused(tmp_path, f"[sources.senate]\nbase_url = {json.dumps(url)}")
    assert sentence.startswith("base_url in [sources.senate] must be an address, such as ")


@pytest.mark.parametrize(
    "text",
    ["db = ", "=", b"\xff\xfe", "a = 2026-99-99", "n = " + "9" * 5000, "a = " + "[" * 3000],
)
def test_what_is_no_toml_is_named(tmp_path: Path, text: str | bytes) -> None:
    assert re.match("is no TOML: |is nested too deeply", _refused(tmp_path, text))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4))
@example({"sources": {"senate": {"base_url": "http://[", "delay": 0}}})
def test_no_document_raises_anything_but_our_own_error(
    tmp_path: Path, document: dict[str, Any]
) -> None:
    lines = [f"{key} = {_toml(value)}" for key, value in document.items()]
    with contextlib.suppress(ConfigError):
        _load(tmp_path, "\n".join(lines).encode(errors="replace"))


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value) if isinstance(value, float) else json.dumps(value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_but_our_own_error(tmp_path: Path, content: bytes) -> None:
    with contextlib.suppress(ConfigError):
        _load(tmp_path, content)


@pytest.mark.parametrize(
    ("url", "here"),
    [("http://127.0.0.1:1", True), ("http://LOCALHOST/", True), ("http://[::1]:80", True),
     ("http://127.9.9.9", True), ("http://localhost.kz", False), ("http://10.0.0.1", False),
     ("", False), ("http://127.0.0.1.kz", False)],
)  # fmt: skip
def test_loopback_is_this_machine_alone(url: str, here: bool) -> None:
    assert is_loopback(url) is here
