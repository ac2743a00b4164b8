"""Which file gets which format."""

from pathlib import Path

import pytest

from kazpress.errors import UsageError
from kazpress.work.export_targets import Target, export_targets, formats_named
from pipeline.formats.known_formats import FileKind, Format


def test_formats_are_named_in_any_case_and_order_once() -> None:
    assert formats_named("CSV, jsonl,csv") == ("csv", "jsonl")
    assert formats_named(None) == ()
    with pytest.raises(UsageError, match='there is no format "cvs"; did you mean "csv"'):
        formats_named("jsonl,cvs")
    with pytest.raises(UsageError, match='there is no format ""'):
        formats_named("")


@pytest.mark.parametrize(
    ("output", "kind"),
    [("x.csv", FileKind("csv")), ("a.b/X.JSONL", FileKind("jsonl")), ("x", FileKind("jsonl")),
     ("x.jsonl.gz", FileKind("jsonl", ".gz")), ("x.csv.zst", FileKind("csv", ".zst")),
     ("x.db", FileKind("sqlite")), ("x.sqlite", FileKind("sqlite")), ("x.xlsx", FileKind("xlsx")),
     ("march.2026", FileKind("jsonl")), (".hidden", FileKind("jsonl"))],
)  # fmt: skip
def test_the_suffix_decides_where_no_format_is_given(output: str, kind: FileKind) -> None:
    assert export_targets((), Path(output)) == (Target(Path(output), kind),)


@pytest.mark.parametrize(
    ("formats", "output", "sentence"),
    [((), "x.json", r'no format has the suffix ".json"; did you mean ".jsonl"\?'),
     (("csv",), "x.txt", 'no format has the suffix ".txt"'),
     ((), "x.parquet.gz", r'no format has the suffix ".parquet.gz"; did you mean ".parquet"\?'),
     ((), "x.json.gz", r'no format has the suffix ".json.gz"; did you mean ".jsonl.gz"\?'),
     ((), "items.2026.gz", 'no format has the suffix ".gz"'),
     (("csv",), "x.jsonl", "its suffix says jsonl, --format says csv"),
     (("jsonl", "csv"), None, "several formats need --output"),
     (("jsonl", "csv"), "-", "several formats need --output"),
     (("xlsx",), None, "xlsx goes to a file alone; name it with --output, as in x.xlsx")],
)  # fmt: skip
def test_what_can_not_be_is_refused(
    formats: tuple[Format, ...], output: str | None, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        export_targets(formats, Path(output) if output else None)


@pytest.mark.parametrize(
    ("output", "names"),
    [("x", ["x.csv", "x.sqlite"]), ("x.csv", ["x.csv", "x.sqlite"]),
     ("x.jsonl.gz", ["x.csv", "x.sqlite"]), ("x.2026", ["x.2026.csv", "x.2026.sqlite"]),
     ("a/x.y", ["x.y.csv", "x.y.sqlite"])],
)  # fmt: skip
def test_several_formats_replace_a_known_suffix(output: str, names: list[str]) -> None:
    targets = export_targets(("csv", "sqlite"), Path(output))
    assert [target.path for target in targets] == [Path(output).with_name(one) for one in names]
    assert [target.kind.format for target in targets] == ["csv", "sqlite"]


def test_without_a_file_it_goes_to_standard_output() -> None:
    assert export_targets((), None) == (Target(None, FileKind("jsonl")),)
    assert export_targets(("csv",), Path("-")) == (Target(None, FileKind("csv")),)
