"""What RFC 4287 asks of a feed, as far as a program can tell."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
ONCE = {"feed": {"id", "title", "updated"}, "entry": {"id", "title", "updated"}}
AT_MOST_ONCE = {
    "feed": {"generator", "icon", "logo", "rights", "subtitle"},
    "entry": {"content", "published", "rights", "source", "summary"},
}
ANY_NUMBER = {
    "feed": {"author", "category", "contributor", "link", "entry"},
    "entry": {"author", "category", "contributor", "link"},
}
ATTRIBUTES = {
    "link": {"href", "rel", "type", "hreflang", "title", "length"},
    "category": {"term", "scheme", "label"},
    "generator": {"uri", "version"},
    "title": {"type"}, "summary": {"type"}, "subtitle": {"type"}, "rights": {"type"},
    "content": {"type", "src"},
}  # fmt: skip
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f]+")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def feed_faults(written: bytes) -> list[str]:
    """What is wrong with a feed; raises where it is no XML."""
    root = etree.fromstring(written)
    return [f"{one}, line {element.sourceline}" for element, one in _faults(root)]


def _faults(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    entries = root.findall(f"{ATOM}entry")
    checks = [
        *((one, check(one)) for one in root.iter() for check in (_form, _values)),
        *((one, _parts(one)) for one in (root, *entries)),
        *((one, check(one)) for one in entries for check in (_author, _links, _times)),
        (root, _ids(entries)),
    ]
    if root.tag != f"{ATOM}feed":
        yield root, "the root is no feed"
    for element, faults in checks:
        yield from ((element, one) for one in faults)


def _name(element: etree._Element) -> str:
    return str(element.tag).removeprefix(ATOM)


def _ids(entries: list[etree._Element]) -> Iterator[str]:
    ids = Counter(entry.findtext(f"{ATOM}id") for entry in entries)
    yield from (f"the id {one} stands {count} times" for one, count in ids.items() if count > 1)


def _form(element: etree._Element) -> Iterator[str]:
    """Faults in how an element is written: its name, attributes, what stands in it."""
    name, above = _name(element), element.getparent()
    if name not in ("name", "uri", "email", "entry") and above is not None:
        parent = _name(above)
        known = ONCE.get(parent, set()) | AT_MOST_ONCE.get(parent, set()) | ANY_NUMBER.get(
            parent, set()
        )  # fmt: skip
        if name not in known:
            yield f"{name} in {parent}"
    for attribute in element.attrib:
        if attribute not in {f"{XML}lang", f"{XML}base"} | ATTRIBUTES.get(name, set()):
            yield f"{name} has {attribute}"
    if name in ("feed", "entry", "author"):
        loose = [element.text, *(child.tail for child in element)]
        if any(text and text.strip() for text in loose):
            yield f"text in {name}"
    elif len(element):
        yield f"elements in {name}"


def _parts(element: etree._Element) -> Iterator[str]:
    name = _name(element)
    counts = Counter(_name(child) for child in element)
    yield from (f"{counts[one]} {one} in {name}" for one in ONCE[name] if counts[one] != 1)
    yield from (f"{counts[one]} {one} in {name}" for one in AT_MOST_ONCE[name] if counts[one] > 1)
    for author in element.findall(f"{ATOM}author"):
        if not (author.findtext(f"{ATOM}name") or "").strip() or len(author) != 1:
            yield "an author that is no single name"


def _author(entry: etree._Element) -> Iterator[str]:
    feed = entry.getparent()
    if all(one is None or one.find(f"{ATOM}author") is None for one in (entry, feed)):
        yield "an entry without author"


def _links(entry: etree._Element) -> Iterator[str]:
    links = [one for one in entry.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
    if len({(one.get("type"), one.get("hreflang")) for one in links}) < len(links):
        yield "two alternates of one type and language"
    if not links and entry.find(f"{ATOM}content") is None:
        yield "neither content nor an alternate"


def _times(entry: etree._Element) -> Iterator[str]:
    told = [entry.findtext(f"{ATOM}{one}") or "" for one in ("published", "updated")]
    if all(TIME.fullmatch(one) for one in told):
        published, updated = (datetime.fromisoformat(one) for one in told)
        if updated < published:
            yield "updated before it was published"


def _values(element: etree._Element) -> Iterator[str]:
    """Faults in what a single element or attribute says."""
    name, text = _name(element), element.text or ""
    iris = [text] if name in ("id", "uri") else []
    iris += [element.attrib[one] for one in ("href", "scheme", "src") if one in element.attrib]
    yield from (f"{one!r} is no IRI" for one in iris if not IRI.fullmatch(one))
    if name in ("updated", "published"):
        if TIME.fullmatch(text):
            datetime.fromisoformat(text)
        else:
            yield f"{text!r} is no time"
    for one in (f"{XML}lang", "hreflang"):
        if one in element.attrib and not LANGUAGE.fullmatch(element.attrib[one]):
            yield f"{element.attrib[one]!r} is no language"
    if name == "link" and "href" not in element.attrib:
        yield "a link to nowhere"
    if name == "category" and not element.get("term"):
        yield "a category without term"
    if name in ("title", "summary", "content") and element.get("type", "text") not in (
        "text", "html",
    ):  # fmt: skip
        yield f"{name} is {element.get('type')}"
