"""What `status` finds, in the kinds of which somebody is told."""

import re
from collections.abc import Iterator, Mapping, Sequence

from kazpress.status.disk import disk_findings
from kazpress.status.finding import Finding, Kind
from kazpress.status.source_status import SourceStatus
from pipeline.monitoring.notifications import Trouble, TroubleKind

_CRAWL_FAILED = ("crawl-failed", "crawl-killed")
_NOT_CRAWLED = ("crawl-overdue", "never-crawled")
_KINDS: Mapping[Kind, TroubleKind] = {
    "crawl-failed": "failure",
    "crawl-killed": "failure",
    "crawl-hangs": "failure",
    "resting": "failure",
    "disk-space": "failure",
    "crawl-stopped": "silence",
    "crawl-overdue": "silence",
    "never-crawled": "silence",
    "silence": "silence",
}
"""All else is drift."""


def troubles(statuses: Sequence[SourceStatus]) -> Iterator[Trouble]:
    """What is wrong with the sources that are crawled, and with the disks."""
    for status in statuses:
        if status.enabled:
            crawl = status.last_crawl.id if status.last_crawl else None
            yield from (_trouble(status.source, one, crawl) for one in status.findings)
    for status in statuses[:1]:  # the disks are the same for all
        yield from (_trouble("", one, None) for one in disk_findings(status.disk))


def may_pass(subject: str) -> bool:
    """Whether a trouble with this subject often passes by itself: a source is overdue for a moment
    when the machine has slept.
    """
    return subject in _NOT_CRAWLED


def _trouble(source: str, finding: Finding, crawl: int | None) -> Trouble:
    return Trouble(
        source=source, kind=_KINDS.get(finding.kind, "drift"), subject=_subject(finding),
        sentence=finding.sentence, crawl=crawl,
    )  # fmt: skip


def _subject(finding: Finding) -> str:
    """What sets a finding apart from others, however its numbers change: a crawl that fails in one
    way or another is one trouble, each list that needs a look is one of its own.
    """
    if finding.kind in _CRAWL_FAILED:
        return ""
    if finding.kind in ("crawl-note", "way-stopped"):
        return f"{finding.kind} {_without_numbers(finding.sentence)}"
    return finding.kind


def _without_numbers(sentence: str) -> str:
    """A sentence up to its first comma, without numbers; those in addresses stay.

    >>> _without_numbers("https://senate.kz/page/2 links to 3 articles, usually to 12")
    'https://senate.kz/page/2 links to # articles'
    """
    return re.sub(r"(?<!\S)\d\S*", "#", re.split(r"[;,] ", sentence)[0])
