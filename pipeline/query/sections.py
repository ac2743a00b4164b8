"""The sections of the sites, by the names that a person writes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from sqlite_utils import Database

from kazpress.errors import UsageError, did_you_mean
from pipeline.export.selection import Selection
from pipeline.normalize.characters import one_line, without_case

_NAMED_AT_MOST = 20


def with_stored_sections(db: Database, selection: Selection) -> Selection:
    """A selection with the sections that are meant, as they are stored. As it came, each name is
    that of one, in any letter case, or of several, parted by commas. Raises UsageError for one that
    no item has or had.
    """
    if not selection.section:
        return selection
    known = _stored_sections(db)
    found = {
        section
        for name in selection.section
        for one in _parted(name, known)
        for section in known[one]
    }
    return replace(selection, section=tuple(sorted(found)))


def _stored_sections(db: Database) -> dict[str, list[str]]:
    """The sections by what is searched; sites write one in several ways. Former ones too, for an
    increment tells what was in them; read as bytes, for any may be no UTF-8.
    """
    known: dict[str, list[str]] = defaultdict(list)
    sql = (
        "SELECT CAST(section AS BLOB) FROM items WHERE section IS NOT NULL"
        " UNION SELECT CAST(section AS BLOB) FROM record_versions WHERE section IS NOT NULL"
    )
    for (stored,) in db.conn.execute(sql):
        section = stored.decode("utf-8", "replace")
        known[_searched(section)].append(section)
    return known


def _parted(name: str, known: dict[str, list[str]]) -> Iterator[str]:
    """The known ones in a name; a section may have a comma in its own."""
    if _searched(name) in known:
        yield _searched(name)
        return
    for part in filter(None, map(one_line, name.split(","))) if name.strip(" ,") else [name]:
        if _searched(part) not in known:
            raise UsageError(_no_section(part, known))
        yield _searched(part)


def _no_section(name: str, known: dict[str, list[str]]) -> str:
    said = f'there is no section "{name}"'
    if near := did_you_mean(_searched(name), known):
        return said + near
    names = sorted(sections[0] for sections in known.values())
    more = ", …" if len(names) > _NAMED_AT_MOST else ""
    return f"{said} (known: {', '.join(names[:_NAMED_AT_MOST]) or 'none'}{more})"


def _searched(section: str) -> str:
    return without_case(one_line(section))
