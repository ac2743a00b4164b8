"""Import: the seed's texts and other tools' WARC files, as often and in whichever order."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kazpress.cli import main
from pipeline.archive.exchange import Exchange
from pipeline.archive.lock import source_lock
from pipeline.archive.warc_reader import records
from pipeline.archive.warc_writer import record_bytes
from pipeline.reading.imported_text import read_imported
from tests.kazpress.conftest import Run
from tests.pipeline.archive.warc_records import warcinfo
from tests.seeds.recorded_site import RECORDED, SEED
from tests.workspace import Workspace

TIME = datetime(2026, 3, 4, tzinfo=UTC)
TEXT = "date 2026-03-04\n\nСенат принял закон, сообщает Kazpravda.kz\n\nВторой абзац."
NO_DATE = 'its first line is not "date YYYY-MM-DD", perhaps with a photo credit'
UNNAMED = "date 2026-03-04 Иван Иванов\n\nСенат принял закон в двух чтениях."


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _file(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _export(run: Run, *options: object) -> str:
    return run("export", "--all", *options).out


def test_the_seed_folds_into_its_article_whichever_comes_first(
    run: Run, recorded_folder: Path
) -> None:
    article_first = _export(run, "--db", recorded_folder / "kazpress.db")
    assert run("import", SEED).status == 0
    alone = json.loads(_export(run))
    assert (alone["url"], alone["reading"], alone["published"]) == (None, None, "2026-03-04")
    assert run("import", RECORDED).status == 0
    assert _export(run) == article_first
    shown = json.loads(run("show", "--json", read_imported(SEED.read_bytes()).id).out)
    assert "spiker-senata" in shown["url"]


def test_a_replay_after_the_seed_gives_what_the_import_gave(
    run: Run, recorded_folder: Path, workspace: Workspace
) -> None:
    for arguments in (["import", SEED], ["crawl", "--replay", RECORDED]):
        assert workspace.run(*arguments).status == 0
    imported = _export(run, "--db", recorded_folder / "kazpress.db")
    assert _export(run, "--db", workspace.db) == imported


def test_importing_again_changes_nothing(run: Run, recorded: Path) -> None:
    before, archive = _export(run), sorted(Path("archive").iterdir())
    sizes = [one.stat().st_size for one in archive]
    ran = run("import", SEED, RECORDED, "--json")
    assert ran.status == 0
    told = json.loads(ran.out)
    assert (told["captures"], told["known"], told["new"], told["updated"]) == (0, 61, 0, 0)
    assert _export(run) == before
    assert [one.stat().st_size for one in sorted(Path("archive").iterdir())] == sizes


def test_reparse_of_what_was_imported_gives_the_same_export(run: Run, recorded: Path) -> None:
    assert run("reparse", "--db", "again.db").status == 0
    assert _export(run, "--db", "again.db") == _export(run)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (TEXT.encode("cp1251"), "is not UTF-8 (byte 17); convert it first, e.g. with iconv"),
        ("Сенат принял закон", NO_DATE),
        ("", NO_DATE),
        ("date 2026-02-30\n\nТекст", "2026-02-30 in its first line is no day"),
        ("date 2026-03-04\n \n", "has no text after its first line"),
    ],
)  # fmt: skip
def test_a_text_that_cannot_be_read_is_one_sentence(
    run: Run, content: str | bytes, why: str
) -> None:
    _file("a.txt", content)
    ran = run("import", "a.txt", "--source", "kazpravda")
    assert ran.status == 1
    assert ran.err == f"kazpress: a.txt: {why}\n"
    assert not Path("kazpress.db").exists()
    assert not Path("archive").exists()


def test_a_text_that_names_no_source_needs_one(run: Run) -> None:
    _file("a.txt", UNNAMED)
    ran = run("import", SEED, "a.txt")
    assert ran.status == 2
    assert ran.err.endswith(
        "kazpress: a.txt: names no source that kazpress knows; say whose it is with --source\n"
    )
    assert not Path("kazpress.db").exists()
    assert run("import", "a.txt", "--source", "senate").status == 0
    assert json.loads(_export(run))["source"] == "senate"


def test_a_text_that_names_another_source_than_the_option_is_refused(run: Run) -> None:
    _file("a.txt", TEXT)
    ran = run("import", "a.txt", "--source", "senate")
    assert ran.status == 2
    assert ran.err.endswith("a.txt: names kazpravda as its source, not senate\n")


def test_an_unknown_source_is_refused_even_where_no_text_is(run: Run) -> None:
    ran = run("import", RECORDED, "--source", "senat")
    assert ran.status == 2
    assert 'there is no source "senat"; did you mean "senate"?' in ran.err


def test_one_bad_file_stops_no_other(run: Run) -> None:
    _file("bad.txt", b"\xff")
    _file("bad.warc", b"no WARC")
    ran = run("import", "bad.txt", "none.txt", "bad.warc", SEED, "--json")
    assert ran.status == 1
    told = json.loads(ran.out)
    assert (told["files"], told["captures"]) == (4, 1)
    assert [sentence.split(":")[0] for sentence in told["failed"]] == [
        "bad.txt", "none.txt", "bad.warc",
    ]  # fmt: skip
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("name", "content"),
    [("none.warc.gz", None), ("empty.warc", b""), ("empty.warc.gz", b""), ("text.warc", b"a text"),
     ("folder.warc", ""), ("info.warc.gz", warcinfo("info.warc.gz"))],
)  # fmt: skip
def test_a_warc_that_is_none_is_status_1(run: Run, name: str, content: bytes | str | None) -> None:
    if isinstance(content, bytes):
        _file(name, content)
    elif content is not None:
        Path(name).mkdir()
    ran = run("import", name)
    assert ran.status == 1
    assert ran.err.startswith(f"kazpress: {name}: ")
    assert ran.err.count("\n") == 1
    assert not Path("kazpress.db").exists()


def test_a_torn_warc_is_taken_up_to_there(run: Run) -> None:
    found = list(records(RECORDED))
    end = found[40].offset + 30
    _file("torn.warc.gz", RECORDED.read_bytes()[:end])
    ran = run("import", "torn.warc.gz")
    assert ran.status == 3
    assert ran.err.startswith(
        f"kazpress: needs a look: torn.warc.gz: the record at byte {found[40].offset} is torn; "
        "the 40 whole ones before it were taken\n"
    )
    before = _export(run).count("\n")
    assert 0 < before < 40
    assert run("import", RECORDED).status == 0
    assert _export(run).count("\n") == 55


def test_records_of_other_hosts_are_passed_over(run: Run) -> None:
    other = Exchange(target="https://other.kz/n/odin/", time=TIME, status=200, payload=b"x")
    _file("other.warc.gz", record_bytes(other) * 3)
    ran = run("import", "other.warc.gz")
    assert (ran.status, ran.err) == (0, "")
    assert "3 passed over (no article of our sources)" in ran.out
    assert not Path("kazpress.db").exists()


def test_a_warc_is_known_by_how_it_begins_too(run: Run) -> None:
    _file("recorded-site", RECORDED.read_bytes())
    assert run("import", "recorded-site").status == 0


def test_a_brotli_body_that_cannot_be_read_is_a_failure_not_a_crash(run: Run) -> None:
    page = Exchange(
        target="https://kazpravda.kz/n/odin/", time=TIME, status=200, payload=b"\x8b\x02 no brotli",
        headers=(("Content-Type", "text/html"), ("Content-Encoding", "br")),
    )  # fmt: skip
    _file("br.warc.gz", record_bytes(page))
    ran = run("import", "br.warc.gz")
    assert ran.status == 3
    assert "1 of 1 captures gave no item" in ran.err
    assert _export(run) == ""
    assert json.loads(run("status", "--json").out)[1]["failures"] == 1


def test_a_held_source_is_status_75_and_stops_no_other_file(run: Run) -> None:
    _file("a.txt", UNNAMED)
    with source_lock(Path("archive"), "senate", "crawl", TIME):
        ran = run("import", "a.txt", "--source", "senate")
        assert ran.status == 75
        assert ran.err.startswith("kazpress: a.txt: senate is held by process ")
    with source_lock(Path("archive"), "kazpravda", "crawl", TIME):
        ran = run("import", SEED, _file("b.txt", UNNAMED.replace("Сенат", "Сенат Парламента")))
        assert ran.status == 2  # b.txt names no source, said before anything is written
        _file("b.txt", UNNAMED)
        assert main(["-q", "import", str(RECORDED), "--db", "x.db"]) == 75


def test_the_archive_holds_what_was_imported_with_its_own_times(run: Run, recorded: Path) -> None:
    times = {
        (record.exchange.target, record.exchange.time)
        for file in Path("archive").glob("*-articles-*.warc.gz")
        for record in records(file)
    }
    theirs = {(one.exchange.target, one.exchange.time) for one in records(RECORDED)}
    assert {target for target, _ in times - theirs} == {
        target for target, _ in times if target.startswith("urn:sha256:")
    }
    assert len(times) == 61
