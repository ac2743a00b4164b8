"""The configuration in force, which the daemon reads again when it is told to."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kazpress.config import Config, config_file
from kazpress.errors import ConfigError

_MAX_BYTES = 1 << 16
"""What a pipe takes before anybody reads."""


@dataclass(frozen=True, slots=True)
class _Accepted:
    config: Config
    text: bytes


class LiveConfig:
    """A configuration that can be read again. The crawls that are started get the text that was
    accepted, not what the file may say meanwhile.
    """

    def __init__(self, load: Callable[[], Config], file: Path | None) -> None:
        self._load = load
        self._file = file
        self._accepted = self._read()

    @property
    def config(self) -> Config:
        """The configuration in force."""
        return self._accepted.config

    def reload(self) -> None:
        """Read the file again. Raises ConfigError where it can't be used: then the old one stays,
        as it does where the daemon would have to move to another database, and where the file is
        empty or gone and was not: an editor may be about to write it.
        """
        accepted = self._read()
        if self._accepted.text.strip() and not accepted.text.strip():
            raise ConfigError(f"{config_file(self._file) or 'kazpress.toml'}: is empty or gone")
        before, now = self._accepted.config, accepted.config
        if (now.db, now.archive) != (before.db, before.archive):
            raise ConfigError(
                f"{config_file(self._file)}: names another database or archive than {before.db} "
                f"and {before.archive}; start the daemon again for that"
            )
        self._accepted = accepted

    @contextmanager
    def file_for_child(self) -> Iterator[int]:
        """A descriptor on which a child process can read the file that was accepted, once."""
        reading, writing = os.pipe()
        try:
            os.write(writing, self._accepted.text)
            os.close(writing)
            yield reading
        finally:
            os.close(reading)

    def _read(self) -> _Accepted:
        text = self._text()
        config = self._load()
        if self._text() != text:
            raise ConfigError(f"{config_file(self._file)}: changed while it was read; try again")
        return _Accepted(config, text)

    def _text(self) -> bytes:
        file = config_file(self._file)
        try:
            text = file.read_bytes() if file else b""
        except OSError as error:
            raise ConfigError(f"{file}: can't be read ({error.strerror})") from error
        if len(text) > _MAX_BYTES:
            raise ConfigError(f"{file}: is larger than {_MAX_BYTES} bytes")
        return text
