"""Options that several commands take."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from kazpress.help import Command
from kazpress.logs import log_to_stderr

if TYPE_CHECKING:
    from kazpress.config import Config
    from kazpress.logs import LogFormat

_Function = TypeVar("_Function", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)

command = partial(click.command, cls=Command)
"""Makes a function a command."""


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


class SourceName(click.ParamType[str]):
    """The name of a source, or whatever else a command takes beside it; a shell completes names."""

    name = "source"

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002  # click passes both
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """The sources whose names begin so."""
        from spiders.sources import SOURCES

        return [CompletionItem(name) for name in SOURCES if name.startswith(incomplete)]


def common_options(function: Callable[..., Any]) -> Callable[..., Any]:
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
    @verbosity_options
    @wraps(function)
    def configured(
        db: Path | None, archive: Path | None, config_file: Path | None, **options: Any
    ) -> Any:
        from spiders.sources import SOURCES

        log_to_stderr(verbosity(), _log_format(), SOURCES)
        del options["quiet"], options["verbose"]
        return function(config=configuration(db, archive, config_file), **options)

    return configured


def json_option(function: _Function) -> _Function:
    """Give a command `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="For machines: JSON.")(function)


def verbosity_options(function: _Function) -> _Function:
    """Give a command `-q` and `-v`, which may stand before the command's name and after it."""
    quiet = click.option("-q", "--quiet", is_flag=True, help="Say only what needs a look.")
    verbose = click.option(
        "-v", "--verbose", count=True, help="Say more; -vv: what the libraries log too."
    )
    return quiet(verbose(function))


def _log_format() -> "LogFormat":
    form: LogFormat = click.get_current_context().find_root().params.get("log_format", "text")
    return form


def log_options() -> list[str]:
    """What was said of the log, for a command of ours that is started by this one."""
    more = {-1: ["-q"], 1: ["-v"], 2: ["-vv"]}.get(verbosity(), [])
    return [*more, "--log-format", _log_format()]


def verbosity() -> int:
    """How much is said: -1 only what needs a look, 0, 1 more, 2 what the libraries log too."""
    ctx = click.get_current_context()
    said = [one.params for one in (ctx, ctx.parent) if one is not None]
    more = sum(params.get("verbose", 0) for params in said)
    return min(more, 2) or -any(params.get("quiet", False) for params in said)


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
