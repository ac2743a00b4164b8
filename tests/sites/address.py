"""A request's target, as the sites' servers take it."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl


def address_of(target: str) -> tuple[str, dict[str, str]]:
    """Its path, doubled slashes taken as one, and its query.

    >>> address_of("/n//slug/?utm_source=x")
    ('/n/slug/', {'utm_source': 'x'})
    """
    path, _, query = target.partition("?")
    return re.sub("/{2,}", "/", path), dict(parse_qsl(query))
