"""Whether an archive refuses us: decided by status and headers alone."""

from pipeline.archive.http_status import announces_challenge
from spiders.network.retry_after import pause_seconds, retry_after_seconds
from spiders.web_archives.dialect import Answer, Refusal, Trouble

_WITHHELD = "accesscontrolexception"
"""In the Wayback Machine's errors about what it may not show."""
_RESTS = frozenset({401, 403, 429})


def refusal(answer: Answer) -> Refusal | None:
    """Whether the archive wants to be left alone: by 429, by 401 or 403, by a Retry-After, by a bot
    check. A client that goes on then is shut out for longer.
    """
    if withheld(answer):
        return None
    status, now = answer.status, answer.time
    seconds = pause_seconds(status, answer.headers, now)
    if seconds is None and status in _RESTS:
        seconds = retry_after_seconds(answer.header("Retry-After"), now)
    if status in _RESTS or seconds is not None:
        return Refusal(detail=f"answers {status}", seconds=seconds or 0.0)
    if announces_challenge(status, answer.headers):
        return Refusal(detail="answers with a challenge page")
    return None


def withheld(answer: Answer) -> Trouble | None:
    """Whether the archive says that it may not show what was asked for: no refusal of us."""
    said = answer.header("X-Archive-Wayback-Runtime-Error") or answer.body[:2000].decode("latin-1")
    if answer.status == 403 and _WITHHELD in said.lower():
        return Trouble(reason="withheld", detail="may not show it: the site is excluded there")
    return None
