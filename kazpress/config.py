"""kazpress.toml → Config. Five keys for the whole, five for each source, every one checked."""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from kazpress.errors import ConfigError, did_you_mean

State = Literal["active", "frozen", "gone"]

_TOP_KEYS = ("db", "archive", "contact", "sources")
_SOURCE_KEYS = ("base_url", "schedule", "delay", "enabled", "state")
_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceConfig:
    """What the configuration says of one source; None where it says nothing."""

    base_url: str | None = None
    schedule: str | None = None
    delay: float | None = None
    enabled: bool = True
    state: State | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The whole configuration, paths resolved."""

    db: Path
    archive: Path
    contact: str | None = None
    sources: Mapping[str, SourceConfig]

    def source(self, name: str) -> SourceConfig:
        """What the configuration says of a source."""
        return self.sources.get(name, SourceConfig())


def load_config(
    path: Path | None,
    *,
    db: Path | None,
    archive: Path | None,
    known_sources: tuple[str, ...],
    check_schedule: Callable[[str], object] = str,
) -> Config:
    """The configuration out of the options, the environment and the file, in this order.

    Without `path`, KAZPRESS_CONFIG or else `kazpress.toml` in the working directory is read, the
    latter only where it exists. `check_schedule` raises ConfigError on a schedule that is none.
    Raises ConfigError naming the file and the key.
    """
    named = path or _from_environment("KAZPRESS_CONFIG")
    file = named or Path("kazpress.toml")
    raw = _read(file) if named or os.path.lexists(file) else {}
    _refuse_unknown(raw, _TOP_KEYS, file, "")
    folder = file.parent
    database = (
        db or _from_environment("KAZPRESS_DB") or folder / _text(raw, "db", file, "kazpress.db")
    )
    kept = _text(raw, "archive", file, "")
    contact = _text(raw, "contact", file, "") or None
    if contact and not re.fullmatch(r"[\x21-\x7e]+", contact):
        raise ConfigError(
            f'{file}: contact = "{contact}" must be one word of ASCII, e.g. mailto:you@example.org'
        )
    return Config(
        db=database,
        archive=archive or (folder / kept if kept else database.parent / "archive"),
        contact=contact,
        sources=_sources(raw.get("sources", {}), file, known_sources, check_schedule),
    )


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


def _refuse_unknown(raw: dict[str, Any], known: tuple[str, ...], file: Path, where: str) -> None:
    for key in raw:
        if key not in known:
            raise ConfigError(f'{file}: unknown key "{key}"{where}{did_you_mean(key, known)}')


def _text(raw: dict[str, Any], key: str, file: Path, default: str) -> str:
    value = raw.get(key, default)
    if not isinstance(value, str) or "\0" in value:
        raise ConfigError(f"{file}: {key} must be a text in quotes, not {value!r}")
    return value


def _sources(
    raw: Any, file: Path, known: tuple[str, ...], check_schedule: Callable[[str], object]
) -> dict[str, SourceConfig]:
    if not isinstance(raw, dict):
        raise ConfigError(f"{file}: sources must be tables, such as [sources.senate]")
    _refuse_unknown(raw, known, file, " in [sources]")
    found = {name: _source(name, facts, file) for name, facts in raw.items()}
    for name, said in found.items():
        try:
            if said.schedule is not None:
                check_schedule(said.schedule)
        except (ConfigError, OverflowError) as error:
            raise ConfigError(f"{file}: in [sources.{name}]: {error}") from error
    return found


def _source(name: str, raw: Any, file: Path) -> SourceConfig:
    where = f" in [sources.{name}]"
    if not isinstance(raw, dict):
        raise ConfigError(f"{file}: sources.{name} must be a table, [sources.{name}]")
    _refuse_unknown(raw, _SOURCE_KEYS, file, where)
    base_url = _base_url(raw.get("base_url"), file, where)
    return SourceConfig(
        base_url=base_url,
        schedule=_optional_text(raw.get("schedule"), "schedule", file, where),
        delay=_delay(raw.get("delay"), base_url, file, where),
        enabled=_flag(raw.get("enabled", True), file, where),
        state=_state(raw.get("state"), file, where),
    )


def _optional_text(value: Any, key: str, file: Path, where: str) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ConfigError(f"{file}: {key}{where} must be a text in quotes, not {value!r}")
    return value


def _base_url(value: Any, file: Path, where: str) -> str | None:
    text = _optional_text(value, "base_url", file, where)
    if text is None:
        return None
    if not _is_base(text):
        raise ConfigError(
            f'{file}: base_url{where} must be an address, such as "https://kazpravda.kz", '
            f"not {text!r}"
        )
    return text.rstrip("/")


def _is_base(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    plain = text.isascii() and text.isprintable() and not re.search(r"[\s?#@]", text)
    return plain and parts.scheme in ("http", "https") and bool(parts.hostname)


def _delay(value: Any, base_url: str | None, file: Path, where: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 86_400:
        raise ConfigError(f"{file}: delay{where} must be a number of seconds, not {value!r}")
    if value == 0 and not is_loopback(base_url or ""):
        raise ConfigError(f"{file}: delay{where} may be 0 only where base_url is on loopback")
    return float(value)


def _flag(value: Any, file: Path, where: str) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(f"{file}: enabled{where} must be true or false, not {value!r}")
    return value


def _state(value: Any, file: Path, where: str) -> State | None:
    states = get_args(State)
    if value is not None and value not in states:
        raise ConfigError(
            f"{file}: state{where} must be one of {', '.join(states)}, not {value!r}"
            f"{did_you_mean(str(value), states)}"
        )
    state: State | None = value
    return state


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine. Raises ValueError where it is no address."""
    return bool(_LOOPBACK.fullmatch(urlsplit(url).hostname or ""))
