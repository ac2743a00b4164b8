"""Help at the terminal: commands by what they are for, the options of all commands last, the
nearest name for an unknown one, completion in a shell.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import click
from click.shell_completion import get_completion_class

from kazpress.errors import UsageError, did_you_mean

_COMMON = frozenset({"--db", "--archive", "--config", "--quiet", "--verbose", "--help"})
_ANY = 1000
"""More letters than a sentence has."""
_SHELLS = ("bash", "zsh", "fish")


class Command(click.Command):
    """A command whose help shows its own options apart from those of every command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the options after the command's name."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            name = error.option_name
            if name not in _options(ctx.find_root().command):
                raise _with_nearest(error, _options(self)) from error
            said = f"{name} goes before the command: kazpress {name} … {self.name}"
            raise click.UsageError(said, ctx) from error

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options that every command has last."""
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        own = [one for one in options if _COMMON.isdisjoint(one.opts)]
        common = [one for one in options if one not in own]
        for heading, some in (("Options", own), ("Options of every command", common)):
            records = [record for one in some if (record := one.get_help_record(ctx))]
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)


class CommandGroup(click.Group):
    """Commands in sections, those in use each day first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sections: dict[str, Sequence[click.Command]] = {}

    def add_section(self, heading: str, *commands: click.Command) -> None:
        """Add commands under a heading."""
        self._sections[heading] = commands
        for command in commands:
            self.add_command(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sections, every sentence whole."""
        widest = max(map(len, self.list_commands(ctx)))
        for heading, commands in self._sections.items():
            rows = [(f"{one.name:{widest}}", one.get_short_help_str(_ANY)) for one in commands]
            with formatter.section(heading):
                formatter.write_dl(rows)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the options before the command."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            known = _options(self).union(*map(_options, self.commands.values()))
            name = next(iter(get_close_matches(error.option_name, sorted(known), n=1)), "")
            owners = [one.name for one in self.commands.values() if name in _options(one)]
            if not owners or name in _options(self):
                raise _with_nearest(error, _options(self)) from error
            command = owners[0] if len(owners) == 1 else "COMMAND"
            meant = "" if name == error.option_name else f"No such option '{error.option_name}'; "
            said = f"{meant}{name} goes after the command: {ctx.command_path} {command} {name} …"
            raise click.UsageError(said, ctx) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in self.commands:
            ctx.fail(_no_command(name, ctx, self))
        return super().resolve_command(ctx, args)


class NearestChoice(click.Choice[str]):
    """One of some words; names the nearest for one that is none of them."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What is said of a word that is none of them."""
        said = super().get_invalid_choice_message(value, ctx)
        return f"{said.rstrip('.')}{did_you_mean(str(value), list(map(str, self.choices)))}"


@click.command("help", short_help="Show the commands, or how to use one.")
@click.argument("names", nargs=-1, metavar="[COMMAND]...")
def show_help(names: tuple[str, ...]) -> None:
    """Show the commands, or how to use one of them.

    \b
    Examples:
      kazpress help
      kazpress help crawl
      kazpress help stories join
    """
    ctx = click.get_current_context().find_root()
    for name in names:
        if not isinstance(ctx.command, click.Group):
            raise UsageError(f"{ctx.command_path} has no commands of its own")
        if name not in ctx.command.commands:
            raise UsageError(_no_command(name, ctx, ctx.command))
        ctx = click.Context(ctx.command.commands[name], info_name=name, parent=ctx)
    click.echo(ctx.command.get_help(ctx))


@click.command(short_help="Print what lets a shell complete commands and options.")
@click.argument("shell", type=NearestChoice(_SHELLS), metavar="bash|zsh|fish")
def completion(shell: str) -> None:
    """Print what lets a shell complete commands, options, names of sources and files.

    \b
    Examples:
      kazpress completion bash >> ~/.bashrc
      kazpress completion zsh >> ~/.zshrc
      kazpress completion fish > ~/.config/fish/completions/kazpress.fish
    """
    root = click.get_current_context().find_root()
    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(root.command, {}, "kazpress", "_KAZPRESS_COMPLETE").source())


def _with_nearest(error: click.NoSuchOption, known: set[str]) -> click.UsageError:
    """The same with the one option that is meant; click names up to three, by the alphabet."""
    nearest = did_you_mean(error.option_name, known)
    return click.UsageError(f"No such option '{error.option_name}'{nearest}", error.ctx)


def _no_command(name: str, ctx: click.Context, group: click.Group) -> str:
    root, *of = ctx.command_path.split()
    listed = " ".join((root, "help", *of))
    nearest = did_you_mean(name, group.commands) or f"; {listed} lists them"
    return f'there is no command "{name}"{nearest}'


def _options(command: click.Command) -> set[str]:
    return {name for param in command.params for name in param.opts}
