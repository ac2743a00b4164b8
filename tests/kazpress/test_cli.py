"""The command line's contract: names, options, exit statuses, what goes where, no stack traces."""

import json
import os
import pty
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kazpress.cli import cli, main
from kazpress.errors import StoreError
from tests.kazpress.conftest import Run
from tests.seeds.recorded_site import RECORDED, SEED
from tests.workspace import ROOT, Workspace

COMMANDS = (
    "backup", "check", "crawl", "daemon", "edits", "export", "import", "list", "reparse", "restore",
    "show", "sources", "status", "stories", "tidy",
)  # fmt: skip
HELP = ("completion", "help")
NOT_BUILT = ("search", "serve")
READERS: tuple[tuple[str, ...], ...] = (
    ("status",), ("status", "--json"), ("show", "0123456789abcdef"), ("show", "x", "--raw"),
    ("show", "x", "--revisions"), ("show", "x", "--against", "y"), ("show", "x", "--diff", "2"),
    ("show", "x", "--at", "2026-03-04"),
    ("export",), ("export", "--output", "out.jsonl"), ("list",), ("list", "--json"),
    ("edits",), ("edits", "--json"), ("stories", "list"), ("stories", "list", "--decisions"),
)  # fmt: skip


WITHOUT_GROUPS = (
    *(name for name in COMMANDS if name != "stories"),
    *(f"stories {name}" for name in ("list", "join", "part", "forget")),
)


def _options(name: str) -> set[str]:
    command: click.Command = cli
    for word in name.split():
        assert isinstance(command, click.Group)
        command = command.commands[word]
    return {opt for param in command.params for opt in param.opts}


# Names and help


def test_the_commands_are_those_of_the_contract_that_are_built() -> None:
    assert tuple(sorted(cli.commands)) == tuple(sorted((*COMMANDS, *HELP)))


@pytest.mark.parametrize("name", WITHOUT_GROUPS)
def test_every_command_takes_the_common_options_and_shows_examples(run: Run, name: str) -> None:
    assert {"--db", "--archive", "--config", "--quiet", "--verbose"} <= _options(name)
    ran = run(*name.split(), "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.split("Examples:")[1].count(f"kazpress {name}") >= 2
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    assert not any(f" {word} " in ran.out for word in NOT_BUILT)
    assert ran.out.endswith(run("sources", "--help").out.partition("Options of every")[2])
    assert run("help", *name.split()).out == ran.out


def test_a_group_shows_its_commands_and_examples(run: Run) -> None:
    ran = run("stories", "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.split("Examples:")[1].count("kazpress stories ") >= 2
    assert all(f"\n  {name} " in ran.out for name in ("list", "join", "part", "forget"))
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    assert run("help", "stories").out == ran.out
    assert run("stories").status == 2


@pytest.mark.parametrize(
    ("name", "options"),
    [("crawl", ["--since", "--until", "--limit", "--full", "--replay", "--json"]),
     ("check", ["--save", "--replay", "--json"]),
     ("daemon", ["--list"]), ("status", ["--json", "--check"]), ("sources", ["--json"]),
     ("show", ["--json", "--revisions", "--diff", "--html", "--at", "--raw", "--against"]),
     ("export", ["--format", "--output", "--all", "--source", "--language", "--since", "--until"]),
     ("list", ["--stories", "--source", "--language", "--since", "--until", "--like", "--limit",
               "--json"]),
     ("edits", ["--kind", "--source", "--language", "--since", "--until", "--limit", "--json"]),
     ("reparse", ["--dry-run"]), ("stories join", ["--json"]), ("stories forget", ["--json"]),
     ("stories list", ["--decisions", "--source", "--since", "--until", "--limit", "--json"]),
     ("import", ["--source"]),
     ("restore", ["--force"]), ("tidy", ["--dry-run"])],
)  # fmt: skip
def test_every_option_of_the_contract_is_there(name: str, options: list[str]) -> None:
    assert set(options) <= _options(name)


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"], ["-q"]])
def test_the_help_names_every_command_and_fits_80_columns(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.err) == (0, "")
    usage, _, listed = ran.out.partition("Collect:")
    assert all(f"\n  {name} " in listed for name in (*COMMANDS, *HELP))
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    assert "..." not in usage.partition("\n")[2] + listed
    assert not any(f"\n  {word} " in ran.out for word in NOT_BUILT)
    assert listed.index("  crawl ") < listed.index("  status ") < listed.index("  reparse ")


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_told(run: Run, option: str) -> None:
    ran = run(option)
    assert (ran.status, ran.out.split()[0]) == (0, "kazpress")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete(run: Run, shell: str) -> None:
    ran = run("completion", shell)
    assert ran.status == 0
    assert f"_KAZPRESS_COMPLETE={shell}_complete" in ran.out


def test_commands_options_and_sources_are_completed(tmp_path: Path) -> None:
    def completed(words: str) -> list[str]:
        asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
        ran = Workspace(tmp_path).run(env=asked | {"_KAZPRESS_COMPLETE": "bash_complete"})
        return [line.removeprefix("plain,") for line in ran.stdout.splitlines()]

    assert completed("kazpress st") == ["status", "stories"]
    assert completed("kazpress crawl --li") == ["--limit"]
    assert completed("kazpress crawl s") == ["senate"]
    assert completed("kazpress stories ") == ["forget", "join", "list", "part"]
    assert completed("kazpress stories list --d") == ["--decisions", "--db"]
    assert completed("kazpress list --source kazpravda,s") == ["kazpravda,senate"]


def test_the_module_is_the_command() -> None:
    command = [sys.executable, "-m", "kazpress", "--version"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("kazpress ")


# Wrong usage: 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["exprot"], 'there is no command "exprot"; did you mean "export"?'),
        (["xyz"], 'there is no command "xyz"; kazpress help lists them'),
        (["help", "exprot"], 'there is no command "exprot"; did you mean "export"?'),
        (["completion", "bsh"], 'did you mean "bash"?'),
        (["export", "--formt", "csv"], "No such option '--formt'; did you mean \"--format\"?"),
        (["status", "--chek"], "No such option '--chek'; did you mean \"--check\"?"),
        (["--chek", "status"], "'--chek'; --check goes after the command: kazpress status --check"),
        (["--db", "k.db", "status"], "--db goes after the command: kazpress COMMAND --db"),
        (["crawl", "--log-format", "json"], "--log-format goes before the command: kazpress --log"),
        (["--full", "crawl"], "--full goes after the command: kazpress crawl --full"),
        (["--verbos", "crawl"], "No such option '--verbos'; did you mean \"--verbose\"?"),
        (["export", "--format", "json"], 'no format "json"; did you mean "jsonl"? (known: '),
        (["export", "--format", "parket"], 'there is no format "parket"; did you mean "parquet"'),
        (["export", "--format", "parquet"], "parquet goes to a file alone; name it with --output"),
        (["export", "--format", ""], 'there is no format ""'),
        (["export", "--format", "jsonl,csv"], "several formats need --output"),
        (["export", "--format", "jsonl,csv", "--output", "-"], "several formats need --output"),
        (["export", "--source", "senat"], 'no source "senat"; did you mean "senate"?'),
        (["export", "--language", "de"], "'de' is not one of"),
        (["export", "--since", "2026-02-30"], '"2026-02-30" is no day; write it as YYYY-MM-DD'),
        (["export", "--until", "20260304"], '"20260304" is no day; write it as YYYY-MM-DD'),
        (["export", "--since", "2026-03-05", "--until", "2026-03-04"],
         "--since 2026-03-05 is later than --until 2026-03-04"),
        (["list", "--source", "senate,senat"], 'no source "senat"; did you mean "senate"?'),
        (["list", "--language", "ru,de"], "'de' is not one of"),
        (["list", "--like", " - "], '--like " - " has no words'),
        (["list", "--limit", "0"], "'--limit'"),
        (["list", "--since", "2026-03-05", "--until", "2026-03-04"],
         "--since 2026-03-05 is later than --until 2026-03-04"),
        (["crawl", "senate", "--since", "2026-03-05", "--until", "2026-03-04"],
         "--since 2026-03-05 is later than --until 2026-03-04"),
        (["crawl", "senat"], 'no source "senat"; did you mean "senate"?'),
        (["crawl", "https://other.kz/n/odin/"], "is no article's address of any source"),
        (["crawl", "--limit", "-1"], "'--limit'"),
        (["crawl", "--limit", "x"], "'x' is not a valid integer range"),
        (["import"], "Missing argument 'FILE...'"),
        (["stories", "merge", "x", "y"], 'no command "merge"; kazpress help stories lists them'),
        (["stories", "jion", "x", "y"], 'there is no command "jion"; did you mean "join"?'),
        (["stories", "--json", "join", "x", "y"],
         "--json goes after the command: kazpress stories COMMAND --json …"),
        (["help", "stories", "jion"], 'there is no command "jion"; did you mean "join"?'),
        (["help", "crawl", "now"], "kazpress crawl has no commands of its own"),
        (["stories", "join", "x", "y", "--jsn"], 'did you mean "--json"?'),
        (["stories", "join", "x"], "Missing argument 'B'"),
        (["show"], "Missing argument 'ID_OR_URL'"),
        (["show", "x", "--raw", "--json"], "--raw and --json don't go together; ask for one"),
        (["show", "x", "--against", "y", "--raw"], "--raw and --against don't go together"),
        (["show", "x", "--against", "y", "--revisions"], "--revisions and --against don't go"),
        (["show", "x", "--diff", "--at", "2026-03-04"], "--diff and --at don't go together"),
        (["show", "x", "--diff", "--html", "--json"], "--html and --json don't go together"),
        (["show", "x", "--html"], "--html goes with --diff"),
        (["show", "x", "y"], "show takes one item; y is one more (--against compares two, and"),
        (["show", "--diff", "1", "2"], "--diff 1 2 names no item"),
        (["status", "--config", "none.toml"], "none.toml: can't be read (No such file"),
    ],
)  # fmt: skip
def test_wrong_usage_is_status_2_and_nothing_ran(
    run: Run, arguments: list[str], sentence: str
) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.err
    assert "Traceback" not in ran.err
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "import"])
def test_a_wrong_configuration_is_status_2_for_every_command(run: Run, command: str) -> None:
    more = {"show": ("x",), "stories": ("join", "x", "y"), "backup": ("x",), "restore": ("x",)}.get(
        command, ()
    )
    long = "every 9999999999999 days"
    for text, key in (
        ("dbb = 1", "dbb"),
        ("[sources.senate]\nschedule = 'soon'", 'in [sources.senate]: schedule "soon"'),
        (f"[sources.senate]\nschedule = '{long}'", "in [sources.senate]: "),
    ):
        Path("kazpress.toml").write_text(text)
        ran = run(command, *more)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("kazpress: kazpress.toml: ")
        assert key in ran.err
        assert ran.err.count("\n") == 1
    assert [one.name for one in Path().iterdir()] == ["kazpress.toml"]


# What can't be done: 1


@pytest.mark.parametrize("arguments", READERS)
def test_a_command_that_only_reads_makes_no_database(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "kazpress: kazpress.db: no such database; a crawl or an import makes one\n"
    assert list(Path().iterdir()) == []


def test_the_database_of_the_demo_is_named_if_it_is_there(run: Run) -> None:
    Path("demo").mkdir()
    Path("demo/kazpress.db").touch()
    ran = run("status")
    assert ran.status == 1
    assert ran.err.endswith("makes one; that of the demo is --db demo/kazpress.db\n")


@pytest.mark.parametrize("arguments", READERS)
def test_a_command_that_only_reads_leaves_nothing_behind(
    run: Run, recorded: Path, arguments: tuple[str, ...]
) -> None:
    def files() -> dict[str, bytes]:
        return {str(one): one.read_bytes() for one in recorded.rglob("*") if one.is_file()}

    before = files()
    run(*arguments)
    assert {name: content for name, content in files().items() if "out" not in name} == before


@pytest.mark.parametrize("command", ["status", "export", "show x", "import", "reparse", "crawl"])
@pytest.mark.parametrize("kind", ["folder", "garbage", "another", "newer"])
def test_a_database_that_is_none_is_one_sentence(
    run: Run, recorded: Path, command: str, kind: str
) -> None:
    if kind == "folder":
        Path("k.db").mkdir()
    elif kind == "garbage":
        Path("k.db").write_bytes(b"garbage" * 999)
    else:
        with sqlite3.connect("k.db") as db:
            db.execute("CREATE TABLE _sqlite_migrations (migration_set, name, applied_at)")
            db.execute("INSERT INTO _sqlite_migrations VALUES ('kazpress', 'later', '')")
            if kind == "another":
                db.execute("DROP TABLE _sqlite_migrations")
                db.execute("CREATE TABLE notes (a)")
        db.close()
    more = {"import": [str(SEED)], "crawl": ["--replay", str(RECORDED)]}.get(command, [])
    ran = run(*command.split(), *more, "--db", "k.db")
    assert ran.status == 1
    assert ran.err.startswith("kazpress: k.db: ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["show", "nothing"], "nothing: nothing is stored under this id or address"),
        (["show", "2D"], "2D: nothing is stored under this id or address; of an id name four"),
        (["show", "https://kazpravda.kz/n/net/"], "nothing is stored under this id or address"),
        (["export", "--output", "none/out"], "none/out: can't be written (No such file"),
        (["export", "--output", "archive"], "archive: can't be written (Is a directory)"),
        (["import", "none.txt"], "none.txt: can't be read (No such file or directory)"),
        (["crawl", "--replay", "none.warc"], "none.warc: no such WARC file"),
        (["reparse", "--archive", "none"], "none: holds no archive; name its folder"),
    ],
)
def test_what_is_not_there_is_status_1(
    run: Run, recorded: Path, arguments: list[str], sentence: str
) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out.startswith("kazpress")) == (1, False)
    assert sentence in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (sqlite3.OperationalError("database is locked"), 1,
         "the database can't be read or written: database is locked"),
        (OSError(5, "Input/output error", "k.db"), 1, "k.db: Input/output error"),
        (StoreError("k.db: gone"), 1, "k.db: gone"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)  # fmt: skip
def test_trouble_that_nobody_foresaw_is_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int, sentence: str
) -> None:
    def fails() -> None:
        raise error

    monkeypatch.setitem(cli.commands, "fails", click.Command("fails", callback=fails))
    ran = run("fails")
    assert (ran.status, ran.out) == (status, "")
    assert ran.err.strip() == f"kazpress: {sentence}"


# Where things go


def test_the_environment_stands_in_for_the_options(
    run: Run, recorded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "k.toml").write_text("[sources.senate]\ndelay = 9")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAZPRESS_DB", str(recorded / "kazpress.db"))
    assert run("status").status == 0
    monkeypatch.setenv("KAZPRESS_CONFIG", "k.toml")
    assert json.loads(run("sources", "--json").out)[0]["delay"] == 9
    assert run("status", "--db", "other.db").status == 1


def test_results_go_to_stdout_and_all_else_to_stderr(run: Run, recorded: Path) -> None:
    ran = run("export", "--output", "out", "--format", "csv,jsonl")
    assert (ran.status, ran.out) == (0, "")
    *files, cursor = ran.err.splitlines()
    assert files == ["out.csv: 47 records", "out.jsonl: 47 records"]
    assert cursor.startswith("cursor: ")
    for arguments in (["status", "--json"], ["sources", "--json"], ["show", "--json", _an_id(run)]):
        ran = run(*arguments)
        assert ran.err == ""
        json.loads(ran.out)


def test_an_unchanged_archive_reparses_to_nothing(run: Run, recorded: Path) -> None:
    ran = run("reparse", "--json")
    assert (ran.status, ran.err) == (0, "")
    told = json.loads(ran.out)
    assert (told["items"], told["new"], told["changed"], told["removed"]) == (55, 0, 0, 0)


def test_a_dry_run_makes_and_changes_nothing(run: Run, recorded: Path) -> None:
    torn = Path("archive/kazpravda-articles-000001.warc.gz")
    torn.write_bytes(torn.read_bytes() + b"\x1f\x8b\x08torn")
    size = torn.stat().st_size
    ran = run("reparse", "--dry-run", "--db", "new.db")
    assert (ran.status, ran.out) == (
        0, "61 captures, 55 items: 55 would be new, 0 would be changed, 0 would be removed\n",
    )  # fmt: skip
    assert not Path("new.db").exists()
    assert torn.stat().st_size == size
    ran = run("reparse")
    assert ran.status == 3
    assert "needs a look: kazpravda-articles-000001.warc.gz: 7 bytes of a torn record" in ran.err


def _an_id(run: Run) -> str:
    found: str = json.loads(run("export").out.splitlines()[0])["id"]
    return found


# In a child process: locales, terminals


@pytest.fixture
def child(recorded: Path) -> Workspace:
    return Workspace(recorded)


def test_json_is_utf8_in_any_locale(child: Workspace) -> None:
    locale = {
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    }
    ran = child.run("show", "--json", _first_id(child), env=locale)
    assert ran.status == 0
    assert any("а" <= letter <= "я" for letter in ran.json["title"])
    ran = child.run("show", _first_id(child), env=locale)
    assert (ran.status, ran.stderr) == (0, "")


def _first_id(child: Workspace) -> str:
    return str(child.rows("SELECT min(id) FROM items")[0][0])


@pytest.mark.parametrize(("at_terminal", "coloured"), [(True, True), (False, False)])
def test_escape_sequences_are_for_terminals_alone(
    child: Workspace, at_terminal: bool, coloured: bool
) -> None:
    out = _output(child, ["status"], at_terminal=at_terminal)
    assert (b"\x1b[" in out) is coloured
    assert b"senate" in out


@pytest.mark.parametrize(
    "arguments", [["status"], ["list"], ["show"], ["export"], ["help"], ["sources"]]
)
def test_nothing_of_the_environment_is_needed(child: Workspace, arguments: list[str]) -> None:
    item = [_first_id(child)] if arguments == ["show"] else []
    ran = subprocess.run(
        child.command(*arguments, *item), cwd=child.path, stdin=subprocess.DEVNULL,
        env={"LANG": "C", "PYTHONPATH": child.environment()["PYTHONPATH"]},
        capture_output=True, check=False,
    )  # fmt: skip
    said = ran.stderr.removeprefix(b"cursor: ") if arguments == ["export"] else ran.stderr
    assert (ran.returncode, said.count(b"\n")) == (0, arguments == ["export"])
    assert ran.stdout


def test_no_colour_where_none_is_wanted(child: Workspace) -> None:
    out = _output(child, ["status"], at_terminal=True, NO_COLOR="1", TERM="dumb")
    assert b"\x1b[" not in out


def test_a_list_at_a_terminal_is_fifty_lines_of_its_width(child: Workspace) -> None:
    head, *lines = _output(child, ["list"], at_terminal=True).decode().splitlines()
    assert [column in head for column in ("id", "day", "title", "copies")] == [True] * 4
    assert len(lines) == 50
    assert all(len(line) <= 80 and re.match(r"[0-9a-f]{16}  20", line) for line in lines)
    assert any("…" in line for line in lines)


def _output(child: Workspace, arguments: list[str], *, at_terminal: bool, **more: str) -> bytes:
    environment = child.environment({"TERM": "xterm", "COLUMNS": "80"} | more)
    if not at_terminal:
        return subprocess.run(
            child.command(*arguments), cwd=child.path, env=environment, stdout=subprocess.PIPE,
            check=True,
        ).stdout  # fmt: skip
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        child.command(*arguments), cwd=child.path, env=environment, stdout=theirs
    )
    os.close(theirs)
    out = b""
    while part := _read(ours):
        out += part
    os.close(ours)
    assert process.wait(timeout=30) == 0
    return out


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so at a terminal's end
        return b""


def test_an_unexpected_end_of_click_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    def ends() -> None:
        raise click.exceptions.Exit(3)

    monkeypatch.setitem(cli.commands, "ends", click.Command("ends", callback=ends))
    assert main(["ends"]) == 3
