"""Whether too many of the articles that a crawl asked for gave none. Each check returns a sentence
that says so, or None; a crawl asks at its end, `status` again of what is stored by then.
"""

_MIN_FAILED = 5
"""Fewer articles that failed need no look, whatever their share."""


def too_many_unreadable(unreadable: int, looked_at: int) -> str | None:
    """Says that at least a fifth of the pages lack a title, date or body."""
    if not unreadable or unreadable * 5 < looked_at:
        return None
    return f"{unreadable} of {looked_at} pages lack a title, date or body; see the list of failures"


def too_many_failed(failed: int, asked: int) -> str | None:
    """Says that at least a fifth of the articles asked for the first time failed."""
    if failed < _MIN_FAILED or failed * 5 < asked:
        return None
    return f"{failed} of {asked} articles asked for gave none; see the list of failures"


def same_body(addresses: int) -> str | None:
    """Says that many addresses give the same body."""
    if not addresses:
        return None
    return (
        f"{addresses} addresses give one and the same body, so none of them counts; "
        "see the list of failures"
    )
