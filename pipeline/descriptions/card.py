"""The dataset's card: what it is, how it was made, how it is read, what it does not know.

The block at its top is what Hugging Face reads.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator

from pipeline.descriptions.citation import bibtex, summary
from pipeline.descriptions.dataset import CHANGES, CHECKSUMS, PARQUET_FILES, Dataset, DayCount
from pipeline.descriptions.dictionary import DICTIONARY
from pipeline.descriptions.markdown import link, plain, table
from pipeline.descriptions.periods import COUNTS
from pipeline.descriptions.picture import PICTURE
from pipeline.descriptions.rights import COLLECTED, LICENSE, NO_LICENSE, PERSONAL, removal

CARD = "README.md"

_SHORT = 100
_TAGS = ("kazakhstan", "news", "parliament", "press-releases", "text-reuse", "parallel-corpus")
_LIMITS = """\
- **What is missing.** What the sites no longer showed when they were first asked is not here. A
  week without items may be a gap of the collection, not of the publisher. Fields by source are
  counted above.
- **Null and empty.** `null` means that the page does not say it, or that it was not found;
  lists are never null but empty. When a field is null stands in [{dictionary}]({dictionary}).
- **Days and times.** `day` is the day of publication in Almaty, and always there. `published`
  has a time only where the page shows one (`published_precision`), with the offset then in
  force: +06:00 until 29 February 2024, +05:00 since. A time converted to UTC may fall on
  another day: count by `day`.
- **Stories and pieces.** A `story` joins items of one language that are one text: reprints,
  excerpts, expanded and updated versions; `relation` and `similarity` tell how an item stands
  to the story's canonical item. A `piece` joins stories that are translations of each other.
  Count `story` to count a text once, `piece` to count it once in all languages. Translations
  are found by links, numbers, pictures and names, so some are missed.
- **Decisions.** `relation` is `joined`, and `similarity` null, where a person's decision alone
  joins an item to its story.
- **Newest text.** A record has the newest text that was seen (`revision`, `last_changed`);
  earlier ones are in the archive, not here. Pages that are `gone` stay.
- **As printed.** Mistakes of the publishers are kept. Only white space, invisible characters
  and letters of the wrong script inside a word are mended.
"""
_LOAD = """\
```python
pandas.read_parquet("data/parquet")
polars.read_parquet("{files}")
duckdb.sql("FROM '{files}'")
datasets.load_dataset("path/to/this/folder", split="train")
```

Hugging Face's library wants a name for a split: `train` is everything. JSON Lines has the same
records (`data/jsonl/`); `datapackage.json` describes them for frictionless, `croissant.json`
for mlcroissant.
"""


def card(dataset: Dataset) -> str:
    """The page `README.md`."""
    return f"{_block(dataset)}\n{''.join(_page(dataset))}"


def _page(dataset: Dataset) -> Iterator[str]:
    yield f"# {plain(dataset.title)}\n\n{plain(summary(dataset))}\n\nVersion {dataset.version}.\n"
    if dataset.items:
        heads = ("source", "publisher", "language", "items", "from", "to")
        yield f"\n{table(heads, _sources(dataset))}"
        yield f"\n![Items by week]({PICTURE})\n\nThe counts are in [{COUNTS}]({COUNTS}).\n"
        yield f"\n## How to read it\n\n{_LOAD.format(files=PARQUET_FILES)}"
    yield f"\n## How it was made\n\n{COLLECTED}"
    yield f"\n## Fields\n\n{_fields(dataset)}\nIn full: [{DICTIONARY}]({DICTIONARY}).\n"
    if dataset.items:
        yield "\n## Coverage\n\nHow many items have a field, of those that may lack one.\n\n"
        yield _coverage(dataset)
    yield f"\n## What to know\n\n{_LIMITS.format(dictionary=DICTIONARY)}"
    yield (
        "\n## Licence and sources\n\nNo licence comes with this folder: the texts belong to their\n"
        f"publishers. What is known of that and what is not: [{LICENSE}]({LICENSE}).\n\n{PERSONAL}"
        f"\n{removal(dataset)}\n"
    )
    yield f"\n## Files\n\n{table(('file', 'what it is'), _files(dataset))}"
    yield f"\n## How to cite it\n\n```bibtex\n{bibtex(dataset)}\n```\n"


def _block(dataset: Dataset) -> str:
    """The YAML block; its texts are written as JSON writes them, which YAML reads."""
    facts: dict[str, object] = {
        "pretty_name": dataset.title,
        "language": dataset.languages,
        "multilinguality": ["multilingual" if len(dataset.languages) > 1 else "monolingual"],
        "license": "other",
        "license_name": NO_LICENSE,
        "license_link": LICENSE,
        "size_categories": [_size(dataset.items)],
        "source_datasets": ["original"],
        "language_creators": ["found"],
        "annotations_creators": ["no-annotation"],
        "tags": list(_TAGS),
    }
    if dataset.items:
        files = [{"split": "train", "path": PARQUET_FILES}]
        # Hugging Face's library keeps what it has read until this changes, whatever the files say.
        named = {"config_name": "default", "description": f"Version {dataset.version}"}
        facts["configs"] = [named | {"data_files": files}]
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items())
    return "\n".join(("---", *lines, "---", ""))


def _size(items: int) -> str:
    """The size in the words of Hugging Face.

    >>> _size(0), _size(1000), _size(250_000)
    ('n<1K', '1K<n<10K', '100K<n<1M')
    """
    if items < 1000:
        return "n<1K"
    names = ("1K", "10K", "100K", "1M", "10M", "100M", "1B")
    at = min(len(str(items)) - 4, len(names) - 2)
    return f"{names[at]}<n<{names[at + 1]}"


def _sources(dataset: Dataset) -> Iterator[tuple[str, ...]]:
    sources = {one.name: one for one in dataset.sources}
    by_kind: defaultdict[tuple[str, str], list[DayCount]] = defaultdict(list)
    for one in dataset.days:
        by_kind[one.source, one.language].append(one)
    for (name, language), days in sorted(by_kind.items()):
        yield (
            f"`{name}`",
            link(sources[name].title, sources[name].address),
            f"`{language}`",
            f"{sum(one.items for one in days):,}",
            min(one.day for one in days),
            max(one.day for one in days),
        )


def _fields(dataset: Dataset) -> str:
    return table(
        ("field", "type", "meaning"),
        ((f"`{one.name}`", one.type, _first_part(one.meaning)) for one in dataset.columns),
    )


def _first_part(meaning: str) -> str:
    """The first sentence of a meaning, without what it lists where that is long."""
    first = re.split(r"[.;] ", meaning, maxsplit=1)[0]
    return first if len(first) <= _SHORT else first.partition(": ")[0]


def _coverage(dataset: Dataset) -> str:
    names = [one.name for one in dataset.sources]
    cells: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in dataset.coverage:
        cells[one.field][one.source] = _share(one.items, one.of)
    return table(
        ("field", *(f"`{name}`" for name in names)),
        ((f"`{field}`", *(row.get(name, "") for name in names)) for field, row in cells.items()),
    )


def _share(items: int, of: int) -> str:
    """A share that says all or none only where it is so.

    >>> _share(4, 4), _share(0, 4), _share(9999, 10000), _share(1, 10000)
    ('all 4', 'none', '99.9 % (9,999)', '0.1 % (1)')
    """
    if items in (0, of):
        return f"all {of:,}" if items else "none"
    return f"{min(max(round(100 * items / of, 1), 0.1), 99.9)} % ({items:,})"


def _files(dataset: Dataset) -> Iterator[tuple[str, str]]:
    if dataset.files:
        yield "`data/parquet/`, `data/jsonl/`", "the records, a file a month of `day`"
    yield f"`{DICTIONARY}`", "each field: type, meaning, when it is null"
    yield f"`{COUNTS}`, `{PICTURE}`", "items by week, as a table and as a picture"
    yield "`datapackage.json`, `croissant.json`, `CITATION.cff`", "the same for programs"
    yield f"`{LICENSE}`", "whose the texts are"
    yield f"`{CHECKSUMS}`", f"`sha256sum -c {CHECKSUMS}` checks all files but these last two"
    yield f"`{CHANGES}`", "how the versions that stood in this folder differ"
