"""The texts of a folder, together."""

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from pipeline.descriptions.dataset import CHANGES, CHECKSUMS, Chosen, Dataset, DatasetSource
from pipeline.descriptions.descriptions import descriptions
from tests.pipeline.descriptions.samples import DATASET, EMPTY, SENATE
from tests.workspace import ROOT

ODD = replace(
    DATASET,
    title='«A» "b" \\ <c> & | [d](e) *f* {g}: -\n--- # h\x1b[1m',
    chosen=Chosen(section=("a\udc80: ]]> |\n\n# b",)),
    sources=(
        replace(SENATE, title="<script>|]]>\r\n* {x} \\ \"y\" 'z': #&amp;", languages=("ru",)),
        DatasetSource(name="kazpravda", title="[a](b) `c`", address="https://a.kz", languages=()),
    ),
)
ALL = pytest.mark.parametrize("dataset", [DATASET, EMPTY, ODD], ids=["some", "none", "odd"])


@ALL
def test_all_texts_are_there_and_can_be_written(dataset: Dataset) -> None:
    texts = descriptions(dataset)
    assert sorted(texts) == [
        "CITATION.cff", "LICENSE.md", "README.md", "croissant.json", "data-dictionary.md",
        "datapackage.json", "items-by-week.csv", "items-by-week.svg",
    ]  # fmt: skip
    for text in texts.values():
        assert text.encode().endswith(b"\n")
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)


@ALL
def test_what_programs_read_is_well_formed(dataset: Dataset) -> None:
    texts = descriptions(dataset)
    for name in ("datapackage.json", "croissant.json"):
        assert json.loads(texts[name])["version"] == dataset.version
    assert ElementTree.fromstring(texts["items-by-week.svg"]).tag.endswith("svg")
    rows = list(csv.reader(io.StringIO(texts["items-by-week.csv"], newline="")))
    assert {len(row) for row in rows} == {5}


@ALL
def test_values_of_yaml_are_written_as_json_writes_them(dataset: Dataset) -> None:
    """So whatever stands in them is no YAML."""
    texts = descriptions(dataset)
    block = texts["README.md"].split("---\n")[1]
    values = dict(line.split(": ", 1) for line in block.splitlines())
    assert [json.loads(one) for one in values.values()]
    for line in texts["CITATION.cff"].splitlines():
        value = line.partition(": ")[2]
        if value.startswith('"'):
            assert isinstance(json.loads(value), str)
        else:
            assert re.fullmatch(r"[\w .,-]*", value)


@ALL
def test_links_in_pages_lead_to_files_of_the_folder(dataset: Dataset) -> None:
    texts = descriptions(dataset)
    pages = "".join(text for name, text in texts.items() if name.endswith(".md"))
    pages = re.sub(r"^(---|```)\w*\n.*?^\1$", "", pages, flags=re.DOTALL | re.MULTILINE)
    linked = set(re.findall(r"(?<!\\)\]\(([^)]+)\)", pages))
    links = {one for one in linked if not one.startswith("https://")}
    assert links <= {*texts, CHECKSUMS, CHANGES}
    assert "LICENSE.md" in links


@ALL
def test_every_row_of_a_table_has_the_cells_of_its_head(dataset: Dataset) -> None:
    for name, text in descriptions(dataset).items():
        if name.endswith(".md"):
            for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
                counts = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
                assert len(counts) == 1, table


def test_a_source_of_which_no_address_is_known_has_no_empty_one() -> None:
    source = replace(SENATE, address="")
    texts = descriptions(replace(DATASET, sources=(source, *DATASET.sources[:1])))
    assert [name for name, text in texts.items() if re.search(r'""|<>|\(\)', text)] == []


PRINTED = """
from hashlib import sha256
from pipeline.descriptions.descriptions import descriptions
from tests.pipeline.descriptions.samples import DATASET
print(sha256("".join(descriptions(DATASET).values()).encode()).hexdigest())
"""


def test_the_same_dataset_gives_the_same_bytes_in_every_process() -> None:
    def printed(seed: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", PRINTED], cwd=ROOT, capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": f"X{seed}"},
        )  # fmt: skip
        return done.stdout

    assert printed("1") == printed("2")


def test_nothing_is_said_of_the_machine() -> None:
    text = "".join(descriptions(DATASET).values())
    assert re.findall(r"/(?:home|root|tmp|usr)/|localhost|pyarrow", text) == []
