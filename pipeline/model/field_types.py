"""Whether the fields of a record have the types that they are declared with."""

import math
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

_WORDS: dict[object, str] = {
    str: "a text in quotes",
    bool: "True or False",
    int: "a whole number",
    float: "a number",
    date: "a day, such as date(2020, 1, 6)",
    type(None): "None",
}


def wrong_types(record: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The fields of a dataclass, and of those inside it, that have another type than declared.

    Each as its path, such as `finding[0].paths`, with what it must be and what it is.
    """
    hints = get_type_hints(type(record))
    for field in fields(record):
        name = f"{path}{field.name}"
        yield from _wrong(getattr(record, field.name), hints[field.name], name)


def _wrong(value: object, hint: Any, path: str) -> Iterator[tuple[str, str]]:
    kind = _matching(value, hint)
    if kind is None:
        yield path, f"must be {_in_words(hint)}, not {value!r}"
    elif is_dataclass(kind):
        yield from wrong_types(value, f"{path}.")
    elif get_origin(kind) is tuple:
        assert isinstance(value, tuple)
        parts = get_args(kind)
        if parts[-1] is Ellipsis:
            parts = parts[:1] * len(value)
        for at, (one, part) in enumerate(zip(value, parts, strict=True)):
            yield from _wrong(one, part, f"{path}[{at}]")


def _matching(value: object, hint: Any) -> Any:
    """The alternative of a type that a value is of, seen from outside; None where it is none."""
    origin = get_origin(hint)
    if origin in (types.UnionType, Union):
        return next((one for one in get_args(hint) if _matching(value, one) is not None), None)
    if origin is Literal:
        return hint if value in get_args(hint) else None
    if origin is tuple:
        if not isinstance(value, tuple):
            return None
        parts = get_args(hint)
        return hint if parts[-1] is Ellipsis or len(value) == len(parts) else None
    if hint in (int, float):
        return hint if _is_number(value, hint) else None
    if hint is date:
        return hint if isinstance(value, date) and not isinstance(value, datetime) else None
    return hint if isinstance(value, hint) else None


def _is_number(value: object, kind: type) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) if kind is float else isinstance(value, int)


def _in_words(hint: Any) -> str:
    origin = get_origin(hint)
    if origin in (types.UnionType, Union):
        return " or ".join(_in_words(one) for one in get_args(hint))
    if origin is Literal:
        return "one of " + ", ".join(f'"{one}"' for one in get_args(hint))
    if origin is tuple:
        parts = get_args(hint)
        if parts == (str, Ellipsis):
            return 'a tuple of texts, such as ("a",) with a comma'
        if parts[-1] is Ellipsis:
            return f"a tuple of {_plural(parts[0])}, such as (a,) with a comma"
        return f"a tuple of {len(parts)}: " + ", ".join(_in_words(part) for part in parts)
    return _WORDS.get(hint) or f"a {hint.__name__}"


def _plural(hint: Any) -> str:
    if get_origin(hint) in (types.UnionType, Union):
        return " and ".join(one.__name__ for one in get_args(hint))
    return hint.__name__ if isinstance(hint, type) else "tuples"
