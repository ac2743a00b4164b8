"""Options that several commands take."""

import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kazpress.config import Config

_Command = TypeVar("_Command", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)


class Day(click.ParamType[date]):
    """A day, YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that a text gives."""
        try:
            if isinstance(value, date):
                return value
            if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
                return date.fromisoformat(value)
        except ValueError:
            pass
        return self.fail(
            f'"{value}" is no day; write it as YYYY-MM-DD, such as 2026-03-04', param, ctx
        )


def common_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that every command takes; it gets the configuration from them."""

    @click.option(
        "--db",
        type=PATH,
        metavar="PATH",
        help="The database (default: KAZPRESS_DB, else as configured, else kazpress.db).",
    )
    @click.option(
        "--archive",
        type=PATH,
        metavar="DIR",
        help="The archive (default: as configured, else beside the database).",
    )
    @click.option(
        "--config",
        "config_file",
        type=PATH,
        metavar="PATH",
        help="The configuration (default: KAZPRESS_CONFIG, else kazpress.toml, if any).",
    )
    @wraps(command)
    def configured(
        db: Path | None, archive: Path | None, config_file: Path | None, **options: Any
    ) -> Any:
        return command(config=configuration(db, archive, config_file), **options)

    return configured


def json_option(command: _Command) -> _Command:
    """Give a command `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="For machines: JSON.")(command)


def configuration(db: Path | None, archive: Path | None, config_file: Path | None) -> "Config":
    """The configuration from options, environment and file. Raises ConfigError, also for a
    schedule among the sources' facts.
    """
    from kazpress.config import load_config
    from kazpress.daemon.schedule import read_schedule
    from spiders.sources import SOURCES, check_schedules

    check_schedules(read_schedule)
    return load_config(
        config_file, db=db, archive=archive, known_sources=tuple(SOURCES),
        check_schedule=read_schedule,
    )  # fmt: skip
