"""What to do about each fault that a check finds."""

from pipeline.model.source import Source
from spiders.check.report import CheckStep, PageCheck

LATER = "try later"
LOOK = "look at it with a browser"
_BY_REASON = {
    "dns": "see whether this machine has a network and whether base_url is right; if the name is "
    'gone for good, set state = "gone" in kazpress.toml',
    "refused-connection": f"the site is down; {LATER}",
    "timeout": f"the site is down, or something on the way drops us; {LATER}",
    "no-connection": f"see whether this machine has a network, else {LATER}",
    "handshake": "the site's TLS is broken, or something on the way meddles with it; "
    f"{LOOK}, and {LATER}",
    "refused": "leave it alone for some hours, see that contact is set in kazpress.toml, and "
    "write to the site",
    "challenge": "it wants a browser's proof, which kazpress does not give; leave it alone for "
    "some hours, and write to the site",
    "forbids-all": "write to the site, or take what other archives hold: kazpress import WARC",
    "forbidden": "write to the site, or take what other archives hold: kazpress import WARC",
    "crawl-delay": "write to the site",
    "redirect-elsewhere": f"the site has moved; {LOOK}, and if it is gone for good, set state = "
    '"gone" in kazpress.toml',
    "redirect-loop": "it may want another host, such as that with www.: name it as base_url in "
    "kazpress.toml",
    "forbids-some": "they are not asked; if other ways find the same articles, take them out of "
    "the facts",
    "rest": "check again then",
    "broke-off": "tell who maintains kazpress",
    "pause": "check again after that",
    "passed-over": "if there is a whole one, take that",
}


def advice(step: CheckStep) -> str:
    """What to do about a step."""
    if step.step == "tls" and step.status == "look":
        return (
            "crawls go on without looking at it; tell the site, or look whether base_url is right"
        )
    if step.step == "way":
        return "see its places above, and the site with a browser"
    if step.reason in _BY_REASON:
        return _BY_REASON[step.reason]
    return LATER if step.status == "failed" or step.reason.startswith("http-5") else LOOK


def mend(source: Source, page: PageCheck) -> str:
    """What to do about pages that give no reading for the same reason as this one."""
    if page.reason in _BY_REASON:
        return _BY_REASON[page.reason]
    if page.reason.startswith(("http-", "timeout", "cut-off")):
        return LATER
    return f"save them (kazpress check {source.name} --save) and edit spiders/{source.name}.py"
