"""Where a field stands on a source's pages: its documentation with the source's facts in it, and
how sure each of these is by docs/sources.
"""

import re
from itertools import groupby

from pipeline.descriptions.field_docs import FieldDoc
from pipeline.model.source import AddressForm, ClassLayout, Source
from tests.sources.facts_documents import WEIGHTS, weighed

_NAME = re.compile(r"\{(\w+)\}")
_ELSE = "; else "


def place_on_pages(doc: FieldDoc, source: Source) -> str:
    """What gives a field on a source's pages; empty where nothing does."""
    kinds = {_label(layout) for layout in source.layouts} | {"By address"}
    said = [_with_facts(text, source) for label, text in doc.parts.items() if label in kinds]
    return "; ".join(one for one in said if one)


def layouts_of(source: Source) -> str:
    """The layouts of a source, each with how sure it is."""
    return f"`{source.name}`: {_weighed([layout.name for layout in source.layouts], source)}"


def _label(layout: object) -> str:
    return "By class" if isinstance(layout, ClassLayout) else "By order"


def _with_facts(text: str, source: Source) -> str:
    """A text with the facts that its names in braces stand for, without the alternatives for which
    the source has none.
    """
    facts = {name: _facts(name, source) for name in _NAME.findall(text)}
    kept = [
        one
        for one in text.removesuffix(".").split(_ELSE)
        if all(facts[name] for name in _NAME.findall(one))
    ]
    return _NAME.sub(lambda name: facts[name[1]], _ELSE.join(kept))


def _facts(name: str, source: Source) -> str:
    """The facts of a name, each with how sure it is: those of the layouts, behind the layout's name
    where there are several, else the source's own.
    """
    if not any(hasattr(one, name) for one in source.layouts):
        return _weighed(_texts(getattr(source, name)), source)
    several = len(source.layouts) > 1
    return "; ".join(
        f"{f'{layout.name}: ' if several else ''}{_weighed(texts, source)}"
        for layout in source.layouts
        if (texts := _texts(getattr(layout, name, ())))
    )


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    assert isinstance(value, tuple)
    parts = (one[0] if isinstance(one, tuple) else one for one in value)
    return [one.path if isinstance(one, AddressForm) else one for one in parts]


def _weighed(texts: list[str], source: Source) -> str:
    """Facts with how sure they are, neighbours that are as sure together."""
    known = weighed(source)

    def weight(fact: str) -> str:
        return " or ".join(one for one in WEIGHTS if one in known[fact])

    return ", ".join(
        f"{', '.join(f'`{fact}`' for fact in facts)} ({sure})"
        for sure, facts in groupby(dict.fromkeys(texts), key=weight)
    )
