"""kazpress.toml → Config, by a table of its keys and what their values must be."""

import os
import re
import shlex
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from kazpress.errors import ConfigError, did_you_mean

State = Literal["active", "frozen", "gone"]

_Key = tuple[Callable[[Any], Any], str]
"""Reads a key's value, None if it is wrong; and says in words what it must be."""
_MAIL = re.compile(r"mailto:[^@\s]+@[^@\s]+\.[^@\s.]+", re.IGNORECASE)
_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceConfig:
    """The configuration of one source; None where a key is absent."""

    base_url: str | None = None
    schedule: str | None = None
    delay: float | None = None
    enabled: bool = True
    state: State | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveConfig:
    """The configuration of one web archive; None where a key is absent."""

    base_url: str | None = None
    """Of a stand-in on this machine."""
    data_url: str | None = None
    """Where Common Crawl's WARC files are: a stand-in, too."""
    delay: float | None = None
    """Seconds between two captures, at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """Who is told of troubles. Both hold secrets, which are shown nowhere."""

    command: tuple[str, ...] = field(default=(), repr=False)
    """A program and its arguments."""
    webhook: str | None = field(default=None, repr=False)

    @property
    def is_anyone(self) -> bool:
        """Whether anyone is."""
        return bool(self.command or self.webhook)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The whole configuration, paths resolved."""

    db: Path
    archive: Path
    contact: str | None = None
    notify: Notify = Notify()
    sources: Mapping[str, SourceConfig]
    archives: Mapping[str, ArchiveConfig] = field(default_factory=dict)
    """The web archives that the file names."""
    file: Path = Path("kazpress.toml")
    """What it was read from, or would have been read from if there were one."""

    def source(self, name: str) -> SourceConfig:
        """The configuration of a source, also of one that the file does not name."""
        return self.sources.get(name, SourceConfig())


def load_config(
    path: Path | None,
    *,
    db: Path | None,
    archive: Path | None,
    known_sources: tuple[str, ...],
    check_schedule: Callable[[str], object] = str,
) -> Config:
    """The configuration from options, environment and file, in this order of precedence.

    Without `path`, KAZPRESS_CONFIG or else `kazpress.toml` in the working directory is read, the
    latter only where it exists. `check_schedule` raises ConfigError for a schedule that it can't
    read. Raises ConfigError with the file and the key.
    """
    found = config_file(path)
    file = found or Path("kazpress.toml")
    raw = _read(file) if found else {}
    said = _values(raw, _TOP_KEYS, file, "")
    folder = file.parent
    database = db or _from_environment("KAZPRESS_DB") or folder / said.get("db", "kazpress.db")
    beside = folder / said["archive"] if said.get("archive") else database.parent / "archive"
    contact = said.get("contact") or None
    if contact and not re.fullmatch(r"[\x21-\x7e]+", contact):
        raise ConfigError(
            f'{file}: contact = "{contact}" must be one word of ASCII, e.g. mailto:you@example.org'
        )
    return Config(
        db=database,
        archive=archive or beside,
        contact=contact,
        notify=_notify(said.get("notify", {}), file),
        archives=_archives(said.get("archives", {}), file),
        sources=_sources(said.get("sources", {}), file, known_sources, check_schedule),
        file=file,
    )


def config_file(path: Path | None) -> Path | None:
    """The file that `load_config` reads; None where none is named, and there is none."""
    here = Path("kazpress.toml")
    named = path or _from_environment("KAZPRESS_CONFIG")
    return named or (here if os.path.lexists(here) else None)


def is_usable_contact(contact: str) -> bool:
    """Whether a site's owner can write to it: a mail address, or a page on the web.

    >>> [is_usable_contact(one) for one in ("mailto:me@a.kz", "https://a.kz/bot", "me@a.kz")]
    [True, True, False]
    """
    if _MAIL.fullmatch(contact):
        return True
    try:
        parts = urlsplit(contact)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        return False


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine. Raises ValueError where it is no address."""
    return bool(_LOOPBACK.fullmatch(urlsplit(url).hostname or ""))


def _from_environment(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: can't be read ({error.strerror})") from error
    except RecursionError as error:
        raise ConfigError(f"{file}: is nested too deeply") from error
    except ValueError as error:  # of TOML, of UTF-8, of a number with too many digits
        raise ConfigError(f"{file}: is no TOML: {error}") from error


def _notify(raw: Any, file: Path) -> Notify:
    if not isinstance(raw, dict):
        raise ConfigError(f"{file}: notify must be a table, [notify]")
    return Notify(**_values(raw, _NOTIFY_KEYS, file, " in [notify]"))


def _archives(raw: Any, file: Path) -> dict[str, ArchiveConfig]:
    if not isinstance(raw, dict):
        raise ConfigError(f"{file}: archives must be tables, such as [archives.wayback]")
    _refuse_unknown(raw, _ARCHIVE_KEYS, file, " in [archives]")
    return {name: _archive(name, facts, file) for name, facts in raw.items()}


def _archive(name: str, raw: Any, file: Path) -> ArchiveConfig:
    where = f" in [archives.{name}]"
    if not isinstance(raw, dict):
        raise ConfigError(f"{file}: archives.{name} must be a table, [archives.{name}]")
    keys = _ARCHIVE_KEYS[name]
    archive = ArchiveConfig(**_values(raw, keys, file, where))
    urls = [archive.base_url, archive.data_url if "data_url" in keys else archive.base_url]
    if archive.delay == 0 and not all(is_loopback(one or "") for one in urls):
        named = " and ".join(key for key in keys if key != "delay")
        raise ConfigError(f"{file}: delay{where} may be 0 only where {named} are on loopback")
    return archive


def _sources(
    raw: Any, file: Path, known: tuple[str, ...], check_schedule: Callable[[str], object]
) -> dict[str, SourceConfig]:
    if not isinstance(raw, dict):
        raise ConfigError(f"{file}: sources must be tables, such as [sources.senate]")
    _refuse_unknown(raw, known, file, " in [sources]")
    found = {name: _source(name, facts, file) for name, facts in raw.items()}
    for name, source in found.items():
        try:
            if source.schedule is not None:
                check_schedule(source.schedule)
        except (ConfigError, OverflowError) as error:
            raise ConfigError(f"{file}: in [sources.{name}]: {error}") from error
    return found


def _source(name: str, raw: Any, file: Path) -> SourceConfig:
    where = f" in [sources.{name}]"
    if not isinstance(raw, dict):
        raise ConfigError(f"{file}: sources.{name} must be a table, [sources.{name}]")
    source = SourceConfig(**_values(raw, _SOURCE_KEYS, file, where))
    if source.delay == 0 and not is_loopback(source.base_url or ""):
        raise ConfigError(f"{file}: delay{where} may be 0 only where base_url is on loopback")
    return source


def _values(
    raw: dict[str, Any], keys: Mapping[str, _Key], file: Path, where: str
) -> dict[str, Any]:
    """What one table of the file says, by key. Raises ConfigError with the key that is unknown or
    has a wrong value.
    """
    _refuse_unknown(raw, keys, file, where)
    found: dict[str, Any] = {}
    for key, value in raw.items():
        read, must_be = keys[key]
        found[key] = read(value)
        if found[key] is None:
            meant = did_you_mean(str(value), get_args(State)) if key == "state" else ""
            given = "" if keys is _NOTIFY_KEYS else f", not {value!r}{meant}"  # that is secret
            raise ConfigError(f"{file}: {key}{where} must be {must_be}{given}")
    return found


def _refuse_unknown(raw: dict[str, Any], known: Iterable[str], file: Path, where: str) -> None:
    for key in raw:
        if key not in known:
            raise ConfigError(f'{file}: unknown key "{key}"{where}{did_you_mean(key, known)}')


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and "\0" not in value else None


def _base_url(value: Any) -> str | None:
    text = _text(value)
    try:
        parts = urlsplit(text or "")
        _ = parts.port  # raises ValueError where it is none
    except ValueError:
        return None
    if not (text and text.isascii() and text.isprintable() and not re.search(r"[\s?#@]", text)):
        return None
    return text.rstrip("/") if parts.scheme in ("http", "https") and parts.hostname else None


def _stand_in(value: Any) -> str | None:
    url = _base_url(value)
    return url if url and is_loopback(url) else None


def _command(value: Any) -> tuple[str, ...] | None:
    try:
        return tuple(shlex.split(_text(value) or "")) or None
    except ValueError:
        return None


def _webhook(value: Any) -> str | None:
    text = _text(value) or ""
    try:
        parts = urlsplit(text)
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(text))
        _ = parts.port  # raises ValueError where it is none
    except ValueError:
        return None
    is_plain = text.isascii() and not re.search(r"[\x00-\x20\x7f#@]", text)
    return text if is_safe and is_plain and parts.hostname else None


def _delay(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and 0 <= value < 86_400 else None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _state(value: Any) -> str | None:
    return value if value in get_args(State) else None


_TEXT = (_text, "a text in quotes")
_TOP_KEYS: dict[str, _Key] = {
    "db": _TEXT,
    "archive": _TEXT,
    "contact": _TEXT,
    "notify": (lambda value: value, "a table"),
    "archives": (lambda value: value, "tables"),
    "sources": (lambda value: value, "tables"),
}
_NOTIFY_KEYS: dict[str, _Key] = {
    "command": (_command, "a program, and its arguments as a shell would have them"),
    "webhook": (
        _webhook,
        "an address with https, or with http on loopback, without #, @ and spaces",
    ),
}
_SOURCE_KEYS: dict[str, _Key] = {
    "base_url": (_base_url, 'an address, such as "https://kazpravda.kz"'),
    "schedule": _TEXT,
    "delay": (_delay, "a number of seconds"),
    "enabled": (_flag, "true or false"),
    "state": (_state, f"one of {', '.join(get_args(State))}"),
}
_STAND_IN: _Key = (_stand_in, "an address on this machine, such as a test server's")
_CAPTURE_DELAY: _Key = (_delay, "a number of seconds")
_ARCHIVE_KEYS: dict[str, dict[str, _Key]] = {
    "wayback": {"base_url": _STAND_IN, "delay": _CAPTURE_DELAY},
    "commoncrawl": {"base_url": _STAND_IN, "data_url": _STAND_IN, "delay": _CAPTURE_DELAY},
}
"""The web archives, each with its keys."""
ARCHIVES = tuple(_ARCHIVE_KEYS)
"""The names of the web archives."""
