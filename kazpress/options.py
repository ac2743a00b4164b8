"""Options that several commands take."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from kazpress.errors import UsageError
from kazpress.help import Command, NearestChoice
from kazpress.logs import log_to_stderr
from pipeline.edits.edit import EDIT_KINDS, EditKind

if TYPE_CHECKING:
    from kazpress.config import Config
    from kazpress.logs import LogFormat

_Function = TypeVar("_Function", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)
LANGUAGES = ("ru", "kk", "en")
_SENTENCE = "sentence"

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


class AlmatyTime(click.ParamType[datetime]):
    """A moment: the end of a day in Almaty, of a minute or a second there, or of one with an
    offset. Minutes are what commands show, so what they show is what can be asked for.
    """

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The moment that a text gives."""
        from pipeline.clock import end_of

        try:
            return value if isinstance(value, datetime) else end_of(value)
        except ValueError:
            return self.fail(
                f'"{value}" is no time; write a day such as 2026-03-04, or a time such as '
                '"2026-03-04 18:00" (Almaty) or 2026-03-04T18:00:00+05:00', param, ctx,
            )  # fmt: skip


class Count(click.IntRange):
    """At most so many, 1 or more. What is more than SQLite counts to is the most that it does."""

    def __init__(self) -> None:
        super().__init__(min=1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number that a text gives."""
        return min(int(super().convert(value, param, ctx)), 2**63 - 1)


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


class KnownSource(SourceName):
    """The name of a source that we know, in any letter case."""

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002  # click passes both
        ctx: click.Context | None,  # noqa: ARG002
    ) -> str:
        """The name as we write it. Raises UsageError."""
        from spiders.sources import known_source

        return known_source(value)


class Several(click.ParamType[tuple[str, ...]]):
    """Several values of a type, parted by commas; the option may be repeated too."""

    def __init__(self, of: "click.ParamType[str]") -> None:
        self._of = of
        self.name = of.name

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The values in a text."""
        if isinstance(value, tuple):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not parts:
            self.fail("name at least one; it is empty", param, ctx)
        return tuple(self._of.convert(part, param, ctx) for part in parts)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """What stands for the value in help."""
        return self._of.get_metavar(param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """What may come after the last comma."""
        before, comma, last = incomplete.rpartition(",")
        found = self._of.shell_complete(ctx, param, last)
        return [CompletionItem(f"{before}{comma}{one.value}") for one in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Which items a command is asked about; an empty tuple is all. For the pipeline:
    `Selection(**asdict(chosen))`.
    """

    source: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    """As it was written: `pipeline/query/sections.py` finds those that are meant."""
    since: date | None = None
    """Days of publication in Almaty, both included."""
    until: date | None = None


source_option = click.option(
    "--source", multiple=True, type=Several(KnownSource()), metavar="NAMES",
    help="Only these sources: senate,kazpravda.",
)  # fmt: skip
language_option = click.option(
    "--language", multiple=True, type=Several(NearestChoice(LANGUAGES, case_sensitive=False)),
    help="Only these languages: ru,kk.",
)  # fmt: skip
kind_option = click.option(
    "--kind", "kinds", multiple=True, metavar="KINDS",
    type=Several(NearestChoice((*EDIT_KINDS, _SENTENCE), case_sensitive=False)),
    help=f"Only edits of these kinds: number,quotation. There are {', '.join(EDIT_KINDS)}; "
    f"{_SENTENCE} stands for all four of sentences.",
)  # fmt: skip
"""A command gets what is named as `kinds`, for `edit_kinds`."""


def edit_kinds(named: Sequence[tuple[str, ...]]) -> tuple[EditKind, ...]:
    """The kinds of edits that were named, in the order in which there are; none for all."""
    wanted = {one for several in named for one in several}
    return tuple(
        kind
        for kind in EDIT_KINDS
        if kind in wanted or (_SENTENCE in wanted and kind.startswith(f"{_SENTENCE}-"))
    )


def selection_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--source --language --section --since --until`; it gets them as `chosen`, a
    `Slice`. Below `@common_options`, as any option of its own.
    """

    @source_option
    @language_option
    @click.option(
        "--section",
        multiple=True,
        metavar="NAMES",
        help="Only these sections of the sites: Общество,Спорт.",
    )
    @click.option(
        "--since", type=Day(), metavar="DATE", help="Published on this day in Almaty or later."
    )
    @click.option(
        "--until", type=Day(), metavar="DATE", help="Published on this day in Almaty or earlier."
    )
    @wraps(function)
    def selecting(
        source: Sequence[tuple[str, ...]],
        language: Sequence[tuple[str, ...]],
        section: tuple[str, ...],
        since: date | None,
        until: date | None,
        **options: Any,
    ) -> Any:
        chosen = slice_of(source, language, section, since, until)
        return function(chosen=chosen, **options)

    return selecting


def slice_of(
    source: Sequence[tuple[str, ...]],
    language: Sequence[tuple[str, ...]],
    section: tuple[str, ...],
    since: date | None,
    until: date | None,
) -> Slice:
    """What options choose, each value once. Raises UsageError where the days hold none."""
    if since and until and since > until:
        raise UsageError(f"--since {since} is later than --until {until}")
    return Slice(
        source=_each_once(source), language=_each_once(language), section=section, since=since,
        until=until,
    )  # fmt: skip


def _each_once(lists: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for several in lists for one in several))


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


def limit_option(function: _Function) -> _Function:
    """Give a list `--limit`."""
    return click.option(
        "--limit", type=Count(), metavar="N",
        help="At most N (default: 50 at a terminal, else all).",
    )(function)  # fmt: skip


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
    said = [one.params for one in _up_from(ctx)]
    more = sum(params.get("verbose", 0) for params in said)
    return min(more, 2) or -any(params.get("quiet", False) for params in said)


def _up_from(ctx: click.Context | None) -> Iterator[click.Context]:
    while ctx is not None:
        yield ctx
        ctx = ctx.parent


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
