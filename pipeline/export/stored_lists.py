"""Lists of a record, which are stored as JSON, read and checked."""

import json
from dataclasses import fields
from typing import Any

import orjson

from kazpress.errors import StoreError
from pipeline.export.columns import Kind
from pipeline.model.press_item import Translation

STORED_LISTS: frozenset[Kind] = frozenset({"texts", "translations"})
"""Kinds of columns that are stored so."""
_TRANSLATION = {field.name for field in fields(Translation)}


def stored_list(text: str, kind: Kind, item: str) -> list[Any]:
    """A stored list of what its column has. Raises StoreError."""
    if text == "[]":
        return []
    reason: Exception
    for read in (orjson.loads, _with_lone_surrogates):
        try:
            found = read(text)
        except (ValueError, RecursionError) as error:
            reason = error
        else:
            if isinstance(found, list) and _are(kind, found):
                return found
            reason = ValueError(f"{kind} are {text[:40]!r}")
    raise StoreError(f"the database is damaged: item {item} can't be read ({reason!r})")


def _are(kind: Kind, found: list[Any]) -> bool:
    if kind == "texts":
        return set(map(type, found)) == {str}
    return all(isinstance(one, dict) and _is_translation(one) for one in found)


def _is_translation(found: dict[str, Any]) -> bool:
    return found.keys() == _TRANSLATION and all(
        isinstance(one, str) or (one is None and name == "url") for name, one in found.items()
    )


def _with_lone_surrogates(text: str) -> Any:
    """JSON in which half of a pair of surrogates, which is no character, stands for U+FFFD."""
    found = json.dumps(json.loads(text), ensure_ascii=False)
    return json.loads(found.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
