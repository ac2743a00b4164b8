"""Options that several commands take: lists by repetition and by commas, and a period."""

from datetime import date

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from kazpress.errors import UsageError
from kazpress.options import Slice, command, selection_options


def _chosen(*arguments: str) -> Slice:
    """What a command gets of these options."""
    got: list[Slice] = []

    @command()
    @selection_options
    def look(chosen: Slice) -> None:
        got.append(chosen)

    look.main(list(arguments), standalone_mode=False)
    return got[0]


def test_nothing_said_is_all() -> None:
    assert _chosen() == Slice()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--language", "ru,kk", "--source", "senate"],
        ["--language", " RU , kk,", "--source", "Senate,SENATE"],
        ["--language", "Ru", "--language", "KK,ru", "--source", "senate", "--source", "senate"],
    ],
)
def test_several_are_named_by_commas_and_again_in_any_letter_case(arguments: list[str]) -> None:
    assert _chosen(*arguments) == Slice(source=("senate",), language=("ru", "kk"))


def test_a_period_may_be_a_day_and_ends_after_it_begins() -> None:
    day = date(2026, 3, 4)
    said = ["--since", "2026-03-04", "--until"]
    assert _chosen(*said, "2026-03-04") == Slice(since=day, until=day)
    with pytest.raises(UsageError, match=r"^--since 2026-03-04 is later than --until 2026-03-03$"):
        _chosen(*said, "2026-03-03")


def test_sections_are_left_as_they_are_written() -> None:
    assert _chosen("--section", "Общество, мир", "--section", "Спорт").section == (
        "Общество, мир", "Спорт",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--language", "ru,rru"], "'rru' is not one of 'ru', 'kk', 'en'; did you mean \"ru\"?"),
        (["--language", ","], "name at least one; it is empty"),
        (["--source", ""], "name at least one; it is empty"),
    ],
)
def test_what_is_no_value_is_said_with_the_nearest(arguments: list[str], sentence: str) -> None:
    with pytest.raises(click.BadParameter) as error:
        _chosen(*arguments)
    assert sentence in error.value.format_message()


def test_an_unknown_source_is_said_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r'no source "Senat"; did you mean "senate"\? \(known: se'):
        _chosen("--source", "kazpravda,Senat")


def test_help_shows_the_languages() -> None:
    @command()
    @selection_options
    def look(chosen: Slice) -> None:
        """Look."""

    shown = CliRunner().invoke(look, ["--help"]).output
    assert "--language [ru|kk|en]" in shown
    assert "--source NAMES" in shown


def test_what_comes_after_a_comma_is_completed() -> None:
    @command()
    @selection_options
    def look(chosen: Slice) -> None:
        """Look."""

    def completed(option: str, begun: str) -> list[str]:
        shell = ShellComplete(look, {}, "look", "_LOOK_COMPLETE")
        return [one.value for one in shell.get_completions([option], begun)]

    assert completed("--source", "kazpravda,se") == ["kazpravda,senate"]
    assert completed("--language", "k") == ["kk"]
